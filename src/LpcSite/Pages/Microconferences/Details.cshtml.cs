using LpcSite.Caching;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Microconferences;

/// <summary>One microconference; a merged one leads to the one it went into.</summary>
[PublicPage]
public class DetailsModel(LpcDbContext db, IClock clock) : PageModel
{
    [FromRoute]
    public required string Slug { get; init; }

    public MicroconferenceDocument Microconference { get; private set; } = null!;

    /// <summary>
    /// Whether the reader writes it, and is shown the way to do so. Nobody for whom a page is kept does.
    /// </summary>
    public bool CanEdit { get; private set; }

    /// <summary>Who took it out of the conference; null where nobody did, or nobody knows.</summary>
    public bool? IsWithdrawnByOrganizer { get; private set; }

    public string JsonLd { get; private set; } = "";

    /// <summary>
    /// The title of what was announced in the schedule and will not be held; nothing else is set then.
    /// </summary>
    public string? Cancelled { get; private set; }

    /// <summary>Its call for topics, while it is open.</summary>
    public CallLine? Call { get; private set; }

    /// <summary>The last release, as far as there is one.</summary>
    public ScheduleDocument? Schedule { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == Slug)
            .VisibleTo(User)
            .ToDocumentAsync(db, stop);
        if (found is null)
        {
            Cancelled = await CancelledAsync(conference.Id, stop);
            return Cancelled is null ? NotFound() : Page();
        }

        if (found.MergedInto is not null)
        {
            return RedirectPermanent($"{conference.Path}/mc/{found.MergedInto}");
        }

        Microconference = found;
        if (found.Status is MicroconferenceStatus.Accepted)
        {
            var now = clock.GetCurrentInstant();
            var calls = await db.Calls.Where(c => c.MicroconferenceId == found.Id).AsLines(db).ToListAsync(stop);
            Call = calls.SingleOrDefault(c => c.IsOpen(now));
            HttpContext.ValidUntilNextOf(calls, now);
        }

        IsWithdrawnByOrganizer = found.Status is not MicroconferenceStatus.Withdrawn
            ? null
            : await db
                .Microconferences.Where(m => m.Id == found.Id)
                .Select(m => m.IsWithdrawnByOrganizer)
                .SingleAsync(stop);
        Schedule = conference.HasSchedule ? await db.ReleasedAsync(conference.Id, stop) : null;
        CanEdit =
            User.IsOrganizer()
            || User.PersonId() is { } me
                && await db.Leads.AnyAsync(l => l.MicroconferenceId == found.Id && l.PersonId == me, stop);
        JsonLd = Exports.JsonLd.Of(conference, found, Schedule, HttpContext.Origin());
        return Page();
    }

    // What was announced is not unknown to those who have its address; what its text says is its leads' again.
    private async Task<string?> CancelledAsync(int conferenceId, CancellationToken stop)
    {
        if (
            await db
                .Microconferences.Where(m => m.ConferenceId == conferenceId && m.Slug == Slug)
                .Select(m => new { m.Id, m.Title })
                .SingleOrDefaultAsync(stop)
            is not { } gone
        )
        {
            return null;
        }

        var released = FormattableString.Invariant($$"""{"entries":[{"microconference":{{gone.Id}}}]}""");
        return await db.Releases.AnyAsync(
            r => r.ConferenceId == conferenceId && EF.Functions.JsonContains(r.Document, released),
            stop
        )
            ? gone.Title
            : null;
    }
}
