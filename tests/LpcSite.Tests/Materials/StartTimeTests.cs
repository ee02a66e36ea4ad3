using FsCheck.Xunit;
using LpcSite.Materials;

namespace LpcSite.Tests.Materials;

/// <summary>Where in a recording a topic begins, typed and linked.</summary>
public sealed class StartTimeTests
{
    [Theory]
    [InlineData("1:02:03", 3723)]
    [InlineData(" 2:03 ", 123)]
    [InlineData("90:00", 5400)]
    [InlineData("75", 75)]
    [InlineData("0", 0)]
    [InlineData("23:59:59", 86399)]
    [InlineData("24:00:00", null)]
    [InlineData("1:60", null)]
    [InlineData("1:2:3:4", null)]
    [InlineData("-1", null)]
    [InlineData("1:", null)]
    [InlineData("", null)]
    [InlineData("99999:59:59", null)]
    [InlineData("1h2m", null)]
    public void Parse_OfWhatWasTyped_IsSecondsOrNothing(string typed, int? seconds) =>
        Assert.Equal(seconds, StartTime.Parse(typed));

    [Property]
    public void Write_OfAnyTime_IsReadAgain(int any)
    {
        var seconds = Math.Abs(any % (Material.MaxStartOffset + 1));

        Assert.Equal(seconds, StartTime.Parse(StartTime.Write(seconds)));
    }

    [Theory]
    [InlineData("https://youtu.be/abc", 3723, "https://youtu.be/abc?t=3723s")]
    [InlineData("https://www.youtube.com/watch?v=abc&t=5", 75, "https://www.youtube.com/watch?v=abc&t=75s")]
    [InlineData("https://www.youtube.com/watch?v=abc", 0, "https://www.youtube.com/watch?v=abc")]
    [InlineData("https://notyoutube.com/watch?v=abc", 75, "https://notyoutube.com/watch?v=abc#t=75")]
    [InlineData("https://video.example.org/a.webm?x=1#t=3", 75, "https://video.example.org/a.webm?x=1#t=75")]
    public void In_AnAddress_BeginsThere(string url, int seconds, string address) =>
        Assert.Equal(address, StartTime.In(url, seconds));

    [Theory]
    [InlineData(12, "12 bytes")]
    [InlineData(640 * 1024, "640 KB")]
    [InlineData(2_411_724, "2.2 MB")]
    [InlineData(Material.MaxBytes, "32 MB")]
    public void InWords_OfASize_IsShort(long bytes, string words) => Assert.Equal(words, MaterialLine.InWords(bytes));
}
