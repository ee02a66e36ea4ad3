using LpcSite.Reviews;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// Which microconferences need the same people, whenever they are: two that share somebody never stand side by side.
/// </summary>
/// <param name="Rows">In page order.</param>
/// <param name="Pairs">Those that share somebody, the worst first.</param>
public sealed record PeopleMatrix(IReadOnlyList<PeopleMatrix.Row> Rows, IReadOnlyList<SharedPeople> Pairs)
{
    private ILookup<(string, string), Clash> Clashes { get; init; } = Array.Empty<Clash>().ToLookup(_ => ("", ""));

    /// <param name="waiting">Microconferences without a place.</param>
    /// <param name="parts">As what people are needed in those.</param>
    /// <param name="clashes">Of the schedule, as far as nobody has said that they can stay.</param>
    public static PeopleMatrix Of(
        ScheduleDocument schedule,
        IEnumerable<Row> waiting,
        IEnumerable<SharedPeople.Part> parts,
        IEnumerable<Clash> clashes
    )
    {
        var placed = schedule.Entries.Where(LpcSite.Scheduling.Clashes.ClashFinder.NeedsPeople).ToList();
        var rows = placed
            .Select(e => new Row(e.Microconference!.Value, e.Slug, e.Title, true))
            .Concat(waiting)
            .DistinctBy(r => r.Id)
            .OrderBy(r => r.Title, StringComparer.OrdinalIgnoreCase)
            .ThenBy(r => r.Slug, StringComparer.Ordinal)
            .ToList();
        return new(rows, SharedPeople.Of([.. rows.Select(r => r.Id)], placed.SelectMany(PartsOf).Concat(parts)))
        {
            Clashes = clashes
                .Where(c => c.Person is not null && c.IsBetweenPlaces)
                .ToLookup(c => InOrder(c.One.Where, c.Other.Where)),
        };
    }

    /// <summary>Who of those whom two share clashes as they stand now, by time.</summary>
    public IEnumerable<Clash> Between(SharedPeople pair) =>
        Clashes[
            InOrder(
                LpcSite.Scheduling.Clashes.ClashFinder.WhereOf(pair.First),
                LpcSite.Scheduling.Clashes.ClashFinder.WhereOf(pair.Second)
            )
        ]
            .OrderBy(c => c.During.Start)
            .ThenBy(c => c.Severity);

    private static (string, string) InOrder(string one, string other) =>
        string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);

    private static IEnumerable<SharedPeople.Part> PartsOf(ScheduleDocument.Entry e)
    {
        var id = e.Microconference!.Value;
        return e
            .Leads.Select(l => new SharedPeople.Part(id, l.Person, l.FullName, SharedPeople.Role.Lead))
            .Concat(
                e.Items.SelectMany(i => i.Speakers)
                    .Select(s => new SharedPeople.Part(id, s.Person, s.FullName, SharedPeople.Role.Speaker))
            )
            .Concat(
                e.KeyAttendees.Select(k => new SharedPeople.Part(
                    id,
                    k.Person,
                    k.FullName,
                    SharedPeople.Role.KeyAttendee
                ))
            );
    }

    /// <summary>One microconference.</summary>
    public sealed record Row(int Id, string? Slug, string Title, bool HasPlace);
}
