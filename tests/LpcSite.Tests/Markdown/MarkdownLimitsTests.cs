using LpcSite.Markdown;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;

namespace LpcSite.Tests.Markdown;

public class MarkdownLimitsTests
{
    // An overflow cannot be caught: it would end the process. Requests run on far larger stacks than this one.
    private const int SmallStack = 256 * 1024;

    public static TheoryData<string, string> Refused =>
        new()
        {
            { "quotes", Full(">") },
            { "quotes with text", Full("> ", "x") },
            { "lists", Full("- ", "x") },
            { "numbered lists", Full("1. ") },
            { "lists in quotes", Full("> - ") },
            { "indented lists", string.Concat(Enumerable.Range(0, 400).Select(i => $"{new string(' ', i)}- a\n")) },
            { "open emphasis", Full("*a ") },
            { "nested emphasis", Nested("*", "a", "*") },
            { "mixed emphasis", Full("**a *b ") },
            { "underscores", Full("a_ ") },
            { "emphasis without spaces", Full("a**b") },
            { "tildes", Full("~~a ") },
            { "open brackets", Full("[") },
            { "brackets", Nested("[", "a", "]") },
            { "links in links", Nested("[", "a", "](b)") },
            { "images in images", Nested("![", "a", "](b)") },
            { "open images", Full("![") },
            { "empty images", Full("![[]()") },
            { "open links", Full("[a](") },
            { "marks and addresses", Full("~~https://b.example,![\\http") },
            { "marks and letters", Full("é[1]][~~)") },
            { "marks in a table", Full("|_**\r\n_&|a|b|\n") },
            { "escaped marks", Full("\\**|-|") },
            { "closing brackets", Full("]") },
            { "open definitions", Full("[a]: b '\n") },
            { "pipes", Full("|") },
            { "rows of pipes", Full("|\n") },
            { "pipes and angles", Full("<:|ht") },
            { "open titles", Full("[a](b \"") },
            { "open pointed links", Full("[a](<b") },
            { "open links with escapes", Full("[a](\\)") },
            { "links with titles in brackets", Full("[a](b (") },
            {
                "table wider than high",
                Repeat("|a", 5_000) + "\n" + Repeat("|-", 5_000) + "\n" + Repeat("|\n", 40_000)
            },
            {
                "table in a quote",
                "> " + Repeat("|a", 5_000) + "\n> " + Repeat("|-", 5_000) + "\n" + Repeat("> |\n", 10_000)
            },
            { "pipes after emphasis", "a|b\n-|-\n" + Repeat("*|", 40_000) },
            { "long table", "a|b\n-|-\n" + Repeat("a|b\n", 24_000) },
            { "repeated reference", $"[a]: https://a.example/{new string('b', 50_000)}\n\n{Repeat("[a]", 15_000)}" },
            { "equal definitions", Full("[a]: b\n") },
            { "rules", Full("---\n") },
            { "headings", Full("# a\n") },
            { "items", Full("-\n") },
            { "paragraphs", Full("a\n\n") },
            { "too long", new string('a', MarkdownRenderer.MaxLength + 1) },
            { "a megabyte in a line", new string('*', 1_000_000) },
            { "hard breaks", Full("\\\n") },
            { "hard breaks of spaces", Full("a  \n") },
            { "hard breaks in a quote", Full("> \\\n") },
            { "code in a row", Full("`a` ") },
            { "entities and breaks", Full("&amp;\\\n") },
            { "rows that are as long as one may be", Full(Repeat("a\\\n", 9_000) + "\n\n") },
            { "zero", "a\0b" },
            { "half a character", "a\ud83d" },
        };

