using LpcSite.Markdown;

namespace LpcSite.Tests.Markdown;

public class MarkdownRendererTests
{
    [Fact]
    public void Render_PlainText_KeepsSourceHtmlAndVersion()
    {
        var text = new MarkdownRenderer().Render("We meet *again*.\r\n", "rust");

        Assert.Equal("We meet *again*.\r\n", text.Source);
        Assert.Equal("<p>We meet <em>again</em>.</p>", text.Html);
        Assert.Equal(MarkdownRenderer.Version, text.RendererVersion);
    }

    [Theory]
    [InlineData("io_uring and rcu_nocb under PREEMPT_RT")]
    [InlineData("sync_state() calls a_b_c before init_task")]
    [InlineData("as shown in [1], and later in [3,4]")]
    [InlineData("see [^1] or [TBD]")]
    [InlineData("one -- two --- three")]
    [InlineData("it's \"straight\" and ’curly‘ “both”")]
    [InlineData("well... (c) (tm) :) :tada: :rocket:")]
    [InlineData("5 * 3 * 2 and char *name")]
    [InlineData("#hashtag and C# and @somebody")]
    [InlineData("a ~ b and ~5 ms")]
    [InlineData("$x$ ==y== ^z^ ++w++ {.class #id}")]
    [InlineData("The items are as follows:")]
    [InlineData("R&D at AT&T: 1 < 2 > 0")]
    [InlineData("Jörg, François, Łukasz, Ødegård, Małgorzata, Peña")]
    [InlineData("either a | or b | but no table")]
    public void Render_TextThatOnlyLooksLikeMarkup_KeepsItUpright(string source)
    {
        var body = Rendered.Body(source);

        Assert.Equal(source, body.TextContent);
        Assert.Equal(["P"], body.QuerySelectorAll("*").Select(element => element.TagName));
    }

    [Fact]
    public void Render_HardWrappedLines_JoinsThemWithoutBreaks()
    {
        var body = Rendered.Body("The scheduler picks\nthe next task\r\nand runs it.");

        Assert.Empty(body.QuerySelectorAll("br"));
        Assert.Equal(
            "The scheduler picks the next task and runs it.",
            body.QuerySelector("p")!.TextContent.ReplaceLineEndings(" ")
        );
    }

    [Theory]
    [InlineData("<b>bold</b>")]
    [InlineData("a <!-- remark --> b")]
    [InlineData("<div>\nblock\n</div>")]
    [InlineData("struct list_head<T> and <linux/module.h>")]
    public void Render_Html_ShowsItAsTyped(string source)
    {
        var body = Rendered.Body(source);

        Assert.Equal(source, body.TextContent);
        Assert.Equal(["P"], body.QuerySelectorAll("*").Select(element => element.TagName));
    }

    [Theory]
    [InlineData("- one\n- two\n", 0)]
    [InlineData("- one\n\n- two\n", 2)]
    public void Render_TightAndLooseLists_MakesParagraphsOnlyInLooseOnes(string source, int paragraphs)
    {
        var body = Rendered.Body(source);

        Assert.Equal(2, body.QuerySelectorAll("li").Length);
        Assert.Equal(paragraphs, body.QuerySelectorAll("li p").Length);
    }

    [Fact]
    public void Render_NumberedListFromThree_KeepsItsStart() =>
        Assert.Equal("3", Rendered.Body("3. three\n4. four").QuerySelector("ol")!.GetAttribute("start"));

    [Fact]
    public void Render_TaskList_WritesBoxesAsText()
    {
        var items = Rendered.Body("- [ ] open\n- [x] done").QuerySelectorAll("li.task");

        Assert.Equal(["☐ open", "☑ done"], items.Select(item => item.TextContent));
    }

    [Fact]
    public void Render_Strikethrough_MarksItDeleted() =>
        Assert.Equal("gone", Rendered.Body("~~gone~~").QuerySelector("del")!.TextContent);

