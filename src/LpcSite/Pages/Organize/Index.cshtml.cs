using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Microconferences;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize;

/// <summary>The organizers' desk: where the conference stands, and the way to everything that they do.</summary>
public class IndexModel(LpcDbContext db) : PageModel
{
    public IReadOnlyList<Line> Microconferences { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        Microconferences = await db.Microconferences.Where(m => m.ConferenceId == conference.Id).InPageOrder()
            .Select(m => new Line(m.Slug, m.Title, m.Status, m.RevisionNumber, string.Join(", ", m.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name))))
            .ToListAsync(stop);
    }

    public sealed record Line(string Slug, string Title, MicroconferenceStatus Status, int Revision, string Leads);
}
