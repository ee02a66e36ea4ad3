using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Pages;

/// <summary>The same microconferences for terminals and programs.</summary>
public sealed class TwinTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "text/html")]
    [InlineData("*/*", "text/html")]
    [InlineData("", "text/html")]
    [InlineData("text/markdown", "text/markdown")]
    [InlineData("text/plain;q=0.9, text/html;q=0.2", "text/plain")]
    [InlineData("application/json", "application/json")]
    [InlineData("text/*", "text/html")]
    [InlineData("image/png", "text/html")]
    public async Task Page_ByWhatIsAccepted_AnswersInThatForm(string accept, string expected)
    {
        await site.Given.MicroconferenceAsync("Accepting");
        using var client = site.Anonymous();

        foreach (var path in new[] { "/2022/mc", "/2022/mc/accepting" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            var response = await client.SendAsync(request);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
            Assert.Contains("Accept", response.Headers.Vary);
        }
    }

    [Fact]
    public async Task PlainText_IsFoldedAt72Columns()
    {
        await site.Given.MicroconferenceAsync(
            "Long lines",
            description: string.Join(' ', Enumerable.Repeat("copper pipes", 60))
                + "\n\n- "
                + string.Join(' ', Enumerable.Repeat("valve", 40))
        );
        using var client = site.Anonymous();

        var text = await client.GetStringAsync("/2022/mc/long-lines.txt");

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 72));
        Assert.Contains("\n- valve valve", text, StringComparison.Ordinal);
        Assert.Contains("\n  valve valve", text, StringComparison.Ordinal);
        Assert.Equal(120, text.Split([' ', '\n'], StringSplitOptions.None).Count(w => w is "copper" or "pipes"));
    }

    [Fact]
    public async Task Markdown_IsWhatTheLeadsWrote()
    {
        await site.Given.MicroconferenceAsync(
            "Verbatim",
            description: "Cites [1] and `io_uring` -- as typed.",
            topics: ["One"],
            speakers: ["Rik van Riel"]
        );
        using var client = site.Anonymous();

        var text = await client.GetStringAsync("/2022/mc/verbatim.md");

        Assert.StartsWith("# Verbatim\n", text, StringComparison.Ordinal);
        Assert.Contains("Cites [1] and `io_uring` -- as typed.", text, StringComparison.Ordinal);
        Assert.Contains("- One\n  Rik van Riel\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_HasTheWordsOfTheImportFormat()
    {
        await site.Given.MicroconferenceAsync("Objects", leads: ["Stéphane Graber"], topics: ["First"]);
        using var client = site.Anonymous();

        using var json = JsonDocument.Parse(await client.GetStringAsync("/2022/mc/objects.json"));

        Assert.Equal("proposed", json.RootElement.GetProperty("status").GetString());
        Assert.Equal("Stéphane Graber", json.RootElement.GetProperty("leads")[0].GetProperty("name").GetString());
        Assert.Equal("First", json.RootElement.GetProperty("topics")[0].GetProperty("title").GetString());
        Assert.StartsWith(
            "http://localhost/2022/mc/objects/topics/",
            json.RootElement.GetProperty("topics")[0].GetProperty("url").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Feed_IsAtomWithTheNewestFirst()
    {
        await site.Given.MicroconferenceAsync("Older", conference: "feed");
        site.Clock.AdvanceHours(1);
        await site.Given.MicroconferenceAsync("Newer <b>", conference: "feed");
        using var client = site.Anonymous();

        var response = await client.GetAsync("/feed/mc.atom");
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync());

        XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ["Newer <b>", "Older"],
            feed.Root!.Elements(atom + "entry").Select(e => e.Element(atom + "title")!.Value)
        );
        Assert.Equal(
            feed.Root.Element(atom + "updated")!.Value,
            feed.Root.Elements(atom + "entry").First().Element(atom + "updated")!.Value
        );
    }

    [Fact]
    public async Task Sitemap_NamesEveryPublicPageAndRobotsNamesTheSitemap()
    {
        await site.Given.MicroconferenceAsync("Mapped", conference: "map", topics: ["Somewhere"]);
        using var client = site.Anonymous();

        var sitemap = XDocument.Parse(await client.GetStringAsync("/sitemap.xml"));
        var addresses = sitemap.Descendants().Where(e => e.Name.LocalName == "loc").Select(e => e.Value).ToList();

        Assert.Contains("http://localhost/map/mc/mapped", addresses);
        Assert.Contains(
            addresses,
            a => a.StartsWith("http://localhost/map/mc/mapped/topics/", StringComparison.Ordinal)
        );
        Assert.All(
            addresses,
            a => Assert.Equal(HttpStatusCode.OK, client.GetAsync(new Uri(a).PathAndQuery).Result.StatusCode)
        );
        Assert.Contains(
            "Sitemap: http://localhost/sitemap.xml",
            await client.GetStringAsync("/robots.txt"),
            StringComparison.Ordinal
        );
    }
}
