using LpcSite.Conferences;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>Where and when something stands in a schedule: in words, and where on the schedule's page.</summary>
public static class SchedulePlaces
{
    /// <returns>Such as <c>Monday 12 September, 10:00–13:30 IST, Herbert</c>.</returns>
    public static string WordsOf(this ScheduleDocument schedule, ScheduleDocument.Entry entry) =>
        $"{VenueTime.Of(entry.Starts, entry.Ends, schedule.Zone)}, {RoomOf(schedule, entry)}";

    /// <returns>The same of a topic; null where it has no place, not even in a session.</returns>
    public static string? WordsOfTopic(this ScheduleDocument schedule, int topic) =>
        schedule
            .Entries.SelectMany(e =>
                e.Items.Where(i => i.Topic == topic)
                    .Select(i =>
                        i is { Starts: { } starts, Ends: { } ends }
                            ? $"{VenueTime.Of(starts, ends, schedule.Zone)}, {RoomOf(schedule, e)}"
                            : $"without a time yet, in the session of {schedule.WordsOf(e)}"
                    )
            )
            .FirstOrDefault();

    /// <summary>Which of the slots of its microconference an entry is, from 1; null where that has only one.</summary>
    public static int? PartOf(this ScheduleDocument schedule, ScheduleDocument.Entry entry) =>
        entry.Microconference is { } mc && schedule.Of(mc).ToList() is { Count: > 1 } parts
            ? 1 + parts.FindIndex(p => p.Uid == entry.Uid)
            : null;

    /// <summary>
    /// Of an entry on the schedule's page. A slug has no two hyphens in a row, so that a second part is never another's
    /// first.
    /// </summary>
    public static string AnchorOf(this ScheduleDocument schedule, ScheduleDocument.Entry entry) =>
        entry.Slug is null ? entry.Uid
        : schedule.PartOf(entry) is { } part and > 1 ? FormattableString.Invariant($"mc-{entry.Slug}--{part}")
        : $"mc-{entry.Slug}";

    /// <summary>
    /// What begins on one day at the venue: by time, then in the order of the rooms; what has none yet comes last.
    /// </summary>
    public static IEnumerable<ScheduleDocument.Entry> On(this ScheduleDocument schedule, LocalDate day)
    {
        var rooms = schedule.Rooms.Select((room, position) => (room.Id, position)).ToDictionary();
        return schedule
            .Entries.Where(e => schedule.DayOf(e.Starts) == day)
            .OrderBy(e => e.Starts)
            .ThenBy(e => e.Room is { } room ? rooms.GetValueOrDefault(room, int.MaxValue) : int.MaxValue);
    }

    private static string RoomOf(ScheduleDocument schedule, ScheduleDocument.Entry entry) =>
        schedule.RoomOf(entry)?.Name ?? "room to follow";
}
