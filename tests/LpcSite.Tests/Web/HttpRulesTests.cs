using System.Net;
using System.Text.Json;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Web;

/// <summary>
/// What programs and browsers expect of any site, read by those that hold HTTP and its neighbours to the letter.
/// </summary>
public sealed class HttpRulesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Tagged =>
        ["/rules/mc", "/rules/mc.md", "/rules/mc/first.json", "/rules/search?q=first", "/robots.txt", "/favicon.svg"];

    // RFC 9110, section 13.1.1.
    [Theory]
    [MemberData(nameof(Tagged))]
    public async Task IfMatch_OfAnotherState_IsAFailedPrecondition(string path)
    {
        await FirstAsync();
        using var reader = site.Anonymous();
        var tag = (await reader.GetAsync(path, Stop)).Headers.ETag!.ToString();

        Assert.Equal(HttpStatusCode.PreconditionFailed, await StatusAsync(reader, path, ("If-Match", "\"other\"")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(reader, path, ("If-Match", $"\"other\", {tag}")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(reader, path, ("If-Match", "*")));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(reader, path, ("If-None-Match", tag)));
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            await StatusAsync(reader, path, ("If-Match", "\"other\""), ("If-None-Match", tag))
        );
    }

    // RFC 9110, section 13.1.4: where a tag is asked for, a date says nothing.
    [Theory]
    [InlineData("/rules/mc.md")]
    [InlineData("/rules/mc/first.json")]
    public async Task IfUnmodifiedSince_BeforeAChange_IsAFailedPrecondition(string path)
    {
        await FirstAsync();
        using var reader = site.Anonymous();
        var changed = (await reader.GetAsync(path, Stop)).Content.Headers.LastModified!.Value;

        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            await StatusAsync(reader, path, ("If-Unmodified-Since", (changed - TimeSpan.FromHours(1)).ToString("R")))
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await StatusAsync(reader, path, ("If-Unmodified-Since", changed.ToString("R")))
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await StatusAsync(
                reader,
                path,
                ("If-Unmodified-Since", (changed - TimeSpan.FromHours(1)).ToString("R")),
                ("If-Match", "*")
            )
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(reader, path, ("If-Unmodified-Since", "yesterday")));
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/nowhere/schedule")]
    [InlineData("/api/v1/rules/mc/nothing/roster", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/rules/clashes", HttpStatusCode.Unauthorized)]
    [InlineData("/API/v2")]
    public async Task Api_ThatHasNoAnswer_TellsItAsAProblem(
        string path,
        HttpStatusCode status = HttpStatusCode.NotFound
    )
    {
        await site.Given.ConferenceAsync("rules");
        using var answer = await site.Anonymous().GetAsync(path, Stop);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));

        Assert.Equal(
            (status, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType)
        );
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Api_AskedByAMethodThatItDoesNotKnow_TellsItAsAProblem()
    {
        using var answer = await site.Anonymous().DeleteAsync("/api/v1/rules/schedule", Stop);

        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType)
        );
        Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/favicon.ico", "image/x-icon", new byte[] { 0, 0, 1, 0 })]
    [InlineData("/apple-touch-icon.png", "image/png", new byte[] { 0x89, 0x50, 0x4E, 0x47 })]
    [InlineData("/og.png", "image/png", new byte[] { 0x89, 0x50, 0x4E, 0x47 })]
    public async Task Picture_ThatProgramsAskForUnasked_IsThere(string path, string type, byte[] beginning)
    {
        using var answer = await site.Anonymous().GetAsync(path, Stop);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(beginning, (await answer.Content.ReadAsByteArrayAsync(Stop))[..beginning.Length]);
    }

    // Programs that look for them read attributes by patterns, and know no references to characters.
    [Theory]
    [InlineData("/rules")]
    [InlineData("/rules/mc/first")]
    [InlineData("/rules/mc/first/topics/one")]
    [InlineData("/rules/mc")]
    [InlineData("/rules/schedule")]
    public async Task Head_OfAPage_SpellsTypesAsTheyAre(string path)
    {
        var first = await FirstAsync();
        if (path.EndsWith("/one", StringComparison.Ordinal))
        {
            await using var db = site.OpenDatabase();
            path = path.Replace(
                "/one",
                $"/{db.Topics.Single(t => t.MicroconferenceId == first.Id).Id}-topic",
                StringComparison.Ordinal
            );
        }

        var page = await site.Anonymous().GetStringAsync(path, Stop);
        var head = page[..page.IndexOf("</head>", StringComparison.Ordinal)];

        Assert.DoesNotContain("&#x2B;", head, StringComparison.Ordinal);
        Assert.Equal(
            path is "/rules/mc" or "/rules/schedule" ? 0 : 1,
            head.Split("<script type=\"application/ld+json\">").Length - 1
        );
    }

    // The Open Graph protocol requires a picture of every page that says what it is.
    [Theory]
    [InlineData("/rules")]
    [InlineData("/rules/mc/first")]
    [InlineData("/rules/calls")]
    public async Task Page_ForPreviews_HasAPicture(string path)
    {
        await FirstAsync();
        var page = await site.ReadAsync(path);
        var picture = page.QuerySelector("meta[property='og:image']")!.GetAttribute("content")!;

        Assert.StartsWith("http://localhost/", picture, StringComparison.Ordinal);
        using var answer = await site.Anonymous().GetAsync(new Uri(picture).AbsolutePath, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(
        HttpClient reader,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await reader.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    // The same for all tests, whichever of them is the first to ask for it.
    private Task<Microconference> FirstAsync() =>
        site.Given.MicroconferenceAsync("First", conference: "rules", topics: ["Topic"]);
}
