using static LpcSite.Reviews.SharedPeople;

namespace LpcSite.Tests.Reviews;

/// <summary>Who is needed by two microconferences at once.</summary>
public sealed class SharedPeopleTests
{
    [Fact]
    public void Of_SomebodyInTwo_GivesThePairWithHisWeightiestRoles()
    {
        var pairs = Of(
            [7, 3],
            [new(3, 1, "Ann", Role.Lead), new(7, 1, "Ann", Role.KeyAttendee), new(7, 1, "Ann", Role.Speaker)]
        );

        var pair = Assert.Single(pairs);
        Assert.Equal((7, 3), (pair.First, pair.Second));
        Assert.Equal(new Shared("Ann", Role.Speaker, Role.Lead), Assert.Single(pair.People));
        Assert.True(pair.People[0].IsHard);
    }

    [Fact]
    public void Of_SomebodyInThree_GivesEveryPair() =>
        Assert.Equal(
            [(1, 2), (1, 3), (2, 3)],
            Of([1, 2, 3], [.. Enumerable.Range(1, 3).Select(i => new Part(i, 9, "Bo", Role.KeyAttendee))])
                .Select(p => (p.First, p.Second))
        );

    [Fact]
    public void Of_Pairs_PutsThoseFirstThatNobodyCanSolve()
    {
        Part[] parts =
        [
            new(1, 1, "Ann", Role.KeyAttendee),
            new(2, 1, "Ann", Role.KeyAttendee),
            new(1, 2, "Bo", Role.KeyAttendee),
            new(2, 2, "Bo", Role.Lead),
            new(3, 3, "Cy", Role.Lead),
            new(4, 3, "Cy", Role.Speaker),
        ];

        Assert.Equal([3, 1], Of([1, 2, 3, 4], parts).Select(p => p.First));
    }

    [Fact]
    public void Of_WhatIsNotListed_SaysNothing() =>
        Assert.Empty(Of([1], [new(1, 1, "Ann", Role.Lead), new(2, 1, "Ann", Role.Lead)]));
}
