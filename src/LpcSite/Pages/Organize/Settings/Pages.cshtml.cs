using LpcSite.Accounts;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>The conference's own pages in their order, drafts among them.</summary>
public class PagesModel(LpcDbContext db, PageEditing writing) : FormPage
{
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Whether the front page's text is published; null while there is none.</summary>
    public bool? Front { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        var lines = await db
            .ConferencePages.Where(p => p.ConferenceId == id)
            .OrderBy(p => p.Position)
            .ThenBy(p => p.Id)
            .Select(p => new Line(p.Id, p.Slug, p.Title, p.IsPublished))
            .ToListAsync(stop);
        Front = lines.Find(l => l.Slug == ConferencePage.FrontSlug)?.IsPublished;
        Lines = [.. lines.Where(l => l.Slug != ConferencePage.FrontSlug)];
    }

    public Task<IActionResult> OnPostAsync(List<int> ids, string? change, CancellationToken stop)
    {
        RowChange.Apply(change, "Order", ids);
        return ActAsync(
            async () =>
            {
                await writing.OrderAsync(HttpContext.Conference(), ids, await db.MeAsync(User, stop), stop);

                return Done.Say("The order is saved.");
            },
            stop
        );
    }

    public sealed record Line(int Id, string Slug, string Title, bool IsPublished);
}
