using LpcSite.Markdown;

namespace LpcSite.Tests.Markdown;

/// <summary>Texts of different authors in one: each says there what it said alone.</summary>
public sealed class MarkdownPartsTests
{
    [Theory]
    [InlineData(
        "Plan [2].\n\n[2]: https://a.example/2",
        "Thread [2].\n\n[2]: https://b.example/2",
        "Thread [3].\n\n[3]: https://b.example/2"
    )]
    [InlineData(
        "[2]: https://a.example/2",
        "[words][2], [2][], ![alt][2] and [2](https://c.example)\n\n[2]: https://b.example",
        "[words][3], [3], ![alt][3] and [2](https://c.example)\n\n[3]: https://b.example"
    )]
    [InlineData(
        "See [LWN].\n\n[lwn]: https://a.example",
        "Read [LWN], [LWN][] and [it][lwn].\n\n[lwn]: https://b.example",
        "Read [LWN][lwn-2], [LWN][lwn-2] and [it][lwn-2].\n\n[lwn-2]: https://b.example"
    )]
    [InlineData(
        "[1]: https://a.example",
        "As [1] says, and `[1]` in code:\n\n    [1]\n\nand \\[1].",
        "As \\[1] says, and `[1]` in code:\n\n    [1]\n\nand \\[1]."
    )]
    [InlineData("As [1] says.", "See [1].\n\n[1]: https://b.example", "See [2].\n\n[2]: https://b.example")]
    [InlineData("[1]: https://a.example", "See [1].\n\n[1]: https://a.example", "See [1].\n\n[1]: https://a.example")]
    [InlineData(
        "[1]: https://a.example",
        "> See [1], [1, 2].\n>\n> [1]: https://b.example",
        "> See [3], [3, 2].\n>\n> [3]: https://b.example"
    )]
    [InlineData("Nothing [1].", "No [1] either.", "No [1] either.")]
    public void Apart_OfTwo_LeavesEachLabelWhereItLed(string one, string other, string expected)
    {
        var apart = MarkdownParts.Apart([one, other]);

        Assert.Equal(one, apart[0]);
        Assert.Equal(expected, apart[1]);
        Assert.Equal(
            Rendered.Links(one).Concat(Rendered.Links(other)).Distinct().Order(StringComparer.Ordinal),
            Rendered.Links($"{apart[0]}\n\n{apart[1]}").Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("We discuss:\n\n```c\nint main(void)\n{")]
    [InlineData("~~~~\n```\ncode")]
    [InlineData("  ````\ncode\n```\n")]
    [InlineData("- a list\n\n```")]
    [InlineData("> ```\n> quoted")]
    [InlineData("- item\n  ```\n  code")]
    [InlineData("```\nclosed\n```")]
    public void Apart_OfAnOpenFence_ClosesIt(string one)
    {
        var apart = MarkdownParts.Apart([one, "After *it*."]);

        var whole = Rendered.Body($"{apart[0]}\n\n## Title\n\n{apart[1]}");

        Assert.Equal("Title", whole.QuerySelector("h3,h4")?.TextContent);
        Assert.Equal("it", whole.QuerySelector("p em")?.TextContent);
        Assert.Equal(
            Rendered.Body(one).QuerySelectorAll("pre").Select(code => code.TextContent.TrimEnd()),
            whole.QuerySelectorAll("pre").Select(code => code.TextContent.TrimEnd())
        );
    }

    [Theory]
    [InlineData("Plain words, C++ and rcu_nocb_poll")]
    [InlineData("*Stars* and _lines_")]
    [InlineData("[1] https://a.example")]
    [InlineData("# not a heading #")]
    [InlineData("1. not an item")]
    [InlineData("- nor this")]
    [InlineData("[ ] to do")]
    [InlineData("`code` & &amp; <b>bold</b>")]
    [InlineData("a](https://evil.example)")]
    [InlineData("~~gone~~ | pipe \\ back!")]
    [InlineData("```")]
    [InlineData("<!-- swallowed")]
    [InlineData("---")]
    public void Escaped_Line_IsReadAsItWasTyped(string title)
    {
        var escaped = MarkdownParts.Escaped(title);

        Assert.Equal(title, Rendered.Text($"# {escaped}").Trim());
        Assert.Equal(title, Rendered.Text($"- {escaped}").Trim());
        Assert.Equal(title, Rendered.Body($"[{escaped}](https://a.example)").QuerySelector("a")?.TextContent);
        Assert.DoesNotContain("<", escaped.Replace("\\<", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Escaped_OfPlainWords_ChangesNothing() =>
        Assert.Equal("C++: rcu_nocb_poll (2022)", MarkdownParts.Escaped("C++: rcu_nocb_poll (2022)"));

    [Fact]
    public void Relabelled_Text_CitesByTheNewNumbers() =>
        Assert.Equal(
            "See [3], [3, 2] and `[1]`.",
            MarkdownParts.Relabelled("See [1], [1, 2] and `[1]`.", new Dictionary<string, string> { ["1"] = "3" })
        );
}
