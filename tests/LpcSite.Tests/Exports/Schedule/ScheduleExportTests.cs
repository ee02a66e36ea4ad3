using System.Text.Json.Nodes;
using System.Xml.Linq;
using LpcSite.Exports.Calendars;
using LpcSite.Exports.Feeds;
using LpcSite.Exports.Schedule;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Exports.Calendars;
using LpcSite.Tests.Scheduling;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Tests.Exports.Schedule;

/// <summary>
/// What all exports of the schedule promise together: right to the minute, stable for ever, and quick.
/// </summary>
public sealed class ScheduleExportTests
{
    [Theory]
    [InlineData("Europe/Dublin", "2022-09-12T09:00:00Z", "2022-09-12T10:00:00+01:00")]
    [InlineData("America/New_York", "2022-09-12T14:30:00Z", "2022-09-12T10:30:00-04:00")]
    [InlineData("Asia/Kolkata", "2022-09-12T04:45:00Z", "2022-09-12T10:15:00+05:30")]
    [InlineData("Pacific/Auckland", "2022-09-11T22:05:00Z", "2022-09-12T10:05:00+12:00")]
    [InlineData("Europe/Dublin", "2022-10-30T00:59:00Z", "2022-10-30T01:59:00+01:00")]
    [InlineData("Europe/Dublin", "2022-10-30T01:00:00Z", "2022-10-30T01:00:00+00:00")]
    [InlineData("America/New_York", "2022-11-06T05:59:00Z", "2022-11-06T01:59:00-04:00")]
    [InlineData("America/New_York", "2022-11-06T06:00:00Z", "2022-11-06T01:00:00-05:00")]
    [InlineData("Pacific/Auckland", "2022-09-24T13:59:00Z", "2022-09-25T01:59:00+12:00")]
    [InlineData("Pacific/Auckland", "2022-09-24T14:00:00Z", "2022-09-25T03:00:00+13:00")]
    public void Times_InEveryFormat_AreTheVenuesToTheMinute(string zone, string starts, string local)
    {
        var instant = InstantPattern.ExtendedIso.Parse(starts).Value;
        var latestRelease = At(zone, instant, instant + Duration.FromMinutes(90));

        var xml = XDocument.Parse(ScheduleXml.Write(latestRelease, SomeSchedule.Origin)).Descendants("event").Single();
        Assert.Equal(
            (local, local[11..16], "01:30", local[..10]),
            (
                xml.Element("date")!.Value,
                xml.Element("start")!.Value,
                xml.Element("duration")!.Value,
                xml.Ancestors("day").Single().Attribute("date")!.Value
            )
        );
        Assert.Equal((local, $"{local[..10]}"), (xml.Ancestors("day").Single().Attribute("start")!.Value, local[..10]));

        var json = JsonNode.Parse(ScheduleJson.Write(latestRelease, SomeSchedule.Origin))!["schedule"]!["conference"]![
            "days"
        ]!
            .AsArray()
            .SelectMany(d => d!["rooms"]!.AsObject())
            .Single()
            .Value![0]!;
        Assert.Equal(
            (local, local[11..16], "01:30"),
            ((string)json["date"]!, (string)json["start"]!, (string)json["duration"]!)
        );
        Assert.Equal(
            local,
            (string)JsonNode.Parse(ScheduleApi.Write(latestRelease, SomeSchedule.Origin))!["sessions"]![0]!["starts"]!
        );

        var one = new CalendarLines(
            ScheduleCalendar.Write(latestRelease, ScheduleFeed.Of(latestRelease.Document), SomeSchedule.Origin)
        ).Events.Single();
        Assert.Equal(
            (instant.ToDateTimeUtc(), TimeSpan.FromMinutes(90)),
            (CalendarLines.Utc(one["DTSTART"]), CalendarLines.Utc(one["DTEND"]) - CalendarLines.Utc(one["DTSTART"]))
        );
    }

