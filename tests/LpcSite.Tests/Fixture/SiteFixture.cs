using AngleSharp;
using AngleSharp.Dom;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.People;
using LpcSite.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using NodaTime.Testing;

namespace LpcSite.Tests.Fixture;

/// <summary>The whole site over a database of its own, at a standing clock; one for each test class.</summary>
public sealed class SiteFixture : WebApplicationFactory<Program>, IAsyncLifetime
{
    private string _database = "";

    /// <summary>A second instance of the same site, as behind a proxy.</summary>
    public SiteFixture SecondInstance(Action<IWebHostBuilder>? configure = null) =>
        new() { SharedDatabase = _database, Configure = configure };

    public FakeClock Clock { get; } = new(Instant.FromUtc(2022, 6, 3, 12, 0));
    public SqlStatements Statements { get; } = new();
    public Given Given => new(this);
    public string ConnectionString => _database;

    /// <summary>Another site's database, to share; null for one of its own.</summary>
    public string? SharedDatabase { get; init; }

    /// <summary>What this site has that others have not.</summary>
    public Action<IWebHostBuilder>? Configure { get; init; }

    public async ValueTask InitializeAsync() =>
        _database = SharedDatabase ?? await TestPostgres.CloneAsync(MigrateAsync);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (SharedDatabase is null && _database.Length > 0)
        {
            await TestPostgres.DropAsync(_database);
        }
    }

    public LpcDbContext OpenDatabase() =>
        new(
            (DbContextOptions<LpcDbContext>)
                LpcDbContextFactory.Configure(new DbContextOptionsBuilder<LpcDbContext>(), _database).Options
        );

    /// <summary>A reader who is not signed in; redirects are shown, not followed.</summary>
    public HttpClient Anonymous() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>
    /// A browser of this person, who signed in by the site's own form; they get an account if they have none.
    /// </summary>
    public async Task<Browsing> AsAsync(Person person)
    {
        var browsing = new Browsing(Anonymous());
        await browsing.SignInAsync(await Given.AccountAsync(person), Given.Password);
        return browsing;
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public Browsing Browse() => new(Anonymous());

    /// <summary>Opens a page as a browser does.</summary>
    public async Task<IDocument> ReadAsync(string path)
    {
        using var client = Anonymous();
        var html = await client.GetStringAsync(path);
        return await BrowsingContext
            .New()
            .OpenAsync(response => response.Content(html).Address("http://localhost" + path));
    }

    /// <summary>
    /// Reads a page until it comes out of the cache: PostgreSQL's notice of what was there before the test may still
    /// come round.
    /// </summary>
    public async Task<string> KeptAsync(HttpClient client, string path)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            await client.GetStringAsync(path);
            await Task.Delay(50);
            Statements.Clear();
            var page = await client.GetStringAsync(path);
            if (Statements.Texts.Count == 0)
            {
                return page;
            }
        }

        throw new InvalidOperationException($"{path} is never kept.");
    }

    /// <summary>
    /// How many statements an answer takes, once what all pages have in common is remembered. PostgreSQL's notice of
    /// what was there before the test may still come round and let that be read again, so that the fewest of three
    /// count.
    /// </summary>
    public async Task<int> StatementsOfAsync(Func<Task> ask)
    {
        await ask();
        var fewest = int.MaxValue;
        for (var time = 0; time < 3; time++)
        {
            Statements.Clear();
            await ask();
            fewest = Math.Min(fewest, Statements.Texts.Count);
        }

        return fewest;
    }

    /// <summary>Drops every kept page, so that the next one is made anew.</summary>
    public void ForgetPages() => Services.GetRequiredService<ContentVersions>().Change(ContentVersions.Everything);

    protected override IHost CreateHost(IHostBuilder builder) => SqlStatements.Aside(() => base.CreateHost(builder));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("ConnectionStrings:LpcSite", _database);
        builder.UseSetting("Sample:Load", "false");

        // Letters stay as they were written, for tests to read; who wants them sent says so.
        builder.UseSetting("Mail:Send", "false");

        // What is made while nobody asks would be among what a test counts.
        builder.UseSetting(PagesAhead.Setting, "false");
        builder.UseSetting("RateLimit:RequestsPerSecond", "10000");
        builder.UseSetting("Serilog:MinimumLevel:Default", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Microsoft", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Error");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IClock>(Clock);

            // Slow hashing is a feature of the site, and of no use to tests that sign in a hundred people.
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
            services.ConfigureDbContext<LpcDbContext>(options => options.AddInterceptors(Statements));
        });
        Configure?.Invoke(builder);
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var db = new LpcDbContext(
            (DbContextOptions<LpcDbContext>)
                LpcDbContextFactory.Configure(new DbContextOptionsBuilder<LpcDbContext>(), connectionString).Options
        );
        await db.Database.MigrateAsync();
    }
}
