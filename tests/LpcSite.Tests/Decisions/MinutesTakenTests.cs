using LpcSite.Decisions;
using LpcSite.Microconferences;
using LpcSite.Topics;

namespace LpcSite.Tests.Decisions;

/// <summary>The sum of a half-day.</summary>
public sealed class MinutesTakenTests
{
    [Theory]
    [InlineData(SessionForm.Full, 180)]
    [InlineData(SessionForm.NoAv, 180)]
    [InlineData(SessionForm.Half, 90)]
    [InlineData(null, 180)]
    public void Content_OfAForm_IsItsLengthWithoutTheBreak(SessionForm? form, int minutes) =>
        Assert.Equal(minutes, MinutesTaken.Of(form, []).Content);

    [Fact]
    public void Taken_IsWhatIsInItAndWhatIsPlanned_AndNothingElse()
    {
        var taken = MinutesTaken.Of(
            SessionForm.Full,
            [
                (TopicStatus.Suggested, 20, null),
                (TopicStatus.Accepted, 30, null),
                (TopicStatus.Accepted, null, null),
                (TopicStatus.Submitted, 40, TopicVerdict.Accept),
                (TopicStatus.Submitted, null, TopicVerdict.Accept),
                (TopicStatus.Submitted, 25, TopicVerdict.Merge),
                (TopicStatus.Submitted, 35, TopicVerdict.Decline),
                (TopicStatus.Submitted, 45, null),
                (TopicStatus.Declined, 15, null),
                (TopicStatus.Withdrawn, 15, null),
                (TopicStatus.Merged, 15, null),
                (TopicStatus.Draft, 15, null),
            ]
        );

        Assert.Equal(new MinutesTaken(180, Listed: 50, Planned: 40, Waiting: 45, Unknown: 2), taken);
        Assert.Equal(90, taken.Taken);
    }

    [Theory]
    [InlineData(180, false)]
    [InlineData(181, true)]
    public void IsOver_FromTheFirstMinuteTooMany(int minutes, bool isOver) =>
        Assert.Equal(isOver, MinutesTaken.Of(SessionForm.Full, [(TopicStatus.Accepted, minutes, null)]).IsOver);
}
