using System.ComponentModel.DataAnnotations;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>What a conference is called, when it is and where, as a form asks for it.</summary>
public class FactsInput
{
    /// <summary>More than any name of IANA's.</summary>
    public const int ZoneMaxLength = 80;

    [Required(ErrorMessage = "Give it a name, such as Linux Plumbers Conference 2027.")]
    [StringLength(Conference.NameMaxLength, ErrorMessage = "The name has at most {1} characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Give it a short name, such as LPC 2027.")]
    [StringLength(Conference.NameMaxLength, ErrorMessage = "The short name has at most {1} characters.")]
    public string ShortName { get; set; } = "";

    [Required(ErrorMessage = "Say on which day it starts.")]
    public string StartsOn { get; set; } = "";

    [Required(ErrorMessage = "Say which day is the last.")]
    public string EndsOn { get; set; } = "";

    [Required(ErrorMessage = "Say in which zone the venue's clocks run.")]
    [StringLength(ZoneMaxLength, ErrorMessage = "The zone has at most {1} characters.")]
    public string Zone { get; set; } = "";

    [Required(ErrorMessage = "Say in which city it is, or “online”.")]
    [StringLength(Conference.CityMaxLength, ErrorMessage = "The city has at most {1} characters.")]
    public string City { get; set; } = "";

    /// <summary>IANA's zones that are places, and UTC.</summary>
    public static IEnumerable<string> Zones { get; } =
    [
        .. DateTimeZoneProviders
            .Tzdb.Ids.Where(id => id == "UTC" || id.Contains('/') && !id.StartsWith("Etc/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <returns>Null where something is wrong, which is said beside its field.</returns>
    public ConferenceFacts? Read(ModelStateDictionary state)
    {
        var (starts, ends) = (Day(state, nameof(StartsOn), StartsOn), Day(state, nameof(EndsOn), EndsOn));
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone?.Trim() ?? "");
        if (zone is null && !string.IsNullOrWhiteSpace(Zone))
        {
            state.AddModelError(
                $"Input.{nameof(Zone)}",
                $"There is no zone “{Zone.Trim()}”. Zones are called by a large city, such as Europe/Prague or "
                    + "America/New_York."
            );
        }

        if (starts is { } first && ends is { } last && Conference.ProblemOf(first, last) is { } problem)
        {
            state.AddModelError($"Input.{nameof(EndsOn)}", problem);
        }

        return state.IsValid && zone is not null && starts is not null && ends is not null
            ? new(Name.Trim(), ShortName.Trim(), starts.Value, ends.Value, zone, City.Trim())
            : null;
    }

    protected void Fill(ConferenceFacts facts) =>
        (Name, ShortName, StartsOn, EndsOn, Zone, City) = (
            facts.Name,
            facts.ShortName,
            LocalDatePattern.Iso.Format(facts.StartsOn),
            LocalDatePattern.Iso.Format(facts.EndsOn),
            facts.TimeZone.Id,
            facts.City
        );

    private static LocalDate? Day(ModelStateDictionary state, string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        var parsed = LocalDatePattern.Iso.Parse(typed.Trim());
        if (parsed.Success && Dates.IsInReach(parsed.Value))
        {
            return parsed.Value;
        }

        state.AddModelError($"Input.{field}", parsed.Success ? Dates.ReachSentence : "Write the day like 2027-09-13.");
        return null;
    }
}