    [Fact]
    public void Render_Table_ScrollsAndAlignsByClass()
    {
        var body = Rendered.Body("| board | boots | seconds |\n|:--|:-:|--:|\n| small | yes | 12 |\n");

        var box = body.QuerySelector("div.scroll")!;
        Assert.Equal(
            ("0", "group", "Table"),
            (box.GetAttribute("tabindex"), box.GetAttribute("role"), box.GetAttribute("aria-label"))
        );
        Assert.Equal(
            ["left", "center", "right"],
            box.QuerySelectorAll("table > tbody > tr > td").Select(cell => cell.ClassName)
        );
        Assert.Equal(
            ["board", "boots", "seconds"],
            box.QuerySelectorAll("table > thead > tr > th").Select(cell => cell.TextContent)
        );
        Assert.Empty(body.QuerySelectorAll("[style]"));
    }

    [Fact]
    public void Render_TableRowWiderThanItsHead_LosesNoCell() =>
        Assert.Contains("extra", Rendered.Text("|a|\n|-|\n|b|extra|\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("```c\nint x = a < b;\n```")]
    [InlineData("    int x = a < b;")]
    public void Render_Code_CanBeScrolledByKeyboard(string source)
    {
        var code = Rendered.Body(source).QuerySelector("pre[tabindex='0'] > code")!;

        Assert.Equal("int x = a < b;\n", code.TextContent);
        Assert.Empty(code.Attributes);
    }

    [Theory]
    [InlineData(
        "The allocator keeps its free lists sorted; nobody knows why, yet removing the sort (tried twice!) made "
            + "every benchmark slower."
    )]
    [InlineData("Zürich, Kraków & Århus: three cities – one “kernel” … and 50 % of the patches\u00a0")]
    [InlineData(
        "We would like to talk about: locking, 32-bit time, /proc/self/maps, v6.1-rc3, <b>tags</b>, 2^10, a*b, and "
            + "~user."
    )]
    [InlineData(
        "See [our notes](notes.html \"not on the web\") and ![a drawing](drawing.png) and [the "
            + "list](irc://irc.example/list)."
    )]
    [InlineData("- first point,\n- second point.\n\n> quoted words\n\n# a title\n\n1. number one")]
    [InlineData("Known numbers [1,2] only.\n\n[1]: https://one.example/patch\n[note]: remember\n")]
    public void Render_PlainSentences_KeepsEveryWordInOrder(string source)
    {
        var text = Rendered.Text(source);
        var at = 0;

        foreach (var word in Words(source))
        {
            var found = text.IndexOf(word, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"\"{word}\" is missing after \"{text[..at]}\".");
            at = found + word.Length;
        }
    }

    [Fact]
    public void Render_CitationWithDefinition_LinksItWithItsBrackets()
    {
        var body = Rendered.Body("Measured in [1], repeated in [1,2].\n\n[1]: https://one.example/a");

        Assert.Equal("Measured in [1], repeated in [1,2].", body.TextContent);
        Assert.Equal("[1]", body.QuerySelector("a[href='https://one.example/a']")!.TextContent);
    }

    [Fact]
    public void Render_DefinitionThatNothingUses_ShowsItWhereItStands()
    {
        var body = Rendered.Body(
            "Before [1,2].\n\n[1]: https://one.example/a \"first\"\n[2]: https://two.example/b\n\nAfter."
        );

        Assert.Equal(
            ["Before [1,2].", "[1]: https://one.example/a \"first\"", "[2]: https://two.example/b", "After."],
            body.QuerySelectorAll("p").Select(paragraph => paragraph.TextContent)
        );
        Assert.Equal(
            ["https://one.example/a", "https://two.example/b"],
            body.QuerySelectorAll("a").Select(link => link.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task Render_OnManyThreads_GivesTheSameHtml()
    {
        var renderer = new MarkdownRenderer();
        const string Source = "# Goals\n\n[a](https://a.example) | b\n\n|x|\n|-|\n|y|\n";
        var expected = renderer.Render(Source, "rust");

        var cancel = TestContext.Current.CancellationToken;
        var results = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(_ => Task.Run(() => renderer.Render(Source, "rust"), cancel))
        );

        Assert.All(results, result => Assert.Equal(expected, result));
    }

    private static IEnumerable<string> Words(string source) =>
        source
            .Split([' ', '\n', '[', ']', '(', ')', '"', '!', '#', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word is not ("-" or ">" or "1."));
}
