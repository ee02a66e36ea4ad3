using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.News;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.News;

/// <summary>All news of a conference: what is prepared, and what everybody reads.</summary>
public class NewsModel(LpcDbContext db, NewsEditing desk) : PageModel
{
    public IReadOnlyList<Line> Drafts { get; private set; } = [];
    public IReadOnlyList<Line> Published { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        var lines = await db
            .NewsItems.Where(i => i.ConferenceId == id)
            .OrderByDescending(i => i.PublishedAt ?? i.CreatedAt)
            .ThenBy(i => i.Title)
            .Select(i => new Line(i.Id, i.Title, i.PublishedAt, i.CreatedAt))
            .ToListAsync(stop);
        Drafts = [.. lines.Where(l => l.PublishedAt is null)];
        Published = [.. lines.Where(l => l.PublishedAt is not null)];
    }

    /// <summary>Publishes the drafts that were on the page: one that somebody began since then was not meant.</summary>
    public async Task<IActionResult> OnPostAsync(int[] drafts, CancellationToken stop)
    {
        var count = await desk.PublishAsync(HttpContext.Conference().Id, drafts, await db.MeAsync(User, stop), stop);
        this.Say(
            count switch
            {
                0 => "There was no draft to publish.",
                1 => "One item is public now.",
                _ => $"{count} items are public now.",
            }
        );
        return RedirectToPage(new { conference = HttpContext.Conference().Slug });
    }

    public sealed record Line(int Id, string Title, Instant? PublishedAt, Instant CreatedAt);
}
