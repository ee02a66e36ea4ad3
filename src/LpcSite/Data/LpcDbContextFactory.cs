using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace LpcSite.Data;

/// <summary>
/// How the context meets PostgreSQL: in one place for the site, its commands, its tests and the migration tool.
/// </summary>
public sealed class LpcDbContextFactory : IDesignTimeDbContextFactory<LpcDbContext>
{
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseNpgsql(Prepared(connectionString), npgsql => npgsql.UseNodaTime())
            .UseSnakeCaseNamingConvention()
            // The database decides what two people race for, and whoever saved tells it the second one: nothing is
            // wrong then. What nobody expected is thrown through to whoever writes down errors.
            .ConfigureWarnings(static warnings =>
                warnings.Log(
                    (RelationalEventId.CommandError, LogLevel.Debug),
                    (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                    (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug)
                )
            );

    // A page asks the same few statements every time: planning them once halves what they cost. A connection string
    // that says otherwise (for a pooler between site and server) is left alone.
    private static string Prepared(string connectionString)
    {
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        if (
            !connectionString.Contains("Max Auto Prepare", StringComparison.OrdinalIgnoreCase)
            && !connectionString.Contains("MaxAutoPrepare", StringComparison.OrdinalIgnoreCase)
        )
        {
            address.MaxAutoPrepare = 100;
            address.AutoPrepareMinUsages = 2;

            // The site leaves nothing behind in a session that would have to be cleared for the next one.
            address.NoResetOnClose = true;
        }

        return address.ConnectionString;
    }

    /// <summary>Writing a migration asks no server.</summary>
    public LpcDbContext CreateDbContext(string[] args) =>
        new(
            (DbContextOptions<LpcDbContext>)
                Configure(new DbContextOptionsBuilder<LpcDbContext>(), "Host=localhost").Options
        );
}
