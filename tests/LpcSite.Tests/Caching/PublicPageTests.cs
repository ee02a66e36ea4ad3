using System.Net;
using System.Net.Http.Headers;
using LpcSite.Caching;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Caching;

/// <summary>Public pages are kept, compressed and tagged, and a save shows at the next request.</summary>
public sealed class PublicPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    public static TheoryData<string> Pages =>
        [
            "/big",
            "/big/mc",
            "/big/mc?status=proposed",
            "/big/mc.md",
            "/big/mc.txt",
            "/big/mc.json",
            "/big/mc.atom",
            "/big/mc/first",
            "/big/mc/first.json",
            "/big/people",
            "/big/people/lena-lead",
            "/big/sponsors",
            "/big/calls",
            "/big/search?q=first",
            "/sitemap.xml",
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WithOneAndWith300Microconferences_AsksTheSameNumberOfStatements(string page)
    {
        var small = page.Replace("big", "small", StringComparison.Ordinal);
        await FilledAsync();

        Assert.Equal(await StatementsAsync(small), await StatementsAsync(page));
    }

    [Fact]
    public async Task Page_AskedAgain_AsksTheDatabaseNothing()
    {
        await site.Given.MicroconferenceAsync("Kept", conference: "kept");
        using var client = site.Anonymous();
        var first = await site.KeptAsync(client, "/kept/mc");
        site.Statements.Clear();

        var second = await client.GetStringAsync("/kept/mc?unknown=key");

        Assert.Equal(first, second);
        Assert.Empty(site.Statements.Texts);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip;q=1.0, br;q=0", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("zstd", null)]
    [InlineData("", null)]
    public async Task Page_IsKeptInTheEncodingThatWasAccepted(string accepted, string? expected)
    {
        await site.Given.MicroconferenceAsync(
            "Pressed",
            conference: "pressed",
            description: string.Join(' ', Enumerable.Repeat("copper", 200))
        );
        using var client = site.Anonymous();

        for (var round = 0; round < 2; round++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/pressed/mc");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            var response = await client.SendAsync(request);

            Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Contains("Accept-Encoding", response.Headers.Vary);
        }
    }

    [Theory]
    [InlineData("/tags/mc")]
    [InlineData("/tags/mc.md")]
    [InlineData("/tags/mc/tagged.json")]
    [InlineData("/tags/search?q=tagged")]
    public async Task Page_ThatTheClientHas_IsNotSentAgain(string path)
    {
        await site.Given.MicroconferenceAsync("Tagged", conference: "tags");
        using var client = site.Anonymous();
        var tag = (await client.GetAsync(path)).Headers.ETag!;

        var kept = await ConditionalAsync(client, path, tag);
        site.ForgetPages();
        var anew = await ConditionalAsync(client, path, tag);
        var other = await ConditionalAsync(client, path, new EntityTagHeaderValue("\"other\""));

        Assert.Equal(
            (HttpStatusCode.NotModified, 0),
            (kept.StatusCode, (await kept.Content.ReadAsByteArrayAsync()).Length)
        );
        Assert.Equal(
            (HttpStatusCode.NotModified, 0),
            (anew.StatusCode, (await anew.Content.ReadAsByteArrayAsync()).Length)
        );
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Page_MadeAnewForAClientThatHasIt_IsKeptForTheNextOne()
    {
        await site.Given.MicroconferenceAsync("Spared", conference: "spared");
        using var client = site.Anonymous();
        var first = await client.GetAsync("/spared/mc");
        var text = await first.Content.ReadAsStringAsync();
        site.ForgetPages();
        await ConditionalAsync(client, "/spared/mc", first.Headers.ETag!);
        site.Statements.Clear();

        Assert.Equal(text, await client.GetStringAsync("/spared/mc"));
        Assert.Empty(site.Statements.Texts);
    }

    [Fact]
    public async Task Save_ThroughTheSite_ShowsAtTheNextRequest()
    {
        var microconference = await site.Given.MicroconferenceAsync("Before", conference: "saves");
        using var client = site.Anonymous();
        await client.GetStringAsync("/saves/mc");

        await using (var scope = site.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<LpcSite.Data.LpcDbContext>();
            (await db.Microconferences.SingleAsync(m => m.Id == microconference.Id)).Rename("After");
            await db.SaveChangesAsync();
        }

        Assert.Contains("After", await client.GetStringAsync("/saves/mc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_ByAnotherInstance_ShowsHereAsSoonAsTheDatabaseTells()
    {
        var microconference = await site.Given.MicroconferenceAsync("Told before", conference: "told");
        await using var other = site.SecondInstance();
        await other.InitializeAsync();
        using var client = other.Anonymous();
        Assert.Contains("Told before", await client.GetStringAsync("/told/mc"), StringComparison.Ordinal);

        await using (var db = site.OpenDatabase())
        {
            (await db.Microconferences.SingleAsync(m => m.Id == microconference.Id)).Rename("Told after");
            await db.SaveChangesAsync();
        }

        for (
            var patience = 0;
            patience < 3000
                && !(await client.GetStringAsync("/told/mc")).Contains("Told after", StringComparison.Ordinal);
            patience++
        )
        {
            await Task.Delay(50);
        }

        Assert.Contains("Told after", await client.GetStringAsync("/told/mc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_InOneConference_LeavesTheOthersPagesKept()
    {
        var changed = await site.Given.MicroconferenceAsync("Changes", conference: "one");
        await site.Given.MicroconferenceAsync("Stays", conference: "other");
        var versions = site.Services.GetRequiredService<ContentVersions>();
        using var client = site.Anonymous();
        await client.GetStringAsync("/other/mc");

        // What was given is news, too, and comes round in its own time.
        for (
            var patience = 0;
            patience < 3000 && (versions.Current("one").Conference == 0 || versions.Current("other").Conference == 0);
            patience++
        )
        {
            await Task.Delay(50);
        }

        var (one, other) = (versions.Current("one"), versions.Current("other"));

        await using (var db = site.OpenDatabase())
        {
            (await db.Microconferences.SingleAsync(m => m.Id == changed.Id)).Rename("Changed");
            await db.SaveChangesAsync();
        }

        for (var patience = 0; patience < 3000 && versions.Current("one") == one; patience++)
        {
            await Task.Delay(50);
        }

        Assert.NotEqual(one, versions.Current("one"));
        Assert.Equal(other, versions.Current("other"));
    }

    [Fact]
    public async Task Page_BegunBeforeASave_IsNotFoundAfterIt()
    {
        var versions = site.Services.GetRequiredService<ContentVersions>();
        var begun = versions.Current("raced");

        versions.Change("raced");

        Assert.NotEqual(begun, versions.Current("raced"));
    }

    [Fact]
    public async Task Calls_AtTheInstantOneCloses_SaySoThoughNobodySaved()
    {
        var now = site.Clock.GetCurrentInstant();
        await site.Given.CallAsync(
            now - Duration.FromDays(1),
            now + Duration.FromMilliseconds(700),
            "Europe/Dublin",
            conference: "closing"
        );
        Assert.Equal("Open", (await site.ReadAsync("/closing/calls")).QuerySelector("h2")?.TextContent);

        site.Clock.Advance(Duration.FromSeconds(1));
        await Task.Delay(900);

        Assert.Contains(
            "Closed",
            (await site.ReadAsync("/closing/calls")).QuerySelectorAll("h2").Select(h => h.TextContent)
        );
        site.Clock.Advance(Duration.FromSeconds(-1));
    }

    [Fact]
    public async Task Answers_CarryTheSecurityHeaders()
    {
        await site.Given.ConferenceAsync("safe");
        using var client = site.Anonymous();

        foreach (var path in new[] { "/safe", "/safe", "/nowhere-at-all" })
        {
            var response = await client.GetAsync(path);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(response.Headers.Contains("Server"));
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public void Endpoint_WithoutAStatementOnKeeping_IsOneOfTheKnown()
    {
        const string Hash = @"{hash:regex(\A[0-9a-f]{{64}}\z)}";
        string[] neverKept =
        [
            "/",
            "/{conference:slug}/stars/{token}.ics",
            "/materials/{id:int}/{name}",
            "dev/mail/{name?}",
            $"/pictures/{Hash}",
            "{**path:file}",
            "error/{status:int:range(400,599)}",
            "/healthz",
            "/readyz",
            "/.well-known/security.txt",
            $"/logos/{Hash}",
        ];
        var endpoints = site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e =>
                e.RoutePattern.RawText?.TrimStart('/').StartsWith("account/", StringComparison.Ordinal) is not true
                && e.Metadata.GetMetadata<IAuthorizeData>() is null
            )
            .Where(e =>
                e.Metadata.GetMetadata<PublicPageAttribute>() is null
                && e.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null
            )
            .Select(e => e.RoutePattern.RawText ?? "")
            .Distinct();

        Assert.Empty(endpoints.Except(neverKept).Where(route => route.Length > 0));
    }

    private static async Task<HttpResponseMessage> ConditionalAsync(
        HttpClient client,
        string path,
        EntityTagHeaderValue tag
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request);
    }

    private async Task<int> StatementsAsync(string path)
    {
        using var client = site.Anonymous();
        await client.GetAsync(path);
        site.ForgetPages();
        site.Statements.Clear();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
        return site.Statements.Texts.Count;
    }

    private async Task FilledAsync()
    {
        await using var db = site.OpenDatabase();
        if (await db.Conferences.AnyAsync(c => c.Slug == "big"))
        {
            return;
        }

        foreach (var conference in new[] { "small", "big" })
        {
            await site.Given.MicroconferenceAsync(
                "First",
                conference: conference,
                keyAttendees: ["Karl Rister"],
                topics: ["One", "Two"],
                speakers: ["Ulf Hansson"]
            );
        }

        for (var i = 0; i < 299; i++)
        {
            await site.Given.MicroconferenceAsync(
                $"Number {i}",
                conference: "big",
                topics: ["One", "Two"],
                speakers: ["Ulf Hansson"]
            );
        }
    }
}
