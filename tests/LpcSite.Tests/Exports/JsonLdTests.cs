using System.Text.Json.Nodes;
using LpcSite.Conferences;
using LpcSite.Exports;
using LpcSite.Markdown;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Exports.Schedule;
using LpcSite.Tests.Scheduling;
using NodaTime;

namespace LpcSite.Tests.Exports;

/// <summary>
/// What search engines read: complete, right to the minute, and nothing that ends the script in which it stands.
/// </summary>
public sealed class JsonLdTests
{
    private const string Ending = "</script><script>alert(1)</script> <!-- & ł \u2028";

    private static readonly string[] OfEveryEvent =
    [
        "@type",
        "@id",
        "name",
        "url",
        "startDate",
        "endDate",
        "eventStatus",
        "eventAttendanceMode",
        "location",
    ];

    private static readonly ConferenceFrame Conference = new(
        1,
        "2022",
        "Linux Plumbers Conference 2022",
        "LPC 2022",
        new LocalDate(2022, 9, 12),
        new LocalDate(2022, 9, 14),
        DateTimeZoneProviders.Tzdb["Europe/Dublin"],
        "Dublin",
        ConferenceState.Public,
        [],
        [
            new(
                "Gold",
                1,
                [new("Pipes & Co", "https://pipes.example.org", null, 0, 0), new("No page", null, null, 0, 0)]
            ),
            new("Catering", 1, [new("Pipes & Co", "https://pipes.example.org", null, 0, 0)]),
        ],
        false,
        true
    )
    {
        UidDomain = LpcSite.Conferences.Conference.SharedUidDomain,
    };

    private static readonly ScheduleDocument Schedule = Some.Schedule(
        Some.Session(1, 1, 0, 210, [], [], Some.Topic(11, 30, 45), Some.Topic(12, null, null)),
        Some.Session(2, 2, 0, 90),
        Some.Session(2, 1, 24 * 60, 90) with
        {
            Uid = "mc-2-2",
        }
    ) with
    {
        Cancelled =
        [
            new("mc-3", "Gone", "gone", "Herbert", Some.Ten, Some.Ten + Duration.FromMinutes(90), 2),
            new("topic-13", "Gone too", "rust", "Herbert", Some.Ten, Some.Ten + Duration.FromMinutes(30), 1),
        ],
    };

    [Fact]
    public void Of_AConference_HasItsMicroconferencesWhenTheyReallyAre()
    {
        var root = Read(
            JsonLd.Of(
                Conference,
                [(1, "rust", "Rust"), (2, "split", "Split"), (3, "gone", "Gone"), (4, "later", "Later")],
                Schedule,
                SomeSchedule.Origin
            )
        );

        Assert.Equal(
            ("https://lpc.example.org/2022", "2022-09-12", "2022-09-14"),
            ((string)root["@id"]!, (string)root["startDate"]!, (string)root["endDate"]!)
        );
        Assert.Equal(
            [
                (
                    "https://lpc.example.org/2022/mc/rust",
                    "2022-09-12T10:00:00+01:00",
                    "2022-09-12T13:30:00+01:00",
                    "EventScheduled",
                    "Herbert"
                ),
                (
                    "https://lpc.example.org/2022/mc/split",
                    "2022-09-12T10:00:00+01:00",
                    "2022-09-13T11:30:00+01:00",
                    "EventScheduled",
                    "Meeting 1&2, Herbert"
                ),
                (
                    "https://lpc.example.org/2022/mc/gone",
                    "2022-09-12T10:00:00+01:00",
                    "2022-09-12T11:30:00+01:00",
                    "EventCancelled",
                    "Herbert"
                ),
                ("https://lpc.example.org/2022/mc/later", "2022-09-12", "2022-09-14", "EventScheduled", "Dublin"),
            ],
            root["subEvent"]!.AsArray().Select(When)
        );
        Assert.Equal(
            [("Pipes & Co", "https://pipes.example.org"), ("No page", null)],
            root["sponsor"]!.AsArray().Select(s => ((string)s!["name"]!, (string?)s["url"]))
        );
        Assert.Equal(
            "2022-09-12",
            (string)
                Read(JsonLd.Of(Conference, [(1, "rust", "Rust")], null, SomeSchedule.Origin))["subEvent"]![0]![
                    "startDate"
                ]!
        );
    }

