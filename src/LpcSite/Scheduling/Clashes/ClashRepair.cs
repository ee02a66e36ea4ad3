using LpcSite.Conferences;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// A change of the draft that ends a clash: a microconference goes to another place, two change places, or a topic
/// inside one goes to another time.
/// </summary>
/// <param name="Before">The slot as it is.</param>
/// <param name="After">The slot as it would be.</param>
/// <param name="Mended">The clashes that would be gone.</param>
/// <param name="Made">Those that would come instead; no hard one is among them.</param>
public sealed record ClashRepair(
    ScheduleDocument.Entry Before,
    ScheduleDocument.Entry After,
    IReadOnlyList<Clash> Mended,
    IReadOnlyList<Clash> Made
)
{
    public int Slot => Before.Slot;

    /// <summary>The slot with which it changes places, as that is and as it would be; null where it does not.</summary>
    public Partner? With { get; init; }

    /// <summary>
    /// Whether the slot itself goes elsewhere, which the organizers do. The order inside it is the leads'.
    /// </summary>
    public bool IsMove => (Before.Room, Before.Starts, Before.Ends) != (After.Room, After.Starts, After.Ends);

    /// <summary>How many clashes there would be more; below zero where there would be fewer.</summary>
    public int Balance => Made.Count - Mended.Count;

    /// <summary>The schedule as it would be.</summary>
    public ScheduleDocument In(ScheduleDocument schedule)
    {
        var after = After with { Items = [.. After.Items.OrderBy(i => i.Starts is null).ThenBy(i => i.Starts)] };
        return schedule with
        {
            Entries =
            [
                .. schedule
                    .Entries.Select(e =>
                        e.Slot == Slot ? after
                        : e.Slot == With?.Before.Slot ? With.After
                        : e
                    )
                    .OrderBy(e => e.Starts),
            ],
        };
    }

    /// <summary>What to do, as one sentence that begins with a verb.</summary>
    /// <param name="schedule">In which it would be done: it knows the names of rooms and the zone.</param>
    public string Sentence(ScheduleDocument schedule)
    {
        if (With is not null)
        {
            var (mine, theirs) = (PlaceIn(schedule, After), PlaceIn(schedule, With.After));
            return $"Let {After.Title} and {With.After.Title} change places: "
                + $"{After.Title} in {mine}; {With.After.Title} in {theirs}.";
        }

        if (IsMove)
        {
            return $"Move {After.Title} to {PlaceIn(schedule, After)}.";
        }

        var now = Before
            .Items.Zip(After.Items)
            .Where(i => i.First.Starts != i.Second.Starts)
            .Select(i => i.Second)
            .ToList();
        return now is [var one, var other]
            ? $"In {After.Title}, let “{one.Title}” and “{other.Title}” change places."
            : $"In {After.Title}, let “{now[0].Title}” begin at {Dates.Time(now[0].Starts!.Value, schedule.Zone)}.";
    }

    /// <summary>What comes of it, after the sentence.</summary>
    public string Effect =>
        $"{(Mended.Count == 1 ? "It mends this clash" : $"It mends {Mended.Count} clashes")} and makes "
        + $"{(Made.Count == 0 ? "none" : $"{Made.Count} softer")}.";

    private static string PlaceIn(ScheduleDocument schedule, ScheduleDocument.Entry entry) =>
        $"{schedule.RoomOf(entry)?.Name}, {Dates.Span(entry.During, schedule.Zone)}";

    /// <summary>What takes the other's place.</summary>
    public sealed record Partner(ScheduleDocument.Entry Before, ScheduleDocument.Entry After);
}
