using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>
/// Finds for a clash what would end it without a new hard clash and without more clashes than there are: a free place for one of the
/// microconferences, or another order of the topics in one of them. It asks no database and changes nothing.
/// </summary>
/// <param name="grid">Where microconferences can stand, free or not.</param>
public sealed class Suggesting(ScheduleDocument schedule, Circumstances circumstances, IReadOnlyList<GridPlace> grid)
{
    public const int MostMoves = 3;

    private readonly ILookup<int?, Need> _needs = Clashes.NeedsOf(schedule).ToLookup(n => n.Person);
    private readonly ILookup<int?, Clash> _clashes = Clashes.Find(schedule, circumstances).ToLookup(c => c.Person);
    private readonly Dictionary<int, int> _parts = schedule.Entries.Where(e => e.Microconference is not null).CountBy(e => e.Microconference!.Value).ToDictionary();

    // What a move does depends on no clash, so that it is worked out once for each slot.
    private readonly Dictionary<int, IReadOnlyList<Suggestion>> _moves = [];

    /// <summary>At most one order and then at most three moves, each the best first.</summary>
    public IReadOnlyList<Suggestion> For(Clash clash)
    {
        var orders = Orders(clash.One, clash.Other).Concat(Orders(clash.Other, clash.One)).Where(s => IsGood(s, clash)).OrderBy(s => s.Balance).ThenBy(Shift).Take(1);
        var moves = schedule.Entries.Where(e => e.Slot == clash.One.Slot || e.Slot == clash.Other.Slot).SelectMany(Moves).Where(s => IsGood(s, clash))
            .GroupBy(s => (s.Slot, s.After.During)).Select(rooms => rooms.MinBy(Rank)!).OrderBy(Rank).Take(MostMoves);
        return [.. orders, .. moves];
    }

    // Whether a room holds a crowd that says nothing of its seats, nobody knows.
    private bool IsGood(Suggestion s, Clash clash) =>
        s.Mended.Any(c => c.Key == clash.Key) && s.Balance <= 0 && !s.Made.Any(c => c.Severity is ClashSeverity.Hard || c.IsBetweenTheSameAs(clash))
        && (clash.Other.Role is not NeedRole.Seats || schedule.RoomOf(s.After)?.Capacity is not null);

    // Fewer clashes first, then the room that they know, then a room that holds them, then the day and the hour nearest to now.
    private (int Balance, bool IsElsewhere, bool IsTooSmall, Duration Distance) Rank(Suggestion s) =>
        (s.Balance, s.Before.Room is not null && s.Before.Room != s.After.Room, schedule.RoomOf(s.After)?.Capacity < schedule.RoomOf(s.Before)?.Capacity, Distance(s.Before.Starts, s.After.Starts));

    private static Duration Shift(Suggestion s) =>
        s.Before.Items.Zip(s.After.Items).Select(i => i.Second.Starts is { } after ? Distance(i.First.Starts ?? s.Before.Starts, after) : Duration.Zero).Aggregate(Duration.Zero, (sum, shift) => sum + shift);

    private static Duration Distance(Instant one, Instant other) => one < other ? other - one : one - other;

    private IReadOnlyList<Suggestion> Moves(ScheduleDocument.Entry entry)
    {
        if (!_moves.TryGetValue(entry.Slot, out var moves))
        {
            _moves[entry.Slot] = moves = entry.IsLocked ? [] : [.. grid.Where(place => Suits(entry, place) && IsFree(entry, place)).Select(place => Weigh(entry, MovedTo(place, entry)))];
        }

        return moves;
    }

    // What is split keeps the length of each part; everything else stands for a whole half-day, or for a half of one if that is its form.
    private bool Suits(ScheduleDocument.Entry entry, GridPlace place) =>
        (place.Room, place.During) != (entry.Room, entry.During)
        && entry.Items.All(i => i.Ends is null || i.Ends - entry.Starts <= place.During.Duration)
        && (_parts[entry.Microconference!.Value] > 1 ? place.Minutes == entry.Minutes : place.IsHalf == entry.Form is Microconferences.SessionForm.Half);

