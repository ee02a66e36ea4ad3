using System.Globalization;
using System.Text;
using LpcSite.Exports.Calendars;
using LpcSite.Exports.Feeds;
using LpcSite.Exports.Schedule;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Exports.Schedule;
using LpcSite.Tests.Scheduling;

namespace LpcSite.Tests.Exports.Calendars;

/// <summary>The calendars of the schedule, and what each of them holds.</summary>
public sealed class ScheduleCalendarTests
{
    private static readonly string[] HeadKeys =
    [
        "BEGIN",
        "END",
        "NAME",
        "PRODID",
        "REFRESH-INTERVAL;VALUE=DURATION",
        "VERSION",
        "X-PUBLISHED-TTL",
        "X-WR-CALNAME",
    ];
    private static readonly string[] EventKeys =
    [
        "CATEGORIES",
        "DESCRIPTION",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "LAST-MODIFIED",
        "LOCATION",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "TRANSP",
        "UID",
        "URL",
    ];

    private static ScheduleDocument Document => SomeSchedule.Everything().Document;

    [Fact]
    public void Write_Everything_GivesTheGoldenFile() =>
        GoldenFile.Same("schedule.ics", Text(ScheduleFeed.Of(Document)));

    [Fact]
    public void Write_OfAPerson_GivesTheGoldenFile() =>
        GoldenFile.Same("person.ics", Text(ScheduleFeed.OfPerson(Document, "Åse Østby-Łoś", 1)));

    [Fact]
    public void Write_HasEveryPropertyOnceAndNeverALength()
    {
        var calendar = Read(ScheduleFeed.Of(Document));

        Assert.Equal(HeadKeys, calendar.Head.Keys.Order(StringComparer.Ordinal));
        Assert.All(calendar.Events, e => Assert.Equal(EventKeys, e.Keys.Order(StringComparer.Ordinal)));
        Assert.All(
            calendar.Events,
            e => Assert.Equal(("20220801T123015Z", "20220801T123015Z"), (e["DTSTAMP"], e["LAST-MODIFIED"]))
        );
        Assert.All(calendar.Events, e => Assert.NotEqual("", e["LOCATION"]));
        Assert.Equal(calendar.Events.Count, calendar.Events.Select(e => e["UID"]).Distinct().Count());
        Assert.Equal(
            ("topic-11.2022@lpcsite", "1", "Rust for łódź", "Herbert"),
            (
                calendar.Of("topic-11")["UID"],
                calendar.Of("topic-11")["SEQUENCE"],
                calendar.Of("topic-11")["CATEGORIES"],
                calendar.Of("topic-11")["LOCATION"]
            )
        );
        Assert.Equal(("CANCELLED", "2"), (calendar.Of("mc-9")["STATUS"], calendar.Of("mc-9")["SEQUENCE"]));
        Assert.Equal(
            ("CANCELLED", "Rust for łódź"),
            (calendar.Of("topic-99")["STATUS"], calendar.Of("topic-99")["CATEGORIES"])
        );
    }

    [Fact]
    public void Write_HostileText_IsFoldedAndComesBackAsItWas()
    {
        var text = Text(ScheduleFeed.Of(Document));
        var pinning = new CalendarLines(text).Of("topic-11");

        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\r' or '\n'));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Assert.Equal("Pinning ]]> & <safety>", pinning["SUMMARY"]);
        var hostile = string.Concat(SomeSchedule.Hostile.Where(c => c is '\n' || !char.IsControl(c)));
        var address = $"{SomeSchedule.Origin}/2022/mc/rust/topics/11-{pinning["URL"].Split('/')[^1][3..]}";
        Assert.Equal($"Rust for łódź\nPerson 3\n\n{hostile}\n\n{address}", pinning["DESCRIPTION"]);
    }

    [Fact]
    public void Write_ReadByALibrary_IsTheSame()
    {
        var text = Text(ScheduleFeed.Of(Document));

        var events = Ical
            .Net.Calendar.Load(text)!
            .Events.Select(e =>
                (e.Uid!, e.Summary!, e.Location!, e.Description!, e.Sequence, e.Start!.AsUtc, e.End!.AsUtc)
            );

        Assert.Equal(
            new CalendarLines(text)
                .Events.Select(e =>
                    (
                        e["UID"],
                        e["SUMMARY"],
                        e["LOCATION"],
                        e["DESCRIPTION"],
                        int.Parse(e["SEQUENCE"], CultureInfo.InvariantCulture),
                        CalendarLines.Utc(e["DTSTART"]),
                        CalendarLines.Utc(e["DTEND"])
                    )
                )
                .Order(),
            events.Order()
        );
    }

