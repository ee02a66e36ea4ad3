using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace LpcSite.Pages.Shared;

/// <summary>How a form asks for an instant: a date and time without zone (HTML's datetime-local), and the zone beside it.</summary>
public static class MomentInput
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalDateTimePattern WithSeconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    public static string Write(Instant instant, DateTimeZone zone) => Pattern.Format(instant.InZone(zone).LocalDateTime);

    /// <summary>Reads such a field; what is wrong with it is said beside it.</summary>
    /// <returns>The later of two instants where the zone's clock shows that time twice; null where it shows it never, or nothing was typed.</returns>
    public static Instant? Moment(this ModelStateDictionary state, string field, string typed, DateTimeZone? zone)
    {
        if (zone is null || string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        var parsed = Pattern.Parse(typed.Trim()) is { Success: true } minutes ? minutes : WithSeconds.Parse(typed.Trim());
        if (!parsed.Success)
        {
            state.AddModelError(field, "Write date and time like 2022-06-15T23:59.");
            return null;
        }

        var mapping = zone.MapLocal(parsed.Value);
        if (mapping.Count == 0)
        {
            state.AddModelError(field, $"The clocks of {zone.Id} skip that time. Take an hour later.");
            return null;
        }

        return Resolvers.ReturnLater(mapping.First(), mapping.Last()).ToInstant();
    }
}
