using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LpcSite.Conferences;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Npgsql;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Core;
using Serilog.Events;

namespace LpcSite.Tests.Web.Errors;

/// <summary>Whatever is refused is refused in words, and only what is wrong here is written down as an error.</summary>
public sealed class ErrorPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/wordy/organize")]
    [InlineData("/wordy/organize/schedule")]
    [InlineData("/organize/conferences")]
    public async Task OrganizersPage_ForSomebodyElse_SaysThatTheyHaveNoAccess(string path)
    {
        await site.Given.ConferenceAsync("wordy");
        using var reader = await site.AsAsync(await site.Given.PersonAsync("Anna Attendee"));

        using var answer = await reader.GetAsync(path);
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("No access", page.QuerySelector("main h1")?.TextContent);
        Assert.Contains("Anna Attendee", page.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/wordy/mc?status=nothing", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/wordy/mc/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing/at/all", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/wordy/mc", HttpStatusCode.MethodNotAllowed)]
    [InlineData("TRACE", "/wordy", HttpStatusCode.MethodNotAllowed)]
    [InlineData("FOO", "/wordy", HttpStatusCode.NotImplemented)]
    [InlineData("POST", "/account/sign-in", HttpStatusCode.BadRequest)]
    public async Task Refusal_OfWhateverRequest_HasAPageWithWords(string method, string path, HttpStatusCode status)
    {
        await site.Given.ConferenceAsync("wordy");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await site.Anonymous().SendAsync(request, Stop);
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty(page.QuerySelector("main h1")!.TextContent);
        Assert.NotEmpty(page.QuerySelector("main p")!.TextContent);
    }

    [Theory]
    [
        InlineData(400),
        InlineData(401),
        InlineData(403),
        InlineData(404),
        InlineData(405),
        InlineData(409),
        InlineData(412),
        InlineData(413),
        InlineData(429),
        InlineData(500),
        InlineData(501),
        InlineData(503)
    ]
    public void Status_HasWordsOfItsOwn(int status)
    {
        Assert.NotEmpty(LpcSite.Web.Errors.ErrorWords.Heading(status));
        Assert.True(
            status is 400
                || LpcSite.Web.Errors.ErrorWords.Sentence(status) != LpcSite.Web.Errors.ErrorWords.Sentence(400)
        );
    }

    [Fact]
    public async Task TooManyRequests_AreToldInWords()
    {
        await using var narrow = site.WithWebHostBuilder(static host =>
            host.UseSetting("RateLimit:RequestsPerSecond", "1")
        );
        using var reader = narrow.CreateClient();
        HttpResponseMessage answer;
        do
        {
            answer = await reader.GetAsync("/account/sign-in", Stop);
        } while (answer.StatusCode is HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Wait a few seconds", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_WhoGoesAway_IsNoError()
    {
        var lines = new Lines();
        await using var logging = Logging(lines);
        logging.UseKestrel(0);
        await logging.InitializeAsync();
        logging.StartServer();
        await logging.Given.MicroconferenceAsync(
            "Left",
            conference: "left",
            description: string.Join(' ', Enumerable.Range(0, 15_000).Select(n => $"w{n}"))
        );
        await using var locked = new NpgsqlConnection(logging.ConnectionString);
        await locked.OpenAsync(Stop);
        await using (var holding = await locked.BeginTransactionAsync(Stop))
        {
            await using var hold = new NpgsqlCommand(
                "LOCK TABLE microconferences IN ACCESS EXCLUSIVE MODE",
                locked,
                holding
            );
            await hold.ExecuteNonQueryAsync(Stop);
            foreach (
                var path in new[]
                {
                    "/left/mc",
                    "/left/mc?status=proposed",
                    "/left/mc.md",
                    "/left/search?q=left",
                    "/left/mc",
                    "/api/v1/left/schedule",
                }
            )
            {
                await LeaveAsync(logging.ClientOptions.BaseAddress, $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }

            await LeaveAsync(
                logging.ClientOptions.BaseAddress,
                "POST /account/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + "application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nInput.Mail=a"
            );
        }

        using var reader = new HttpClient { BaseAddress = logging.ClientOptions.BaseAddress };
        await reader.GetStringAsync("/left/mc", Stop);

        // It stops once all of them have ended.
        await logging.Services.GetRequiredService<IHost>().StopAsync(Stop);
        Assert.Empty(lines.ErrorsAbout("/left"));
        Assert.Empty(lines.ErrorsAbout("/account/sign-in"));
    }

    [Fact]
    public async Task BodyThatIsTooLarge_IsNoError()
    {
        var lines = new Lines();
        await using var logging = Logging(lines);
        logging.UseKestrel(0);
        await logging.InitializeAsync();
        logging.StartServer();
        using var reader = new HttpClient { BaseAddress = logging.ClientOptions.BaseAddress };

        using var answer = await reader.PostAsync(
            "/account/sign-in",
            new FormUrlEncodedContent([new("Input.Mail", new string('a', 3_000_000))]),
            Stop
        );

        Assert.InRange((int)answer.StatusCode, 400, 413);
        Assert.Empty(lines.ErrorsAbout("/account/sign-in"));
    }

    // The database refuses the second of two, and whoever saved says so to a person: that is how it is meant.
    [Fact]
    public async Task Race_ThatTheDatabaseDecides_IsNoError()
    {
        var lines = new Lines();
        await using var logging = Logging(lines);
        await logging.InitializeAsync();
        await logging.Given.ConferenceAsync("raced");
        using var reader = logging.Anonymous();
        await reader.GetStringAsync("/raced", Stop);
        await using var scope = logging.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcSite.Data.LpcDbContext>();
        db.Add(
            new Conference(
                "raced",
                "Again",
                "Again",
                new LocalDate(2022, 9, 1),
                new LocalDate(2022, 9, 2),
                DateTimeZoneProviders.Tzdb["Europe/Dublin"],
                "Dublin"
            )
        );

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));

        Assert.Empty(lines.ErrorsAbout("conferences"));
    }

    // Closes the connection as soon as the site works for it.
    private static async Task LeaveAsync(Uri address, string request)
    {
        using var socket = new TcpClient { LingerState = new(enable: true, seconds: 0) };
        await socket.ConnectAsync(address.Host, address.Port, Stop);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
        await Task.Delay(300, Stop);
    }

    private static SiteFixture Logging(Lines lines) =>
        new()
        {
            Configure = host =>
                host.UseSetting("Serilog:MinimumLevel:Default", "Information")
                    .UseSetting("Serilog:MinimumLevel:Override:Microsoft", "Warning")
                    .ConfigureTestServices(services =>
                    {
                        services.AddSingleton<ILogEventSink>(lines);
                        services
                            .AddOptions<RequestLoggingOptions>()
                            .Configure<ILogger>((options, log) => options.Logger = log);
                    }),
        };

    private sealed class Lines : ILogEventSink
    {
        public ConcurrentQueue<LogEvent> Told { get; } = new();

        // Other sites of these tests may tell it something too.
        public IEnumerable<string> ErrorsAbout(string what) =>
            Told.Where(line => line.Level >= LogEventLevel.Error)
                .Select(line =>
                    $"{line.Properties.GetValueOrDefault("RequestPath")} {line.RenderMessage(formatProvider: null)} "
                    + $"{line.Exception}"
                )
                .Where(line => line.Contains(what, StringComparison.Ordinal));

        public void Emit(LogEvent logEvent) => Told.Enqueue(logEvent);
    }
}
