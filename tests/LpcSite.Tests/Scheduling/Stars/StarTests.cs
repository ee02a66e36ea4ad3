using LpcSite.Scheduling.Stars;

namespace LpcSite.Tests.Scheduling.Stars;

/// <summary>What a star may name, whatever a browser sends.</summary>
public sealed class StarTests
{
    [Theory]
    [InlineData("mc-7", true)]
    [InlineData("mc-7-2", true)]
    [InlineData("topic-12", true)]
    [InlineData("slot-999999999", true)]
    [InlineData("slot-9999999999", false)]
    [InlineData("mc-07", false)]
    [InlineData("mc-7\n", false)]
    [InlineData("mc-1\u0663", false)]
    [InlineData("topic-1\uff12", false)]
    public void IsUid_OfAscii_IsANumberThatTheDatabaseReads(string text, bool isUid) =>
        Assert.Equal(isUid, Star.IsUid(text));
}
