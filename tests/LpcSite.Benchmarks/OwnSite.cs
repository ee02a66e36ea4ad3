using System.Diagnostics;
using LpcSite.Data;
using LpcSite.DevPostgres;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Benchmarks;

/// <summary>
/// The site as Production runs it, in a process of its own, over a PostgreSQL and a folder that are gone afterwards.
/// </summary>
internal sealed class OwnSite : IAsyncDisposable
{
    private static readonly string Program = typeof(LpcDbContext).Assembly.Location;

    private readonly EmbeddedPostgres _postgres;
    private readonly Dictionary<string, string> _environment;

    private OwnSite(string folder, EmbeddedPostgres postgres)
    {
        (Folder, _postgres) = (folder, postgres);
        _environment = new()
        {
            ["ConnectionStrings__LpcSite"] = ConnectionString,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["RateLimit__RequestsPerSecond"] = "1000000",

            // Requests without TLS count as sent to this address: cookies are given to no other.
            ["Site__Url"] = "https://localhost",
        };
    }

    public string Folder { get; }
    public string ConnectionString => _postgres.ConnectionString("lpcsite");

    /// <summary>With the built-in example in it.</summary>
    public static async Task<OwnSite> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lpcsite-benchmarks-").FullName;
        var postgres = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions { Folder = Path.Combine(folder, "postgres"), ContentRoot = Example.Root }
        );
        var site = new OwnSite(folder, postgres);
        await postgres.CreateDatabaseIfMissingAsync("lpcsite");
        await site.RunVerbAsync("migrate");
        await site.RunVerbAsync("import", Example.Folder);
        return site;
    }

    public Task<Server> StartAsync(bool alone) =>
        Server.StartAsync(
            address => [Program, "--urls", address, "--contentRoot", Path.Combine(Example.Root, "src", "LpcSite")],
            _environment,
            alone
        );

    public LpcDbContext Open() =>
        new(
            (DbContextOptions<LpcDbContext>)
                LpcDbContextFactory.Configure(new DbContextOptionsBuilder<LpcDbContext>(), ConnectionString).Options
        );

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task RunVerbAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]);
        foreach (var (key, value) in _environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{arguments[0]} failed.");
        }
    }
}
