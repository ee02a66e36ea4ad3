using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Clashes;

/// <summary>What speaks against a place beside other places: absence, night, and more people than seats.</summary>
public sealed class CircumstancesTests
{
    private const string Tokyo = "Asia/Tokyo";
    private const string LosAngeles = "America/Los_Angeles";

    [Theory]
    [InlineData(210, 300, null)]
    [InlineData(209, 300, ClashSeverity.Hard)]
    [InlineData(-60, 1, ClashSeverity.Hard)]
    [InlineData(-60, 0, null)]
    [InlineData(-1000, 1000, ClashSeverity.Hard)]
    public void Find_ALeadWhoIsAway_DependsOnWhen(int from, int until, ClashSeverity? severity)
    {
        var found = ClashFinder.Find(
            Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7, 8])),
            Some.Away((7, from, until))
        );

        Assert.Equal(severity, found.SingleOrDefault()?.Severity);
        Assert.All(
            found,
            c =>
                Assert.Equal(
                    (
                        $"7:away-{27716220 + from}:mc-1.10:Hard",
                        "Person 7 leads MC 1, and cannot be there at that time."
                    ),
                    (c.Key, c.Sentence)
                )
        );
    }

    [Theory]
    [InlineData(
        0,
        false,
        ClashSeverity.Hard,
        "Person 7 speaks about “Topic 1” in MC 1, and cannot be there at that time."
    )]
    [InlineData(
        0,
        true,
        ClashSeverity.Soft,
        "Person 7 may speak about “Topic 1” in MC 1, and cannot be there at that time."
    )]
    [InlineData(
        null,
        false,
        ClashSeverity.Soft,
        "Person 7 may speak about “Topic 1” in MC 1, and cannot be there at that time."
    )]
    [InlineData(60, false, null, null)]
    public void Find_ASpeakerWhoIsAway_CountsHisTopicAlone(
        int? topicAfter,
        bool isAlternative,
        ClashSeverity? severity,
        string? sentence
    )
    {
        var topic = Some.Topic(1, topicAfter, 30, 7);
        var session = Some.Session(
            1,
            1,
            0,
            210,
            [],
            [],
            topic with
            {
                Speakers = [topic.Speakers[0] with { IsAlternative = isAlternative, IsRemote = true }],
            }
        );

        var found = ClashFinder.Find(Some.Schedule(session), Some.Away((7, -10, 20))).SingleOrDefault();

        Assert.Equal((severity, sentence), (found?.Severity, found?.Sentence));
    }

    [Fact]
    public void Find_AKeyAttendeeWhoIsAwayTwice_IsSofterAndOneForEachTime()
    {
        var found = ClashFinder.Find(
            Some.Schedule(Some.Session(1, 1, 0, 210, attendees: [7]), Some.Session(2, 1, 300, 210, leads: [8])),
            Some.Away((7, 0, 20), (7, 30, 60), (8, 0, 60))
        );

        Assert.Equal(["7:away-27716220:mc-1.10:Soft", "7:away-27716250:mc-1.10:Soft"], found.Select(c => c.Key));
    }

    [Fact]
    public void During_OfAnAbsence_IsTheTimeInCommon()
    {
        var clash = Assert.Single(
            ClashFinder.Find(Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7])), Some.Away((7, 60, 2000)))
        );

        Assert.Equal(new Interval(Some.At(60), Some.At(210)), clash.During);
        Assert.False(clash.IsBetweenPlaces);
    }

    // At ten in Dublin it is 18:00 in Tokyo, and two in the morning in Los Angeles: nights begin there after five
    // hours, and end there after five.
    [Theory]
    [InlineData(Tokyo, 270, 30, null)]
    [InlineData(Tokyo, 271, 30, "Person 7 speaks about “Topic 1” in MC 1 remotely, at 22:31–23:01 Asia/Tokyo.")]
    [InlineData(
        LosAngeles,
        299,
        30,
        "Person 7 speaks about “Topic 1” in MC 1 remotely, at 06:59–07:29 America/Los_Angeles."
    )]
    [InlineData(LosAngeles, 300, 30, null)]
    [InlineData(
        LosAngeles,
        0,
        30,
        "Person 7 speaks about “Topic 1” in MC 1 remotely, at 02:00–02:30 America/Los_Angeles."
    )]
    [InlineData("Europe/Dublin", 0, 30, null)]
    public void Find_ARemoteSpeaker_ClashesWithHisNight(string zone, int after, int minutes, string? sentence)
    {
        var found = ClashFinder.Find(
            Some.Schedule(Some.Session(1, 1, 0, 400, [], [], Remote(Some.Topic(1, after, minutes, 7)))),
            Some.In(zone, 7)
        );

        Assert.Equal(sentence, found.SingleOrDefault()?.Sentence);
        Assert.All(found, c => Assert.Equal((ClashSeverity.Soft, "7:mc-1.10.1:night:Soft"), (c.Severity, c.Key)));
    }

    [Fact]
    public void Find_WhoIsThereOrHasSaidNoZone_HasNoNight()
    {
        var session = Some.Session(1, 1, 0, 210, [7], [7], Some.Topic(1, 0, 30, 7), Remote(Some.Topic(2, 30, 30, 8)));

        Assert.Empty(ClashFinder.Find(Some.Schedule(session), Some.In(LosAngeles, 7)));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Find_ATopicWithoutATime_IsAtNightOnlyIfAllOfTheSessionIs(int minutes, bool isAtNight)
    {
        var found = ClashFinder.Find(
            Some.Schedule(Some.Session(1, 1, 0, minutes, [], [], Remote(Some.Topic(1, null, 30, 7)))),
            Some.In(LosAngeles, 7)
        );

        Assert.Equal(isAtNight ? ["7:mc-1.10:night:Soft"] : [], found.Select(c => c.Key));
    }

    [Theory]
    [InlineData(120, null)]
    [InlineData(121, "121 people starred MC 1, and Herbert has 120 seats.")]
    public void Find_MoreStarsThanSeats_IsSoftAndAboutNobody(int stars, string? sentence)
    {
        var clash = ClashFinder
            .Find(
                Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 0, 210)),
                Some.Starred((1, stars), (2, 5000), (3, 5000))
            )
            .SingleOrDefault();

        Assert.Equal((sentence, null), (clash?.Sentence, clash?.Person));
        Assert.Equal(sentence is null ? null : "0:mc-1:room-1:Soft", clash?.Key);
    }

    [Fact]
    public void Find_MoreStarsThanSeats_CountsARoomOnceAndNothingThatIsNotHeld()
    {
        var parts = new[] { Some.Session(1, 1, 0, 90), Some.Session(1, 1, 120, 90) with { Slot = 11, Uid = "mc-1-2" } };

        Assert.Single(ClashFinder.Find(Some.Schedule(parts), Some.Starred((1, 200))));
        Assert.Empty(
            ClashFinder.Find(
                Some.Schedule(
                    Some.Session(1, 1, 0, 90) with
                    {
                        Status = LpcSite.Microconferences.MicroconferenceStatus.Withdrawn,
                    }
                ),
                Some.Starred((1, 200))
            )
        );
    }

    [Theory]
    [InlineData("7:mc-1.10:mc-22.220.5:Hard", 7, "mc", 1, "mc", 22)]
    [InlineData("7:away-27716220:mc-1.10:Soft", 7, "away", 27716220, "mc", 1)]
    [InlineData("12:mc-1.10.4:night:Soft", 12, "mc", 1, "night", 0)]
    [InlineData("0:mc-1.10:slot-33.33:Soft", 0, "mc", 1, "slot", 33)]
    [InlineData("0:mc-1:room-33:Soft", 0, "mc", 1, "room", 33)]
    public void ReadKey_OfAnyClash_SaysWhomAndWhat(
        string key,
        int person,
        string one,
        int oneNumber,
        string other,
        int otherNumber
    ) => Assert.Equal((person, (one, oneNumber), (other, otherNumber)), ClashReason.ReadKey(key));

    [Fact]
    public void Of_ASpeakerInTheFormOfHisSession_SaysAbsenceAndNight()
    {
        var place = new Session.Place(10, new(Some.At(0), Some.At(210)), 1, "Herbert");
        var topic = Remote(Some.Topic(1, 0, 30, 7));
        var circumstances = Some.In(LosAngeles, 7) with { Absences = Some.Away((7, 0, 10)).Absences };

        var said = new Commitments(Some.Schedule(Some.Session(2, 1, 300, 30, leads: [7])), circumstances, 1, "MC 1").Of(
            1,
            "Topic 1",
            topic.Speakers,
            place,
            new(Some.At(0), Some.At(30))
        );

        Assert.Equal(
            [
                "Person 7 speaks about “Topic 1” in MC 1, and cannot be there at that time.",
                "Person 7 speaks about “Topic 1” in MC 1 remotely, at 02:00–02:30 America/Los_Angeles.",
            ],
            said.Select(c => c.Sentence)
        );
    }

    [Fact]
    public void Placed_IntoAnotherRoomThatIsTooSmall_SaysBoth()
    {
        var schedule = Some.Schedule(Some.Session(1, 1, 0, 210));
        schedule = schedule with { Rooms = [.. schedule.Rooms, new(3, "Closet", 1, null)] };
        var moved = schedule with { Entries = [schedule.Entries[0] with { Room = 3 }] };

        var boardResult = BoardResult.Of(
            "Moved.",
            ClashFinder.Find(schedule, Some.Starred((1, 200))),
            ClashFinder.Find(moved, Some.Starred((1, 200))),
            new HashSet<string>()
        );

        Assert.Equal(
            "Moved. Clashes now: 200 people starred MC 1, and Closet has 1 seat. No longer: 200 people starred MC "
                + "1, and Herbert has 120 seats.",
            boardResult.Told
        );
    }

    private static ScheduleDocument.Item Remote(ScheduleDocument.Item topic) =>
        topic with
        {
            Speakers = [.. topic.Speakers.Select(s => s with { IsRemote = true })],
        };
}
