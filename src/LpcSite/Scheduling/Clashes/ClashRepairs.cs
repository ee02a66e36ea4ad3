using LpcSite.Microconferences;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// Finds for a clash what would end it without a new hard clash and without more clashes than there are: a free place
/// for one of the microconferences, another one that changes places with it, or another order of the topics in one of
/// them. Nothing goes where somebody whom it needs is away, into a room that does not hold those who want to come, or
/// into one without sound and picture that it counts on. Each has been tried by <see cref="ClashFinder"/>. It asks no
/// database and changes nothing.
/// </summary>
/// <param name="grid">Where microconferences can stand, free or not.</param>
/// <param name="accepted">Keys of clashes that may stay: ending one is no gain, and making one costs nothing.</param>
public sealed class ClashRepairs(
    ScheduleDocument schedule,
    Circumstances circumstances,
    IReadOnlyList<GridPlace> grid,
    IReadOnlySet<string> accepted
)
{
    public const int MostMoves = 3;
    public const int MostSwaps = 2;

    private readonly ILookup<int?, Need> _needs = ClashFinder.NeedsOf(schedule).ToLookup(n => n.Person);
    private readonly ILookup<int?, Clash> _clashes = ClashFinder.Find(schedule, circumstances).ToLookup(c => c.Person);
    private readonly ILookup<int?, ScheduleDocument.Entry> _parts = schedule.Entries.ToLookup(e => e.Microconference);
    private readonly bool _hasEquipment = schedule.Rooms.Any(r => r.IsEquipped);

    // What a change of place does depends on no clash, so that it is worked out once for each slot.
    private readonly Dictionary<int, IReadOnlyList<ClashRepair>> _moves = [];
    private readonly Dictionary<int, IReadOnlyList<ClashRepair>> _swaps = [];

    /// <summary>At most one order, then at most three moves, then at most two exchanges, each the best first.</summary>
    public IReadOnlyList<ClashRepair> For(Clash clash)
    {
        int?[] slots = [clash.One.Slot, clash.Other.Slot];
        var sides = schedule.Entries.Where(e => e.Microconference is not null && slots.Contains(e.Slot)).ToList();
        var orders = Orders(clash.One, clash.Other)
            .Concat(Orders(clash.Other, clash.One))
            .Where(s => IsGood(s, clash))
            .OrderBy(s => s.Balance)
            .ThenBy(Shift)
            .Take(1);
        var moves = sides
            .SelectMany(Moves)
            .Where(s => IsGood(s, clash))
            .GroupBy(s => (s.Slot, s.After.During))
            .Select(rooms => rooms.MinBy(Rank)!)
            .OrderBy(Rank)
            .Take(MostMoves);
        var swaps = sides.SelectMany(Swaps).Where(s => IsGood(s, clash)).OrderBy(Rank).Take(MostSwaps);
        return [.. orders, .. moves, .. swaps];
    }

    // Whether a room holds a crowd that says nothing of its seats, nobody knows.
    private bool IsGood(ClashRepair s, Clash clash) =>
        s.Mended.Any(c => c.Key == clash.Key)
        && s.Balance <= 0
        && Helps(s)
        && !s.Made.Any(c => IsNoTrade(c) || c.IsBetweenTheSameAs(clash))
        && (clash.Other.Role is not NeedRole.Seats || schedule.RoomOf(s.After)?.Capacity is not null);

    // Beside what cannot be at all, what the place that is suggested should have been asked for.
    private static bool IsNoTrade(Clash made) =>
        made.Severity is ClashSeverity.Hard || made.Other.Role is NeedRole.Away or NeedRole.Seats or NeedRole.Plenary;

    // The worst kind of which the number changes must become fewer: one for another as bad is no help.
    private static bool Helps(ClashRepair s) =>
        Enum.GetValues<ClashSeverity>()
            .Select(severity => s.Made.Count(c => c.Severity == severity) - s.Mended.Count(c => c.Severity == severity))
            .FirstOrDefault(difference => difference != 0) < 0;

    // Fewer clashes first, then the room that they know, then one with sound and picture for those who need them and
    // without for the others, then one that holds them, then the day and the hour nearest to now.
    private (int Balance, bool IsElsewhere, bool IsMisused, bool IsSmaller, Duration Distance) Rank(ClashRepair s)
    {
        var (here, there) = (schedule.RoomOf(s.Before), schedule.RoomOf(s.After));
        var isElsewhere = here != there;
        var isMisused = _hasEquipment && isElsewhere && s.Before.Form is SessionForm.NoAv == there?.IsEquipped;
        var isSmaller = there?.Capacity < here?.Capacity;
        var distance = Distance(s.Before.Starts, s.After.Starts);
        return (s.Balance, here is not null && isElsewhere, isMisused, isSmaller, distance);
    }

    private static Duration Shift(ClashRepair s) =>
        s
            .Before.Items.Zip(s.After.Items)
            .Select(i =>
                i.Second.Starts is { } after ? Distance(i.First.Starts ?? s.Before.Starts, after) : Duration.Zero
            )
            .Aggregate(Duration.Zero, (sum, shift) => sum + shift);

    private static Duration Distance(Instant one, Instant other) => one < other ? other - one : one - other;

    private IReadOnlyList<ClashRepair> Moves(ScheduleDocument.Entry entry)
    {
        if (!_moves.TryGetValue(entry.Slot, out var moves))
        {
            var places = grid.Where(place => Suits(entry, place) && Holds(place.Room, entry) && IsFree(entry, place));
            _moves[entry.Slot] = moves = entry.IsLocked ? [] : [.. places.Select(place => Move(entry, place))];
        }

        return moves;
    }

    private IReadOnlyList<ClashRepair> Swaps(ScheduleDocument.Entry entry)
    {
        if (!_swaps.TryGetValue(entry.Slot, out var swaps))
        {
            _swaps[entry.Slot] = swaps = entry is { IsLocked: false, Room: { } here }
                ?
                [
                    .. schedule
                        .Entries.Where(other => CanSwap(entry, here, other))
                        .Select(other => Exchange(entry, other)),
                ]
                : [];
        }

        return swaps;
    }

    // As long as each other, so that each fits where the other is, whatever stands around them.
    private bool CanSwap(ScheduleDocument.Entry entry, int here, ScheduleDocument.Entry other) =>
        ClashFinder.NeedsPeople(other)
        && other is { IsLocked: false, Room: { } there }
        && other.Microconference != entry.Microconference
        && other.During.Duration == entry.During.Duration
        && Holds(there, entry)
        && Holds(here, other);

    private ClashRepair Move(ScheduleDocument.Entry entry, GridPlace place) =>
        Weigh(entry, MovedTo(place.Room, place.During, entry));

    private ClashRepair Exchange(ScheduleDocument.Entry one, ScheduleDocument.Entry other)
    {
        var first = MovedTo(other.Room!.Value, other.During, one);
        var second = MovedTo(one.Room!.Value, one.During, other);
        return Weigh((one, first), (other, second)) with { With = new(other, second) };
    }

    // What is split keeps the length of each part; everything else stands for a whole half-day, or for a half of one if
    // that is its form.
    private bool Suits(ScheduleDocument.Entry entry, GridPlace place) =>
        (place.Room, place.During) != (entry.Room, entry.During)
        && entry.Items.All(i => i.Ends is null || i.Ends - entry.Starts <= place.During.Duration)
        && (IsSplit(entry) ? place.Minutes == entry.Minutes : place.IsHalf == entry.Form is SessionForm.Half);

    private bool IsSplit(ScheduleDocument.Entry entry) => _parts[entry.Microconference].Count() > 1;

    // Those who want to come sit, and what has sound and picture keeps them, unless it was decided that it needs none.
    // While no room says what there is, nobody knows.
    private bool Holds(int room, ScheduleDocument.Entry entry) =>
        schedule.Rooms.FirstOrDefault(r => r.Id == room) is { } place
        && !(circumstances.Stars.GetValueOrDefault(entry.Microconference!.Value) > place.Capacity)
        && (room == entry.Room || !CountsOnEquipment(entry) || place.IsEquipped);

    private bool CountsOnEquipment(ScheduleDocument.Entry entry) =>
        _hasEquipment && entry.Form is not SessionForm.NoAv && schedule.RoomOf(entry)?.IsEquipped is not false;

    // Beside something for everybody no place is free.
    private bool IsFree(ScheduleDocument.Entry entry, GridPlace place) =>
        !schedule.Entries.Any(e =>
            e.Slot != entry.Slot
            && (e.Room == place.Room || e.Kind is SlotKind.Plenary)
            && e.Starts < place.During.End
            && place.During.Start < e.Ends
        );

    private static ScheduleDocument.Entry MovedTo(int room, Interval during, ScheduleDocument.Entry entry) =>
        entry with
        {
            Room = room,
            Starts = during.Start,
            Ends = during.End,
            Items = [.. entry.Items.Select(i => i with { Starts = i.Starts + (during.Start - entry.Starts) })],
        };

    // The topic changes places with another of the same length, or goes into a gap: to either end of it, or as near to
    // what it clashes with as the gap and the way allow.
    private IEnumerable<ClashRepair> Orders(Need need, Need other)
    {
        if (
            need.Topic is not { } topic
            || schedule.Entries.FirstOrDefault(e => e.Slot == need.Slot) is not { } entry
            || entry.Items.FirstOrDefault(i => i.Topic == topic) is not { Minutes: { } minutes } item
        )
        {
            return [];
        }

        var swaps = entry
            .Items.Where(i =>
                item.Starts is not null
                && i.Starts is not null
                && i.Topic is not null
                && i.Topic != topic
                && i.Minutes == minutes
            )
            .Select(i => With(entry, (item, i.Starts!.Value), (i, item.Starts!.Value)));
        var (length, walk) = (Duration.FromMinutes(minutes), Duration.FromMinutes(schedule.Conference.WalkingMinutes));
        var gaps = Gaps(entry, item)
            .Where(gap => gap.Duration >= length)
            .SelectMany(gap =>
                new[]
                {
                    gap.Start,
                    gap.End - length,
                    other.During.End,
                    other.During.End + walk,
                    other.During.Start - length,
                    other.During.Start - length - walk,
                }.Where(starts => starts >= gap.Start && starts + length <= gap.End)
            )
            .Distinct()
            .Where(starts => starts != item.Starts)
            .Select(starts => With(entry, (item, starts)));
        return swaps.Concat(gaps).Select(after => Weigh(entry, after));
    }

    private static ScheduleDocument.Entry With(
        ScheduleDocument.Entry entry,
        params (ScheduleDocument.Item Item, Instant Starts)[] times
    ) =>
        entry with
        {
            Items =
            [
                .. entry.Items.Select(i =>
                    Array.Find(times, t => t.Item == i) is { Item: not null } time ? i with { Starts = time.Starts } : i
                ),
            ],
        };

    // The time in a slot in which nothing else is arranged.
    private static IEnumerable<Interval> Gaps(ScheduleDocument.Entry entry, ScheduleDocument.Item without)
    {
        var free = entry.Starts;
        foreach (
            var busy in entry
                .Items.Where(i => i != without && i is { Starts: not null, Ends: not null })
                .OrderBy(i => i.Starts)
        )
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

    private ClashRepair Weigh(ScheduleDocument.Entry before, ScheduleDocument.Entry after) => Weigh((before, after));

    // Nobody clashes otherwise than before but the people of the microconferences that change, no other crowd goes to
    // another room, and nothing else comes to stand beside a plenary.
    private ClashRepair Weigh(params (ScheduleDocument.Entry Before, ScheduleDocument.Entry After)[] changes)
    {
        var parts = changes
            .SelectMany(c => _parts[c.Before.Microconference])
            .Select(e => Array.Find(changes, c => c.Before.Slot == e.Slot) is { After: { } now } ? now : e)
            .ToList();
        var wheres = parts.Select(ClashFinder.WhereOf).ToHashSet(StringComparer.Ordinal);
        var theirs = ClashFinder.NeedsOf(parts).ToList();
        var people = theirs.Select(n => n.Person).Distinct().ToList();
        var elsewhere = people.SelectMany(p => _needs[p].Where(n => !wheres.Contains(n.Where)));
        var ofNobody = _clashes[null].Where(c => wheres.Contains(c.One.Where));
        List<Clash> were = [.. people.SelectMany(p => _clashes[p]), .. ofNobody];
        List<Clash> are =
        [
            .. ClashFinder.Find(elsewhere.Concat(theirs), circumstances, schedule.Conference.WalkingMinutes),
            .. ClashFinder.OfPlenaries(parts, schedule.Entries),
            .. ClashFinder.OfCrowds(schedule, parts, circumstances),
        ];
        return new(changes[0].Before, changes[0].After, Beyond(were, are), Beyond(are, were));
    }

    private IReadOnlyList<Clash> Beyond(List<Clash> clashes, List<Clash> others) =>
        [.. clashes.ExceptBy(others.Select(c => c.Key), c => c.Key).Where(c => !accepted.Contains(c.Key))];
}
