using NodaTime;
using NodaTime.Text;

namespace LpcSite.Conferences;

/// <summary>
/// When something happens at the venue, in English and on its clock, with what its zone is called just then beside
/// every time.
/// </summary>
public static class VenueTime
{
    private static readonly LocalDatePattern Weekday = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM");

    /// <returns>Such as <c>Monday 12 September</c>.</returns>
    public static string Day(LocalDate date) => Weekday.Format(date);

    /// <returns>Such as <c>10:00</c>; only for places where the zone stands beside it.</returns>
    public static string Clock(Instant instant, DateTimeZone zone) =>
        LocalTimePattern.HourMinuteIso.Format(instant.InZone(zone).TimeOfDay);

    /// <returns>
    /// Such as <c>IST</c> for summer in Dublin, or <c>UTC+07</c> where nobody has given the zone letters.
    /// </returns>
    public static string Zone(Instant instant, DateTimeZone zone)
    {
        var name = zone.GetZoneInterval(instant).Name;
        return Dates.ZoneName(zone) is "AoE" ? "AoE"
            : name[0] is '+' or '-' ? $"UTC{name}"
            : name;
    }

    /// <returns>Such as <c>10:00–13:30 IST</c>; both names of the zone where the clock changes meanwhile.</returns>
    public static string Span(Instant from, Instant to, DateTimeZone zone) =>
        Zone(from, zone) == Zone(to, zone)
            ? $"{Clock(from, zone)}–{Clock(to, zone)} {Zone(to, zone)}"
            : $"{Clock(from, zone)} {Zone(from, zone)}–{Clock(to, zone)} {Zone(to, zone)}";

    /// <returns>Such as <c>Monday 12 September, 10:00–13:30 IST</c>.</returns>
    public static string Of(Instant from, Instant to, DateTimeZone zone) =>
        $"{Day(from.InZone(zone).Date)}, {Span(from, to, zone)}";
}
