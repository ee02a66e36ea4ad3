namespace LpcSite.Tests.Markdown;

public class MarkdownLinksTests
{
    [Theory]
    [InlineData(
        "See https://lists.example/all/2021.16@host.example/ today",
        "https://lists.example/all/2021.16@host.example/"
    )]
    [InlineData("(https://news.example/Articles/12/)", "https://news.example/Articles/12/")]
    [InlineData("merged (see https://news.example/a), then", "https://news.example/a")]
    [InlineData("the page -- https://pages.example/x", "https://pages.example/x")]
    [InlineData("--https://pages.example/x", "https://pages.example/x")]
    [InlineData("https://a.example/x, and", "https://a.example/x")]
    [InlineData("Read https://a.example/x.", "https://a.example/x")]
    [InlineData("Is it https://a.example/x?", "https://a.example/x")]
    [InlineData("'https://a.example/x' \"http://b.example\"", "https://a.example/x", "http://b.example")]
    [InlineData(
        "https://a.example/x,https://b.example/y;http://c.example/z",
        "https://a.example/x",
        "https://b.example/y",
        "http://c.example/z"
    )]
    [InlineData("https://a.example/x,\nhttps://b.example/y", "https://a.example/x", "https://b.example/y")]
    [InlineData("https://wiki.example/Pipe_(computing)_2", "https://wiki.example/Pipe_(computing)_2")]
    [InlineData("https://a.example/_init_/__x__?a=1,2&b=*c*#d_e", "https://a.example/_init_/__x__?a=1,2&b=*c*#d_e")]
    [InlineData("**https://a.example/x** and _https://b.example/y_", "https://a.example/x", "https://b.example/y")]
    [InlineData("[https://a.example/x]", "https://a.example/x")]
    [InlineData("| https://a.example/x|\n|-|\n|https://b.example|", "https://a.example/x", "https://b.example")]
    [InlineData("HTTPS://A.example/X", "HTTPS://A.example/X")]
    [InlineData("“https://a.example/x”—https://b.example", "https://a.example/x", "https://b.example")]
    [InlineData("mailto:list@lists.example, thanks", "mailto:list@lists.example")]
    [InlineData("<https://a.example/x> <list@lists.example>", "https://a.example/x", "mailto:list@lists.example")]
    [InlineData("https://ww.intel.example/en/software-\ndevelopers", "https://ww.intel.example/en/software-")]
    public void Render_BareAddress_LinksExactlyTheAddress(string source, params string[] expected)
    {
        var links = Rendered.Body(source).QuerySelectorAll("a");

        Assert.Equal(expected, links.Select(link => Uri.UnescapeDataString(link.GetAttribute("href")!)));
        Assert.Equal(expected.Select(WithoutMailto), links.Select(link => WithoutMailto(link.TextContent)));
    }

    [Theory]
    [InlineData("hhttps://lists.example/g/tools")]
    [InlineData("ww.intel.example/content")]
    [InlineData("www.intel.example/content")]
    [InlineData("git+https://a.example/x")]
    [InlineData("https://")]
    [InlineData("http:// and https:///x")]
    [InlineData("https:a.example https:/a.example")]
    [InlineData("ftp://ftp.example/x irc://irc.example/y")]
    [InlineData("mailto:nobody and mailto:@x")]
    [InlineData("somebody@a.example")]
    [InlineData("http://[2001:db8::1]/x")]
    public void Render_WhatOnlyResemblesAnAddress_StaysText(string source)
    {
        Assert.Equal(source, Rendered.Text(source));
        Assert.Empty(Rendered.Links(source));
    }

    [Theory]
    [InlineData("joined https://a.example/x,https://b.example/y).")]
    [InlineData("odd https://a.example/{x}]) and hhttps://b.example/y_z_")]
    public void Render_BareAddress_ChangesNoCharacter(string source) => Assert.Equal(source, Rendered.Text(source));

    [Theory]
    [InlineData("[a](https://a.example)")]
    [InlineData("https://a.example")]
    [InlineData("<http://a.example>")]
    [InlineData("[a]\n\n[a]: https://a.example")]
    [InlineData("![a](http://a.example/a.png)")]
    public void Render_LinkToElsewhere_GivesNeitherRankNorWindowNorReferrer(string source) =>
        Assert.Equal("nofollow noopener noreferrer", Rendered.Body(source).QuerySelector("a")!.GetAttribute("rel"));

    [Theory]
    [InlineData("[notes](notes.html)", "notes (notes.html)")]
    [InlineData("[x](//other.example)", "x (//other.example)")]
    [InlineData("[chat](irc://irc.example/x)", "chat (irc://irc.example/x)")]
    [InlineData("<tel:123>", "<tel:123>")]
    [InlineData("![dot](data:image/gif;base64,R0)", "dot (data:image/gif;base64,R0)")]
    [InlineData("[**b** https://a.example](foo:bar)", "b https://a.example (foo:bar)")]
    public void Render_LinkThatMayNotBe_ShowsItsAddressAsText(string source, string expected) =>
        Assert.Equal(expected, Rendered.Text(source));

    [Fact]
    public void Render_AddressInsideALink_LeavesTheOuterLinkAlone()
    {
        var link = Assert.Single(
            Rendered.Body("[see https://inner.example now](https://outer.example)").QuerySelectorAll("a")
        );

        Assert.Equal(
            ("https://outer.example", "see https://inner.example now"),
            (link.GetAttribute("href"), link.TextContent)
        );
    }

    [Fact]
    public void Render_LinkWithoutText_ShowsItsAddress() =>
        Assert.Equal("https://a.example", Rendered.Text("[](https://a.example)"));

    [Fact]
    public void Render_SecureImage_LoadsLateAndKeepsItsDescription()
    {
        var image = Rendered.Body("![the *pipe* &{x}](https://a.example/p.png \"a > b\")").QuerySelector("img")!;

        Assert.Equal("https://a.example/p.png", image.GetAttribute("src"));
        Assert.Equal(("the pipe &{x}", "a > b"), (image.GetAttribute("alt"), image.GetAttribute("title")));
        Assert.Equal(("lazy", "async"), (image.GetAttribute("loading"), image.GetAttribute("decoding")));
    }

    [Fact]
    public void Render_InsecureImage_BecomesALink()
    {
        var body = Rendered.Body("![the pipe](http://a.example/p.png) ![](http://b.example/q.png)");

        Assert.Empty(body.QuerySelectorAll("img"));
        Assert.Equal(
            ["the pipe", "http://b.example/q.png"],
            body.QuerySelectorAll("a").Select(link => link.TextContent)
        );
    }

    [Fact]
    public void Render_LinkToAHeadingOfTheText_FindsItUnderThePrefix() =>
        Assert.Equal(
            ["#rust--open-goals", "#elsewhere"],
            Rendered.Links("[a](#open-goals) [b](#elsewhere)\n\n# Open goals")
        );

    private static string WithoutMailto(string address) => address.Replace("mailto:", "", StringComparison.Ordinal);
}
