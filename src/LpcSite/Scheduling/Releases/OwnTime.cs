using NodaTime;

namespace LpcSite.Scheduling.Releases;

/// <summary>
/// When and where a schedule needs one person: a session that they lead, or a topic about which they speak.
/// </summary>
/// <param name="Uid">Of the session or topic, in every release the same.</param>
/// <param name="Topic">Null for a session that they lead.</param>
/// <param name="Title">Of the microconference.</param>
/// <param name="Room">Its name, as they look for it; null while none is found.</param>
/// <param name="IsExact">
/// False for a topic to which its leads have given no time yet: they are needed somewhere in the session.
/// </param>
public sealed record OwnTime(
    string Uid,
    string? Topic,
    int Microconference,
    string Title,
    string? Slug,
    Instant Starts,
    Instant Ends,
    string? Room,
    bool IsExact
)
{
    /// <summary>By person.</summary>
    public static ILookup<int, OwnTime> Of(ScheduleDocument? schedule) =>
        (schedule?.Entries ?? [])
            .Where(e => e.Microconference is not null)
            .SelectMany(e => OfSession(schedule!, e))
            .ToLookup(t => t.Person, t => t.Time);

    /// <summary>Whether they have to be somewhere else than it says, or at another time.</summary>
    public bool IsElsewhere(OwnTime other) =>
        (Starts, Ends, Room, IsExact) != (other.Starts, other.Ends, other.Room, other.IsExact);

    private static IEnumerable<(int Person, OwnTime Time)> OfSession(
        ScheduleDocument schedule,
        ScheduleDocument.Entry e
    )
    {
        var session = new OwnTime(
            e.Uid,
            null,
            e.Microconference!.Value,
            e.Title,
            e.Slug,
            e.Starts,
            e.Ends,
            schedule.RoomOf(e)?.Name,
            IsExact: true
        );
        foreach (var lead in e.Leads)
        {
            yield return (lead.Person, session);
        }

        foreach (var item in e.Items.Where(i => i.Uid is not null))
        {
            var isExact = item is { Starts: not null, Ends: not null };
            foreach (var speaker in item.Speakers)
            {
                yield return (
                    speaker.Person,
                    session with
                    {
                        Uid = item.Uid!,
                        Topic = item.Title,
                        Starts = item.Starts ?? e.Starts,
                        Ends = item.Ends ?? e.Ends,
                        IsExact = isExact,
                    }
                );
            }
        }
    }
}
