using LpcSite.Conferences;
using LpcSite.Exports.Calendars;
using LpcSite.Scheduling.Releases;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Exports.Schedule;

/// <summary>
/// One day of the schedule as schedule.xml and schedule.json divide it: into rooms, in which nothing overlaps.
/// </summary>
/// <param name="Index">
/// From 1. Days of the conference on which nothing stands yet are counted, so that a number stays when something does.
/// </param>
/// <param name="Starts">When the first thing begins; on an empty day midnight.</param>
/// <param name="Ends">When the last thing has ended, or a little later, as <see cref="End"/> says.</param>
public sealed record ScheduleDay(
    int Index,
    LocalDate Date,
    Instant Starts,
    Instant Ends,
    IReadOnlyList<ScheduleDay.Place> Rooms
)
{
    /// <summary>The raster in which readers draw: hours and minutes.</summary>
    public const string Grid = "00:05";

    private const int ShortestAcronym = 4;

    // A duration has hours and minutes, and no day.
    private static readonly Duration Longest = Duration.FromMinutes(24 * 60 - 1);

    private static readonly OffsetDateTimePattern Moment = OffsetDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mm:sso<+HH:mm>"
    );
    private static readonly DurationPattern Hours = DurationPattern.CreateWithInvariantCulture("HH:mm");

    public static IReadOnlyList<ScheduleDay> Of(ScheduleDocument document)
    {
        var lines = ScheduleLine.Of(document).ToLookup(l => document.DayOf(l.Starts));
        var facts = document.Conference;
        var days = Dates.Days(facts.StartsOn, facts.EndsOn).Concat(lines.Select(l => l.Key)).Distinct().Order();
        return [.. days.Select((date, i) => Of(document, i + 1, date, [.. lines[date]]))];
    }

    /// <summary>
    /// Such as <c>2022-09-12T10:00:00+01:00</c>: the venue's clock, and how far it is from UTC at that moment.
    /// </summary>
    public static string Zoned(Instant instant, ScheduleDocument document) =>
        Moment.Format(instant.InZone(document.Zone).ToOffsetDateTime());

    public static string Clock(Instant instant, ScheduleDocument document) =>
        LocalTimePattern.HourMinuteIso.Format(instant.InZone(document.Zone).TimeOfDay);

    public static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string Length(ScheduleLine line) => Hours.Format(Duration.Min(line.Ends - line.Starts, Longest));

    /// <summary>Of letters, digits and at most the underscores that make it long enough.</summary>
    public static string Acronym(ScheduleDocument document) =>
        Conferences
            .Slug.From(document.Conference.ShortName, document.Conference.Slug)
            .Replace("-", "", StringComparison.Ordinal)
            .PadRight(ShortestAcronym, '_');

    /// <summary>Such as <c>lpc2022-12-some-title</c>.</summary>
    public static string Slug(ScheduleLine line) =>
        FormattableString.Invariant(
            $"{Acronym(line.Document)}-{line.Number}-{Conferences.Slug.From(line.Title, "item")}"
        );

    /// <summary>Under the title, where one sees at a glance what belongs to what.</summary>
    public static string Subtitle(ScheduleLine line) =>
        line.Kind switch
        {
            "topic" => line.Track,
            "microconference" => "Microconference",
            "plenary" => "Plenary",
            _ => "Track",
        };

    private static ScheduleDay Of(
        ScheduleDocument document,
        int index,
        LocalDate date,
        IReadOnlyList<ScheduleLine> lines
    )
    {
        var (midnight, next) = (
            date.AtStartOfDayInZone(document.Zone).ToInstant(),
            date.PlusDays(1).AtStartOfDayInZone(document.Zone).ToInstant()
        );
        var order = document.Rooms.Select(r => CleanText.Line(r.Name)).ToList();
        var rooms = lines
            .GroupBy(l => l.Room)
            .OrderBy(r => order.IndexOf(r.Key) is var at and >= 0 ? at : int.MaxValue)
            .ThenBy(r => r.Key, StringComparer.Ordinal)
            .Select(r => new Place(r.Key, GuidOf(document, r.Key), [.. r.OrderBy(l => l.Starts)]));
        return new(
            index,
            date,
            lines.Count == 0 ? midnight : lines.Min(l => l.Starts),
            lines.Count == 0
                ? next
                : End(
                    lines.Max(l => l.Ends),
                    Duration.FromTicks(lines.Min(l => l.Starts.InZone(document.Zone).TimeOfDay.TickOfDay))
                ),
            [.. rooms]
        );
    }

    // EventFahrplan, which many carry, compares the minute of UTC at which a day ends with the venue's clock: what
    // begins before that minute it takes for a part of the night after, and draws below everything else. The day
    // therefore ends at the first moment that no morning is mistaken by: at once where that is so, else at midnight
    // UTC.
    private static Instant End(Instant last, Duration firstOnTheClock)
    {
        var midnight = last.InUtc().Date.AtMidnight().InUtc().ToInstant();
        return last - midnight <= firstOnTheClock ? last : midnight + Duration.FromDays(1);
    }

    private static Guid GuidOf(ScheduleDocument document, string name) =>
        UidScheme
            .Of(document)
            .Global(
                document.Rooms.FirstOrDefault(r => CleanText.Line(r.Name) == name) is { } room
                    ? FormattableString.Invariant($"room-{room.Id}")
                    : $"room-{name}"
            );

    /// <summary>What happens in one room on this day, in order.</summary>
    public sealed record Place(string Name, Guid GlobalId, IReadOnlyList<ScheduleLine> Lines);
}
