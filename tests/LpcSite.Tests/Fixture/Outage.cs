using Npgsql;

namespace LpcSite.Tests.Fixture;

/// <summary>What it is like when the database is away.</summary>
public static class Outage
{
    /// <summary>As a server that was stopped: what is open ends, and nothing is let in.</summary>
    public static async Task CutAsync(SiteFixture site, bool isCut)
    {
        var server = new NpgsqlConnectionStringBuilder(site.ConnectionString);
        var name = server.Database;
        server.Database = "postgres";
        server.Pooling = false;
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var cut = new NpgsqlCommand(
            $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS {(isCut ? "false" : "true")}; "
                + $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'",
            connection
        );
        await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
