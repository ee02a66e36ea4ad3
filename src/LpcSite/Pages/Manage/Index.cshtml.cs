using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Clashes;
using LpcSite.Topics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Manage;

/// <summary>The leads' desk: what waits for them, and the way to everything that they do.</summary>
public class IndexModel(LpcDbContext db, IAuthorizationService authorization, IClock clock)
    : ManagePage(db, authorization)
{
    public Counts Waiting { get; private set; } = null!;
    public CallLine? Call { get; private set; }
    public Instant Now { get; private set; }

    /// <summary>Who of its people is needed elsewhere at the same time, as the draft of the schedule stands.</summary>
    public IReadOnlyList<Clash> Clashes { get; private set; } = [];

    /// <summary>Those with which the organizers live. Why, is for them.</summary>
    public IReadOnlyList<Clash> AcceptedClashes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        var here = Microconference.Id;
        Now = clock.GetCurrentInstant();
        Call = await Db.Calls.Where(c => c.MicroconferenceId == here).AsLines(Db).SingleOrDefaultAsync(stop);
        var topics = Db.Topics.Where(t => t.MicroconferenceId == here);
        var withoutSlides = topics.WithoutSlides(Db);
        Waiting = await Db
            .Microconferences.Where(m => m.Id == here)
            .Select(m => new Counts(
                topics.Count(t => t.Status == TopicStatus.Submitted && t.OfferedToId == null),
                Db.Topics.Count(t => t.OfferedToId == here),
                topics.Count(t => Topic.PublicStatuses.Contains(t.Status)),
                Db.Letters.Count(l => l.MicroconferenceId == here && l.IsOfLeads && l.State == EmailState.Held),
                Db.Letters.Count(l =>
                    l.MicroconferenceId == here
                    && l.IsOfLeads
                    && (l.State == EmailState.Failed || l.State == EmailState.Unclear)
                ),
                topics
                    .Where(t => t.Status == TopicStatus.Accepted)
                    .SelectMany(t => t.Speakers)
                    .Count(s => s.ConfirmedAt == null && s.DeclinedAt == null),
                withoutSlides.Count(),
                m.KeyAttendees.Count(k => k.ConfirmedAt == null && k.DeclinedAt == null),
                Db.Nominations.Count(n => n.MicroconferenceId == here),
                m.Status == MicroconferenceStatus.Accepted && Db.Slots.Any(s => s.MicroconferenceId == here),
                topics.Count(t =>
                    Topic.PublicStatuses.Contains(t.Status)
                    && !Db.SessionItems.Any(i => i.TopicId == t.Id && i.SlotId != null)
                )
            ))
            .SingleAsync(stop);
        var accepted = await Db.AcceptedKeysAsync(Microconference.ConferenceId, stop);
        var clashes = (await Db.ClashesOfAsync(Microconference, stop)).ToLookup(c => accepted.Contains(c.Key));
        (Clashes, AcceptedClashes) = ([.. clashes[false]], [.. clashes[true]]);
        return Page();
    }

    /// <param name="ToDecide">Topics that came in and wait.</param>
    /// <param name="Offered">Topics that other leads offer.</param>
    /// <param name="Listed">Topics that are in it.</param>
    /// <param name="Undelivered">Letters that did not get through, or of which nobody knows.</param>
    /// <param name="Silent">Speakers who have not said whether they speak.</param>
    /// <param name="Unasked">Key attendees who have not said whether they come.</param>
    /// <param name="IsPlaced">Whether the organizers have given it a place.</param>
    /// <param name="Timeless">Topics that are in it and have no time in the session.</param>
    public sealed record Counts(
        int ToDecide,
        int Offered,
        int Listed,
        int Held,
        int Undelivered,
        int Silent,
        int WithoutSlides,
        int Unasked,
        int Nominated,
        bool IsPlaced,
        int Timeless
    );
}
