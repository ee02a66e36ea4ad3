using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>
/// What a lead has before them when they arrange a session: its places with their breaks, and the topics that are in
/// the microconference.
/// </summary>
/// <param name="HalfDays">Of the conference, for the break that all rooms have at the same time.</param>
/// <param name="Topics">By number, in the order of the microconference.</param>
/// <param name="Elsewhere">What its speakers have to do at other places, and when they are away.</param>
public sealed record SessionBoard(
    Session Session,
    Conference Conference,
    IReadOnlyList<HalfDay> HalfDays,
    IReadOnlyDictionary<int, SessionTopic> Topics,
    Commitments Elsewhere
)
{
    private static readonly LocalTimePattern[] Times =
    [
        LocalTimePattern.CreateWithInvariantCulture("H:mm"),
        LocalTimePattern.ExtendedIso,
    ];

    /// <summary>What the public sees of it.</summary>
    public PublicSession InPublic { get; private init; } = null!;

    /// <summary>Keys of the clashes with which the organizers live.</summary>
    private IReadOnlySet<string> Accepted { get; init; } = new HashSet<string>();

    /// <summary>
    /// Another one as soon as somebody arranges the session anew, moves it, or changes a topic of it. What organizers
    /// try in secret leaves it as it is.
    /// </summary>
    public string Stamp { get; private init; } = "";

    /// <param name="microconference">With its conference.</param>
    public static async Task<SessionBoard> OfAsync(
        LpcDbContext db,
        Microconference microconference,
        CancellationToken stop
    )
    {
        var (here, conference) = (microconference.Id, microconference.Conference);
        var release = await db
            .Releases.Of(conference.Id)
            .Select(r => new { r.Number, r.Document })
            .FirstOrDefaultAsync(stop);
        var draft = await db.DraftAsync(conference.Id, withTexts: release is not null, stop);
        var session = await db.SessionAsync(here, stop);
        var topics = await TopicsAsync(db, here, stop);
        var halfDays = await db
            .HalfDays.AsNoTracking()
            .Where(h => h.ConferenceId == conference.Id)
            .OrderBy(h => h.Position)
            .ToListAsync(stop);

        var circumstances = await db.CircumstancesAsync(conference.Id, withStars: false, stop);

        // Where the organizers try what is not accepted is theirs to know.
        var known = microconference.Status is MicroconferenceStatus.Accepted ? session : session with { Places = [] };
        var board = new SessionBoard(
            known,
            conference,
            halfDays,
            topics.ToDictionary(t => t.Id),
            new(draft, circumstances, here, microconference.Title)
        );
        var latest = release is null ? null : await db.ReadAsync(release.Document, stop);
        return board with
        {
            Accepted = await db.AcceptedKeysAsync(conference.Id, stop),
            InPublic = PublicSession.Of(microconference, release?.Number ?? 0, latest, draft, board),
            Stamp = StampOf(microconference.Status, session, topics),
        };
    }

    /// <summary>The <see cref="Stamp"/> alone, for pages that stand open.</summary>
    public static async Task<string> StampAsync(LpcDbContext db, int microconferenceId, CancellationToken stop) =>
        StampOf(
            await db
                .Microconferences.Where(m => m.Id == microconferenceId)
                .Select(m => m.Status)
                .FirstOrDefaultAsync(stop),
            await db.SessionAsync(microconferenceId, stop),
            await TopicsAsync(db, microconferenceId, stop)
        );

    /// <summary>What else the speakers of a row are needed for at that time, a sentence each.</summary>
    public IEnumerable<string> SentencesOf(SessionLayout.Part part, SessionLayout.Laid row) =>
        part.Place is { } place && row is { Topic: { } topic, During: { } during, Minutes: > 0 }
            ? Elsewhere
                .Of(topic.Id, topic.Title, topic.Speakers, place, during)
                .Where(clash => !Accepted.Contains(clash.Key))
                .Select(clash => $"{clash.Sentence} ({TimesOf(ElsewhereIn(clash, place))} {Zone.Id})")
            : [];

    // When they are needed there; of an absence or a night the time that it takes of this.
    private static Interval ElsewhereIn(Clash clash, Session.Place here) =>
        !clash.IsBetweenPlaces ? clash.During
        : clash.One.Slot == here.Slot ? clash.Other.During
        : clash.One.During;

    public DateTimeZone Zone => Conference.TimeZone;

    /// <summary>Breaks of the half-days that lie inside a slot, after its start.</summary>
    public IReadOnlyList<(int StartsAfter, int Minutes)> BreaksIn(Session.Place place)
    {
        var (first, last) = (
            Conference.ToVenueTime(place.During.Start).Date,
            Conference.ToVenueTime(place.During.End).Date
        );
        return
        [
            .. from day in new[] { first, last }.Distinct()
            from half in HalfDays
            let at = half.BreakStarts
            where at is not null
            let starts = Conference.FromVenueTime(day + at.GetValueOrDefault())
            where place.During.Start < starts && starts + Duration.FromMinutes(half.BreakMinutes) < place.During.End
            orderby starts
            select ((int)(starts - place.During.Start).TotalMinutes, half.BreakMinutes),
        ];
    }

    /// <summary>Which place it is; what stands in a slot that is gone comes last.</summary>
    public int OrderOf(int? slot)
    {
        var places = Session.Places.ToList();
        return places.FindIndex(p => p.Slot == slot) is >= 0 and var order ? order : places.Count;
    }

    public Session.Place? PlaceOf(int? slot) => Session.Places.FirstOrDefault(p => p.Slot == slot);

    /// <summary>On the venue's clock.</summary>
    public string TimeOf(Instant instant) =>
        LocalTimePattern.HourMinuteIso.Format(Conference.ToVenueTime(instant).TimeOfDay);

    public string TimesOf(Interval during) => $"{TimeOf(during.Start)}–{TimeOf(during.End)}";

    /// <returns>Minutes after the start of the slot; null for what is no time of the slot.</returns>
    public int? AfterStart(Session.Place place, string time)
    {
        if (Times.Select(pattern => pattern.Parse(time.Trim())).FirstOrDefault(parsed => parsed.Success) is not { } at)
        {
            return null;
        }

        var day = Conference.ToVenueTime(place.During.Start).Date;
        foreach (
            var instant in new[] { day, day.PlusDays(1) }.Select(date => Conference.FromVenueTime(date + at.Value))
        )
        {
            if (place.During.Contains(instant))
            {
                return (int)(instant - place.During.Start).TotalMinutes;
            }
        }

        return null;
    }

    private static async Task<IReadOnlyList<SessionTopic>> TopicsAsync(
        LpcDbContext db,
        int microconferenceId,
        CancellationToken stop
    ) =>
        await db
            .Topics.Where(t => t.MicroconferenceId == microconferenceId)
            .Public()
            .OrderBy(t => t.Position)
            .ThenBy(t => t.Id)
            .AsSplitQuery()
            .Select(t => new SessionTopic(
                t.Id,
                t.Title,
                t.Minutes,
                t.Group,
                t.Availability,
                t.Speakers.Where(s => s.DeclinedAt == null)
                    .OrderBy(s => s.Position)
                    .Select(s => new ScheduleDocument.Speaker(
                        s.PersonId,
                        s.Person.Slug,
                        s.Person.Name,
                        s.IsAlternative,
                        s.Attendance == Attendance.Remote
                    ))
                    .ToList()
            ))
            .ToListAsync(stop);

    private static string StampOf(MicroconferenceStatus status, Session session, IReadOnlyList<SessionTopic> topics) =>
        LpcSite.Scheduling.Board.DraftStamp.Of([
            $"{status}",
            .. status is MicroconferenceStatus.Accepted
                ? [.. session.Places.Select(place => $"{place}"), .. session.Items.Select(item => $"{item}")]
                : (string[])[],
            .. topics.Select(topic => $"{topic}"),
            .. topics.SelectMany(topic => topic.Speakers.Select(speaker => $"{topic.Id} {speaker}")),
        ]);
}
