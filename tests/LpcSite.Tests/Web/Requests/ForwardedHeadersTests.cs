using System.Diagnostics;
using System.Net;
using LpcSite.Data;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Web.Requests;

/// <summary>
/// What a request claims of its host, its scheme and its sender is believed of the operator's proxies alone.
/// </summary>
public sealed class ForwardedHeadersTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Claimed = "evil.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Absolute =>
        [
            "/robots.txt",
            "/sitemap.xml",
            "/far/mc.json",
            "/far/mc.atom",
            "/far/mc.txt",
            "/far/calls.ics",
            "/far/mc",
            "/far",
        ];

    [Theory]
    [MemberData(nameof(Absolute))]
    public async Task Request_ThroughNoNamedProxy_SaysNothingOfItsHost(string path)
    {
        await GivenAsync();
        site.ForgetPages();
        using var reader = site.Anonymous();

        var text = await Forwarded(reader, path, Claimed);

        Assert.DoesNotContain(Claimed, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Claimed, await reader.GetStringAsync(path, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResetLetter_AskedForUnderAnotherHost_LeadsToTheSite()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Far Away"));
        using var reader = site.Browse();
        reader.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", Claimed);
        reader.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        await reader.SubmitAsync("/account/forgot", new() { ["Input.Mail"] = mail });

        await using var db = site.OpenDatabase();
        var email = await db.Letters.SingleAsync(
            l => l.ToName == "Far Away" && l.Text.Contains("/account/reset"),
            Stop
        );
        Assert.DoesNotContain(Claimed, email.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RateLimit_IsNotPassedByInventedSenders()
    {
        await using var narrow = site.WithWebHostBuilder(static host =>
            host.UseSetting("RateLimit:RequestsPerSecond", "1")
        );
        using var reader = narrow.CreateClient();

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sign-in")
            {
                Headers = { { "X-Forwarded-For", $"198.51.100.{i}" } },
            };
            answers.Add((await reader.SendAsync(request, Stop)).StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "lpc.example.org", false)]
    [InlineData("127.0.0.0/8", "lpc.example.org", true)]
    [InlineData("127.0.0.0/8", "evil.example", false)]
    public async Task Proxy_IsBelieved_WhereItsNetworkIsNamedAndTheHostServed(
        string network,
        string host,
        bool isBelieved
    )
    {
        await using var served = await BehindAsync(network, "localhost;127.0.0.1;lpc.example.org");
        using var reader = served.CreateClient();

        Assert.Equal(
            isBelieved,
            (await Forwarded(reader, "/robots.txt", host)).Contains(
                $"https://{host}/sitemap.xml",
                StringComparison.Ordinal
            )
        );
    }

    // A page is kept for the address that it names, which is known once the proxy was heard.
    [Fact]
    public async Task Page_KeptForOneHost_IsNotTheOneOfAnother()
    {
        await GivenAsync();
        await using var served = await BehindAsync(
            "127.0.0.0/8",
            "localhost;127.0.0.1;one.example.org;two.example.org"
        );
        using var reader = served.CreateClient();

        for (var round = 0; round < 2; round++)
        {
            foreach (var host in new[] { "one.example.org", "two.example.org" })
            {
                Assert.Contains(
                    $"rel=\"canonical\" href=\"https://{host}/far/mc\"",
                    await Forwarded(reader, "/far/mc", host),
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Absolute))]
    public async Task Request_WhereTheSiteHasAnAddress_HasNoSayInIt(string path)
    {
        await GivenAsync();
        await using var named = site.WithWebHostBuilder(static host =>
            host.UseSetting("Site:Url", "https://lpc.example.org/")
        );
        using var reader = named.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = Claimed } };

        using var answer = await reader.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);

        Assert.DoesNotContain(Claimed, text, StringComparison.Ordinal);
        Assert.Contains("https://lpc.example.org", text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://lpc.example.org//", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "LpcSite needs its public address outside development: set Site__Url")]
    [InlineData("lpc.example.org", "Site__Url is 'lpc.example.org'")]
    [InlineData("https://lpc.example.org/2022", "Site__Url is 'https://lpc.example.org/2022'")]
    [InlineData("ftp://lpc.example.org", "Site__Url is 'ftp://lpc.example.org'")]
    public async Task Production_WithoutItsAddress_RefusesToStart(string? address, string sentence)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(LpcDbContext).Assembly.Location, "--urls", "http://127.0.0.1:0"]
        )
        {
            WorkingDirectory = FolderOnDisk.SitePath,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ConnectionStrings__LpcSite"] = site.ConnectionString,
                ["Site__Url"] = address,
            },
        };
        using var process = Process.Start(start)!;
        var (errors, _) = (process.StandardError.ReadToEndAsync(Stop), process.StandardOutput.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);

        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith(sentence, await errors, StringComparison.Ordinal);
    }

    private async Task GivenAsync()
    {
        await site.Given.MicroconferenceAsync("Far", conference: "far");
        await using var db = site.OpenDatabase();
        if (await db.Calls.AnyAsync(Stop))
        {
            return;
        }

        await site.Given.CallAsync(
            site.Clock.GetCurrentInstant(),
            site.Clock.GetCurrentInstant() + NodaTime.Duration.FromDays(9),
            "Europe/Dublin",
            conference: "far"
        );
    }

    // Over a socket, so that the request comes from an address at all.
    private async Task<SiteFixture> BehindAsync(string network, string hosts)
    {
        var served = site.SecondInstance(host =>
            host.UseSetting("ForwardedHeaders:KnownNetworks:0", network).UseSetting("AllowedHosts", hosts)
        );
        served.UseKestrel(0);
        await served.InitializeAsync();
        served.StartServer();
        return served;
    }

    private static async Task<string> Forwarded(HttpClient reader, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers =
            {
                { "X-Forwarded-Host", host },
                { "X-Forwarded-Proto", "https" },
                { "X-Forwarded-For", "198.51.100.7" },
            },
        };
        using var answer = await reader.SendAsync(request, Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
