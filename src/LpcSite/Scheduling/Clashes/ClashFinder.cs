using LpcSite.Microconferences;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// The one place that knows who is needed where, when that cannot be, and which room is too small. It counts people,
/// not names, asks no database, and gives the same answer to every page, to the API and to the command line.
/// </summary>
public static class ClashFinder
{
    // Nobody is needed for what will not be held, as long as it still stands in a slot.
    private static readonly MicroconferenceStatus[] GoneStatuses =
    [
        MicroconferenceStatus.Declined,
        MicroconferenceStatus.Merged,
        MicroconferenceStatus.Withdrawn,
    ];

    /// <summary>
    /// The clashes of a schedule, the worst first: one for each time at which a person is needed in two slots, or in
    /// one while absence or night speak against it; one for each session beside a plenary; and one for each
    /// microconference and room that does not hold those who want to come.
    /// </summary>
    public static IReadOnlyList<Clash> Find(ScheduleDocument schedule, Circumstances circumstances) =>
        InOrder([
            .. OfPeople(NeedsOf(schedule), circumstances, schedule.Conference.WalkingMinutes),
            .. OfPlenaries(schedule.Entries, schedule.Entries),
            .. OfCrowds(schedule, schedule.Entries, circumstances),
        ]);

    /// <summary>Those of people alone.</summary>
    /// <param name="walkingMinutes">From any room to any other.</param>
    public static IReadOnlyList<Clash> Find(IEnumerable<Need> needs, Circumstances circumstances, int walkingMinutes) =>
        InOrder(OfPeople(needs, circumstances, walkingMinutes));

    /// <summary>The rooms that are too small. Where a room says nothing of its seats, nobody knows.</summary>
    internal static IEnumerable<Clash> OfCrowds(
        ScheduleDocument schedule,
        IEnumerable<ScheduleDocument.Entry> entries,
        Circumstances circumstances
    ) =>
        entries
            .Where(e =>
                NeedsPeople(e)
                && schedule.RoomOf(e) is { Capacity: { } seats }
                && circumstances.Stars.GetValueOrDefault(e.Microconference!.Value) > seats
            )
            .Select(e => CrowdOf(e, schedule.RoomOf(e)!, circumstances.Stars[e.Microconference!.Value]))
            .DistinctBy(c => c.Key);

    /// <summary>
    /// What goes on while everybody is meant to be elsewhere. What the organizers hold is no such thing: nobody is
    /// invited to it. One plenary in two rooms is one.
    /// </summary>
    /// <param name="entries">Those of which it is asked.</param>
    /// <param name="all">Among which their plenaries are.</param>
    internal static IEnumerable<Clash> OfPlenaries(
        IEnumerable<ScheduleDocument.Entry> entries,
        IReadOnlyCollection<ScheduleDocument.Entry> all
    )
    {
        List<ScheduleDocument.Entry> plenaries =
        [
            .. all.Where(e => e.Kind is SlotKind.Plenary).DistinctBy(e => (e.Title, e.Starts, e.Ends)),
        ];
        return from e in entries
            where NeedsPeople(e) || e.Kind is SlotKind.Track or SlotKind.Plenary
            from plenary in plenaries
            where e.Starts < plenary.Ends && plenary.Starts < e.Ends && IsBeside(e, plenary)
            select new Clash(ClashSeverity.Soft, SlotOf(e, NeedRole.Session), SlotOf(plenary, NeedRole.Plenary));
    }

