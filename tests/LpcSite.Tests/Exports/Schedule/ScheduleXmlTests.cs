using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LpcSite.Exports.Schedule;

namespace LpcSite.Tests.Exports.Schedule;

/// <summary>schedule.xml against what its readers require, rule by rule.</summary>
public sealed partial class ScheduleXmlTests
{
    private static readonly string[] Required =
    [
        "room",
        "title",
        "subtitle",
        "type",
        "date",
        "start",
        "duration",
        "abstract",
        "description",
        "slug",
        "track",
        "persons",
    ];
    private static readonly string[] Allowed = [.. Required, "language", "recording", "links", "attachments", "url"];
    private static readonly string[] MayBeEmpty = ["description", "persons", "license"];
    private static readonly string[] ConferenceOrder =
    [
        "title",
        "acronym",
        "start",
        "end",
        "days",
        "timeslot_duration",
        "base_url",
        "url",
        "time_zone_name",
        "track",
    ];

    [Fact]
    public void Write_Everything_GivesTheGoldenFile() =>
        GoldenFile.Same("schedule.xml", ScheduleXml.Write(SomeSchedule.Everything(), SomeSchedule.Origin));

    [Fact]
    public void Write_Everything_KeepsEveryRule() =>
        Assert.Empty(Violations(XDocument.Parse(ScheduleXml.Write(SomeSchedule.Everything(), SomeSchedule.Origin))));

    [Fact]
    public void Write_ALargeSchedule_KeepsEveryRule() =>
        Assert.Empty(Violations(XDocument.Parse(ScheduleXml.Write(SomeSchedule.Large(), SomeSchedule.Origin))));

    [Fact]
    public void Write_SaysWhereItLiesAndWhereTheScheduleIs()
    {
        var root = XDocument.Parse(ScheduleXml.Write(SomeSchedule.Everything(), SomeSchedule.Origin)).Root!;

        Assert.Equal($"{SomeSchedule.Origin}/2022/schedule.xml", root.Element("url")?.Value);
        Assert.Equal($"{SomeSchedule.Origin}/2022/schedule", root.Element("conference")?.Element("url")?.Value);
    }

    // Importers read them unasked, also where there is nobody and nothing to say.
    [Fact]
    public void Write_OfEveryEvent_HasADescriptionAndPersons()
    {
        var events = XDocument
            .Parse(ScheduleXml.Write(SomeSchedule.Everything(), SomeSchedule.Origin))
            .Descendants("event")
            .ToList();

        Assert.All(events, e => Assert.NotNull(e.Element("description")));
        Assert.All(events, e => Assert.NotNull(e.Element("persons")));
        Assert.Contains(events, e => !e.Element("persons")!.HasElements);
    }

    [Fact]
    public void Write_WithMaterials_HasThemInTheirPlaces()
    {
        var topic = XDocument
            .Parse(ScheduleXml.Write(SomeSchedule.WithMaterials(), SomeSchedule.Origin))
            .Descendants("event")
            .Single(e => (int)e.Attribute("id")! == 11);

        Assert.Equal(
            [($"{SomeSchedule.Origin}/materials/1/pinning%20%26%20safety.pdf", "pinning & safety.pdf")],
            Named(topic.Element("attachments")!)
        );
        Assert.Equal(
            [
                ($"{SomeSchedule.Origin}/2022/mc/rust", "Rust for łódź"),
                ("https://lore.example.org/?a=1&b=2", "Patches <v2>"),
            ],
            Named(topic.Element("links")!)
        );
        Assert.Equal(
            ("", "false"),
            (
                topic.Element("recording")?.Element("license")?.Value,
                topic.Element("recording")?.Element("optout")?.Value
            )
        );
        Assert.StartsWith(
            "https://video.example.org/watch?v=1",
            topic.Element("recording")?.Element("link")?.Value,
            StringComparison.Ordinal
        );

        static IEnumerable<(string, string)> Named(XElement list) =>
            list.Elements().Select(e => (e.Attribute("href")!.Value, e.Value));
    }

