using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Clashes;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize;

/// <summary>The organizers' desk: where the conference stands, and the way to everything that they do.</summary>
public class IndexModel(LpcDbContext db) : PageModel
{
    public IReadOnlyList<Line> Microconferences { get; private set; } = [];

    /// <summary>What there is to look through before it is made public; null once it is.</summary>
    public Preparations? Preparation { get; private set; }

    /// <summary>Clashes of the draft that nobody has accepted.</summary>
    public int OpenClashes { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        OpenClashes = await ClashSheet.CountOpenAsync(db, conference.Id, stop);
        Microconferences = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id)
            .InPageOrder()
            .Select(m => new Line(
                m.Slug,
                m.Title,
                m.Status,
                m.RevisionNumber,
                string.Join(", ", m.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name))
            ))
            .ToListAsync(stop);
        Preparation = conference.State is not ConferenceState.Preparing
            ? null
            : await db
                .Conferences.Where(c => c.Id == conference.Id)
                .Select(c => new Preparations(
                    c.Rooms.Count,
                    c.Pages.Count(p => p.IsPublished),
                    c.Pages.Count(p => !p.IsPublished),
                    db.Sponsors.Count(s => s.ConferenceId == c.Id),
                    db.Calls.Where(call => call.ConferenceId == c.Id && call.MicroconferenceId == null)
                        .Select(call => new CallLine(c.Slug, null, null, call.OpensAt, call.ClosesAt, call.Zone))
                        .FirstOrDefault()
                ))
                .SingleAsync(stop);
    }

    public sealed record Preparations(int Rooms, int Published, int Drafts, int Sponsors, CallLine? Call);

    public sealed record Line(string Slug, string Title, MicroconferenceStatus Status, int Revision, string Leads);
}
