using System.Text.Json.Nodes;
using System.Xml.Linq;
using LpcSite.Exports.Schedule;
using LpcSite.Texts;

namespace LpcSite.Tests.Exports.Schedule;

/// <summary>schedule.json and our own JSON against what they promise.</summary>
public sealed class ScheduleJsonTests
{
    private static readonly string[] EventKeys =
    [
        "abstract",
        "attachments",
        "date",
        "description",
        "duration",
        "guid",
        "id",
        "language",
        "links",
        "persons",
        "room",
        "slug",
        "start",
        "subtitle",
        "title",
        "track",
        "type",
        "url",
    ];

    private static readonly string[] ConferenceKeys =
    [
        "acronym",
        "days",
        "daysCount",
        "end",
        "rooms",
        "start",
        "time_zone_name",
        "timeslot_duration",
        "title",
        "url",
    ];

    [Fact]
    public void Write_Everything_GivesTheGoldenFile() =>
        GoldenFile.Same("schedule.json", ScheduleJson.Write(SomeSchedule.Everything(), SomeSchedule.Origin));

    [Fact]
    public void WriteApi_Everything_GivesTheGoldenFile() =>
        GoldenFile.Same("api.json", ScheduleApi.Write(SomeSchedule.Everything(), SomeSchedule.Origin));

    [Fact]
    public void Write_HasTheKeysOfTheSchemaAndNoOthers()
    {
        var schedule = Read()["schedule"]!;
        var conference = schedule["conference"]!.AsObject();
        var days = conference["days"]!.AsArray();
        var events = Events(conference);

        Assert.False(schedule.AsObject().ContainsKey("rooms"));
        Assert.Equal(ConferenceKeys, Keys(conference));
        Assert.Matches("^[a-z0-9_-]+$", (string)conference["acronym"]!);
        Assert.Equal((int)conference["daysCount"]!, days.Count);
        Assert.All(days, d => Assert.Equal(["date", "day_end", "day_start", "index", "rooms"], Keys(d!.AsObject())));
        Assert.All(events, e => Assert.Equal(EventKeys, Keys(e)));
        Assert.All(events, e => Assert.All(EventKeys, key => Assert.NotNull(e[key])));
        Assert.All(
            conference["rooms"]!.AsArray(),
            r =>
                Assert.True(
                    r!["description"]!.GetValueKind() is System.Text.Json.JsonValueKind.String && r["name"] is not null
                )
        );
        Assert.Empty(
            events
                .Select(e => (string)e["room"]!)
                .Except(conference["rooms"]!.AsArray().Select(r => (string)r!["name"]!))
        );
        Assert.All(
            events.SelectMany(e => e["persons"]!.AsArray()),
            p => Assert.Equal(["id", "name"], Keys(p!.AsObject()))
        );
        Assert.All(events.SelectMany(e => e["links"]!.AsArray()), l => Assert.Equal("related", (string)l!["type"]!));
        Assert.All(
            events.Where(e => (string)e["type"]! == "topic"),
            e => Assert.Matches($"/{(int)e["id"]!}-[a-z0-9-]+$", (string)e["url"]!)
        );
    }

    [Fact]
    public void Write_WithMaterials_HasThemAndSaysWhereItLies()
    {
        var schedule = JsonNode.Parse(ScheduleJson.Write(SomeSchedule.WithMaterials(), SomeSchedule.Origin))![
            "schedule"
        ]!;
        var topic = Events(schedule["conference"]!).Single(e => (int)e["id"]! == 11);

        Assert.Equal(
            ($"{SomeSchedule.Origin}/2022/schedule.json", $"{SomeSchedule.Origin}/2022/schedule"),
            ((string?)schedule["url"], (string?)schedule["conference"]!["url"])
        );
        Assert.Equal(["slides"], topic["attachments"]!.AsArray().Select(a => (string?)a!["type"]));
        Assert.Equal(["related", "media", "web"], topic["links"]!.AsArray().Select(a => (string?)a!["type"]));
    }

    [Fact]
    public void Write_SaysTheSameAsTheXml()
    {
        var xml = XDocument
            .Parse(ScheduleXml.Write(SomeSchedule.Everything(), SomeSchedule.Origin))
            .Descendants("event")
            .Select(e =>
                (
                    (int)e.Attribute("id")!,
                    e.Attribute("guid")!.Value,
                    e.Element("date")!.Value,
                    e.Element("duration")!.Value,
                    e.Element("room")!.Value,
                    e.Element("slug")!.Value,
                    e.Element("abstract")!.Value
                )
            );

        var json = Events(Read()["schedule"]!["conference"]!)
            .Select(e =>
                (
                    (int)e["id"]!,
                    (string)e["guid"]!,
                    (string)e["date"]!,
                    (string)e["duration"]!,
                    (string)e["room"]!,
                    (string)e["slug"]!,
                    (string)e["abstract"]!
                )
            );

        Assert.Equal(xml, json);
    }

    [Fact]
    public void WriteApi_HasSnakeCaseKeysAndAbsoluteAddressesAndNothingThatIsHeld()
    {
        var text = ScheduleApi.Write(SomeSchedule.Everything(), SomeSchedule.Origin);
        var root = JsonNode.Parse(text)!;

        Assert.DoesNotContain("walrus", text, StringComparison.Ordinal);
        Assert.All(All(root), p => Assert.Matches("^[a-z]+(_[a-z]+)*$", p.Key));
        Assert.All(
            All(root).Where(p => p.Key is "url" or "calendar" && p.Value is not null),
            p => Assert.StartsWith($"{SomeSchedule.Origin}/2022", (string)p.Value!, StringComparison.Ordinal)
        );
        Assert.Equal(
            (7, "2022-08-01T12:30:15Z"),
            ((int)root["release"]!["number"]!, (string)root["release"]!["released_at"]!)
        );
        Assert.Equal(
            ["topic", "topic", "break", "topic", "topic"],
            root["sessions"]![1]!["items"]!.AsArray().Select(i => (string)i!["kind"]!)
        );
        Assert.Equal(TextIn.Carried(SomeSchedule.Hostile), (string)root["sessions"]![1]!["text"]!);
        Assert.Equal(["mc-9", "topic-99"], root["cancelled"]!.AsArray().Select(c => (string)c!["uid"]!));
    }

    private static JsonNode Read() =>
        JsonNode.Parse(ScheduleJson.Write(SomeSchedule.Everything(), SomeSchedule.Origin))!;

    private static List<JsonObject> Events(JsonNode conference) =>
        [
            .. conference["days"]!
                .AsArray()
                .SelectMany(d => d!["rooms"]!.AsObject())
                .SelectMany(r => r.Value!.AsArray())
                .Select(e => e!.AsObject()),
        ];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> All(JsonNode? node) =>
        node switch
        {
            JsonObject o => o.Concat(o.SelectMany(p => All(p.Value))),
            JsonArray a => a.SelectMany(All),
            _ => [],
        };

    private static IEnumerable<string> Keys(JsonObject node) =>
        node.Select(pair => pair.Key).Order(StringComparer.Ordinal);
}
