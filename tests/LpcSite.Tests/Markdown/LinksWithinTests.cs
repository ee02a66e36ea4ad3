using LpcSite.Markdown;

namespace LpcSite.Tests.Markdown;

/// <summary>Links to pages of the site itself, and what only resembles them.</summary>
public sealed class LinksWithinTests
{
    [Theory]
    [InlineData("/2027/attend")]
    [InlineData("/2027/mc/rust#goals")]
    [InlineData("../attend")]
    [InlineData("./rust")]
    [InlineData("/2027/search?q=rust&room=a")]
    [InlineData("/account/sign-in?to=//evil.example")]
    [InlineData("/")]
    public void Render_OfALinkWithinTheSite_IsALink(string address)
    {
        var link = Rendered.Body($"[How to attend]({address}) and [again][a]\n\n[a]: {address}").QuerySelectorAll("a");

        Assert.Equal([address, address], link.Select(a => a.GetAttribute("href")));
        Assert.All(link, a => Assert.Null(a.GetAttribute("rel")));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/..//evil.example")]
    [InlineData("..//evil.example")]
    [InlineData("</\t/evil.example>")]
    [InlineData("/&#9;/evil.example")]
    [InlineData("/&#10;/evil.example")]
    [InlineData("/&Tab;/evil.example")]
    [InlineData("/&bsol;evil.example")]
    [InlineData("/&#47;evil.example")]
    [InlineData("///evil.example")]
    [InlineData("</ /evil.example>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("arg")]
    [InlineData("?q=a")]
    [InlineData("..")]
    public void Render_OfWhatOnlyLooksLikeOne_IsText(string address) =>
        Assert.Empty(Rendered.Links($"array[i]({address})"));

    [Theory]
    [InlineData("../attend", "/2022/mc/rust", "/2022/attend")]
    [InlineData("./arch", "/2022/mc/rust", "/2022/mc/arch")]
    [InlineData("/2022/attend", "/2022/mc/rust", "/2022/attend")]
    [InlineData("../../../../x", "/2022/mc/rust", "/x")]
    [InlineData("../attend", "https://lpc.example/2022/mc/rust", "https://lpc.example/2022/attend")]
    [InlineData(
        "/2022/attend?a=b&c=d#e",
        "https://lpc.example/2022/mc/rust",
        "https://lpc.example/2022/attend?a=b&c=d#e"
    )]
    [InlineData("#nowhere", "https://lpc.example/2022/mc/rust", "https://lpc.example/2022/mc/rust#nowhere")]
    [InlineData("#nowhere", "/2022/mc/rust", "#nowhere")]
    [InlineData("https://a.example/b", "https://lpc.example/2022/mc/rust", "https://a.example/b")]
    public void HtmlFrom_AnotherPage_LeadsWhereTheTextLed(string written, string home, string expected)
    {
        var text = new MarkdownRenderer().Render($"Before <b> [x]({written} \"a > b\") after", "rust");

        Assert.Equal(expected, Rendered.Parse(text.HtmlFrom(home)).QuerySelector("a")?.GetAttribute("href"));
        Assert.Equal(Rendered.Parse(text.Html).TextContent, Rendered.Parse(text.HtmlFrom(home)).TextContent);
    }
}
