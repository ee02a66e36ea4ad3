using LpcSite.Imports;
using LpcSite.Microconferences;
using LpcSite.Tests.Accounts.SignIn;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(LpcSite.Browser.Fixture.BrowserFixture))]

namespace LpcSite.Browser.Fixture;

/// <summary>
/// The whole site on a port of its own, as Kestrel serves it, and one Chromium to read it with; the same for every
/// test. Tests only read, so that none of them disturbs another.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Program = "LPCSITE_CHROMIUM";
    private const string TopicPage = "/topics/first";

    private static readonly string[] Arguments =
    [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ];

    private readonly SiteFixture _site;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the site answers, without a slash at its end.</summary>
    public string Address { get; private set; } = "";

    public IBrowser Browser => _browser!;

    public SiteFixture Site => _site;

    /// <summary>By whose word people may sign in too.</summary>
    public OtherSite Other { get; } = new();

    internal BusyDesk Desk { get; private set; } = null!;

    /// <summary>The browser that tests start: the one that LPCSITE_CHROMIUM names, else Debian's.</summary>
    public static string Chromium
    {
        get
        {
            var program = Environment.GetEnvironmentVariable(Program) is { Length: > 0 } named
                ? named
                : "/usr/bin/chromium";
            return File.Exists(program)
                ? program
                : throw new InvalidOperationException(
                    $"The browser tests need Chromium, and {program} is not there: install it, or name its program "
                        + $"in {Program}."
                );
        }
    }

    public BrowserFixture() => _site = new() { Configure = Other.IsBelievedBy };

    public async ValueTask InitializeAsync()
    {
        var program = Chromium;
        _site.UseKestrel(0);
        await _site.InitializeAsync();
        _site.StartServer();
        Address = _site.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = program,
                ChromiumSandbox = false,
                Args = Arguments,
            }
        );
        await ImportSampleAsync();
        await new CrowdedConference(_site, _browser).AppearAsync();
        await new QuietConference(_site).AppearAsync();
        await new PlacedConference(_site).AppearAsync();
        Desk = new(_site);
        await Desk.AppearAsync();
        await new BusyReviews(_site).AppearAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await _site.DisposeAsync();
        await Other.DisposeAsync();
    }

    /// <summary>A new reader, who has nothing in their browser's cache.</summary>
    public async Task<Reader> ReaderAsync(Screen? screen = null, Action<BrowserNewContextOptions>? choose = null)
    {
        screen ??= Screen.Desktop;
        var options = new BrowserNewContextOptions
        {
            BaseURL = Address,
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-IE",
            TimezoneId = "Europe/Dublin",
        };
        choose?.Invoke(options);
        var context = await Browser.NewContextAsync(options);
        return new Reader(this, context, await context.NewPageAsync());
    }

    private async Task ImportSampleAsync()
    {
        var folder =
            SampleConference.FindFolder(AppContext.BaseDirectory, AppContext.BaseDirectory)
            ?? throw new InvalidOperationException("The browser tests read samples/lpc2022, and it is not there.");
        await using var scope = _site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<ConferenceImport>()
            .ImportAsync(folder, progress: null, CancellationToken.None);
    }

    /// <summary>
    /// The real address of a page that tests name; a topic's holds its number, which only the database knows.
    /// </summary>
    public async Task<string> PathOfAsync(string page)
    {
        if (!page.EndsWith(TopicPage, StringComparison.Ordinal))
        {
            return page;
        }

        var path = page[..^TopicPage.Length].Split('/');
        var (conference, slug) = (path[1], path[3]);
        await using var db = _site.OpenDatabase();
        var topic = await db
            .Microconferences.Where(m => m.Conference.Slug == conference && m.Slug == slug)
            .SelectMany(m => m.Topics)
            .OrderBy(t => t.Position)
            .Select(t => new { t.Id, t.Title })
            .FirstAsync();
        return $"{page[..^TopicPage.Length]}/topics/{MicroconferenceDocument.Item.AddressOf(topic.Id, topic.Title)}";
    }
}
