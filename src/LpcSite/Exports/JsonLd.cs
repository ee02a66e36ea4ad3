using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LpcSite.Conferences;
using LpcSite.Materials;
using LpcSite.Microconferences;

namespace LpcSite.Exports;

/// <summary>What search engines read of a page (schema.org Event, JSON-LD 1.1). The serializer escapes &lt;, so that no text ends the script element.</summary>
public static class JsonLd
{
    public static string Of(ConferenceFrame conference, IEnumerable<(string Slug, string Title)> microconferences, string origin)
    {
        var root = Event(conference, origin);
        root["subEvent"] = new JsonArray([.. microconferences.Select(m => new JsonObject
        {
            ["@type"] = "Event",
            ["@id"] = $"{origin}{conference.Path}/mc/{m.Slug}",
            ["name"] = m.Title,
            ["url"] = $"{origin}{conference.Path}/mc/{m.Slug}",
            ["startDate"] = Date(conference.StartsOn),
            ["endDate"] = Date(conference.EndsOn),
            ["location"] = Place(conference),
        })]);
        return Write(root);
    }

    public static string Of(ConferenceFrame conference, MicroconferenceDocument microconference, string origin)
    {
        var root = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Event",
            ["@id"] = origin + microconference.Path,
            ["name"] = microconference.Title,
            ["url"] = origin + microconference.Path,
            ["description"] = microconference.Description.Excerpt(300),
            ["startDate"] = Date(conference.StartsOn),
            ["endDate"] = Date(conference.EndsOn),
            ["location"] = Place(conference),
            ["organizer"] = new JsonArray([.. microconference.Leads.Select(lead => new JsonObject
            {
                ["@type"] = "Person",
                ["@id"] = $"{origin}{conference.Path}/people/{lead.Slug}",
                ["name"] = lead.FullName,
            })]),
            ["superEvent"] = Event(conference, origin),
        };
        Append(root, "workFeatured", microconference, MaterialKind.Slides, origin);
        Append(root, "recordedIn", microconference, MaterialKind.Recording, origin);
        return Write(root);
    }

    // Slides as works that are presented, recordings as videos (schema.org PresentationDigitalDocument and VideoObject).
    private static void Append(JsonObject root, string name, MicroconferenceDocument microconference, MaterialKind kind, string origin)
    {
        var works = microconference.Topics.SelectMany(t => t.Materials.Where(m => m.Kind == kind), (t, m) => new JsonObject
        {
            ["@type"] = kind is MaterialKind.Slides ? "PresentationDigitalDocument" : "VideoObject",
            ["name"] = t.Title,
            ["url"] = m.From(origin),
        }).ToList();
        if (works.Count > 0)
        {
            root[name] = new JsonArray([.. works]);
        }
    }

    private static JsonObject Event(ConferenceFrame conference, string origin) => new()
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "Event",
        ["@id"] = origin + conference.Path,
        ["name"] = conference.Name,
        ["url"] = origin + conference.Path,
        ["startDate"] = Date(conference.StartsOn),
        ["endDate"] = Date(conference.EndsOn),
        ["location"] = Place(conference),
    };

    private static JsonObject Place(ConferenceFrame conference) => new() { ["@type"] = "Place", ["name"] = conference.City, ["address"] = conference.City };

    private static string Date(NodaTime.LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string Write(JsonObject root) => root.ToJsonString(JsonSerializerOptions.Default);
}
