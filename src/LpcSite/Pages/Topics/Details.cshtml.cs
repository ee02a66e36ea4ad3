using System.Globalization;
using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Topics;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Topics;

/// <summary>One topic of a microconference, at an address of which only the number counts.</summary>
[PublicPage]
public class DetailsModel(LpcDbContext db) : PageModel
{
    [FromRoute]
    public required string Slug { get; init; }

    public MicroconferenceDocument Microconference { get; private set; } = null!;
    public MicroconferenceDocument.Item Topic { get; private set; } = null!;

    /// <summary>What it was, where it was announced and will not be discussed; nothing else is set then.</summary>
    public CancelledTopic? Cancelled { get; private set; }

    public MicroconferenceDocument.Item? Previous { get; private set; }
    public MicroconferenceDocument.Item? Next { get; private set; }

    /// <summary>
    /// Whether the reader speaks about it or leads the microconference, and is shown the way to its notes. Nobody for
    /// whom a page is kept does.
    /// </summary>
    public bool CanNote { get; private set; }

    /// <summary>When and where, in words; null before that was released.</summary>
    public string? Place { get; private set; }

    public string JsonLd { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync([FromRoute] string topic, CancellationToken stop)
    {
        if (!int.TryParse(topic.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return NotFound();
        }

        var conference = HttpContext.Conference();
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Topics.Any(t => t.Id == id))
            .Public()
            .ToDocumentAsync(db, stop);
        if (found?.Topics.FirstOrDefault(t => t.Id == id) is not { } item)
        {
            return
                await db.Topics.Where(t => t.Id == id).Select(t => t.MergedIntoId).SingleOrDefaultAsync(stop)
                    is { } whole
                ? RedirectPermanent(FormattableString.Invariant($"{conference.Path}/mc/{Slug}/topics/{whole}"))
                : await CancelledAsync(conference, topic, id, stop);
        }

        // The topic may have moved to another microconference, or got another title, since somebody wrote its address
        // down.
        if (found.Slug != Slug || (topic != item.Address && topic != id.ToString(CultureInfo.InvariantCulture)))
        {
            return RedirectPermanent($"{found.Path}/topics/{item.Address}");
        }

        (Microconference, Topic) = (found, item);
        var schedule = conference.HasSchedule ? await db.ReleasedAsync(conference.Id, stop) : null;
        (Previous, Next) = NeighboursOf(item, found, schedule);
        Place = schedule?.WordsOfTopic(id);
        JsonLd = Exports.JsonLd.OfTopic(conference, found, item, schedule, HttpContext.Origin());
        CanNote =
            User.IsOrganizer()
            || User.PersonId() is { } me
                && await db.Topics.AnyAsync(
                    t =>
                        t.Id == id
                        && (
                            t.Speakers.Any(s => s.PersonId == me)
                            || db.Leads.Any(l => l.MicroconferenceId == t.MicroconferenceId && l.PersonId == me)
                        ),
                    stop
                );
        return Page();
    }

    private async Task<IActionResult> CancelledAsync(
        ConferenceFrame conference,
        string topic,
        int id,
        CancellationToken stop
    )
    {
        if (await CancelledTopic.FindAsync(db, conference.Id, id, stop) is not { } gone)
        {
            return NotFound();
        }

        if (gone.Slug != Slug || (topic != gone.Address && topic != id.ToString(CultureInfo.InvariantCulture)))
        {
            return RedirectPermanent($"{conference.Path}/mc/{gone.Slug}/topics/{gone.Address}");
        }

        Cancelled = gone;
        Place = (conference.HasSchedule ? await db.ReleasedAsync(conference.Id, stop) : null)?.WordsOfTopic(id);
        return Page();
    }

    // As everybody reads them: by the times that are public, and what has none after that, in the leads' order.
    private static (MicroconferenceDocument.Item? Previous, MicroconferenceDocument.Item? Next) NeighboursOf(
        MicroconferenceDocument.Item topic,
        MicroconferenceDocument microconference,
        ScheduleDocument? schedule
    )
    {
        var timed =
            schedule
                ?.Of(microconference.Id)
                .SelectMany(e => e.Items)
                .Where(i => i is { Topic: not null, Starts: not null })
                .OrderBy(i => i.Starts)
                .Select(i => i.Topic!.Value)
                .ToList()
            ?? [];
        var all = microconference
            .Topics.OrderBy(t => timed.IndexOf(t.Id) is >= 0 and var place ? place : timed.Count)
            .ToList();
        var position = all.IndexOf(topic);
        return (all.ElementAtOrDefault(position - 1), all.ElementAtOrDefault(position + 1));
    }
}
