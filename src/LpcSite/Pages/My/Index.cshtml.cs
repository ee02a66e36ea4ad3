using LpcSite.Accounts.Invitations;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Topics;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.My;

/// <summary>Everything of mine, each with its next step.</summary>
public class IndexModel(LpcDbContext db, IClock clock) : PageModel
{
    public IReadOnlyList<Mine> Microconferences { get; private set; } = [];

    /// <summary>What they submitted or are named as a speaker of, the newest first.</summary>
    public IReadOnlyList<MyTopic> Topics { get; private set; } = [];

    /// <summary>Those of them that are accepted and wait for slides, as long as they can be brought.</summary>
    public IReadOnlySet<int> WithoutSlides { get; private set; } = new HashSet<int>();

    public IReadOnlyList<Asked> Invitations { get; private set; } = [];

    /// <summary>Where they review, the newest first, with what they were asked to read and have not reviewed.</summary>
    public IReadOnlyList<Reviewing> Reviews { get; private set; } = [];

    /// <summary>Conferences to come at which they are needed.</summary>
    public IReadOnlyList<NeededAt> Needed { get; private set; } = [];

    /// <summary>Where microconferences can be proposed now, what closes first at the top.</summary>
    public IReadOnlyList<OpenCall> Calls { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var (me, sees, now) = (User.PersonId(), User.IsOrganizer(), clock.GetCurrentInstant());
        Microconferences = await db
            .Microconferences.Where(m =>
                m.Leads.Any(l => l.PersonId == me) && (sees || m.Conference.State != ConferenceState.Preparing)
            )
            .OrderByDescending(m => m.Conference.StartsOn)
            .ThenBy(m => m.Title)
            .Select(m => new Mine(
                m.Conference.Slug,
                m.Conference.ShortName,
                m.Slug,
                m.Title,
                m.Status,
                m.Revisions.Any(r => r.Number == m.RevisionNumber && r.SecondId != null)
            ))
            .ToListAsync(stop);
        Topics = await (
            from m in db.Microconferences
            from t in m.Topics.Where(t =>
                t.RevisionNumber > 0 && t.SubmitterId == me
                || (t.RevisionNumber > 0 || t.Status == TopicStatus.Accepted) && t.Speakers.Any(s => s.PersonId == me)
            )
            orderby t.Id descending
            select new MyTopic(
                m.Conference.Slug,
                m.Conference.ShortName,
                m.Slug,
                m.Title,
                t.Id,
                t.Title,
                t.Status,
                t.RevisionNumber > 0,
                t.Asked != null,
                m.Conference.State == ConferenceState.Public && t.Status == TopicStatus.Accepted,
                t.Speakers.Where(s => s.PersonId == me)
                    .Select(s => new MyAnswer(s.ConfirmedAt, s.DeclinedAt, s.Attendance))
                    .FirstOrDefault()
            )
        ).ToListAsync(stop);
        WithoutSlides = (
            await db
                .Topics.WithoutSlides(db)
                .Where(t =>
                    (t.SubmitterId == me || t.Speakers.Any(s => s.PersonId == me))
                    && db.Microconferences.Any(m =>
                        m.Id == t.MicroconferenceId && m.Conference.State == ConferenceState.Public
                    )
                )
                .Select(t => t.Id)
                .ToListAsync(stop)
        ).ToHashSet();
        Invitations = await db
            .Invitations.WaitingFor(db, me, now)
            .OrderBy(i => i.Id)
            .Select(i => new Asked(
                i.Id,
                i.Kind,
                i.Topic == null ? i.Microconference!.Title : i.Topic.Title,
                i.Microconference!.Conference.ShortName,
                i.InvitedBy.Name
            ))
            .ToListAsync(stop);
        Reviews = await db
            .Reviewers.Where(r => r.PersonId == me)
            .OrderByDescending(r => r.Conference.StartsOn)
            .Select(r => new Reviewing(
                r.Conference.Slug,
                r.Conference.ShortName,
                db.Assignments.Count(a =>
                    a.ReviewerId == me
                    && a.Microconference.ConferenceId == r.ConferenceId
                    && !db.Reviews.Any(done => done.ReviewerId == me && done.MicroconferenceId == a.MicroconferenceId)
                )
            ))
            .ToListAsync(stop);
        var today = now.InUtc().Date;
        var needing = db
            .Microconferences.Listed()
            .Where(m =>
                m.Leads.Any(l => l.PersonId == me)
                || m.KeyAttendees.Any(k => k.PersonId == me)
                || m.Topics.Any(t => Topic.PublicStatuses.Contains(t.Status) && t.Speakers.Any(s => s.PersonId == me))
            )
            .Select(m => m.ConferenceId);
        Needed = await db
            .Conferences.Where(c => c.State == ConferenceState.Public && c.EndsOn >= today && needing.Contains(c.Id))
            .OrderBy(c => c.StartsOn)
            .Select(c => new NeededAt(
                c.Slug,
                c.ShortName,
                db.Absences.Count(a => a.ConferenceId == c.Id && a.PersonId == me)
            ))
            .ToListAsync(stop);
        Calls = await (
            from call in db.Calls
            where call.MicroconferenceId == null && call.OpensAt <= now && now < call.ClosesAt
            from conference in db.Conferences.Where(c => c.Id == call.ConferenceId && c.State == ConferenceState.Public)
            orderby call.ClosesAt, call.Id
            select new OpenCall(conference.Slug, conference.ShortName, call.ClosesAt, call.Zone)
        ).ToListAsync(stop);
    }

    /// <param name="Absences">How often they said that they cannot be there.</param>
    public sealed record NeededAt(string Conference, string ConferenceName, int Absences);

    public sealed record Reviewing(string Conference, string ConferenceName, int ToDo);

    /// <param name="IsJoined">Whether its text was put together from two, and nobody has gone on with it.</param>
    public sealed record Mine(
        string Conference,
        string ConferenceName,
        string Slug,
        string Title,
        MicroconferenceStatus Status,
        bool IsJoined
    )
    {
        public string Path => $"/{Conference}/mc/{Slug}";
        public bool IsUnproposed => Status is MicroconferenceStatus.Draft or MicroconferenceStatus.ChangesRequested;
        public bool CanBeEdited => Status is MicroconferenceStatus.Proposed or MicroconferenceStatus.Accepted;
    }

    public sealed record MyTopic(
        string Conference,
        string ConferenceName,
        string Slug,
        string Microconference,
        int Id,
        string Title,
        TopicStatus Status,
        bool IsSubmitted,
        bool AreChangesAsked,
        bool IsInvited,
        MyAnswer? Answer
    )
    {
        /// <summary>
        /// Where its author changes it; what the leads wrote down themselves has its public page alone.
        /// </summary>
        public string Path =>
            FormattableString.Invariant($"/{Conference}/mc/{Slug}/{(IsSubmitted ? "submit" : "topics")}/{Id}");
        public string MaterialsPath => FormattableString.Invariant($"/{Conference}/mc/{Slug}/topics/{Id}/materials");
        public bool HasToConfirm => IsInvited && Answer is { ConfirmedAt: null, DeclinedAt: null };
    }

    public sealed record MyAnswer(Instant? ConfirmedAt, Instant? DeclinedAt, Attendance Attendance);

    public sealed record Asked(int Id, InvitationKind Kind, string Title, string ConferenceName, string By);

    public sealed record OpenCall(string Conference, string ConferenceName, Instant ClosesAt, DateTimeZone Zone);
}