    // Beside something for everybody no place is free.
    private bool IsFree(ScheduleDocument.Entry entry, GridPlace place) =>
        !schedule.Entries.Any(e => e.Slot != entry.Slot && (e.Room == place.Room || e.Kind is SlotKind.Plenary) && e.Starts < place.During.End && place.During.Start < e.Ends);

    private static ScheduleDocument.Entry MovedTo(GridPlace place, ScheduleDocument.Entry entry) => entry with
    {
        Room = place.Room,
        Starts = place.During.Start,
        Ends = place.During.End,
        Items = [.. entry.Items.Select(i => i.Starts is { } starts ? i with { Starts = place.During.Start + (starts - entry.Starts) } : i)],
    };

    // The topic changes places with another of the same length, or goes into a gap: to either end of it, or as near to what it clashes with
    // as the gap and the way allow.
    private IEnumerable<Suggestion> Orders(Need need, Need other)
    {
        if (need.Topic is not { } topic || schedule.Entries.FirstOrDefault(e => e.Slot == need.Slot) is not { } entry || entry.Items.FirstOrDefault(i => i.Topic == topic) is not { Minutes: { } minutes } item)
        {
            return [];
        }

        var swaps = entry.Items.Where(i => item.Starts is not null && i.Starts is not null && i.Topic is not null && i.Topic != topic && i.Minutes == minutes).Select(i => With(entry, (item, i.Starts!.Value), (i, item.Starts!.Value)));
        var (length, walk) = (Duration.FromMinutes(minutes), Duration.FromMinutes(schedule.Conference.WalkingMinutes));
        var gaps = Gaps(entry, item).Where(gap => gap.Duration >= length).SelectMany(gap => new[] { gap.Start, gap.End - length, other.During.End, other.During.End + walk, other.During.Start - length, other.During.Start - length - walk }
            .Where(starts => starts >= gap.Start && starts + length <= gap.End)).Distinct().Where(starts => starts != item.Starts).Select(starts => With(entry, (item, starts)));
        return swaps.Concat(gaps).Select(after => Weigh(entry, after));
    }

    private static ScheduleDocument.Entry With(ScheduleDocument.Entry entry, params (ScheduleDocument.Item Item, Instant Starts)[] times) =>
        entry with { Items = [.. entry.Items.Select(i => Array.Find(times, t => t.Item == i) is { Item: not null } time ? i with { Starts = time.Starts } : i)] };

    // The time in a slot in which nothing else is arranged.
    private static IEnumerable<Interval> Gaps(ScheduleDocument.Entry entry, ScheduleDocument.Item without)
    {
        var free = entry.Starts;
        foreach (var busy in entry.Items.Where(i => i != without && i is { Starts: not null, Ends: not null }).OrderBy(i => i.Starts))
        {
            if (free < busy.Starts)
            {
                yield return new(free, busy.Starts);
            }

            free = busy.Ends!.Value;
        }

        if (free < entry.Ends)
        {
            yield return new(free, entry.Ends);
        }
    }

    // Nobody clashes otherwise than before but the people of the slot that changes, and no other crowd goes to another room.
    private Suggestion Weigh(ScheduleDocument.Entry before, ScheduleDocument.Entry after)
    {
        var theirs = Clashes.NeedsOf(after).ToList();
        var people = theirs.Select(n => n.Person).Distinct().ToList();
        var were = people.SelectMany(p => _clashes[p]).Concat(_clashes[null].Where(c => c.Concerns(Clashes.WhereOf(before)))).ToList();
        var parts = schedule.Entries.Where(e => e.Microconference == before.Microconference).Select(e => e.Slot == before.Slot ? after : e);
        var are = Clashes.Find(people.SelectMany(p => _needs[p].Where(n => n.Slot != before.Slot)).Concat(theirs), circumstances, schedule.Conference.WalkingMinutes)
            .Concat(Clashes.OfCrowds(schedule, parts, circumstances)).ToList();
        return new(before, after, [.. were.ExceptBy(are.Select(c => c.Key), c => c.Key)], [.. are.ExceptBy(were.Select(c => c.Key), c => c.Key)]);
    }
}
