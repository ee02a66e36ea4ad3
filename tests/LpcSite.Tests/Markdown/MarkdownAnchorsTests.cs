namespace LpcSite.Tests.Markdown;

public class MarkdownAnchorsTests
{
    [Theory]
    [InlineData("# One", "H3")]
    [InlineData("One\n===", "H3")]
    [InlineData("## Two", "H3")]
    [InlineData("#### Four", "H3")]
    [InlineData("###### Six", "H3")]
    public void Render_FirstHeading_StandsBelowThePagesOwn(string source, string element) =>
        Assert.Equal(element, Rendered.Body(source).FirstElementChild!.TagName);

    [Fact]
    public void Render_HeadingsThatSkipLevels_MakeAnOutlineWithoutGaps() =>
        Assert.Equal(
            ["H3", "H4", "H5", "H4", "H3", "H3"],
            Rendered.Body("## a\n\n#### b\n\n###### c\n\n### d\n\n## e\n\n# f").Children.Select(child => child.TagName)
        );

    [Theory]
    [InlineData("# What's new?", "rust--whats-new")]
    [InlineData("# What’s new?", "rust--whats-new")]
    [InlineData("# Łódź & Ørsted: straße, Æsir, Đồng, naïve", "rust--lodz-orsted-strasse-aesir-dong-naive")]
    [InlineData("# a -- b --- c_d  (e)", "rust--a-b-c-d-e")]
    [InlineData("# *One* `two` [three](https://a.example)", "rust--one-two-three")]
    [InlineData("# 日本語", "rust--section")]
    [InlineData("#", "rust--section")]
    [InlineData("> # In a quote", "rust--in-a-quote")]
    public void Render_Heading_HasAnAsciiAnchor(string source, string id) => Assert.Equal(id, Ids(source).Single());

    [Fact]
    public void Render_EqualHeadings_AreCounted() =>
        Assert.Equal(["rust--a", "rust--a-2", "rust--a-2-2", "rust--a-3"], Ids("# A\n\n# a\n\n# A 2\n\n## a!"));

    [Fact]
    public void Render_MoreTextAndHeadingsBelow_LeavesAnchorsAsTheyWere()
    {
        const string Before = "# Goals\n\ntext\n\n# Goals\n";

        Assert.Equal(Ids(Before), Ids($"new\n\n{Before}\n# Goals\n\n# Other").Take(2));
    }

    [Fact]
    public void Render_VeryLongHeading_HasAShortAnchor() =>
        Assert.True(Ids("# " + new string('x', 5_000)).Single().Length < 100);

    private static string[] Ids(string source) =>
        [.. Rendered.Body(source).QuerySelectorAll("[id]").Select(element => element.Id!)];
}
