using LpcSite.Scheduling.Releases;
using LpcSite.Texts;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Scheduling;

/// <summary>
/// How times are said where the zone was named once already: on the venue's clock, days by their weekday as long as
/// that names one day alone.
/// </summary>
internal sealed class ScheduleClock
{
    private readonly DateTimeZone _zone;
    private readonly LocalDatePattern _day;

    private ScheduleClock(DateTimeZone zone, bool isWithinAWeek) =>
        (_zone, _day) = (zone, LocalDatePattern.CreateWithInvariantCulture(isWithinAWeek ? "dddd" : "dddd d MMMM"));

    /// <summary>One for both of two documents, in the zone of the later one.</summary>
    public static ScheduleClock Of(ScheduleDocument before, ScheduleDocument after)
    {
        var days = before
            .Entries.Concat(after.Entries)
            .SelectMany(e => new[] { after.DayOf(e.Starts), after.DayOf(e.Ends) })
            .ToList();
        return new(after.Zone, days.Count == 0 || Period.DaysBetween(days.Min(), days.Max()) < 7);
    }

    /// <returns>Such as <c>Monday 10:00</c>.</returns>
    public string At(Instant instant) => At(instant.InZone(_zone).LocalDateTime);

    /// <returns>Such as <c>Monday 10:00–13:30</c>.</returns>
    public string Span(Instant from, Instant to)
    {
        var (starts, ends) = (from.InZone(_zone).LocalDateTime, to.InZone(_zone).LocalDateTime);
        var end = starts.Date == ends.Date ? LocalTimePattern.HourMinuteIso.Format(ends.TimeOfDay) : At(ends);
        return $"{At(starts)}–{end}";
    }

    /// <returns>Such as <c>Monday 10:00 to 15:00</c>, or <c>Monday 10:00 to Tuesday 15:00</c>.</returns>
    public string FromTo(Instant from, Instant to)
    {
        var (old, now) = (from.InZone(_zone).LocalDateTime, to.InZone(_zone).LocalDateTime);
        return $"{At(old)} to "
            + $"{(old.Date == now.Date ? LocalTimePattern.HourMinuteIso.Format(now.TimeOfDay) : At(now))}";
    }

    /// <returns>Such as <c>3 hours 30 minutes</c>.</returns>
    public static string Length(int minutes)
    {
        var (hours, rest) = Math.DivRem(minutes, 60);
        return (hours, rest) switch
        {
            (0, _) => Count(rest, "minute"),
            (_, 0) => Count(hours, "hour"),
            _ => $"{Count(hours, "hour")} {Count(rest, "minute")}",
        };
    }

    /// <returns>Such as <c>Ann, Ben and Cem</c>.</returns>
    public static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    private string At(LocalDateTime time) =>
        $"{_day.Format(time.Date)} {LocalTimePattern.HourMinuteIso.Format(time.TimeOfDay)}";

    private static string Count(int number, string unit) => Wording.Count(number, unit);
}