    // A reader that many carry takes the minute of UTC at which a day ends for the one before which its clock still
    // shows the night.
    [Theory]
    [InlineData("Europe/Dublin")]
    [InlineData("America/Los_Angeles")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Asia/Tokyo")]
    [InlineData("Pacific/Auckland")]
    [InlineData("Pacific/Honolulu")]
    public void Day_InAnyZone_EndsSoThatNoMorningIsTakenForANight(string zone)
    {
        var tz = DateTimeZoneProviders.Tzdb[zone];
        for (var hour = 9; hour <= 23; hour++)
        {
            var (first, last) = (
                new LocalDateTime(2022, 9, 12, 9, 0).InZoneStrictly(tz).ToInstant(),
                new LocalDateTime(2022, 9, 12, hour, 30).InZoneStrictly(tz).ToInstant()
            );
            var day = ScheduleDay.Of(At(zone, first, last).Document).First(d => d.Rooms.Count > 0);

            Assert.InRange(day.Ends.InUtc().TimeOfDay, LocalTime.Midnight, new LocalTime(9, 0));
            Assert.InRange(day.Ends, last, last + Duration.FromDays(1));
        }
    }

    // At ten by the venue's clock before and after it is put back, which is 25 hours.
    [Fact]
    public void Times_OfAConferenceOverAChangeOfTheClock_StayThoseOfTheWall()
    {
        var document = Some.Schedule([
            .. Enumerable
                .Range(29, 2)
                .Select(day =>
                    new LocalDateTime(2022, 10, day, 10, 0)
                        .InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Dublin"])
                        .ToInstant()
                )
                .Select(
                    (ten, i) =>
                        SomeSchedule.Slot(i + 1, SlotKind.Plenary, "Opening", 1, 0, 60) with
                        {
                            Starts = ten,
                            Ends = ten + Duration.FromHours(1),
                        }
                ),
        ]);
        document = document with
        {
            Conference = document.Conference with
            {
                StartsOn = new LocalDate(2022, 10, 29),
                EndsOn = new LocalDate(2022, 10, 31),
            },
        };
        var latestRelease = new LatestRelease(1, SomeSchedule.ReleasedAt, document);

        Assert.Equal(
            ["2022-10-29T10:00:00+01:00", "2022-10-30T10:00:00+00:00"],
            XDocument
                .Parse(ScheduleXml.Write(latestRelease, SomeSchedule.Origin))
                .Descendants("date")
                .Select(e => e.Value)
        );
        Assert.Equal(
            ["20221029T090000Z", "20221030T100000Z"],
            new CalendarLines(
                ScheduleCalendar.Write(latestRelease, ScheduleFeed.Of(document), SomeSchedule.Origin)
            ).Events.Select(e => e["DTSTART"])
        );
        Assert.Equal(
            ["2022-10-29", "2022-10-30", "2022-10-31"],
            ScheduleDay.Of(document).Select(d => ScheduleDay.Text(d.Date))
        );
    }

    [Fact]
    public void Length_OfAWholeDay_StaysBelowIt()
    {
        var latestRelease = At("Europe/Dublin", Some.Ten, Some.Ten + Slot.Longest);

        Assert.Equal(
            "23:59",
            XDocument
                .Parse(ScheduleXml.Write(latestRelease, SomeSchedule.Origin))
                .Descendants("duration")
                .Single()
                .Value
        );
    }

    [Fact]
    public void Ids_OfWhatMovedAndIsCalledOtherwise_StayAndThoseOfDifferentThingsNeverMeet()
    {
        var before = Some.Schedule(
            SomeSchedule.Mc(1, "rust", "Rust", 1, 0, 90, [], null, SomeSchedule.Topic(7, "A", 0, 30, null))
        );
        var after = Some.Schedule(
                SomeSchedule.Mc(1, "oxide", "Oxide", 2, 500, 90, [], null, SomeSchedule.Topic(7, "B", 530, 30, null))
            )
            .After(before);

        var (first, second) = (ScheduleLine.Of(before).Single(), ScheduleLine.Of(after).Single());

        Assert.Equal(
            (first.Uid, first.Number, first.GlobalId, first.Sequence + 1),
            (second.Uid, second.Number, second.GlobalId, second.Sequence)
        );
        Assert.NotEqual(StableId.Global("2022", "topic-7"), StableId.Global("2023", "topic-7"));
        var uids = Enumerable
            .Range(1, 300)
            .SelectMany(n => new[] { $"topic-{n}", $"mc-{n}", $"mc-{n}-2", $"mc-{n}-3", $"slot-{n}" })
            .ToList();
        Assert.Equal(uids.Count, uids.Select(StableId.Number).Distinct().Count());
        Assert.Equal(uids.Count, uids.Select(uid => StableId.Global("2022", uid)).Distinct().Count());
        Assert.Throws<FormatException>(() => StableId.Number("topic-x"));
    }

    // The example of the standard's predecessor's errata, which every other implementation gives as well.
    [Fact]
    public void Guid_IsOneOfVersion5() =>
        Assert.Equal(
            new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            StableId.Version5(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com")
        );

    // Sizes of the largest conference that is likely.
    [Theory]
    [InlineData("xml")]
    [InlineData("json")]
    [InlineData("api")]
    [InlineData("ics")]
    public void Write_3DaysOf7RoomsWith200Topics_WritesThemAll(string format)
    {
        var latestRelease = SomeSchedule.Large();
        Func<string> write = format switch
        {
            "xml" => () => ScheduleXml.Write(latestRelease, SomeSchedule.Origin),
            "json" => () => ScheduleJson.Write(latestRelease, SomeSchedule.Origin),
            "api" => () => ScheduleApi.Write(latestRelease, SomeSchedule.Origin),
            _ => () =>
                ScheduleCalendar.Write(latestRelease, ScheduleFeed.Of(latestRelease.Document), SomeSchedule.Origin),
        };
        Assert.Contains("Topic 204", write(), StringComparison.Ordinal);
    }

    private static LatestRelease At(string zone, Instant starts, Instant ends)
    {
        var document = Some.Schedule(
            SomeSchedule.Slot(1, SlotKind.Plenary, "Opening", 1, 0, 60) with
            {
                Starts = starts,
                Ends = ends,
            }
        );
        return new(
            1,
            SomeSchedule.ReleasedAt,
            document with
            {
                Conference = document.Conference with { TimeZone = zone },
            }
        );
    }
}
