using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LpcSite.Exports.Calendars;
using LpcSite.Materials;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Exports.Schedule;

/// <summary>
/// The released schedule as schedule.json, for readers of <c>https://c3voc.de/schedule/schema.json</c>: no key that the
/// schema does not name.
/// </summary>
public static class ScheduleJson
{
    // The answer is application/json, never part of a page, so letters stand as they are.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(LatestRelease latestRelease, string origin)
    {
        var document = latestRelease.Document;
        var home = $"{origin}/{document.Conference.Slug}";
        return new JsonObject
            {
                ["$schema"] = "https://c3voc.de/schedule/schema.json",
                ["generator"] = new JsonObject { ["name"] = "LpcSite", ["version"] = "1" },
                ["schedule"] = new JsonObject
                {
                    ["version"] = FormattableString.Invariant($"{latestRelease.Number}"),
                    ["base_url"] = $"{home}/",
                    ["url"] = $"{home}/schedule.json",
                    ["conference"] = Conference(latestRelease, home, origin),
                },
            }.ToJsonString(Options) + "\n";
    }

    private static JsonObject Conference(LatestRelease latestRelease, string home, string origin)
    {
        var document = latestRelease.Document;
        var days = ScheduleDay.Of(document);
        return new()
        {
            ["acronym"] = ScheduleDay.Acronym(document),
            ["title"] = CleanText.Line(document.Conference.Name),
            ["start"] = ScheduleDay.Text(document.Conference.StartsOn),
            ["end"] = ScheduleDay.Text(document.Conference.EndsOn),
            ["daysCount"] = days.Count,
            ["timeslot_duration"] = ScheduleDay.Grid,
            ["time_zone_name"] = document.Conference.TimeZone,
            ["url"] = $"{home}/schedule",
            ["rooms"] = new JsonArray([.. Rooms(document, days)]),
            ["days"] = new JsonArray([.. days.Select(day => Day(latestRelease, day, origin))]),
        };
    }

    // All rooms of the venue in their order, and behind them what stands for those that are not known yet.
    private static IEnumerable<JsonNode> Rooms(ScheduleDocument document, IReadOnlyList<ScheduleDay> days)
    {
        var scheme = UidScheme.Of(document);
        var known = document
            .Rooms.Select(r =>
                Room(
                    CleanText.Line(r.Name),
                    scheme.Global(FormattableString.Invariant($"room-{r.Id}")),
                    r.Equipment,
                    r.Capacity
                )
            )
            .ToList();
        var names = document.Rooms.Select(r => CleanText.Line(r.Name)).ToHashSet(StringComparer.Ordinal);
        return known.Concat(
            days.SelectMany(d => d.Rooms)
                .Where(r => !names.Contains(r.Name))
                .DistinctBy(r => r.Name)
                .Select(r => Room(r.Name, r.GlobalId, null, null))
        );
    }

    private static JsonObject Room(string name, Guid guid, string? description, int? capacity)
    {
        var room = new JsonObject
        {
            ["name"] = name,
            ["guid"] = guid.ToString(),
            ["description"] = CleanText.Line(description ?? ""),
        };
        if (capacity is { } seats)
        {
            room["capacity"] = seats;
        }

        return room;
    }

    private static JsonObject Day(LatestRelease latestRelease, ScheduleDay day, string origin) =>
        new()
        {
            ["index"] = day.Index,
            ["date"] = ScheduleDay.Text(day.Date),
            ["day_start"] = ScheduleDay.Zoned(day.Starts, latestRelease.Document),
            ["day_end"] = ScheduleDay.Zoned(day.Ends, latestRelease.Document),
            ["rooms"] = new JsonObject(
                day.Rooms.Select(r =>
                    KeyValuePair.Create(
                        r.Name,
                        (JsonNode?)new JsonArray([.. r.Lines.Select(line => Event(latestRelease, line, origin))])
                    )
                )
            ),
        };

    // The schema wants an address of everything. That of a topic ends in its number and its title, by which some
    // readers know it again.
    private static JsonObject Event(LatestRelease latestRelease, ScheduleLine line, string origin)
    {
        var materials = line.Topic?.Topic is { } topic ? latestRelease.Materials[topic].ToList() : [];
        return new()
        {
            ["guid"] = line.GlobalId.ToString(),
            ["id"] = line.Number,
            ["date"] = ScheduleDay.Zoned(line.Starts, line.Document),
            ["start"] = ScheduleDay.Clock(line.Starts, line.Document),
            ["duration"] = ScheduleDay.Length(line),
            ["room"] = line.Room,
            ["slug"] = ScheduleDay.Slug(line),
            ["url"] = origin + line.Path,
            ["title"] = line.Title,
            ["subtitle"] = ScheduleDay.Subtitle(line),
            ["track"] = line.Track,
            ["type"] = line.Kind,
            ["language"] = "en",
            ["abstract"] = line.Text,
            ["description"] = "",
            ["persons"] = new JsonArray([
                .. line.People.Select(p => new JsonObject { ["id"] = p.Id, ["name"] = p.Name }),
            ]),
            ["links"] = new JsonArray([.. Links(line, materials, origin)]),
            ["attachments"] = new JsonArray([
                .. materials
                    .Where(m => m.Kind is MaterialKind.Slides)
                    .Select(m => Link("slides", m.From(origin), m.FileName!)),
            ]),
        };
    }

    private static IEnumerable<JsonObject> Links(
        ScheduleLine line,
        IReadOnlyList<MaterialLine> materials,
        string origin
    ) =>
        (
            line.Entry.Slug is { } slug
                ? new[] { Link("related", $"{origin}/{line.Document.Conference.Slug}/mc/{slug}", line.Track) }
                : []
        )
            .Concat(
                materials.Where(m => m.Kind is MaterialKind.Recording).Select(m => Link("media", m.Address, m.Words))
            )
            .Concat(materials.Where(m => m.Kind is MaterialKind.Link).Select(m => Link("web", m.Address, m.Title!)));

    private static JsonObject Link(string type, string address, string title) =>
        new()
        {
            ["type"] = type,
            ["url"] = address,
            ["title"] = CleanText.Line(title),
        };
}