    [Fact]
    public void Of_AMicroconference_HasItsTopicsAndItsLeads()
    {
        var root = Read(JsonLd.Of(Conference, Rust(MicroconferenceStatus.Accepted), Schedule, SomeSchedule.Origin));

        Assert.Equal(
            ("2022-09-12T10:00:00+01:00", "https://lpc.example.org/2022"),
            ((string)root["startDate"]!, (string)root["superEvent"]!["@id"]!)
        );
        Assert.Equal(
            ["https://lpc.example.org/2022/people/lena-lead"],
            root["organizer"]!.AsArray().Select(p => (string)p!["@id"]!)
        );
        Assert.Equal(
            [
                (
                    "https://lpc.example.org/2022/mc/rust/topics/11-pinning",
                    "2022-09-12T10:30:00+01:00",
                    "2022-09-12T11:15:00+01:00",
                    "EventScheduled",
                    "Herbert"
                ),
                (
                    "https://lpc.example.org/2022/mc/rust/topics/12-untimed",
                    "2022-09-12T10:00:00+01:00",
                    "2022-09-12T13:30:00+01:00",
                    "EventScheduled",
                    "Herbert"
                ),
                (
                    "https://lpc.example.org/2022/mc/rust/topics/13-gone-too",
                    "2022-09-12T10:00:00+01:00",
                    "2022-09-12T10:30:00+01:00",
                    "EventCancelled",
                    "Herbert"
                ),
            ],
            root["subEvent"]!.AsArray().Select(When)
        );
        Assert.Equal("https://lpc.example.org/materials/5/a%20b.pdf", (string)root["workFeatured"]![0]!["url"]!);
        Assert.Contains(
            "EventCancelled",
            (string)
                Read(JsonLd.Of(Conference, Rust(MicroconferenceStatus.Withdrawn), Schedule, SomeSchedule.Origin))[
                    "eventStatus"
                ]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void OfTopic_SaysWhoSpeaksAndOfWhatItIsAPart()
    {
        var rust = Rust(MicroconferenceStatus.Accepted);

        var root = Read(JsonLd.OfTopic(Conference, rust, rust.Topics[0], Schedule, SomeSchedule.Origin));

        Assert.Equal(
            ("2022-09-12T10:30:00+01:00", "https://lpc.example.org/2022/mc/rust", "https://lpc.example.org/2022"),
            (
                (string)root["startDate"]!,
                (string)root["superEvent"]!["@id"]!,
                (string)root["superEvent"]!["superEvent"]!["@id"]!
            )
        );
        Assert.Equal(["Łucja Ø"], root["performer"]!.AsArray().Select(p => (string)p!["name"]!));
        Assert.Equal(
            ("VideoObject", "https://video.example.org/1"),
            ((string)root["recordedIn"]![0]!["@type"]!, (string)root["recordedIn"]![0]!["url"]!)
        );
    }

    [Fact]
    public void Of_HostileNames_StaysOneScriptElementAndComesBackAsItWas()
    {
        var rust = Rust(MicroconferenceStatus.Accepted) with { Title = Ending };
        rust = rust with { Topics = [rust.Topics[0] with { Title = Ending }] };
        string[] texts =
        [
            JsonLd.Of(Conference with { Name = Ending }, [(1, "rust", Ending)], Schedule, SomeSchedule.Origin),
            JsonLd.Of(Conference, rust, Schedule, SomeSchedule.Origin),
            JsonLd.OfTopic(Conference, rust, rust.Topics[0], Schedule, SomeSchedule.Origin),
        ];

        Assert.All(texts, text => Assert.DoesNotContain(text, c => c is '<' or '>' or '\u2028'));
        Assert.All(texts, text => Assert.Equal(Ending, (string)Read(text)["name"]!));
    }

    private static MicroconferenceDocument Rust(MicroconferenceStatus status) =>
        new(
            1,
            "2022",
            "rust",
            "Rust",
            status,
            null,
            null,
            true,
            1,
            Some.Ten,
            MarkdownText.Empty,
            MarkdownText.Empty,
            [new("lena-lead", "Lena Lead")],
            [],
            [],
            [
                Topic(11, "Pinning") with
                {
                    Speakers = [new("lucja-o", "Łucja Ø")],
                    Materials =
                    [
                        new(5, MaterialKind.Slides, null, null, null, "a b.pdf", "application/pdf", 7),
                        new(6, MaterialKind.Recording, null, "https://video.example.org/1", null, null, null, null),
                    ],
                },
                Topic(12, "Untimed"),
                Topic(13, "Gone too"),
            ]
        );

    private static MicroconferenceDocument.Item Topic(int id, string title) =>
        new(id, title, null, null, MarkdownText.Empty, null, 0, [], [], []);

    private static (string Id, string Starts, string Ends, string Status, string Places) When(JsonNode? one) =>
        (
            (string)one!["@id"]!,
            (string)one["startDate"]!,
            (string)one["endDate"]!,
            ((string)one["eventStatus"]!).Split('/')[^1],
            string.Join(", ", one["location"]!.AsArray().Select(p => (string)p!["name"]!))
        );

    // Whatever is an event has everything that one needs, however deep it stands.
    private static JsonObject Read(string text)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        Assert.Equal("https://schema.org", (string)root["@context"]!);
        Assert.All(Events(root), e => Assert.Empty(OfEveryEvent.Where(key => e[key] is null)));
        Assert.All(
            Events(root).SelectMany(e => e["location"]!.AsArray()),
            place => Assert.True(place!["name"] is not null && place["address"] is not null)
        );
        return root;
    }

    private static IEnumerable<JsonObject> Events(JsonNode? node) =>
        node switch
        {
            JsonObject o => ((string?)o["@type"] == "Event" ? [o] : Array.Empty<JsonObject>()).Concat(
                o.SelectMany(pair => Events(pair.Value))
            ),
            JsonArray a => a.SelectMany(Events),
            _ => [],
        };
}