    [Fact]
    public void Write_BeginsSoThatReadersKnowItByItsFirst1024Characters()
    {
        var head = ScheduleXml.Write(SomeSchedule.Large(), SomeSchedule.Origin)[..1024];

        Assert.Contains("<schedule", head, StringComparison.Ordinal);
        Assert.Contains("<conference", head, StringComparison.Ordinal);
        Assert.DoesNotContain("xmlns", head, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ShowsTopicsInPlaceOfTheirSessionAndNeitherBreaksNorWhatIsHeld()
    {
        var events = XDocument
            .Parse(ScheduleXml.Write(SomeSchedule.Everything(), SomeSchedule.Origin))
            .Descendants("event")
            .ToList();

        Assert.Equal(
            [2000000001, 11, 12, 13, 1000000201, 2000000002, 1000000301, 1000000401, 21],
            events.Select(e => (int)e.Attribute("id")!)
        );
        Assert.Equal(
            ["Rust for łódź"],
            events
                .Where(e => (int)e.Attribute("id")! is 11 or 12 or 13)
                .Select(e => e.Element("track")!.Value)
                .Distinct()
        );
        Assert.Equal(
            ["Room not known yet", "Room not known yet 2"],
            events.Where(e => e.Element("title")!.Value is "Homeless" or "5G").Select(e => e.Element("room")!.Value)
        );
    }

    [Fact]
    public void Write_HostileText_ComesBackAsItWas()
    {
        var pinning = XDocument
            .Parse(ScheduleXml.Write(SomeSchedule.Everything(), SomeSchedule.Origin))
            .Descendants("event")
            .Single(e => (int)e.Attribute("id")! == 11);

        Assert.Equal("Pinning ]]> & <safety>", pinning.Element("title")!.Value);
        Assert.Equal(
            string.Concat(SomeSchedule.Hostile.Where(c => c is '\n' || !char.IsControl(c))),
            pinning.Element("abstract")!.Value
        );
    }

    [Fact]
    public void Write_DaysOnWhichNothingStands_AreCountedSoThatNumbersStay()
    {
        var days = XDocument
            .Parse(ScheduleXml.Write(SomeSchedule.Everything(), SomeSchedule.Origin))
            .Descendants("day")
            .ToList();

        Assert.Equal(
            [
                ("1", "2022-09-12T09:00:00+01:00", "2022-09-13T01:00:00+01:00"),
                ("2", "2022-09-13T10:00:00+01:00", "2022-09-13T10:45:00+01:00"),
                ("3", "2022-09-14T00:00:00+01:00", "2022-09-15T00:00:00+01:00"),
            ],
            days.Select(d => (d.Attribute("index")!.Value, d.Attribute("start")!.Value, d.Attribute("end")!.Value))
        );
    }

    private static List<string> Violations(XDocument document)
    {
        var (wrong, root) = (new List<string>(), document.Root!);
        void Must(bool holds, string rule)
        {
            if (!holds)
            {
                wrong.Add(rule);
            }
        }

        Must(
            root.Name == "schedule"
                && Names(root)
                    .SequenceEqual([
                        "generator",
                        "url",
                        "version",
                        "conference",
                        .. Enumerable.Repeat("day", root.Elements("day").Count()),
                    ]),
            "The root's order."
        );
        Must(
            root.DescendantsAndSelf()
                .All(e => e.Value.Length > 0 || e.HasAttributes || MayBeEmpty.Contains(e.Name.LocalName)),
            "No empty element but texts and lists."
        );
        Conference(root.Element("conference")!, Must);
        Must(
            root.Elements("day")
                .Select(d => (int)d.Attribute("index")!)
                .SequenceEqual(Enumerable.Range(1, root.Elements("day").Count())),
            "Days count from 1."
        );
        var events = root.Descendants("event").ToList();
        Must(events.Select(e => (int)e.Attribute("id")!).Distinct().Count() == events.Count, "Ids are unique.");
        Must(events.Select(e => e.Attribute("guid")!.Value).Distinct().Count() == events.Count, "Guids are unique.");
        Must(events.Select(e => e.Element("slug")!.Value).Distinct().Count() == events.Count, "Slugs are unique.");
        var tracks = root.Descendants("track")
            .Where(t => t.HasAttributes)
            .Select(t => t.Attribute("name")!.Value)
            .ToHashSet();
        foreach (var day in root.Elements("day"))
        {
            Must(
                Zoned().IsMatch(day.Attribute("start")!.Value) && Zoned().IsMatch(day.Attribute("end")!.Value),
                "A day's start and end are zoned."
            );
            Must(
                day.Elements("room").Select(r => r.Attribute("name")!.Value).Distinct().Count()
                    == day.Elements("room").Count(),
                "Rooms have names of their own."
            );
            foreach (var room in day.Elements("room"))
            {
                Room(day, room, tracks, Must);
            }
        }

        return wrong;
    }

    private static void Conference(XElement conference, Action<bool, string> must)
    {
        must(Names(conference).Distinct().SequenceEqual(ConferenceOrder), "What a conference has.");
        must(Is(conference.Element("acronym")!.Value, "^[a-z0-9_-]{4,}$"), "The acronym.");
        must(
            conference
                .Elements("track")
                .All(t => Is(t.Attribute("slug")!.Value, "^[a-z][a-z0-9-]+$") && t.Attributes().Count() == 2),
            "A track's slug."
        );
        must(
            NodaTime.DateTimeZoneProviders.Tzdb.Ids.Contains(conference.Element("time_zone_name")!.Value),
            "The zone is IANA's."
        );
        must(
            (int)conference.Element("days")! == conference.Parent!.Elements("day").Count(),
            "As many days as it says."
        );
    }

    private static void Room(XElement day, XElement room, HashSet<string> tracks, Action<bool, string> must)
    {
        must(
            room.Attribute("name")!.Value.Length <= 30 && Guid.TryParse(room.Attribute("guid")!.Value, out _),
            "A room's name and guid."
        );
        var end = DateTimeOffset.MinValue;
        foreach (var one in room.Elements("event"))
        {
            Event(one, room.Attribute("name")!.Value, tracks, must);
            var starts = Time(one.Element("date")!.Value);
            must(starts >= end, $"Nothing overlaps in one room: {one.Element("title")!.Value}.");
            must(
                starts >= Time(day.Attribute("start")!.Value)
                    && starts.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == day.Attribute("date")!.Value,
                "It stands on its day."
            );
            end = starts + TimeSpan.ParseExact(one.Element("duration")!.Value, "hh\\:mm", CultureInfo.InvariantCulture);
            must(end <= Time(day.Attribute("end")!.Value), "It ends within its day.");
        }
    }

    private static void Event(XElement one, string room, HashSet<string> tracks, Action<bool, string> must)
    {
        must(
            Required.All(name => one.Elements(name).Count() == 1)
                && Names(one).All(Allowed.Contains)
                && Names(one).Distinct().Count() == one.Elements().Count(),
            "What an event has."
        );
        must(
            one.Attributes().Select(a => a.Name.LocalName).SequenceEqual(["id", "guid"])
                && (int)one.Attribute("id")! > 0
                && Guid5().IsMatch(one.Attribute("guid")!.Value),
            "An event's id and guid."
        );
        must(one.Element("room")!.Value == room, "An event is in its room.");
        must(
            Zoned().IsMatch(one.Element("date")!.Value)
                && one.Element("date")!.Value.Substring(11, 5) == one.Element("start")!.Value,
            "Date and start say the same."
        );
        must(Is(one.Element("duration")!.Value, "^([01][0-9]|2[0-3]):[0-5][0-9]$"), "The duration.");
        must(Is(one.Element("slug")!.Value, "^[a-z0-9_]{4,}-[a-z0-9_-]{4,}$"), "The slug.");
        must(tracks.Contains(one.Element("track")!.Value), "The track is one of the conference's.");
        must(
            one.Descendants("person").All(p => p.Attributes().Count() == 1 && (int)p.Attribute("id")! > 0),
            "A person has an integer and nothing else."
        );
        must(
            one.Descendants("link").All(l => Uri.IsWellFormedUriString(l.Attribute("href")!.Value, UriKind.Absolute)),
            "Links are absolute."
        );
        must(
            one.Element("url") is not { } url
                || Is(url.Value, $"^https?://.*/{one.Attribute("id")!.Value}-[a-z0-9-]+$"),
            "An address ends in its id and its title."
        );
    }

    private static bool Is(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> Names(XElement element) => element.Elements().Select(e => e.Name.LocalName);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$", RegexOptions.None, 1000)]
    private static partial Regex Zoned();

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", RegexOptions.None, 1000)]
    private static partial Regex Guid5();
}
