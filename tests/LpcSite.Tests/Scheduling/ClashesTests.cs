using System.Diagnostics;
using LpcSite.Microconferences;
using LpcSite.Scheduling;

namespace LpcSite.Tests.Scheduling;

/// <summary>Who is needed in two places, at the edges of every interval.</summary>
public sealed class ClashesTests
{
    [Theory]
    [InlineData(0, 210, ClashSeverity.Hard)]
    [InlineData(209, 210, ClashSeverity.Hard)]
    [InlineData(210, 210, ClashSeverity.Walk)]
    [InlineData(214, 210, ClashSeverity.Walk)]
    [InlineData(215, 210, null)]
    public void Find_OneWhoLeadsTwo_DependsOnTheTimeBetween(int after, int minutes, ClashSeverity? severity)
    {
        var found = Clashes.Find(Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, after, minutes, leads: [7])));

        Assert.Equal(severity, found.SingleOrDefault()?.Severity);
    }

    [Fact]
    public void Find_InTheSameRoom_NeedsNoTimeToWalk() =>
        Assert.Empty(Clashes.Find(Some.Schedule(Some.Session(1, 1, 0, 90, leads: [7]), Some.Session(2, 1, 90, 90, leads: [7]))));

    [Fact]
    public void Find_OneWhoLeadsAndSpeaksInTheSame_IsNoClash() =>
        Assert.Empty(Clashes.Find(Some.Schedule(Some.Session(1, 1, 0, 210, [7], [7], Some.Topic(1, 0, 30, 7), Some.Topic(2, 15, 30, 7)))));

    [Theory]
    [InlineData(0, ClashSeverity.Hard)]
    [InlineData(90, null)]
    [InlineData(null, ClashSeverity.Soft)]
    public void Find_OneWhoSpeaksWhileHeLeads_CountsHisTopicAlone(int? topicAfter, ClashSeverity? severity)
    {
        var found = Clashes.Find(Some.Schedule(Some.Session(1, 1, 0, 80, leads: [7]), Some.Session(2, 2, 0, 210, [], [], Some.Topic(1, topicAfter, 30, 7))));

        Assert.Equal(severity, found.SingleOrDefault()?.Severity);
    }

    [Fact]
    public void Find_OfAKeyAttendee_IsSofterAndSaysWhoAndWhere()
    {
        var clash = Assert.Single(Clashes.Find(Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 0, 210, attendees: [7, 8]))));

        Assert.Equal((ClashSeverity.Soft, "7:mc-1:mc-2:Soft"), (clash.Severity, clash.Key));
        Assert.Equal("Person 7 leads MC 1 and at the same time is a key attendee of MC 2.", clash.Sentence);
    }

    [Fact]
    public void Find_OfSeveralReasons_IsTheWorstOncePerPair()
    {
        var found = Clashes.Find(Some.Schedule(Some.Session(2, 2, 0, 210, [7], [7]), Some.Session(1, 1, 30, 210, [7], [7], Some.Topic(1, 40, 30, 7), Some.Topic(2, 80, 30, 7))));

        Assert.Equal("7:mc-1:mc-2:Hard", Assert.Single(found).Key);
    }

    [Theory]
    [InlineData(MicroconferenceStatus.Proposed, 1)]
    [InlineData(MicroconferenceStatus.Declined, 0)]
    [InlineData(MicroconferenceStatus.Merged, 0)]
    [InlineData(MicroconferenceStatus.Withdrawn, 0)]
    public void Find_OfWhatStandsInASlot_CountsNothingThatWillNotBeHeld(MicroconferenceStatus status, int expected)
    {
        var found = Clashes.Find(Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 0, 210, leads: [7]) with { Status = status }));

        Assert.Equal(expected, found.Count);
    }

    [Fact]
    public void During_IsTheTimeInCommonAndForAWalkTheTimeBetween()
    {
        var overlapping = Assert.Single(Clashes.Find(Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 30, 60, leads: [7]))));
        var walking = Assert.Single(Clashes.Find(Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 213, 60, leads: [7]))));

        Assert.Equal((30, 90), Minutes(overlapping));
        Assert.Equal((210, 213), Minutes(walking));

        static (int, int) Minutes(Clash clash) => ((int)(clash.During.Start - Some.Ten).TotalMinutes, (int)(clash.During.End - Some.Ten).TotalMinutes);
    }

    // Sizes of the largest conference that is likely; the time is the best of some, so that a busy machine does not decide.
    [Fact]
    public void Find_In25MicroconferencesWith200TopicsAnd600People_TakesUnder20Milliseconds()
    {
        var schedule = Some.Schedule([.. Enumerable.Range(0, 25).Select(mc => Some.Session(
            mc + 1, mc % 5 + 1, mc / 5 * 300, 210, [mc * 3, mc * 3 + 1, (mc * 3 + 3) % 75], [.. Enumerable.Range(100, 12).Select(p => (p + mc * 7) % 600)],
            [.. Enumerable.Range(0, 8).Select(t => Some.Topic(mc * 8 + t, mc / 5 * 300 + t * 25, 25, (mc * 31 + t * 17) % 600, (mc * 13 + t * 29) % 600))]))]);
        Assert.NotEmpty(Clashes.Find(schedule));

        var best = Enumerable.Range(0, 9).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            Clashes.Find(schedule);
            return watch.Elapsed.TotalMilliseconds;
        });

        Assert.InRange(best, 0, 20);
    }
}
