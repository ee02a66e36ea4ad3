using System.Globalization;
using LpcSite.Conferences;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Pages.Shared;

/// <summary>
/// How a form asks for an instant: a date and time without zone (HTML, section 4.10.5.1.11, <c>datetime-local</c>), and
/// the zone beside it. What was not changed stays the instant that it was, to the last part of a second and on the
/// right side of a clock that goes back.
/// </summary>
public static class MomentInput
{
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mm"
    );
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mm:ss.FFF"
    );

    /// <summary>
    /// The zones in which deadlines are announced: anywhere on Earth, the venue's, UTC, and the one that is chosen now.
    /// </summary>
    public static IReadOnlyList<DateTimeZone> Zones(DateTimeZone venue, DateTimeZone? chosen) =>
        [
            .. new[] { DateTimeZoneProviders.Tzdb["Etc/GMT+12"], venue, DateTimeZone.Utc, chosen }
                .OfType<DateTimeZone>()
                .DistinctBy(z => z.Id),
        ];

    /// <summary>With seconds where it has some, so that the field shows all of it that a browser can show.</summary>
    public static string Write(Instant instant, DateTimeZone zone)
    {
        var time = instant.InZone(zone).LocalDateTime;
        return (time.Second == 0 && time.NanosecondOfSecond == 0 ? Minutes : Seconds).Format(time);
    }

    /// <summary>Reads such a field; what is wrong with it is said beside it.</summary>
    /// <param name="known">
    /// What stands there now, and the zone in which the form showed it; null for what is new.
    /// </param>
    /// <returns>Null where nothing was typed, or nothing that is one instant.</returns>
    public static Instant? Moment(
        this ModelStateDictionary state,
        string field,
        string? typed,
        DateTimeZone? zone,
        (Instant At, DateTimeZone Zone)? known = null
    )
    {
        if (zone is null || string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (known is { } stands && stands.Zone.Id == zone.Id && typed.Trim() == Write(stands.At, zone))
        {
            return stands.At;
        }

        var parsed = Minutes.Parse(typed.Trim()) is { Success: true } minutes ? minutes : Seconds.Parse(typed.Trim());
        var problem = parsed.Success ? ProblemOf(parsed.Value, zone) : "Write date and time like 2022-06-15T23:59.";
        if (problem is not null)
        {
            state.AddModelError(field, problem);
            return null;
        }

        return parsed.Value.InZoneStrictly(zone).ToInstant();
    }

    /// <summary>Why a time on the clock of a zone is not one instant; null where it is.</summary>
    public static string? ProblemOf(LocalDateTime time, DateTimeZone zone)
    {
        if (!Dates.IsInReach(time.Date))
        {
            return Dates.ReachSentence;
        }

        var mapping = zone.MapLocal(time);
        return mapping.Count switch
        {
            0 => $"The clocks of {zone.Id} skip that time. Take an hour later.",
            1 => null,
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"The clocks of {zone.Id} show {time:HH:mm} twice that night, at "
                    + $"{mapping.First().ToInstant():HH:mm} and at {mapping.Last().ToInstant():HH:mm} UTC. "
                    + $"Choose another time, or give it in UTC."
            ),
        };
    }
}
