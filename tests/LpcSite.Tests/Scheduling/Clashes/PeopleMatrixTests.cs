using LpcSite.Microconferences;
using LpcSite.Reviews;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Clashes;

namespace LpcSite.Tests.Scheduling.Clashes;

/// <summary>Who is needed in which two, whenever they are.</summary>
public sealed class PeopleMatrixTests
{
    [Fact]
    public void Of_TwoThatNeverMeet_NamesWhomTheyShareAndAsWhat()
    {
        var matrix = PeopleMatrix.Of(
            Some.Schedule(
                Some.Session(2, 1, 0, 210, [7], [7, 8], Some.Topic(1, 0, 30, 9)),
                Some.Session(1, 1, 3000, 210, [9], [8], Some.Topic(2, null, null, 7))
            ),
            [],
            [],
            []
        );

        Assert.Equal(["MC 1", "MC 2"], matrix.Rows.Select(r => r.Title));
        var pair = Assert.Single(matrix.Pairs);
        Assert.Equal((1, 2), (pair.First, pair.Second));
        Assert.Equal(
            [
                ("Person 7", SharedPeople.Role.Speaker, SharedPeople.Role.Lead),
                ("Person 9", SharedPeople.Role.Lead, SharedPeople.Role.Speaker),
                ("Person 8", SharedPeople.Role.KeyAttendee, SharedPeople.Role.KeyAttendee),
            ],
            pair.People.Select(p => (p.Name, p.InFirst, p.InSecond))
        );
    }

    [Fact]
    public void Between_TwoInParallel_TellsWhoIsNeededInBothAndWhen()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, attendees: [7]),
            Some.Session(2, 2, 0, 210, attendees: [7]),
            Some.Session(3, 1, 3000, 210, attendees: [7]),
            Some.Session(1, 1, 1440, 90, attendees: [7]) with
            {
                Slot = 11,
                Uid = "mc-1-2",
            },
            Some.Session(2, 2, 1440, 90, attendees: [7]) with
            {
                Slot = 21,
                Uid = "mc-2-2",
            }
        );

        var matrix = PeopleMatrix.Of(schedule, [], [], ClashFinder.Find(schedule, Circumstances.None));

        var told = matrix.Pairs.ToDictionary(
            p => (p.First, p.Second),
            p => matrix.Between(p).Select(c => (c.Severity, c.During.Start))
        );
        Assert.Equal([(ClashSeverity.Parallel, Some.At(0)), (ClashSeverity.Parallel, Some.At(1440))], told[(1, 2)]);
        Assert.Empty(told[(1, 3)]);
    }

    [Fact]
    public void Of_WhatHasNoPlace_StandsInOrderAmongTheOthers()
    {
        var matrix = PeopleMatrix.Of(
            Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7])),
            [new(5, "mc-0", "MC 0", false)],
            [new(5, 7, "Person 7", SharedPeople.Role.Speaker)],
            []
        );

        Assert.Equal([("MC 0", false), ("MC 1", true)], matrix.Rows.Select(r => (r.Title, r.HasPlace)));
        Assert.Equal((5, 1), (Assert.Single(matrix.Pairs).First, matrix.Pairs[0].Second));
    }

    [Fact]
    public void Of_SplitAndGoneSessions_IsOneRowAndNone()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 90, leads: [7]),
            Some.Session(1, 1, 120, 90, leads: [7]) with
            {
                Slot = 11,
            },
            Some.Session(2, 1, 300, 90, leads: [7]) with
            {
                Status = MicroconferenceStatus.Withdrawn,
            },
            Some.Session(3, 1, 500, 90) with
            {
                Kind = SlotKind.Plenary,
                Microconference = null,
            }
        );

        var matrix = PeopleMatrix.Of(schedule, [], [], []);

        Assert.Equal(1, Assert.Single(matrix.Rows).Id);
        Assert.Empty(matrix.Pairs);
    }
}
