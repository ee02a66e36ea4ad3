using LpcSite.Exports.Schedule;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Scheduling;

namespace LpcSite.Tests.Exports.Schedule;

/// <summary>
/// schedule.xml and schedule.json against all that their published schemas say, whatever is in the schedule.
/// </summary>
public sealed class ScheduleSchemaTests
{
    public static TheoryData<string> Schedules => ["everything", "large", "odd", "empty", "with materials"];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Xml_OfAnySchedule_KeepsItsSchema(string name) =>
        Assert.Empty(ScheduleSchema.ViolationsOfXml(ScheduleXml.Write(Schedule(name), SomeSchedule.Origin)));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Json_OfAnySchedule_KeepsItsSchema(string name) =>
        Assert.Empty(ScheduleSchema.ViolationsOfJson(ScheduleJson.Write(Schedule(name), SomeSchedule.Origin)));

    // The tables are no use if everything passes them.
    [Theory]
    [InlineData("<version>7</version>", "")]
    [InlineData("<url>https://lpc.example.org/2022/schedule.xml</url>", "<url></url>")]
    [InlineData("<track name=\"5G\" slug=\"mc-5g\" />", "<track name=\"5G\" slug=\"5g\" />")]
    [InlineData("<event id=\"11\"", "<event id=\"12\"")]
    [InlineData("<event id=\"11\"", "<event id=\"\"")]
    [InlineData("<title>Second</title>", "<title>Second</title><code>7</code>")]
    [InlineData("<track>5G</track>", "")]
    [InlineData("<person id=\"3\"", "<person code=\"3\"")]
    [InlineData("start=\"2022-09-13T10:00:00+01:00\"", "start=\"2022-09-13T10:00:00\"")]
    [InlineData("<acronym>lpc2022</acronym>", "<acronym>LPC</acronym>")]
    public void Xml_ThatSomebodySpoiled_DoesNot(string what, string instead) =>
        Assert.NotEmpty(
            ScheduleSchema.ViolationsOfXml(
                ScheduleXml
                    .Write(SomeSchedule.Everything(), SomeSchedule.Origin)
                    .Replace(what, instead, StringComparison.Ordinal)
            )
        );

    [Theory]
    [InlineData("\"version\": \"7\"", "\"version\": 7")]
    [InlineData("\"daysCount\": 3,", "")]
    [InlineData("\"daysCount\": 3,", "\"daysCount\": 3, \"more\": 1,")]
    [InlineData("\"url\": \"https://lpc.example.org/2022/mc/5g\",\n", "\"url\": null,\n")]
    [InlineData("\"type\": \"related\"", "\"type\": \"page\"")]
    [InlineData("\"name\": \"Person 3\"", "\"label\": \"Person 3\"")]
    [InlineData("\"id\": 21,", "\"id\": \"21\",")]
    [InlineData("\"language\": \"en\",", "\"language\": \"en\", \"kind\": \"\",")]
    [InlineData("\"slug\": \"lpc2022-21-bending\"", "\"slug\": \"lpc2022-21-Bending\"")]
    public void Json_ThatSomebodySpoiled_DoesNot(string what, string instead) =>
        Assert.NotEmpty(
            ScheduleSchema.ViolationsOfJson(
                ScheduleJson
                    .Write(SomeSchedule.Everything(), SomeSchedule.Origin)
                    .Replace(what, instead, StringComparison.Ordinal)
            )
        );

    private static LatestRelease Schedule(string name) =>
        name switch
        {
            "everything" => SomeSchedule.Everything(),
            "large" => SomeSchedule.Large(),
            "odd" => Odd(),
            "with materials" => SomeSchedule.WithMaterials(),
            _ => new(1, SomeSchedule.ReleasedAt, Some.Schedule() with { Rooms = [] }),
        };

    // Names that ASCII cannot spell, texts of nothing, nothing in a room, two parts, and a zone of three names.
    private static LatestRelease Odd()
    {
        var document = Some.Schedule(
            SomeSchedule.Mc(
                1,
                "x",
                "\u4f60\u597d",
                null,
                0,
                210,
                [1],
                " \u0001\n",
                SomeSchedule.Topic(1, "\u4f60", 0, 30, "", 3),
                SomeSchedule.Topic(2, SomeSchedule.LongTitle, null, null, null),
                SomeSchedule.Topic(3, "-", 30, 30, "\u0008")
            ),
            SomeSchedule.Mc(2, "l", "ł", null, 0, 90, [], ""),
            SomeSchedule.Slot(1, SlotKind.Track, "…", 9, 0, 60),
            SomeSchedule.Slot(2, SlotKind.Plenary, "!", 9, 60, 24 * 60),
            SomeSchedule.Mc(1, "x", "\u4f60\u597d", null, 24 * 60, 90, [1], null) with
            {
                Uid = "mc-1-2",
                Form = SessionForm.Half,
            }
        );
        return new(
            1,
            SomeSchedule.ReleasedAt,
            document with
            {
                Rooms = [],
                Conference = document.Conference with
                {
                    ShortName = "!",
                    Slug = "x",
                    Name = "\u0001ł\t",
                    TimeZone = "America/Argentina/Buenos_Aires",
                },
            }
        );
    }
}
