using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Clashes;

namespace LpcSite.Tests.Scheduling.Clashes;

/// <summary>Who is needed in two places, at the edges of every interval.</summary>
public sealed class ClashFinderTests
{
    [Theory]
    [InlineData(0, 210, ClashSeverity.Hard)]
    [InlineData(209, 210, ClashSeverity.Hard)]
    [InlineData(210, 210, ClashSeverity.Walk)]
    [InlineData(214, 210, ClashSeverity.Walk)]
    [InlineData(215, 210, null)]
    public void Find_OneWhoLeadsTwo_DependsOnTheTimeBetween(int after, int minutes, ClashSeverity? severity)
    {
        var found = ClashFinder.Find(
            Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, after, minutes, leads: [7])),
            Circumstances.None
        );

        Assert.Equal(severity, found.SingleOrDefault()?.Severity);
    }

    [Fact]
    public void Find_InTheSameRoom_NeedsNoTimeToWalk() =>
        Assert.Empty(
            ClashFinder.Find(
                Some.Schedule(Some.Session(1, 1, 0, 90, leads: [7]), Some.Session(2, 1, 90, 90, leads: [7])),
                Circumstances.None
            )
        );

    [Fact]
    public void Find_OneWhoLeadsAndSpeaksInTheSame_IsNoClash() =>
        Assert.Empty(
            ClashFinder.Find(
                Some.Schedule(Some.Session(1, 1, 0, 210, [7], [7], Some.Topic(1, 0, 30, 7), Some.Topic(2, 15, 30, 7))),
                Circumstances.None
            )
        );

    [Theory]
    [InlineData(0, ClashSeverity.Hard)]
    [InlineData(90, null)]
    [InlineData(null, ClashSeverity.Parallel)]
    public void Find_OneWhoSpeaksWhileHeLeads_CountsHisTopicAlone(int? topicAfter, ClashSeverity? severity)
    {
        var found = ClashFinder.Find(
            Some.Schedule(
                Some.Session(1, 1, 0, 80, leads: [7]),
                Some.Session(2, 2, 0, 210, [], [], Some.Topic(1, topicAfter, 30, 7))
            ),
            Circumstances.None
        );

        Assert.Equal(severity, found.SingleOrDefault()?.Severity);
    }

    [Fact]
    public void Find_OfAKeyAttendee_IsSofterAndSaysWhoAndWhere()
    {
        var clash = Assert.Single(
            ClashFinder.Find(
                Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 0, 210, attendees: [7, 8])),
                Circumstances.None
            )
        );

        Assert.Equal((ClashSeverity.Parallel, "7:mc-1.10:mc-2.20:Parallel"), (clash.Severity, clash.Key));
        Assert.Equal("Person 7 leads MC 1 and at the same time is a key attendee of MC 2.", clash.Sentence);
    }

    [Fact]
    public void Find_OfSeveralReasons_IsTheWorstOncePerPair()
    {
        var found = ClashFinder.Find(
            Some.Schedule(
                Some.Session(2, 2, 0, 210, [7], [7]),
                Some.Session(1, 1, 30, 210, [7], [7], Some.Topic(1, 40, 30, 7), Some.Topic(2, 80, 30, 7))
            ),
            Circumstances.None
        );

        Assert.Equal("7:mc-1.10:mc-2.20:Hard", Assert.Single(found).Key);
    }

    [Fact]
    public void Find_OfTwoPartsAtTheSameTime_SaysWhichItIs()
    {
        var first = Some.Session(1, 1, 0, 90, [7], [8], Some.Topic(1, 0, 30, 8));
        var second = Some.Session(1, 2, 0, 90, [7], [8], Some.Topic(2, 0, 30, 9)) with { Slot = 11, Uid = "mc-1-2" };

        Assert.Equal(
            [
                "Person 7 leads two parts of MC 1 at the same time.",
                "Person 8 speaks about “Topic 1” in one part of MC 1 and at the same time is a key attendee of "
                    + "another.",
            ],
            ClashFinder.Find(Some.Schedule(first, second), Circumstances.None).Select(c => c.Sentence)
        );
    }

    // Monday and Tuesday are two: who lets one stay has said nothing about the other.
    [Fact]
    public void Find_TheSamePairOnTwoDays_IsTwoWithKeysOfTheirOwn()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, leads: [7]),
            Some.Session(2, 2, 0, 210, leads: [7]),
            Some.Session(1, 1, 1440, 90, leads: [7]) with
            {
                Slot = 11,
                Uid = "mc-1-2",
            },
            Some.Session(2, 2, 1440, 90, leads: [7]) with
            {
                Slot = 21,
                Uid = "mc-2-2",
            }
        );

        Assert.Equal(
            ["7:mc-1.10:mc-2.20:Hard", "7:mc-1.11:mc-2.21:Hard"],
            ClashFinder.Find(schedule, Circumstances.None).Select(c => c.Key)
        );
    }

    [Fact]
    public void Find_TwoTopicsOfOneSpeakerWhoListensElsewhere_IsOneForEachTopic()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, leads: [7]),
            Some.Session(2, 2, 0, 210, [], [7], Some.Topic(1, 0, 30, 7), Some.Topic(2, 120, 30, 7))
        );

        Assert.Equal(
            [("7:mc-1.10:mc-2.20.1:Hard", Some.At(0)), ("7:mc-1.10:mc-2.20.2:Hard", Some.At(120))],
            ClashFinder.Find(schedule, Circumstances.None).Select(c => (c.Key, c.During.Start))
        );
    }

    // Nobody knows in which part it will be.
    [Fact]
    public void Find_ATopicWithoutATimeInASessionOfParts_CountsInAllOfThem()
    {
        var first = Some.Session(1, 1, 0, 90, [], [], Some.Topic(1, null, 30, 7));
        var second = Some.Session(1, 1, 300, 90) with { Slot = 11, Uid = "mc-1-2" };

        var found = ClashFinder.Find(
            Some.Schedule(
                first,
                second,
                Some.Session(2, 2, 0, 90, leads: [7]),
                Some.Session(3, 2, 300, 90, attendees: [7])
            ),
            Circumstances.None
        );

        Assert.Equal(["7:mc-1.10:mc-2.20:Parallel", "7:mc-1.11:mc-3.30:Parallel"], found.Select(c => c.Key));
    }

    [Fact]
    public void Find_OfAPlenaryBesideSessions_IsOneForEachOfThem()
    {
        var plenary = Some.Session(9, 1, 60, 60) with
        {
            Kind = SlotKind.Plenary,
            Microconference = null,
            Slug = null,
            Status = null,
            Title = "Opening",
        };
        var track = Some.Session(8, 2, 0, 90) with
        {
            Kind = SlotKind.Track,
            Microconference = null,
            Slug = null,
            Status = null,
            Title = "Refereed",
        };
        var held = Some.Session(7, 2, 0, 90) with
        {
            Kind = SlotKind.Hold,
            Microconference = null,
            Slug = null,
            Status = null,
            Title = "Crew",
        };
        var schedule = Some.Schedule(
            Some.Session(1, 2, 0, 210),
            Some.Session(2, 2, 120, 90),
            Some.Session(3, 2, 0, 90) with
            {
                Status = MicroconferenceStatus.Withdrawn,
            },
            track,
            held,
            plenary,
            plenary with
            {
                Slot = 91,
                Room = 2,
            }
        );

        var found = ClashFinder.Find(schedule, Circumstances.None);

        Assert.Equal(
            [
                "MC 1 goes on during Opening, which is for everybody.",
                "Refereed goes on during Opening, which is for everybody.",
            ],
            found.Select(c => c.Sentence)
        );
        Assert.All(
            found,
            c => Assert.Equal((ClashSeverity.Soft, (int?)null, true), (c.Severity, c.Person, c.IsBetweenPlaces))
        );
        Assert.Equal(["0:mc-1.10:slot-90.90:Soft", "0:slot-80.80:slot-90.90:Soft"], found.Select(c => c.Key));
    }

    [Fact]
    public void Find_TwoPlenariesAtOnce_IsOneUnlessTheyAreTheSame()
    {
        var one = Some.Session(8, 1, 0, 60) with
        {
            Kind = SlotKind.Plenary,
            Microconference = null,
            Slug = null,
            Status = null,
            Title = "Opening",
        };

        Assert.Equal(
            "Closing goes on during Opening, which is for everybody.",
            Assert
                .Single(
                    ClashFinder.Find(
                        Some.Schedule(one, one with { Slot = 90, Room = 2, Title = "Closing" }),
                        Circumstances.None
                    )
                )
                .Sentence
        );
        Assert.Empty(ClashFinder.Find(Some.Schedule(one, one with { Slot = 90, Room = 2 }), Circumstances.None));
    }

    [Theory]
    [InlineData(MicroconferenceStatus.Proposed, 1)]
    [InlineData(MicroconferenceStatus.Declined, 0)]
    [InlineData(MicroconferenceStatus.Merged, 0)]
    [InlineData(MicroconferenceStatus.Withdrawn, 0)]
    public void Find_OfWhatStandsInASlot_CountsNothingThatWillNotBeHeld(MicroconferenceStatus status, int expected)
    {
        var found = ClashFinder.Find(
            Some.Schedule(
                Some.Session(1, 1, 0, 210, leads: [7]),
                Some.Session(2, 2, 0, 210, leads: [7]) with
                {
                    Status = status,
                }
            ),
            Circumstances.None
        );

        Assert.Equal(expected, found.Count);
    }

    [Fact]
    public void During_IsTheTimeInCommonAndForAWalkTheTimeBetween()
    {
        var overlapping = Assert.Single(
            ClashFinder.Find(
                Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 30, 60, leads: [7])),
                Circumstances.None
            )
        );
        var walking = Assert.Single(
            ClashFinder.Find(
                Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 213, 60, leads: [7])),
                Circumstances.None
            )
        );

        Assert.Equal((30, 90), Minutes(overlapping));
        Assert.Equal((210, 213), Minutes(walking));

        static (int, int) Minutes(Clash clash) =>
            ((int)(clash.During.Start - Some.Ten).TotalMinutes, (int)(clash.During.End - Some.Ten).TotalMinutes);
    }

    // Sizes of the largest conference that is likely.
    [Fact]
    public void Find_In25MicroconferencesWith200TopicsAnd600People_KnowsEveryKind()
    {
        var schedule = Some.Schedule([
            .. Enumerable
                .Range(0, 25)
                .Select(mc =>
                    Some.Session(
                        mc + 1,
                        mc % 5 + 1,
                        mc / 5 * 300,
                        210,
                        [mc * 3, mc * 3 + 1, (mc * 3 + 3) % 75],
                        [.. Enumerable.Range(100, 12).Select(p => (p + mc * 7) % 600)],
                        [
                            .. Enumerable
                                .Range(0, 8)
                                .Select(t =>
                                    Some.Topic(
                                        mc * 8 + t,
                                        mc / 5 * 300 + t * 25,
                                        25,
                                        (mc * 31 + t * 17) % 600,
                                        (mc * 13 + t * 29) % 600
                                    )
                                )
                                .Select(t =>
                                    t with
                                    {
                                        Speakers = [.. t.Speakers.Select(s => s with { IsRemote = s.Person < 300 })],
                                    }
                                ),
                        ]
                    )
                ),
        ]);
        var circumstances = new Circumstances(
            Some.Away([
                .. Enumerable
                    .Range(0, 600)
                    .SelectMany(p =>
                        Enumerable.Range(0, 3).Select(i => (p, p * 7 % 1500 + i * 400, p * 7 % 1500 + i * 400 + 90))
                    ),
            ]).Absences,
            Some.In("Asia/Tokyo", [.. Enumerable.Range(0, 300)]).Zones,
            Some.Starred([.. Enumerable.Range(1, 25).Select(mc => (mc, 100 + mc))]).Stars
        );
        var roles = ClashFinder.Find(schedule, circumstances).Select(c => c.Other.Role).ToHashSet();
        Assert.Superset(new HashSet<NeedRole> { NeedRole.Away, NeedRole.Night, NeedRole.Seats, NeedRole.Lead }, roles);
    }
}
