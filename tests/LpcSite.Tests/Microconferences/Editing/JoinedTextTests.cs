using FsCheck;
using FsCheck.Xunit;
using LpcSite.Markdown;
using LpcSite.Microconferences.Editing;

namespace LpcSite.Tests.Microconferences.Editing;

/// <summary>Two texts put into one: nothing is left out, and what answers the same question stands together.</summary>
public sealed class JoinedTextTests
{
    [Fact]
    public void Of_TextsWithTheSameHeadings_PutsTheirAnswersTogether() =>
        Assert.Equal(
            "Rust first.\n\nCopper first.\n\n## Problems\n\nRust's.\n\nCopper's.\n\n## Only Rust\n\nMore.\n\n## "
                + "Only Copper\n\nLess.\n\n## People\n\nAnn.\n\nBob.",
            JoinedText.Of(
                "Rust first.\n\n## Problems\n\nRust's.\n\n## Only Rust\n\nMore.\n\n## People\n\nAnn.\n",
                "Copper",
                "Copper first.\n\n# problems #\n\nCopper's.\n\n## Only Copper\n\nLess.\n\n## People\n\nBob."
            )
        );

    [Theory]
    [InlineData("Rust.\n", "Copper.", "Rust.\n\n## Copper\n\nCopper.")]
    [InlineData("## A\n\nRust.", "## B\n\nCopper.", "## A\n\nRust.\n\n## Copper\n\n## B\n\nCopper.")]
    [InlineData("", "Copper.", "Copper.")]
    [InlineData("Rust.", " \n", "Rust.")]
    [InlineData("Same.", "Same.\n", "Same.")]
    [InlineData("## A\n\nSame.\n\nRust.", "## A\n\nSame.\n\nRust.\n\n## B", "## A\n\nSame.\n\nRust.\n\n## B")]
    [InlineData("```\n## A\n```", "## A\n\nCopper.", "```\n## A\n```\n\n## Copper\n\n## A\n\nCopper.")]
    [InlineData("A\n===\nRust.\r\n", "A\n===\nCopper.", "A\n===\nRust.\n\n## Copper\n\nA\n===\nCopper.")]
    public void Of_TwoTexts_SaysWhatBothSay(string one, string other, string expected) =>
        Assert.Equal(expected, JoinedText.Of(one, "Copper", other));

    [Property]
    public void Of_AnyTexts_KeepsEveryLineOfBoth(NonNull<string>[] one, NonNull<string>[] other, bool isUnder)
    {
        var (first, second) = (Text(one, isUnder), Text(other, isUnder));

        var lines = Lines(JoinedText.Of(first, "Title", second));

        Assert.All(Lines(first).Concat(Lines(second)), line => Assert.Contains(line, lines));
    }

    [Fact]
    public void Of_TextsOfHeadingsAlone_EndsInBoundedMemory()
    {
        var headings = string.Concat(Enumerable.Repeat("#\n", MarkdownRenderer.MaxLength / 2));

        Assert.Contains("## Title", JoinedText.Of(headings, "Title", headings + "\nMore."), StringComparison.Ordinal);
    }

    private static string Text(NonNull<string>[] paragraphs, bool isUnder) =>
        string.Join("\n\n", paragraphs.Select((p, i) => isUnder && i % 2 == 0 ? $"## {i}\n\n{p.Get}" : p.Get));

    private static HashSet<string> Lines(string text) =>
        [
            .. text.Replace("\r\n", "\n", StringComparison.Ordinal)
                .Split('\n', '\r')
                .Select(line => line.Trim())
                .Where(line => line.Trim('#', ' ', '=', '-').Length > 0),
        ];
}