    [Fact]
    public void Write_NameWithLettersThatMeanSomething_EscapesThem()
    {
        const string name = "Łódź, and; a \\ back\\nslash";

        var head = Read(ScheduleFeed.Of(Document) with { Name = name }).Head;

        Assert.Equal((name, name), (head["NAME"], head["X-WR-CALNAME"]));
    }

    // RFC 5545, section 3.6: a calendar has a component.
    [Fact]
    public void Write_OfNothing_HoldsAComponentThatNobodySeesAndSaysSo()
    {
        var text = Text(new ScheduleFeed("Mine", [], []));

        Assert.Contains("\r\nBEGIN:VTIMEZONE\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nDESCRIPTION:Nothing is in this calendar yet.\r\n", text, StringComparison.Ordinal);
        Assert.Empty(Ical.Net.Calendar.Load(text)!.Events);
        Assert.Single(Ical.Net.Calendar.Load(text)!.TimeZones);
        Assert.DoesNotContain("VTIMEZONE", Text(ScheduleFeed.Of(Document)), StringComparison.Ordinal);
    }

    [Fact]
    public void Uids_OfTwoInstallations_NeverMeetAndThoseOfBeforeStay()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());

        Assert.Equal("topic-11.2022@lpcsite", Read(ScheduleFeed.Of(Document)).Of("topic-11")["UID"]);
        Assert.Equal($"topic-11.2022@{one}", UidsAt(one)[0]);
        Assert.Empty(UidsAt(one).Intersect(UidsAt(other)));
        Assert.Empty(GuidsAt(one).Intersect(GuidsAt(other)).Concat(GuidsAt(one).Intersect(GuidsAt(null))));
        Assert.Equal(GuidsAt(null), GuidsAt(null));

        List<string> UidsAt(Guid installation) =>
            [
                .. Lines(installation)
                    .Select(l => UidScheme.Of(l.Document).Of(l.Uid))
                    .Order(StringComparer.Ordinal)
                    .SkipWhile(u => !u.StartsWith("topic-11", StringComparison.Ordinal)),
            ];
        List<Guid> GuidsAt(Guid? installation) =>
            [
                .. Lines(installation)
                    .Select(l => l.GlobalId)
                    .Concat(ScheduleDay.Of(At(installation)).SelectMany(d => d.Rooms).Select(r => r.GlobalId)),
            ];
        IReadOnlyList<ScheduleLine> Lines(Guid? installation) => ScheduleLine.Of(At(installation));
        ScheduleDocument At(Guid? installation) =>
            Document with
            {
                Conference = Document.Conference with { UidDomain = installation?.ToString() },
            };
    }

    // Whoever has the whole in their calendar is told that its topics stand for it now, and not left with both.
    [Fact]
    public void Feeds_OfASessionThatGotTimes_CancelTheWholeUntilItIsOneAgain()
    {
        var open = Some.Schedule(
            Some.Session(1, 1, 0, 210, [1], [8], Some.Topic(11, null, 30, 2), Some.Topic(12, null, 30, 3)),
            Some.Session(2, 2, 0, 210, [4])
        );
        var timed = (open with { Entries = [Timed(0, 30), open.Entries[1]] }).After(open);
        var later = (open with { Entries = [Timed(0, 30), open.Entries[1]] }).After(timed);
        var again = open.After(later);

        foreach (var document in new[] { timed, later })
        {
            Assert.Equal(
                ["topic-11 CONFIRMED 0", "topic-12 CONFIRMED 0", "mc-2 CONFIRMED 0", "mc-1 CANCELLED 1"],
                States(document, ScheduleFeed.Of(document))
            );
            Assert.Equal(
                ["topic-11 CONFIRMED 0", "topic-12 CONFIRMED 0", "mc-1 CANCELLED 1"],
                States(document, ScheduleFeed.OfMicroconference(document, "mc-number-1"))
            );
            Assert.Equal(
                ["topic-11 CONFIRMED 0", "topic-12 CONFIRMED 0", "mc-1 CANCELLED 1"],
                States(document, ScheduleFeed.OfRoom(document, 1))
            );
            Assert.Equal(
                ["topic-11 CONFIRMED 0", "mc-1 CANCELLED 1"],
                States(document, ScheduleFeed.OfTopic(document, 11))
            );
            Assert.Equal(
                ["topic-11 CONFIRMED 0", "mc-1 CANCELLED 1"],
                States(document, ScheduleFeed.OfPerson(document, "Speaks", 2))
            );
            Assert.Equal(["mc-1 CONFIRMED 1"], States(document, ScheduleFeed.OfPerson(document, "Leads", 1)));
            Assert.Equal(["mc-1 CONFIRMED 1"], States(document, ScheduleFeed.OfPerson(document, "Is needed", 8)));
            Assert.Equal(
                ["topic-12 CONFIRMED 0", "mc-1 CANCELLED 1"],
                States(document, ScheduleFeed.OfStars(document, ["topic-12"], star => star))
            );
            Assert.Equal(
                ["mc-1 CONFIRMED 1"],
                States(document, ScheduleFeed.OfStars(document, ["topic-12", "mc-1"], star => star))
            );
            Assert.Equal(["mc-2 CONFIRMED 0"], States(document, ScheduleFeed.OfRoom(document, 2)));
        }

        Assert.Equal(
            ["mc-1 CONFIRMED 2", "mc-2 CONFIRMED 0", "topic-11 CANCELLED 1", "topic-12 CANCELLED 1"],
            States(again, ScheduleFeed.Of(again))
        );
        Assert.Equal(timed.Digest(), later.Digest());
        Assert.Equal(timed.Digest(), ScheduleDocument.FromJson(timed.ToJson()).Digest());
        Assert.Contains(
            "one by one",
            new CalendarLines(
                ScheduleCalendar.Write(
                    new(2, SomeSchedule.ReleasedAt, timed),
                    ScheduleFeed.Of(timed),
                    SomeSchedule.Origin
                )
            ).Of("mc-1")["DESCRIPTION"],
            StringComparison.Ordinal
        );

        ScheduleDocument.Entry Timed(params int[] after) =>
            Some.Session(1, 1, 0, 210, [1], [8], Some.Topic(11, after[0], 30, 2), Some.Topic(12, after[1], 30, 3));
    }

    // The first of two topics got a time: who speaks about the second still has the whole, and loses it with its own.
    [Fact]
    public void Feeds_OfATopicThatGotItsTimeLater_CancelTheWholeForItAlone()
    {
        var first = Some.Schedule(
            Some.Session(1, 1, 0, 210, [1], [], Some.Topic(11, 0, 30, 2), Some.Topic(12, null, 30, 3))
        );
        var second = Some.Schedule(
                Some.Session(1, 1, 0, 210, [1], [], Some.Topic(11, 0, 30, 2), Some.Topic(12, 30, 30, 3))
            )
            .After(first);

        Assert.Equal(["mc-1 CONFIRMED 0"], States(first, ScheduleFeed.OfPerson(first, "Waits", 3)));
        Assert.Equal(
            ["topic-12 CONFIRMED 0", "mc-1 CANCELLED 1"],
            States(second, ScheduleFeed.OfPerson(second, "Waits", 3))
        );
        Assert.Equal(["topic-12 CONFIRMED 0", "mc-1 CANCELLED 1"], States(second, ScheduleFeed.OfTopic(second, 12)));
        Assert.Equal(["topic-11 CONFIRMED 0", "topic-12 CONFIRMED 0"], States(second, ScheduleFeed.Of(second)));
        Assert.Equal(["topic-11 CONFIRMED 0"], States(second, ScheduleFeed.OfPerson(second, "Has a time", 2)));
    }

    [Fact]
    public void Feed_OfEach_HoldsWhatConcernsIt()
    {
        Assert.Equal(
            [
                "slot-1",
                "topic-11",
                "topic-12",
                "topic-13",
                "mc-2",
                "mc-3",
                "mc-4",
                "slot-2",
                "topic-21",
                "mc-9",
                "topic-99",
            ],
            Uids(ScheduleFeed.Of(Document))
        );
        Assert.Equal(
            ["topic-11", "topic-12", "topic-13", "topic-99"],
            Uids(ScheduleFeed.OfMicroconference(Document, "rust"))
        );
        Assert.Equal(["mc-2", "topic-21"], Uids(ScheduleFeed.OfMicroconference(Document, "pipes-and-pumps")));
        Assert.Equal(["mc-9"], Uids(ScheduleFeed.OfMicroconference(Document, "gone")));
        Assert.Equal(
            ["slot-1", "topic-11", "topic-12", "topic-13", "mc-9", "topic-99"],
            Uids(ScheduleFeed.OfRoom(Document, 1))
        );
        Assert.Equal(["mc-2"], Uids(ScheduleFeed.OfRoom(Document, 2)));
        Assert.Equal(["topic-12"], Uids(ScheduleFeed.OfTopic(Document, 12)));
        Assert.Equal(["topic-99"], Uids(ScheduleFeed.OfTopic(Document, 99)));
        Assert.Null(ScheduleFeed.OfMicroconference(Document, "walrus"));
        Assert.Null(ScheduleFeed.OfRoom(Document, 9));
        Assert.Null(ScheduleFeed.OfTopic(Document, 15));
    }

    [Fact]
    public void Feed_OfATopicWithoutATime_IsItsSession() =>
        Assert.Equal(["mc-1"], Uids(ScheduleFeed.OfTopic(Document, 14)));

    [Fact]
    public void Feed_OfAPerson_HasWhatHeLeadsSpeaksInAndLost()
    {
        Assert.Equal(["mc-1", "mc-9"], Uids(ScheduleFeed.OfPerson(Document, "Leads", 1)));
        Assert.Equal(
            ["mc-2", "topic-11", "topic-12", "topic-99"],
            Uids(ScheduleFeed.OfPerson(Document, "Speaks, and waits for a time", 3))
        );
        Assert.Equal(["mc-3", "mc-4", "topic-13"], Uids(ScheduleFeed.OfPerson(Document, "Both", 6)));
        Assert.Equal(
            ["mc-1", "mc-2", "topic-11", "topic-12", "mc-9", "topic-99"],
            Uids(
                ScheduleFeed.OfPerson(
                    Document.WithPeople(new Dictionary<int, ScheduleDocument.Name> { [3] = new(1, "one", "One") }),
                    "Was two",
                    1
                )
            )
        );
        Assert.Equal(
            ["mc-1", "mc-2", "mc-3", "mc-4", "mc-2-2"],
            Uids(ScheduleFeed.OfPerson(Document, "Is only needed", 8))
        );
        Assert.Null(ScheduleFeed.OfPerson(Document, "Has no part in it", 99));
    }

    // Lena leads the first of two sessions; Suse speaks in it, as Tom does, who has no time yet.
    private static readonly ScheduleDocument First = Some.Schedule(
        Some.Session(1, 1, 0, 210, [1], [], Some.Topic(11, 0, 30, 2), Some.Topic(12, null, 30, 3)),
        Some.Session(2, 2, 0, 210, [4], [], Some.Topic(21, 0, 30, 2))
    );

    [Fact]
    public void Changes_OfTheFirstRelease_AreWhereEachHasToBe()
    {
        Assert.Equal(["mc-1 CONFIRMED 0"], Told(null, First, 1));
        Assert.Equal(["topic-11 CONFIRMED 0", "topic-21 CONFIRMED 0"], Told(null, First, 2));
        Assert.Equal(["mc-1 CONFIRMED 0"], Told(null, First, 3));
    }

    [Fact]
    public void Changes_OfALaterRelease_HaveTheNumbersOfTheCalendarsAndLeaveOutWhatStays()
    {
        var second = (
            First with
            {
                Entries =
                [
                    Some.Session(1, 1, 0, 210, [1], [], Some.Topic(11, 30, 30, 2), Some.Topic(12, 0, 30, 3)),
                    First.Entries[1] with
                    {
                        Leads = [],
                    },
                ],
            }
        ).After(First);

        Assert.Equal(["topic-11 CONFIRMED 1"], Told(First, second, 2));
        Assert.Equal(["topic-12 CONFIRMED 0", "mc-1 CANCELLED 1"], Told(First, second, 3));
        Assert.Equal(["mc-2 CANCELLED 0"], Told(First, second, 4));
        var feed = new CalendarLines(
            ScheduleCalendar.Write(
                new(2, SomeSchedule.ReleasedAt, second),
                ScheduleFeed.OfPerson(second, "Suse", 2)!,
                SomeSchedule.Origin
            )
        ).Of("topic-11");
        var letter = Changes(First, second, 2, SomeSchedule.Origin).Of("topic-11");
        Assert.Equal(feed.Where(p => p.Key != "DESCRIPTION"), letter.Where(p => p.Key != "DESCRIPTION"));
    }

    [Fact]
    public void Changes_OfWhatIsGone_CancelItAsTheCalendarsDo()
    {
        var second = (
            First with
            {
                Entries = [First.Entries[0] with { Items = [First.Entries[0].Items[0] with { Starts = null }] }],
            }
        ).After(First);

        Assert.Equal(["mc-1 CONFIRMED 1", "topic-11 CANCELLED 1", "topic-21 CANCELLED 1"], Told(First, second, 2));
        Assert.Equal(["mc-2 CANCELLED 1"], Told(First, second, 4));
        Assert.Equal(["mc-1 CANCELLED 1"], Told(First, second, 3));
        Assert.StartsWith(
            "You are not needed at this time any more.",
            Changes(First, second, 4, SomeSchedule.Origin).Of("mc-2")["DESCRIPTION"],
            StringComparison.Ordinal
        );
    }

    // Rust was in another room before, and had one topic more.
    [Fact]
    public void Changes_OfOneWhoSpeaks_GiveTheGoldenFile()
    {
        var before = Document with
        {
            Entries =
            [
                .. Document.Entries.Select(e =>
                    e.Slug == "rust"
                        ? e with
                        {
                            Room = 3,
                            Items = [.. e.Items, SomeSchedule.Topic(99, "No longer", 0, 30, null, 3)],
                        }
                        : e
                ),
            ],
        };

        GoldenFile.Same(
            "letter.ics",
            ScheduleCalendar.WriteForLetter(
                SomeSchedule.Everything(),
                ScheduleFeed.OfChanges(before, Document, 3, OwnChange.Between(before, Document)[3]),
                SomeSchedule.Origin
            )
        );
    }

    [Fact]
    public void Changes_WhereNobodyKnowsTheSite_NameNoAddress()
    {
        var lena = Assert.Single(Changes(null, First, 1, "").Events);

        Assert.Equal((false, "Person 1"), (lena.ContainsKey("URL"), lena["DESCRIPTION"]));
    }

    private static IEnumerable<string> States(ScheduleDocument document, ScheduleFeed? feed) =>
        new CalendarLines(
            ScheduleCalendar.Write(new(2, SomeSchedule.ReleasedAt, document), feed!, SomeSchedule.Origin)
        ).Events.Select(e => $"{e["UID"].Split('.')[0]} {e["STATUS"]} {e["SEQUENCE"]}");

    private static IEnumerable<string> Told(ScheduleDocument? before, ScheduleDocument after, int person) =>
        Changes(before, after, person, SomeSchedule.Origin)
            .Events.Select(e => $"{e["UID"].Split('.')[0]} {e["STATUS"]} {e["SEQUENCE"]}");

    private static CalendarLines Changes(ScheduleDocument? before, ScheduleDocument after, int person, string origin) =>
        new(
            ScheduleCalendar.WriteForLetter(
                new(2, SomeSchedule.ReleasedAt, after),
                ScheduleFeed.OfChanges(before, after, person, OwnChange.Between(before, after)[person]),
                origin
            )
        );

    private static string Text(ScheduleFeed? feed) =>
        ScheduleCalendar.Write(SomeSchedule.Everything(), feed!, SomeSchedule.Origin);

    private static CalendarLines Read(ScheduleFeed? feed) => new(Text(feed));

    private static IEnumerable<string> Uids(ScheduleFeed? feed) => Read(feed).Uids;
}
