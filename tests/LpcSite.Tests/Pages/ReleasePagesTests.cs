using System.Net;
using System.Xml.Linq;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Pages;

/// <summary>What everybody reads of releases: the changes in words, their feed, and each release as it was.</summary>
public sealed class ReleasePagesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_BeforeTheFirstRelease_SaySo()
    {
        await site.Given.ConferenceAsync("none");

        Assert.Contains(
            "No schedule is public yet",
            (await site.ReadAsync("/none/schedule/changes")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(
            XDocument
                .Parse(await site.Anonymous().GetStringAsync("/none/schedule/changes.atom", Stop))
                .Root!.Elements(Atom + "entry")
        );
        foreach (
            var missing in new[]
            {
                "/none/schedule/v1",
                "/none/schedule/changes/1",
                "/none/schedule/v0",
                "/none/schedule/vx",
                "/nothing/schedule/changes",
                "/nothing/schedule/changes.atom",
            }
        )
        {
            Assert.Equal(HttpStatusCode.NotFound, (await site.Anonymous().GetAsync(missing, Stop)).StatusCode);
        }
    }

    [Fact]
    public async Task Changes_OfManyReleases_ComeInPagesTheNewestFirst()
    {
        await new GivenReleases(site, "pages").ManyAsync(22);

        var first = await site.ReadAsync("/pages/schedule/changes");
        var next = first.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var last = await site.ReadAsync(next);

        Assert.Equal(
            Enumerable.Range(3, 20).Reverse().Select(n => $"v{n}"),
            first.QuerySelectorAll("article h2").Select(h => h.Id)
        );
        Assert.Equal(
            "MC 1 moved from Monday 10:21 to 10:22, in Herbert as before.",
            first.QuerySelector("article li")?.TextContent
        );
        Assert.Equal("The 22th.", first.QuerySelector("article .lines")?.TextContent);
        Assert.Contains(
            "All times are in Europe/Dublin",
            first.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("/pages/schedule/changes/2", next);
        Assert.Equal(["v2", "v1"], last.QuerySelectorAll("article h2").Select(h => h.Id));
        Assert.Contains(
            "This is the first release",
            last.QuerySelectorAll("article")[1].TextContent,
            StringComparison.Ordinal
        );
        Assert.Null(last.QuerySelector("a[rel=next]"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await site.Anonymous().GetAsync("/pages/schedule/changes/23", Stop)).StatusCode
        );
    }

    [Fact]
    public async Task Feed_IsWellFormedAndKeepsTheIdsOfItsEntries()
    {
        var given = new GivenReleases(site, "feed");
        await given.ManyAsync(3);

        var named = XDocument.Parse(await site.Anonymous().GetStringAsync("/feed/schedule/changes.atom", Stop)).Root!;
        await using (var db = site.OpenDatabase())
        {
            // As it is where feeds were read before the installation had an id.
            await db.Database.ExecuteSqlAsync(
                $"UPDATE conferences SET uid_domain = 'lpcsite' WHERE slug = 'feed'",
                Stop
            );
        }

        site.ForgetPages();
        var feed = XDocument.Parse(await site.Anonymous().GetStringAsync("/feed/schedule/changes.atom", Stop)).Root!;

        var ids = named.Elements(Atom + "entry").Prepend(named).Select(e => e.Element(Atom + "id")!.Value).ToList();
        Assert.All(ids, id => Assert.Matches("^urn:uuid:[0-9a-f-]{36}$", id));
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal("http://localhost/feed/schedule/changes.atom", feed.Element(Atom + "id")!.Value);
        Assert.Equal(
            ["v3", "v2", "v1"],
            feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value.Split('/')[^1])
        );
        Assert.Equal(
            "http://localhost/feed/schedule/changes/3",
            feed.Element(Atom + "entry")!.Element(Atom + "link")!.Attribute("href")!.Value
        );
        Assert.Contains(
            "MC 1 moved from Monday 10:02 to 10:03",
            feed.Element(Atom + "entry")!.Element(Atom + "content")!.Value,
            StringComparison.Ordinal
        );
        Assert.Equal(
            feed.Element(Atom + "updated")!.Value,
            feed.Element(Atom + "entry")!.Element(Atom + "updated")!.Value
        );
    }

    [Fact]
    public async Task Release_AsItWas_SaysWhetherItIsTheNewest()
    {
        await new GivenReleases(site, "frozen").ManyAsync(2);

        var (old, newest) = (await site.ReadAsync("/frozen/schedule/v1"), await site.ReadAsync("/frozen/schedule/v2"));

        Assert.Equal("Monday 12 September 2022", old.QuerySelector("main h2")?.TextContent);
        Assert.Contains("10:01–11:31", old.QuerySelector(".entry p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Herbert", old.QuerySelector(".entry p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Topic 1 (30 min) by Person 2",
            old.QuerySelector(".topics")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["/frozen/schedule/v2", "/frozen/schedule"],
            old.QuerySelectorAll(".note a").Select(a => a.GetAttribute("href"))
        );
        Assert.Null(newest.QuerySelector(".note"));
    }

    [Theory]
    [InlineData("/tagged/schedule/changes")]
    [InlineData("/tagged/schedule/changes.atom")]
    [InlineData("/tagged/schedule/v1")]
    public async Task Page_AskedForAgain_IsNotSentTwiceUntilThereIsANewRelease(string path)
    {
        var given = new GivenReleases(site, "tagged");
        await given.PlaceAsync("Rust", "Lena Lead", "Herbert", 0);
        if ((await given.NumbersAsync()).Count == 0)
        {
            await given.ReleaseAsync();
        }

        using var reader = site.Anonymous();
        using var first = await reader.GetAsync(path, Stop);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var known = await reader.SendAsync(again, Stop);
        await given.PlaceAsync("Rust", "Lena Lead", "Herbert", (await given.NumbersAsync()).Count * 10);
        await given.ReleaseAsync();
        using var changed = await reader.GetAsync(path, Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, known.StatusCode));
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    [Theory]
    [InlineData("schedule/changes")]
    [InlineData("schedule/changes.atom")]
    [InlineData("schedule/v1")]
    public async Task Page_With2And20Releases_AsksTheSameNumberOfStatements(string page)
    {
        await ManyAsync();

        Assert.Equal(
            await StatementsAsync(site.Browse(), $"/two/{page}"),
            await StatementsAsync(site.Browse(), $"/twenty/{page}")
        );
    }

    [Theory]
    [InlineData("releases")]
    [InlineData("releases/1")]
    public async Task OrganizersPage_With2And20Releases_AsksTheSameNumberOfStatements(string page)
    {
        await ManyAsync();
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        Assert.Equal(
            await StatementsAsync(olga, $"/two/organize/{page}"),
            await StatementsAsync(olga, $"/twenty/organize/{page}")
        );
    }

    private async Task ManyAsync()
    {
        foreach (var (conference, count) in new[] { ("two", 2), ("twenty", 20) })
        {
            var given = new GivenReleases(site, conference);
            if ((await given.NumbersAsync()).Count == 0)
            {
                await given.ManyAsync(count);
            }
        }
    }

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        site.ForgetPages();
        site.Statements.Clear();
        using var answer = await browsing.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return site.Statements.Texts.Count;
    }
}
