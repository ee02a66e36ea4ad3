using LpcSite.Conferences;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Scheduling.Stars;

/// <summary>
/// A schedule of somebody's own: what they starred by day and time, with what is at the same time, and what has no time
/// yet.
/// </summary>
/// <param name="Days">What has a time, and what was cancelled at the time that it had.</param>
/// <param name="Waiting">What has none yet, by title.</param>
/// <param name="Gone">Stars of what nobody may know of any more.</param>
public sealed record StarredSchedule(
    IReadOnlyList<StarredSchedule.Day> Days,
    IReadOnlyList<StarredSchedule.Line> Waiting,
    IReadOnlyList<string> Gone
)
{
    public bool IsEmpty => Days.Count + Waiting.Count + Gone.Count == 0;

    /// <summary>How many things there are to hear, as far as anybody knows.</summary>
    public int Count => Days.Sum(d => d.Lines.Count(l => !l.IsCancelled)) + Waiting.Count(l => !l.IsCancelled);

    public IEnumerable<string> Uids => Days.SelectMany(d => d.Lines).Concat(Waiting).SelectMany(l => l.Uids);
    public IEnumerable<string> Titles => Days.SelectMany(d => d.Lines).Concat(Waiting).Select(l => l.Title);

    public static StarredSchedule Of(Starrables things, IEnumerable<string> stars)
    {
        var found = stars
            .Distinct(StringComparer.Ordinal)
            .GroupBy(things.Now, StringComparer.Ordinal)
            .Select(same => (Uids: same.ToList(), Line: Find(things, same.Key)))
            .ToList();
        var lines = found.Where(f => f.Line is not null).Select(f => f.Line! with { Uids = f.Uids }).ToList();
        lines = [.. lines.Select(l => l with { Clashes = [.. Others(l, lines).Select(o => o.Title)] })];
        return new(
            things.Schedule is not { } schedule
                ? []
                :
                [
                    .. lines
                        .Where(l => l.Starts is not null)
                        .GroupBy(l => schedule.DayOf(l.Starts!.Value))
                        .OrderBy(g => g.Key)
                        .Select(g => new Day(g.Key, [.. InOrder(g)])),
                ],
            [
                .. lines
                    .Where(l => l.Starts is null)
                    .OrderBy(l => l.IsCancelled)
                    .ThenBy(l => l.Title, StringComparer.InvariantCultureIgnoreCase),
            ],
            [.. found.Where(f => f.Line is null).SelectMany(f => f.Uids)]
        );
    }

    private static IOrderedEnumerable<Line> InOrder(IEnumerable<Line> lines) =>
        lines
            .OrderBy(l => l.Starts)
            .ThenByDescending(l => l.Ends)
            .ThenBy(l => l.Title, StringComparer.InvariantCultureIgnoreCase);

    // Who wants all of a session wants its topics too: only what lies in different sessions can be missed.
    private static IEnumerable<Line> Others(Line line, List<Line> lines) =>
        !IsWanted(line, lines)
            ? []
            : InOrder(
                lines.Where(other =>
                    other.Session != line.Session
                    && IsWanted(other, lines)
                    && line.Starts < other.Ends
                    && other.Starts < line.Ends
                )
            );

    private static bool IsWanted(Line line, List<Line> lines) =>
        line is { Session: not null, Starts: not null, IsCancelled: false }
        && (line.IsWhole || !lines.Exists(l => l.IsWhole && l.Session == line.Session));

    private static Line? Find(Starrables things, string uid)
    {
        if (things.Schedule is { } schedule)
        {
            foreach (var entry in schedule.Entries.Where(e => e.Kind is not SlotKind.Hold))
            {
                if (entry.Uid == uid)
                {
                    return Of(schedule, entry);
                }

                if (entry.Items.FirstOrDefault(i => i.Uid == uid) is { } item)
                {
                    return Of(schedule, entry, item);
                }
            }
        }

        return (things.IsListed(uid) ? Unplaced(things, uid) : null)
            ?? Cancelled(things, uid)
            ?? Withdrawn(things, uid);
    }

    private static Line Of(ScheduleDocument schedule, ScheduleDocument.Entry entry) =>
        new(
            $"{entry.Title}{(schedule.PartOf(entry) is { } part ? $", part {part}" : "")}",
            entry.Slug is null
                ? $"/{schedule.Conference.Slug}/schedule#{entry.Uid}"
                : $"/{schedule.Conference.Slug}/mc/{entry.Slug}"
        )
        {
            Starts = entry.Starts,
            Ends = entry.Ends,
            Place = schedule.RoomOf(entry)?.Name ?? "room to follow",
            Session = entry.Uid,
            IsWhole = true,
        };

    private static Line Of(ScheduleDocument schedule, ScheduleDocument.Entry entry, ScheduleDocument.Item item) =>
        new(item.Title, FormattableString.Invariant($"/{schedule.Conference.Slug}/mc/{entry.Slug}/topics/{item.Topic}"))
        {
            Part = entry.Title,
            Starts = item.Ends is null ? null : item.Starts,
            Ends = item.Ends,
            Place = item.Ends is null
                ? $"no time yet, in the session of {schedule.WordsOf(entry)}"
                : schedule.RoomOf(entry)?.Name ?? "room to follow",
            Session = entry.Uid,
        };

    private static Line? Unplaced(Starrables things, string uid) =>
        things.WholeOf(uid) is { } whole
            ? new(whole.Title, $"/{things.Conference}/mc/{whole.Slug}") { Place = "no time yet" }
        : things.PartOf(uid) is { } topic && things.MicroconferenceOf(topic) is { } of
            ? new(topic.Title, FormattableString.Invariant($"/{things.Conference}/mc/{of.Slug}/topics/{topic.Id}"))
            {
                Part = of.Title,
                Place = "no time yet",
            }
        : null;

    private static Line? Cancelled(Starrables things, string uid) =>
        things.Schedule?.Cancelled.FirstOrDefault(c => c.Uid == uid) is not { } gone
            ? null
            : new(gone.Title, Cancellation.PathOf(things.Schedule, gone))
            {
                Starts = gone.Starts,
                Ends = gone.Ends,
                Place = gone.Room ?? "",
                IsCancelled = true,
            };

    // Its page stays, and says so.
    private static Line? Withdrawn(Starrables things, string uid) =>
        things.WholeOf(uid) is { Status: MicroconferenceStatus.Withdrawn } whole
            ? new(whole.Title, $"/{things.Conference}/mc/{whole.Slug}") { Place = "withdrawn", IsCancelled = true }
            : null;

    /// <summary>A day at the venue.</summary>
    public sealed record Day(LocalDate Date, IReadOnlyList<Line> Lines);

    /// <summary>One thing.</summary>
    /// <param name="Path">Where it stands on the site; null where no page of it is left.</param>
    public sealed record Line(string Title, string? Path)
    {
        /// <summary>The stars that mean it: several where things were merged.</summary>
        public IReadOnlyList<string> Uids { get; init; } = [];

        /// <summary>The microconference whose topic it is.</summary>
        public string? Part { get; init; }

        public Instant? Starts { get; init; }
        public Instant? Ends { get; init; }

        /// <summary>The room; without a time why there is none.</summary>
        public string Place { get; init; } = "";

        public bool IsCancelled { get; init; }

        /// <summary>Titles of what else they starred that is at the same time.</summary>
        public IReadOnlyList<string> Clashes { get; init; } = [];

        internal string? Session { get; init; }
        internal bool IsWhole { get; init; }

        /// <returns>Such as <c>10:00–13:30 IST, Herbert</c>.</returns>
        public string Words(DateTimeZone zone) =>
            Starts is { } from && Ends is { } to
                ? $"{VenueTime.Span(from, to, zone)}{(Place.Length > 0 ? $", {Place}" : "")}"
                : Place;
    }
}
