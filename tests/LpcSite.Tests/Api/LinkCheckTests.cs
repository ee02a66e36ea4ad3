using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LpcSite.Tests.Fixture;
using LpcSite.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LpcSite.Tests.Api;

/// <summary>Whether the links of a text lead anywhere, and what the site refuses to ask for anybody.</summary>
public sealed class LinkCheckTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OfLinks_TellsWhatEachAnswers()
    {
        await using var elsewhere = await ElsewhereAsync();
        using var lena = await LeadAsync("Lena", allowLoopback: true);

        var links = await CheckAsync(
            lena,
            $"[good]({elsewhere.Address}/good) [no HEAD]({elsewhere.Address}/get-only) "
                + $"[gone]({elsewhere.Address}/gone) [again]({elsewhere.Address}/good) {elsewhere.Address}/moved "
                + $"[closed]({elsewhere.Address}/closed)"
        );

        Assert.Equal(
            [
                ($"{elsewhere.Address}/good", true, "It answers."),
                ($"{elsewhere.Address}/get-only", true, "It answers."),
                ($"{elsewhere.Address}/gone", false, "Nothing is there (404)."),
                ($"{elsewhere.Address}/moved", true, "It answers."),
                (
                    $"{elsewhere.Address}/closed",
                    false,
                    "It answers 403, perhaps because a program asked: look yourself."
                ),
            ],
            links
        );
    }

    [Fact]
    public async Task Post_OfLinksWithinTheSite_AsksItsOwnPages()
    {
        await site.Given.PageAsync("attend", "How to attend");
        using var lena = await LeadAsync("Lena", allowLoopback: false);

        var links = await CheckAsync(
            lena,
            "# Goals\n\n[a](/2022/attend) [b](/2022/none) [c](../attend#x) [d](#goals) [e](#nowhere) [f](/my) "
                + "[g](http://localhost/2022)"
        );

        Assert.Equal(
            [
                ("/2022/attend", true, "It answers."),
                ("/2022/none", false, "Nothing is there (404)."),
                ("../attend#x", true, "It answers."),
                ("#nowhere", false, "No heading of this text has that name."),
                ("/my", false, "Only people who are signed in can open it."),
                ("http://localhost/2022", true, "It answers."),
            ],
            links
        );
    }

    [Fact]
    public async Task Post_OfLinksToThisMachineAndItsNetwork_AsksNone()
    {
        await using var elsewhere = await ElsewhereAsync();
        using var lena = await LeadAsync("Lena", allowLoopback: false);
        var port = new Uri(elsewhere.Address).Port;

        var links = await CheckAsync(
            lena,
            $"<http://127.0.0.1:{port}/good> <http://localhost:{port}/good> <http://0.0.0.0:{port}/good> "
                + $"<http://0x7f000001:{port}/good>"
        );

        Assert.Equal(4, links.Length);
        Assert.All(links, link => Assert.Equal("Its address is not a public one, so it was not asked.", link.Says));
        Assert.Equal(0, elsewhere.Asked);
    }

    [Fact]
    public async Task Post_OfALinkThatLeadsInside_DoesNotFollow()
    {
        await using var elsewhere = await ElsewhereAsync();
        using var lena = await LeadAsync("Lena", allowLoopback: true);

        var links = await CheckAsync(lena, $"{elsewhere.Address}/inside");

        Assert.Equal(1, elsewhere.Asked);
        Assert.Equal(
            [($"{elsewhere.Address}/inside", false, "Its address is not a public one, so it was not asked.")],
            links
        );
    }

    [Fact]
    public async Task Post_OfALinkThatNeverAnswers_GivesUp()
    {
        await using var elsewhere = await ElsewhereAsync();
        using var lena = await LeadAsync("Lena", allowLoopback: true, patience: TimeSpan.FromSeconds(0.5));

        var links = await CheckAsync(lena, $"{elsewhere.Address}/silent");

        Assert.Equal([($"{elsewhere.Address}/silent", false, "It did not answer within 0.5 seconds.")], links);
    }

    [Fact]
    public async Task Post_OfManyLinks_AsksTwentyAndSaysHowManyNot()
    {
        await using var elsewhere = await ElsewhereAsync();
        using var lena = await LeadAsync("Lena", allowLoopback: true);

        using var answer = await lena.PostTextAsync(
            "/2022/mc/links",
            string.Join(' ', Enumerable.Range(0, 23).Select(i => $"{elsewhere.Address}/good?{i}"))
        );
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);

        Assert.Equal(LinkCheck.MaxLinks, told.GetProperty("links").GetArrayLength());
        Assert.Equal(3, told.GetProperty("leftOut").GetInt32());
        Assert.Equal(LinkCheck.MaxLinks, elsewhere.Asked);
    }

    [Fact]
    public async Task Post_OverAndOver_IsRefused()
    {
        using var hasty = await LeadAsync("Hasty", allowLoopback: false);
        var token = await hasty.TokenAsync();
        var statuses = new List<HttpStatusCode>();

        for (var i = 0; i < 7; i++)
        {
            using var answer = await hasty.SendAsync(
                HttpMethod.Post,
                "/2022/mc/links",
                token,
                new FormUrlEncodedContent([new("text", "no link")])
            );
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    private static async Task<(string Url, bool Answers, string Says)[]> CheckAsync(Browsing browsing, string text)
    {
        using var answer = await browsing.PostTextAsync("/2022/mc/links", text);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return
        [
            .. (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop))
                .GetProperty("links")
                .EnumerateArray()
                .Select(link =>
                    (
                        link.GetProperty("url").GetString()!,
                        link.GetProperty("answers").GetBoolean(),
                        link.GetProperty("says").GetString()!
                    )
                ),
        ];
    }

    // A site of its own, whose link check knows that here everything else runs on the same machine.
    private async Task<Browsing> LeadAsync(string name, bool allowLoopback, TimeSpan? patience = null)
    {
        await site.Given.ConferenceAsync();
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync(name));
        var own = site.WithWebHostBuilder(host =>
            host.ConfigureTestServices(services =>
                services.Configure<LinkCheckOptions>(options =>
                {
                    options.AllowLoopback = allowLoopback;
                    options.Patience = patience ?? options.Patience;
                })
            )
        );
        var browsing = new Browsing(
            own.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false })
        );
        await browsing.SignInAsync(mail, Given.Password);
        return browsing;
    }

    private static async Task<Elsewhere> ElsewhereAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var elsewhere = new Elsewhere(builder.Build());
        await elsewhere.StartAsync();
        return elsewhere;
    }

    /// <summary>Another site, on this machine.</summary>
    private sealed class Elsewhere(WebApplication app) : IAsyncDisposable
    {
        private int _asked;

        public int Asked => _asked;
        public string Address => app.Urls.Single();

        public async Task StartAsync()
        {
            app.Run(AnswerAsync);
            await app.StartAsync(Stop);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task AnswerAsync(HttpContext context)
        {
            Interlocked.Increment(ref _asked);
            switch (context.Request.Path.Value)
            {
                case "/good":
                    return;
                case "/get-only":
                    context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method)
                        ? StatusCodes.Status200OK
                        : StatusCodes.Status405MethodNotAllowed;
                    return;
                case "/moved":
                    context.Response.Redirect("/good");
                    return;
                case "/inside":
                    // This machine, by an address that even here is not allowed.
                    context.Response.Redirect($"http://0.0.0.0:{new Uri(Address).Port}/good");
                    return;
                case "/closed":
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return;
                case "/silent":
                    await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
                    return;
                default:
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
            }
        }
    }
}
