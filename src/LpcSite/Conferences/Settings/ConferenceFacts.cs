using System.Text.Json;
using LpcSite.Data.Audit;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Conferences.Settings;

/// <summary>What a conference is called, when it is and where: what its organizers type.</summary>
public sealed record ConferenceFacts(
    string Name,
    string ShortName,
    LocalDate StartsOn,
    LocalDate EndsOn,
    DateTimeZone TimeZone,
    string City
)
{
    public static ConferenceFacts Of(Conference conference) =>
        new(
            conference.Name,
            conference.ShortName,
            conference.StartsOn,
            conference.EndsOn,
            conference.TimeZone,
            conference.City
        );

    /// <summary>As the record of changes keeps them.</summary>
    internal static string Describe(Conference conference) =>
        JsonSerializer.Serialize(
            new
            {
                name = conference.Name,
                short_name = conference.ShortName,
                starts_on = LocalDatePattern.Iso.Format(conference.StartsOn),
                ends_on = LocalDatePattern.Iso.Format(conference.EndsOn),
                time_zone = conference.TimeZone.Id,
                city = conference.City,
                state = conference.State.ToString(),
                rooms = conference
                    .Rooms.OrderBy(r => r.Position)
                    .Select(r => new { name = r.Name, capacity = r.Capacity }),
            },
            AuditJson.Readable
        );
}
