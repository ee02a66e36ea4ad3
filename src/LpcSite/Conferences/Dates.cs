using LpcSite.Texts;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Conferences;

/// <summary>
/// Dates and times as the conference prints them: in English, in the venue's zone, the zone's name beside every time.
/// </summary>
public static class Dates
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");
    private static readonly LocalDatePattern DayOfMonth = LocalDatePattern.CreateWithInvariantCulture("d MMMM");
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture(
        "dddd d MMMM uuuu, HH:mm"
    );

    /// <summary>Before the first and after the last day anything that somebody types was mistyped.</summary>
    public const int FirstYear = 1970;
    public const int LastYear = 2300;

    public const string ReachSentence = "Check the year: use one from 1970 to 2300.";

    public static bool IsInReach(LocalDate date) => date.Year is >= FirstYear and <= LastYear;

    /// <summary>
    /// Every day from one to another, themselves included; no more than a conference lasts, whatever is kept of one.
    /// </summary>
    public static IEnumerable<LocalDate> Days(LocalDate from, LocalDate to) =>
        Enumerable.Range(0, Math.Clamp(Period.DaysBetween(from, to) + 1, 0, Conference.MaxDays)).Select(from.PlusDays);

    /// <returns>Such as <c>12–14 September 2022</c>, or <c>30 September – 2 October 2022</c>.</returns>
    public static string Range(LocalDate from, LocalDate to) =>
        from == to ? Of(to)
        : from.Year != to.Year ? $"{Of(from)} – {Of(to)}"
        : from.Month != to.Month ? $"{DayOfMonth.Format(from)} – {Of(to)}"
        : $"{from.Day}–{Of(to)}";

    public static string Of(LocalDate date) => Day.Format(date);

    public static string Of(Instant instant, DateTimeZone zone) => Of(instant.InZone(zone).Date);

    /// <returns>Such as <c>Wednesday 15 June 2022, 23:59 AoE</c>.</returns>
    public static string Moment(Instant instant, DateTimeZone zone) =>
        $"{Minute.Format(instant.InZone(zone).LocalDateTime)} {ZoneName(zone)}";

    /// <returns>
    /// Such as <c>Monday 12 September 2022, 10:00–13:30 Europe/Dublin</c>; without an end where that is the start.
    /// </returns>
    public static string Span(Interval during, DateTimeZone zone)
    {
        var (from, to) = (during.Start.InZone(zone).LocalDateTime, during.End.InZone(zone).LocalDateTime);
        var end = from.Date == to.Date ? LocalTimePattern.HourMinuteIso.Format(to.TimeOfDay) : Minute.Format(to);
        return from == to ? Moment(during.Start, zone) : $"{Minute.Format(from)}–{end} {ZoneName(zone)}";
    }

    /// <returns>Such as <c>10:00–13:30 Europe/Dublin</c>, where the day is known.</returns>
    public static string Times(Interval during, DateTimeZone zone) =>
        $"{LocalTimePattern.HourMinuteIso.Format(during.Start.InZone(zone).TimeOfDay)}–{Time(during.End, zone)}";

    /// <returns>Such as <c>10:00 Europe/Dublin</c>.</returns>
    public static string Time(Instant instant, DateTimeZone zone) =>
        $"{LocalTimePattern.HourMinuteIso.Format(instant.InZone(zone).TimeOfDay)} {ZoneName(zone)}";

    /// <summary>
    /// How long something still lasts, in the two largest units that say something: minutes below a day, hours below a
    /// fortnight.
    /// </summary>
    public static string Remaining(Duration left) =>
        (left.Days, left.Hours, left.Minutes) switch
        {
            (>= 14, _, _) => Count(left.Days, "day"),
            (> 0, var hours, _) => $"{Count(left.Days, "day")}{(hours > 0 ? $" {Count(hours, "hour")}" : "")}",
            (_, > 0, var minutes) =>
                $"{Count(left.Hours, "hour")}{(minutes > 0 ? $" {Count(minutes, "minute")}" : "")}",
            (_, _, > 0) => Count(left.Minutes, "minute"),
            _ => "less than a minute",
        };

    private static string Count(int number, string unit) => Wording.Count(number, unit);

    /// <summary>"Anywhere on Earth" is what the zone west of all others is called in calls.</summary>
    public static string ZoneName(DateTimeZone zone) => zone.Id == "Etc/GMT+12" ? "AoE" : zone.Id;

    /// <summary>For machines: RFC 3339, whole seconds, UTC.</summary>
    public static string Machine(Instant instant) => InstantPattern.General.Format(instant);
}