    public static TheoryData<string, string> Allowed =>
        new()
        {
            { "one line", Full("a") },
            { "words", Full("word ") },
            { "asterisks", Full("*") },
            { "tildes", Full("~") },
            { "backticks", Full("`") },
            { "growing backticks", string.Concat(Enumerable.Range(1, 440).Select(i => new string('`', i) + " ")) },
            { "backslashes", Full("\\") },
            { "escaped backticks", Full("\\`") },
            { "ampersands", Full("&") },
            { "open entities", Full("&#") },
            { "angles", Full("<") },
            { "open tags", Full("<a ") },
            { "open comments", Full("<!--") },
            { "open autolinks", Full("<https:") },
            { "open mail", Full("<a@") },
            { "exclamation marks", Full("!") },
            { "line feeds", Full("\n") },
            { "spaces", Full(" ", "a") },
            { "tabs", Full("\t", "a") },
            { "open addresses", Full("https://!") },
            { "addresses in addresses", Full("https://a:x!") },
            { "mail in mail", Full("mailto:x@") },
            { "schemes", Full("http://") },
            { "schemes after letters", Full("\\http://a.examp") },
            { "words with underscores", Full("rcu_nocb_poll ") },
            { "list of emphasis", Repeat("- **a** and *b*\n", 5_000) },
            { "joined addresses", Full("https://a.b,") },
            { "definitions", string.Concat(Enumerable.Range(0, 8_000).Select(i => $"[a{i}]: b\n\n")) },
            { "lazy quotes", new string('>', 50) + "a\n" + Repeat("b\n", 40_000) },
            { "deep quotes again and again", Full(new string('>', 50) + "x\n\n") },
            { "tables", Full("|a|\n|-|\n|b|\n\n") },
            { "wide table", Repeat("|a", 4_000) + "\n" + Repeat("|-", 4_000) + "\n" },
            { "high table", "|a|\n|-|\n" + Repeat("|b|\n", 3_300) },
            { "many headings", Repeat("# a\n", 9_990) },
            { "many items", Repeat("- a\n", 9_990) },
            { "code", Full("    a\n\n") },
            { "emphasis", Repeat("a **b** *c* ", 400) },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Render_BeyondTheLimits_ShowsTheTextAsTypedInBoundedTime(string shape, string source)
    {
        var (problem, html) = OnASmallStack(source);

        Assert.True(problem is not null, shape);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.Equal("PRE", Rendered.Parse(html).Children.Single().TagName);
        Assert.Equal(
            source.Replace('\0', '\ufffd').Replace('\ud83d', '\ufffd').ReplaceLineEndings("\n").Trim(),
            Rendered.Parse(html).TextContent.Trim()
        );
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Render_WithinTheLimits_MakesHtmlInBoundedTimeAndSize(string shape, string source)
    {
        var (problem, html) = OnASmallStack(source);

        Assert.True(problem is null, $"{shape}: {problem}");
        Assert.True(html.Length < 40 * MarkdownRenderer.MaxLength, $"{shape}: {html.Length}");
    }

    [Theory]
    [InlineData(">", "x", "")]
    [InlineData("- ", "x", "")]
    [InlineData("1. ", "x", "")]
    [InlineData("> - ", "x", "")]
    [InlineData("*", "x", "*")]
    [InlineData("![", "x", "](https://a.example/x.png)")]
    [InlineData("> *", "x", "*")]
    public void Render_DeepestThatIsAllowed_NeedsLittleStack(string open, string middle, string close)
    {
        var depth = Enumerable.Range(1, 200).Last(depth => MarkdownRenderer.Problem(NestedTo(depth)) is null);

        var (_, html) = OnASmallStack(NestedTo(depth));

        Assert.InRange(depth, 5, 150);
        Assert.NotEqual("PRE", Rendered.Parse(html).Children.Single().TagName);

        string NestedTo(int count) => Repeat(open, count) + middle + Repeat(close, count);
    }

    /// <summary>
    /// By the parser that reads it: each construct of the dialect alone, as often as a text has room for.
    /// </summary>
    public static TheoryData<string, string> Constructs =>
        new()
        {
            { nameof(ThematicBreakParser), "---\n\n" },
            { nameof(HeadingBlockParser), "# a\n" },
            { nameof(HeadingBlockParser), "a\n===\n\n" },
            { nameof(QuoteBlockParser), "> a\n\n" },
            { nameof(ListBlockParser), "- a\n" },
            { nameof(ListBlockParser), "1. a\n" },
            { nameof(ListBlockParser), "- a\n  - b\n" },
            { nameof(FencedCodeBlockParser), "```\na\n```\n" },
            { nameof(IndentedCodeBlockParser), "    a\n\nb\n\n" },
            { nameof(ParagraphBlockParser), "a\n\n" },
            { nameof(ParagraphBlockParser), "[a]: /b\n\n" },
            { nameof(PipeTableBlockParser), "|a|b|\n|-|-|\n|c|d|\n\n" },
            { nameof(PipeTableParser), "a|b\n-|-\n`c`|*d*\n\n" },
            { nameof(CodeInlineParser), "`a` " },
            { nameof(EmphasisInlineParser), "*a* " },
            { nameof(EmphasisInlineParser), "__a__ " },
            { nameof(EmphasisInlineParser), "~~a~~ " },
            { nameof(LinkInlineParser), "[a](/b) " },
            { nameof(LinkInlineParser), "[a](https://b.example 'c') " },
            { nameof(LinkInlineParser), "![a](https://b.example/c.png) " },
            { nameof(AutolinkInlineParser), "<https://a.example> " },
            { nameof(AutolinkInlineParser), "<a@b.example> " },
            { nameof(BareLinkParser), "https://a.example " },
            { nameof(HtmlEntityParser), "&amp; &#123; " },
            { nameof(EscapeInlineParser), "\\* " },
            { nameof(EscapeInlineParser), "\\\n" },
            { nameof(LiteralInlineParser), "a " },
            { nameof(LineBreakInlineParser), "a\n" },
            { nameof(LineBreakInlineParser), "a  \n" },
            { nameof(TaskListInlineParser), "- [x] a\n" },
        };

    [Fact]
    public void Constructs_AreOfEveryParserOfTheDialect() =>
        Assert.Empty(Dialect.Parsers.Select(parser => parser.Name).Except(Constructs.Select(row => row.Data.Item1)));

    // What the sanitizer does: it finds each node's neighbour by counting from the first.
    [Theory]
    [MemberData(nameof(Constructs))]
    public void Render_OfOneConstructAtFullLength_CostsBoundedSteps(string parser, string part)
    {
        foreach (
            var source in new[]
            {
                Full(part),
                Repeat(part, 9_000 / part.Count(c => c is '\n' or ' ')),
                Full(Repeat(part, 50) + "\n\n"),
            }
        )
        {
            var html = Rendered.Parse(Rendered.Html(source[..Math.Min(source.Length, MarkdownRenderer.MaxLength)]));

            var steps = html.QuerySelectorAll("*")
                .Prepend(html)
                .Sum(element => (long)element.ChildNodes.Length * element.ChildNodes.Length);

            // Between elements there may be text.
            Assert.True(steps <= 4 * HostileShapes.MaxSteps, $"{parser}: {steps} steps");
        }
    }

    [Fact]
    public void Problem_TooLong_NamesBothNumbers() =>
        Assert.Equal(
            "The text has 123,456 characters; 100,000 fit.",
            MarkdownRenderer.Problem(new string('a', 123_456))
        );

    [Fact]
    public void Problem_OrdinaryText_IsNull() =>
        Assert.Null(
            MarkdownRenderer.Problem(Repeat("Some **bold** words, a [link](https://a.example) and (brackets).\n", 100))
        );

    [Fact]
    public void Problem_NineLevelsOfLists_IsNull() =>
        Assert.Null(
            MarkdownRenderer.Problem(
                string.Concat(Enumerable.Range(0, 9).Select(i => $"{new string(' ', 2 * i)}- a\n"))
            )
        );

    private static (string? Problem, string Html) OnASmallStack(string source)
    {
        string? problem = null;
        var html = "";
        var thread = new Thread(
            () =>
            {
                problem = MarkdownRenderer.Problem(source);
                html = Rendered.Html(source);
            },
            SmallStack
        )
        {
            IsBackground = true,
        };

        thread.Start();
        thread.Join();

        return (problem, html);
    }

    private static string Full(string part, string end = "") =>
        Repeat(part, (MarkdownRenderer.MaxLength - end.Length) / part.Length) + end;

    private static string Nested(string open, string middle, string close) =>
        Repeat(open, 99_000 / (open.Length + close.Length))
        + middle
        + Repeat(close, 99_000 / (open.Length + close.Length));

    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));
}
