using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Tests.Scheduling.Releases;

/// <summary>What readers are told is cancelled: not more than is, and each thing once.</summary>
public sealed class CancellationTests
{
    private static readonly ScheduleChoice All = ScheduleChoice.From(null, null, null);

    private static readonly ScheduleDocument Before = Some.Schedule(
        Some.Session(1, 1, 0, 210, [1], [], Some.Topic(11, 0, 30, 2), Some.Topic(12, 30, 30, 3)),
        Some.Session(2, 2, 0, 210, [4], [], Some.Topic(21, 0, 30, 2)),
        Some.Session(2, 2, 300, 90) with
        {
            Uid = "mc-2-2",
        }
    );

    [Fact]
    public void Of_ASessionThatIsGone_IsSaidOnceAndNotAgainForEachOfItsTopics() =>
        Assert.Equal(["Cancelled: MC 1"], Said(Some.Schedule(Before.Entries[1], Before.Entries[2]).After(Before), All));

    [Fact]
    public void Of_ATopicThatIsGone_NamesItsMicroconferenceAndOneThatOnlyLostItsTimeIsNotGone() =>
        Assert.Equal(
            ["Cancelled: “Topic 11” in MC 1"],
            Said(
                Some.Schedule(
                        Some.Session(1, 1, 0, 210, [1], [], Some.Topic(12, null, 30, 3)),
                        Before.Entries[1],
                        Before.Entries[2]
                    )
                    .After(Before),
                All
            )
        );

    [Fact]
    public void Of_APartThatIsGone_DoesNotSayThatTheWholeIs() =>
        Assert.Equal(
            ["Not at this time any more: MC 2"],
            Said(Some.Schedule(Before.Entries[0], Before.Entries[1]).After(Before), All)
        );

    [Theory]
    [InlineData("Herbert", null, null, 1)]
    [InlineData("meeting 1&2", null, null, 0)]
    [InlineData(null, "mc-number-1", null, 1)]
    [InlineData(null, "mc-number-2", null, 0)]
    [InlineData(null, null, "person-2", 0)]
    [InlineData(null, null, "person-5", 1)]
    public void Of_AChoice_IsWhatWouldHaveBeenInIt(string? room, string? mc, string? person, int count)
    {
        var before = Before with
        {
            Entries =
            [
                Before.Entries[0] with
                {
                    Leads = [new(5, "person-5", "Person 5")],
                },
                Before.Entries[1] with
                {
                    Leads = [new(5, "person-5", "Person 5")],
                },
            ],
        };

        Assert.Equal(
            count,
            Cancellation.Of(Some.Schedule(before.Entries[1]).After(before), ScheduleChoice.From(room, mc, person)).Count
        );
    }

    private static IEnumerable<string> Said(ScheduleDocument schedule, ScheduleChoice choice) =>
        Cancellation.Of(schedule, choice).Select(c => $"{c.Word}: {c.Title}");
}
