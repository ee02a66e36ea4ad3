using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Data;

/// <summary>
/// The PostgreSQL server behind the site: the one that is configured, or in development one of its own, which lives and
/// dies with the process. In Production nothing is guessed.
/// </summary>
public sealed class DatabaseServer(IConfiguration configuration, IHostEnvironment environment) : IAsyncDisposable
{
    private const string Database = "lpcsite";

    private OwnServer? _own;
    private string? _connectionString;

    /// <summary>Where development keeps its data: one folder that can be deleted to start afresh.</summary>
    public string Home =>
        configuration["LPCSITE_HOME"] is { Length: > 0 } home
            ? Path.GetFullPath(home)
            : Path.Combine(environment.ContentRootPath, ".lpcsite");

    /// <exception cref="InvalidOperationException"><see cref="StartAsync"/> was not called.</exception>
    public string ConnectionString =>
        _connectionString ?? throw new InvalidOperationException("The database server was not started.");

    /// <exception cref="OperatorException">No server is configured, and the site has none of its own.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        if (configuration.GetConnectionString("LpcSite") is { Length: > 0 } configured)
        {
            _connectionString = configured;
            return;
        }

        if (!environment.IsDevelopment())
        {
            throw new OperatorException(
                "LpcSite needs a PostgreSQL server outside development: set ConnectionStrings__LpcSite, for example to "
                    + "'Host=db;Database=lpcsite;Username=lpcsite;Password=…'."
            );
        }

        _own = await OwnServer.StartAsync(Path.Combine(Home, "postgres"), environment.ContentRootPath, stop);
        _connectionString = await _own.OpenAsync(Database, stop);
    }

    /// <summary>
    /// Brings the schema up to this build's. In Production the operator does so, by the <c>migrate</c> verb, as the
    /// owner of the tables; the role in <c>Database:SiteRole</c>, as which the site works, then gets its rights.
    /// </summary>
    public async Task MigrateAsync(CancellationToken stop)
    {
        await using var db = new LpcDbContext(
            (DbContextOptions<LpcDbContext>)
                LpcDbContextFactory.Configure(new DbContextOptionsBuilder<LpcDbContext>(), ConnectionString).Options
        );
        await db.Database.MigrateAsync(stop);
        if (configuration["Database:SiteRole"] is { Length: > 0 } role)
        {
            await SiteRole.GrantAsync(db, role, configuration["Database:SitePassword"], stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }
}
