using LpcSite.Microconferences;
using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>
/// The one place that knows who is needed where, when that cannot be, and which room is too small. It counts people, not names, asks no
/// database, and gives the same answer to every page, to the API and to the command line.
/// </summary>
public static class Clashes
{
    // Nobody is needed for what will not be held, as long as it still stands in a slot.
    private static readonly MicroconferenceStatus[] GoneStatuses = [MicroconferenceStatus.Declined, MicroconferenceStatus.Merged, MicroconferenceStatus.Withdrawn];

    /// <summary>
    /// The clashes of a schedule, the worst first: one for each person and pair of microconferences, for each person and microconference that
    /// absence or night speak against, and for each microconference and room that does not hold those who want to come.
    /// </summary>
    public static IReadOnlyList<Clash> Find(ScheduleDocument schedule, Circumstances circumstances) =>
        InOrder(OfPeople(NeedsOf(schedule), circumstances, schedule.Conference.WalkingMinutes).Concat(OfCrowds(schedule, schedule.Entries, circumstances)));

    /// <summary>Those of people alone.</summary>
    /// <param name="walkingMinutes">From any room to any other.</param>
    public static IReadOnlyList<Clash> Find(IEnumerable<Need> needs, Circumstances circumstances, int walkingMinutes) => InOrder(OfPeople(needs, circumstances, walkingMinutes));

    /// <summary>The rooms that are too small. Where a room says nothing of its seats, nobody knows.</summary>
    internal static IEnumerable<Clash> OfCrowds(ScheduleDocument schedule, IEnumerable<ScheduleDocument.Entry> entries, Circumstances circumstances) => entries
        .Where(e => NeedsPeople(e) && schedule.RoomOf(e) is { Capacity: { } seats } && circumstances.Stars.GetValueOrDefault(e.Microconference!.Value) > seats)
        .Select(e => CrowdOf(e, schedule.RoomOf(e)!, circumstances.Stars[e.Microconference!.Value])).DistinctBy(c => c.Key);

    private static IReadOnlyList<Clash> InOrder(IEnumerable<Clash> found) =>
        [.. found.OrderBy(c => c.Severity).ThenBy(c => c.One.During.Start).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Key, StringComparer.Ordinal)];

    private static List<Clash> OfPeople(IEnumerable<Need> needs, Circumstances circumstances, int walkingMinutes)
    {
        var walk = Duration.FromMinutes(walkingMinutes);
        var found = new List<Clash>();
        foreach (var person in needs.GroupBy(n => n.Person))
        {
            Need[] sorted = [.. person.OrderBy(n => n.During.Start).ThenBy(n => n.Role)];
            var worst = new Dictionary<(string, string), Clash>();
            for (var i = 0; i < sorted.Length; i++)
            {
                for (var j = i + 1; j < sorted.Length && sorted[j].During.Start < sorted[i].During.End + walk; j++)
                {
                    Count(Between(sorted[i], sorted[j]), worst);
                }

                foreach (var obstacle in circumstances.Against(sorted[i]))
                {
                    Count(new(sorted[i].IsFirm && obstacle.IsFirm ? ClashSeverity.Hard : ClashSeverity.Soft, sorted[i], obstacle), worst);
                }
            }

            found.AddRange(worst.Values);
        }

        return found;
    }

    private static void Count(Clash? clash, Dictionary<(string, string), Clash> worst)
    {
        if (clash is not null && (!worst.TryGetValue(clash.Pair, out var known) || clash.Severity < known.Severity))
        {
            worst[clash.Pair] = clash;
        }
    }

    /// <summary>Who is needed where: leads and key attendees for the whole session, speakers for their topic.</summary>
    public static IEnumerable<Need> NeedsOf(ScheduleDocument schedule) => schedule.Entries.SelectMany(NeedsOf);

    internal static bool NeedsPeople(ScheduleDocument.Entry e) => e.Microconference is not null && (e.Status is not { } status || !GoneStatuses.Contains(status));

    internal static IEnumerable<Need> NeedsOf(ScheduleDocument.Entry e)
    {
        if (!NeedsPeople(e))
        {
            yield break;
        }

        var where = WhereOf(e);
        foreach (var lead in e.Leads)
        {
            yield return new(lead.Person, lead.FullName, NeedRole.Lead, where, e.Title, e.Title, e.Slug, e.Slot, e.Room, e.During);
        }

        foreach (var (item, speaker) in e.Items.SelectMany(item => item.Speakers.Select(speaker => (item, speaker))))
        {
            var (role, during) = item is { Starts: { } starts, Ends: { } ends } && !speaker.IsAlternative ? (NeedRole.Speaker, new Interval(starts, ends))
                : (NeedRole.PerhapsSpeaker, item is { Starts: { } from, Ends: { } to } ? new Interval(from, to) : e.During);
            yield return new(speaker.Person, speaker.FullName, role, where, item.Title, e.Title, e.Slug, e.Slot, e.Room, during, speaker.IsRemote, item.Topic);
        }

        foreach (var attendee in e.KeyAttendees)
        {
            yield return new(attendee.Person, attendee.FullName, NeedRole.KeyAttendee, where, e.Title, e.Title, e.Slug, e.Slot, e.Room, e.During);
        }
    }

    internal static string WhereOf(ScheduleDocument.Entry e) => FormattableString.Invariant($"mc-{e.Microconference}");

    private static Clash CrowdOf(ScheduleDocument.Entry e, ScheduleDocument.Place room, int people) => new(
        ClashSeverity.Soft,
        new(null, FormattableString.Invariant($"{people} people"), NeedRole.Crowd, WhereOf(e), e.Title, e.Title, e.Slug, e.Slot, e.Room, e.During),
        new(null, room.Name, NeedRole.Seats, FormattableString.Invariant($"room-{room.Id}"), room.Capacity == 1 ? "1 seat" : FormattableString.Invariant($"{room.Capacity} seats"), "", null, null, room.Id, e.During));

    // Nobody clashes with himself: who leads a microconference and speaks in it is in one room.
    private static Clash? Between(Need one, Need other)
    {
        if (one.Where == other.Where && one.Slot == other.Slot || one.Where == other.Where && !Overlap(one, other))
        {
            return null;
        }

        if (Overlap(one, other))
        {
            return new(one.IsFirm && other.IsFirm ? ClashSeverity.Hard : ClashSeverity.Soft, one, other);
        }

        var isFar = one.Room is not null && other.Room is not null && one.Room != other.Room && !one.IsRemote && !other.IsRemote;
        return isFar && one.IsFirm && other.IsFirm ? new(ClashSeverity.Walk, one, other) : null;
    }

    private static bool Overlap(Need one, Need other) => one.During.Start < other.During.End && other.During.Start < one.During.End;
}