    // Of two plenaries the one that was made first counts as the one that the other is beside.
    private static bool IsBeside(ScheduleDocument.Entry e, ScheduleDocument.Entry plenary) =>
        e.Kind is not SlotKind.Plenary
        || (e.Slot > plenary.Slot && !string.Equals(e.Title, plenary.Title, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<Clash> InOrder(IEnumerable<Clash> found) =>
        [
            .. found
                .OrderBy(c => c.Severity)
                .ThenBy(c => c.One.During.Start)
                .ThenBy(c => c.Name, StringComparer.Ordinal)
                .ThenBy(c => c.During.Start)
                .ThenBy(c => c.Key, StringComparer.Ordinal),
        ];

    private static IEnumerable<Clash> OfPeople(IEnumerable<Need> needs, Circumstances circumstances, int walkingMinutes)
    {
        var walk = Duration.FromMinutes(walkingMinutes);
        return needs
            .OrderBy(n => n.During.Start)
            .ThenBy(n => n.Role)
            .GroupBy(n => n.Person)
            .SelectMany(person => OfOne([.. person], circumstances, walk));
    }

    /// <param name="needs">Of one person, by start.</param>
    private static IEnumerable<Clash> OfOne(Need[] needs, Circumstances circumstances, Duration walk)
    {
        var found = new List<Clash>();
        for (var i = 0; i < needs.Length; i++)
        {
            for (var j = i + 1; j < needs.Length && needs[j].During.Start < needs[i].During.End + walk; j++)
            {
                if (Between(needs[i], needs[j]) is { } clash)
                {
                    found.Add(clash);
                }
            }

            found.AddRange(circumstances.Against(needs[i], needs).Select(obstacle => Against(needs[i], obstacle)));
        }

        return found.Count < 2 ? found : found.GroupBy(c => c.Places).SelectMany(OneForEachTime);
    }

    // Whoever leads a session and speaks in it is needed there for two reasons, and clashes once. What is at another
    // time is another clash, which somebody else may mend and for which another reason may hold.
    private static IEnumerable<Clash> OneForEachTime(IEnumerable<Clash> ofTwoPlaces)
    {
        var kept = new List<Clash>();
        var inOrder = ofTwoPlaces
            .OrderBy(c => c.Severity)
            .ThenBy(c => c.Severity is ClashSeverity.Walk ? c.During.Duration : -c.During.Duration)
            .ThenBy(c => c.During.Start);
        foreach (var clash in inOrder)
        {
            if (!kept.Exists(other => IsToldBy(clash, other)))
            {
                kept.Add(clash);
            }
        }

        return kept;
    }

    // A worse one at that time says it; so does one as bad that lasts longer, and the shortest of several ways at one
    // moment.
    private static bool IsToldBy(Clash clash, Clash other)
    {
        var (mine, theirs) = (clash.During, other.During);
        return (clash.Severity, other.Severity) switch
        {
            (ClashSeverity.Walk, ClashSeverity.Walk) => mine.Start <= theirs.End && theirs.Start <= mine.End,
            var (milder, worse) when worse < milder => mine.Start < theirs.End && theirs.Start < mine.End,
            _ => theirs.Start <= mine.Start && mine.End <= theirs.End,
        };
    }

    /// <summary>Who is needed where: leads and key attendees for the whole session, speakers for their topic.</summary>
    public static IEnumerable<Need> NeedsOf(ScheduleDocument schedule) => NeedsOf(schedule.Entries);

    /// <param name="entries">With all parts of what they hold: a topic without a time may be in any of them.</param>
    internal static IEnumerable<Need> NeedsOf(IReadOnlyCollection<ScheduleDocument.Entry> entries)
    {
        var held = entries.Where(NeedsPeople).ToList();
        var waiting = held.SelectMany(e => e.Items, (e, item) => (Of: e.Microconference, item))
            .Where(i => i.item.Starts is null)
            .ToLookup(i => i.Of, i => i.item);
        return held.SelectMany(e =>
            NeedsOf(e, [.. e.Items.Where(i => i.Starts is not null), .. waiting[e.Microconference]])
        );
    }

    internal static bool NeedsPeople(ScheduleDocument.Entry e) =>
        e.Microconference is not null && (e.Status is not { } status || !GoneStatuses.Contains(status));

    private static IEnumerable<Need> NeedsOf(ScheduleDocument.Entry e, IEnumerable<ScheduleDocument.Item> items)
    {
        var session = SlotOf(e, NeedRole.Session);
        foreach (var lead in e.Leads)
        {
            yield return session with
            {
                Person = lead.Person,
                Name = lead.FullName,
                Role = NeedRole.Lead,
            };
        }

        foreach (var (item, speaker) in items.SelectMany(item => item.Speakers.Select(speaker => (item, speaker))))
        {
            var time = item is { Starts: { } starts, Ends: { } ends } ? new Interval(starts, ends) : (Interval?)null;
            yield return session with
            {
                Person = speaker.Person,
                Name = speaker.FullName,
                Role = time is null || speaker.IsAlternative ? NeedRole.PerhapsSpeaker : NeedRole.Speaker,
                What = item.Title,
                During = time ?? e.During,
                IsRemote = speaker.IsRemote,
                Topic = item.Topic,
                HasTime = time is not null,
            };
        }

        foreach (var attendee in e.KeyAttendees)
        {
            var (person, name) = (attendee.Person, attendee.FullName);
            yield return session with
            {
                Person = person,
                Name = name,
                Role = NeedRole.KeyAttendee,
            };
        }
    }

    internal static string WhereOf(ScheduleDocument.Entry e) =>
        e.Microconference is { } id ? WhereOf(id) : FormattableString.Invariant($"slot-{e.Slot}");

    internal static string WhereOf(int microconference) => FormattableString.Invariant($"mc-{microconference}");

    private static Need SlotOf(ScheduleDocument.Entry e, NeedRole role) =>
        new(null, e.Title, role, WhereOf(e), e.Title, e.Title, e.Slug, e.Slot, e.Room, e.During);

    private static Clash CrowdOf(ScheduleDocument.Entry e, ScheduleDocument.Place room, int people) =>
        new(
            ClashSeverity.Soft,
            SlotOf(e, NeedRole.Crowd) with
            {
                Name = FormattableString.Invariant($"{people} people"),
            },
            SeatsIn(room, e.During)
        );

    private static Need SeatsIn(ScheduleDocument.Place room, Interval during)
    {
        var seats = room.Capacity == 1 ? "1 seat" : FormattableString.Invariant($"{room.Capacity} seats");
        var where = FormattableString.Invariant($"room-{room.Id}");
        return new(null, room.Name, NeedRole.Seats, where, seats, "", null, null, room.Id, during);
    }

    private static Clash Against(Need need, Need obstacle) =>
        new(need.IsFirm && obstacle.IsFirm ? ClashSeverity.Hard : ClashSeverity.Soft, need, obstacle);

    // Nobody clashes with themselves: who leads a microconference and speaks in it is in one room.
    private static Clash? Between(Need one, Need other)
    {
        if (one.Where == other.Where && (one.Slot == other.Slot || !Overlap(one, other)))
        {
            return null;
        }

        if (Overlap(one, other))
        {
            var softer = one.IsWhole && other.IsWhole ? ClashSeverity.Parallel : ClashSeverity.Soft;
            return new(one.IsFirm && other.IsFirm ? ClashSeverity.Hard : softer, one, other);
        }

        var isFar =
            one.Room is not null
            && other.Room is not null
            && one.Room != other.Room
            && !one.IsRemote
            && !other.IsRemote;
        return isFar && one.IsFirm && other.IsFirm ? new(ClashSeverity.Walk, one, other) : null;
    }

    private static bool Overlap(Need one, Need other) =>
        one.During.Start < other.During.End && other.During.Start < one.During.End;
}
