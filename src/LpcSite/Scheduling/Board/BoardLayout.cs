using LpcSite.Conferences;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Scheduling.Board;

/// <summary>
/// The draft as organizers lay it out: for each day its rooms against its half-days, with what stands there, what
/// clashes, and where there is room for more.
/// </summary>
/// <param name="Stars">How many people starred a microconference, by its number; few are not counted.</param>
public sealed record BoardLayout(
    IReadOnlyList<BoardLayout.Day> Days,
    IReadOnlyList<Clash> Clashes,
    IReadOnlyDictionary<int, int> Stars
)
{
    /// <param name="conference">With rooms and half-days.</param>
    /// <param name="versions">Of every slot, as they were read before the draft.</param>
    /// <param name="requiredTime">Of what is to be placed; null while nothing is chosen.</param>
    /// <param name="chosen">The slot that is to be moved; null for none.</param>
    public static BoardLayout Of(
        Conference conference,
        ScheduleDocument draft,
        Circumstances circumstances,
        IReadOnlyDictionary<int, uint> versions,
        RequiredTime? requiredTime,
        int? chosen
    )
    {
        var clashes = LpcSite.Scheduling.Clashes.ClashFinder.Find(draft, circumstances);
        var bySlot = clashes
            .SelectMany(c => new[] { c.One.Slot, c.Other.Slot }.OfType<int>().Select(slot => (slot, c)))
            .ToLookup(pair => pair.slot, pair => pair.c);
        var halfDays = conference.HalfDays.OrderBy(h => h.Position).ToList();
        var own = Dates.Days(conference.StartsOn, conference.EndsOn);
        var days = own.Concat(draft.Days).Distinct().Order();
        return new([.. days.Select(DayOf)], clashes, circumstances.Stars);

        Day DayOf(LocalDate date)
        {
            var ofDay = draft
                .Entries.Where(e => draft.DayOf(e.Starts) <= date && draft.DayOf(e.Ends - Duration.Epsilon) >= date)
                .ToList();
            var columns = halfDays.ConvertAll(h => new Column(h.Name, h.On(date, conference)));
            var hasOthers = ofDay.Exists(e => !columns.Exists(c => Overlap(c.During, e.During)));
            var rooms = draft.Rooms.Select(r => (ScheduleDocument.Place?)r).ToList();
            if (requiredTime is not null || ofDay.Exists(e => e.Room is null))
            {
                rooms.Add(null);
            }

            return new(
                date,
                columns,
                hasOthers,
                [
                    .. rooms.Select(room =>
                    {
                        var here = ofDay.FindAll(e => e.Room == room?.Id);
                        var cells = halfDays
                            .Select(
                                (h, i) =>
                                    new Cell(
                                        h.Name,
                                        [
                                            .. here.Where(e => Overlap(columns[i].During, e.During))
                                                .Select(e => CardOf(e, columns, i)),
                                        ],
                                        requiredTime is null
                                            ? []
                                            : [.. requiredTime.In(h, date, conference, time => IsFree(room?.Id, time))]
                                    )
                            )
                            .ToList();
                        return new Row(
                            room,
                            cells,
                            [
                                .. here.Where(e => !columns.Exists(c => Overlap(c.During, e.During)))
                                    .Select(e => CardOf(e, columns, -1)),
                            ]
                        );
                    }),
                ]
            );
        }

        // What fills more than one half-day stands in the first, and the others say that it goes on.
        Card CardOf(ScheduleDocument.Entry e, List<Column> columns, int column) =>
            new(
                e,
                versions.GetValueOrDefault(e.Slot),
                [.. bySlot[e.Slot]],
                column > 0 && columns.Take(column).Any(c => Overlap(c.During, e.During)),
                e.Slot == chosen,
                column >= 0 && e.During == columns[column].During,
                e.Microconference is { } id && circumstances.Stars.TryGetValue(id, out var stars) ? stars : null
            );

        // What stands nowhere is in nobody's way, and what is moved is not in its own, but where it is it stays without
        // a button.
        bool IsFree(int? room, Interval time) =>
            !draft.Entries.Any(e =>
                e.Room == room && Overlap(e.During, time) && (e.Slot == chosen ? e.During == time : room is not null)
            );
    }

    private static bool Overlap(Interval one, Interval other) => one.Start < other.End && other.Start < one.End;

    /// <summary>A day at the venue.</summary>
    /// <param name="HasOthers">Whether something stands outside of all half-days.</param>
    public sealed record Day(LocalDate Date, IReadOnlyList<Column> Columns, bool HasOthers, IReadOnlyList<Row> Rows);

    /// <summary>A half-day of that day.</summary>
    public sealed record Column(string Name, Interval During);

    /// <summary>A room on that day.</summary>
    /// <param name="Room">Null for what has none yet.</param>
    /// <param name="Others">What stands outside of all half-days.</param>
    public sealed record Row(ScheduleDocument.Place? Room, IReadOnlyList<Cell> Cells, IReadOnlyList<Card> Others);

    /// <summary>A room in a half-day.</summary>
    /// <param name="Free">Where what is chosen could go.</param>
    public sealed record Cell(string Name, IReadOnlyList<Card> Cards, IReadOnlyList<Interval> Free);

    /// <summary>What stands in a slot.</summary>
    /// <param name="Version">Of the slot.</param>
    /// <param name="GoesOn">It began in an earlier half-day of that day.</param>
    /// <param name="FillsCell">It stands there from start to end.</param>
    /// <param name="Stars">How many people want to come; null while they are few, or nobody knows.</param>
    public sealed record Card(
        ScheduleDocument.Entry Entry,
        uint Version,
        IReadOnlyList<Clash> Clashes,
        bool GoesOn,
        bool IsChosen,
        bool FillsCell,
        int? Stars
    );
}
