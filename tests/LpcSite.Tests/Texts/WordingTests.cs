using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.Reviews.Scores;
using LpcSite.Tests.Fixture;
using LpcSite.Texts;

namespace LpcSite.Tests.Texts;

/// <summary>How things are counted and named in sentences.</summary>
public sealed class WordingTests
{
    [Theory]
    [InlineData(0, "email", "0 emails")]
    [InlineData(1, "email", "1 email")]
    [InlineData(2, "reply", "2 replies")]
    [InlineData(2, "day", "2 days")]
    [InlineData(1200, "person", "1,200 people")]
    [InlineData(3, "clash", "3 clashes")]
    [InlineData(2, "pass", "2 passes")]
    public void Count_OfAny_AgreesWithItsNumber(long number, string one, string said) =>
        Assert.Equal(said, Wording.Count(number, one));

    [Theory]
    [InlineData("Real-time", "the Real-time microconference")]
    [InlineData("Scheduler Microconference", "the Scheduler Microconference")]
    [InlineData("RISC-V MC", "the RISC-V MC")]
    [InlineData("The Path Forward", "the Path Forward microconference")]
    public void Microconference_WhateverItsTitle_IsCalledOneOnce(string title, string said) =>
        Assert.Equal(said, Wording.Microconference(title));

    [Theory]
    [InlineData("Real-time", "the microconference \"Real-time\"")]
    [InlineData("Scheduler microconference", "\"Scheduler microconference\"")]
    public void QuotedMicroconference_WhateverItsTitle_IsCalledOneOnce(string title, string said) =>
        Assert.Equal(said, EmailText.QuotedMicroconference(title));

    [Fact]
    public void Status_InASentence_IsWords()
    {
        Assert.Equal("changes requested", MicroconferenceStatus.ChangesRequested.InWords());
        Assert.Equal("accepted", MicroconferenceStatus.Accepted.InWords());
    }

    // Words on the screen are never the name of an enum's value in lower case, which runs its words together.
    [Fact]
    public void Sources_OfPagesAndLetters_NeverWriteAStatusByItsName()
    {
        string[] patterns = ["*.cs", "*.cshtml"];
        var sources = patterns
            .SelectMany(pattern =>
                Directory.EnumerateFiles(FolderOnDisk.SitePath, pattern, SearchOption.AllDirectories)
            )
            .Where(file =>
                !file.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            );

        Assert.Empty(
            sources.Where(file =>
                File.ReadAllText(file).Contains("Status.ToString().ToLowerInvariant()", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void Spread_OfOneReview_IsNotKnown()
    {
        Assert.Null(ReviewSummary.Of([7.0]).Spread);
        Assert.Null(ReviewSummary.Of([7.0, null]).Spread);
        Assert.Equal(0, ReviewSummary.Of([7.0, 7.0]).Spread);
    }
}
