using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LpcSite.Conferences;
using LpcSite.Markdown;
using LpcSite.Materials;
using LpcSite.Microconferences;

namespace LpcSite.Exports;

/// <summary>The JSON twin of a microconference's page: the words of the import format, with addresses.</summary>
public static class MicroconferenceJson
{
    // The answer is application/json, never part of a page, so letters stand as they are.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new CleanText.Json() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string Write(ConferenceFrame conference, MicroconferenceList list, string origin) =>
        JsonSerializer.Serialize(
            new
            {
                Conference = new
                {
                    conference.Slug,
                    conference.Name,
                    StartsOn = conference.StartsOn.ToString("uuuu-MM-dd", null),
                    EndsOn = conference.EndsOn.ToString("uuuu-MM-dd", null),
                    TimeZone = conference.TimeZone.Id,
                    conference.City,
                    Url = origin + conference.Path,
                },
                WithoutTexts = list.IsShort ? true : (bool?)null,
                Microconferences = list.Microconferences.Select(m => Shape(m, origin)),
            },
            Options
        ) + "\n";

    public static string Write(MicroconferenceDocument microconference, string origin) =>
        JsonSerializer.Serialize(Shape(microconference, origin), Options) + "\n";

    private static object Shape(MicroconferenceDocument m, string origin) =>
        new
        {
            m.Slug,
            m.Title,
            Url = origin + m.Path,
            Status = m.StatusWord.ToLowerInvariant(),
            Form = m.Form is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(m.Form.Value.ToString()),
            Revision = m.RevisionNumber,
            RevisedAt = Dates.Machine(m.RevisedAt),
            Leads = People(m, m.Leads, origin),
            KeyAttendees = People(m, m.KeyAttendees, origin),
            Description = Source(m.Description),
            DescriptionHtml = Html(m.Description),
            Accomplishments = m.Results.Source.Length == 0 ? null : m.Results.Source,
            AccomplishmentsHtml = m.Results.Source.Length == 0 ? null : m.Results.Html,
            Outcome = Source(m.Outcome),
            OutcomeHtml = Html(m.Outcome),
            Notes = Source(m.Notes),
            NotesHtml = Html(m.Notes),
            m.TopicsInline,
            Topics = m.Topics.Select(t => new
            {
                t.Id,
                t.Title,
                Url = $"{origin}{m.Path}/topics/{t.Address}",
                t.Group,
                t.Minutes,
                Speakers = People(m, t.Speakers, origin),
                SpeakersToBeFound = t.OpenSpeakers == 0 ? (int?)null : t.OpenSpeakers,
                t.SpeakersNote,
                Details = t.Details.Source.Length == 0 ? null : t.Details.Source,
                Notes = Source(t.Notes),
                NotesHtml = Html(t.Notes),
                Links = t.Links.Count == 0 ? null : t.Links,
                Refs = t.Refs.Count == 0 ? null : t.Refs,
                Materials = t.Materials.Count == 0 ? null : t.Materials.Select(material => Shape(material, origin)),
            }),
            References = m.References.Select(r => new { r.Label, r.Url }),
        };

    private static object Shape(MaterialLine material, string origin) =>
        new
        {
            Kind = material.Kind.ToString().ToLowerInvariant(),
            material.Title,
            Url = material.From(origin),
            StartsAt = material.StartOffset is { } seconds ? StartTime.Write(seconds) : null,
            material.MediaType,
            Bytes = material.Size,
        };

    private static string? Source(MarkdownText text) => text.Source.Length == 0 ? null : text.Source;

    private static string? Html(MarkdownText text) => text.Source.Length == 0 ? null : text.Html;

    private static IEnumerable<object> People(
        MicroconferenceDocument m,
        IReadOnlyList<MicroconferenceDocument.Name> people,
        string origin
    ) => people.Select(p => new { Name = p.FullName, Url = $"{origin}/{m.Conference}/people/{p.Slug}" });
}
