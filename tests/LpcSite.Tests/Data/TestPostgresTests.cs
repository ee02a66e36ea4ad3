using LpcSite.Tests.Fixture;
using Npgsql;

namespace LpcSite.Tests.Data;

/// <summary>The databases that tests get are whole, apart from each other, and can do what the site needs.</summary>
public sealed class TestPostgresTests
{
    private const string Template = "TestPostgresTests";

    private static int _migrations;

    [Fact]
    public async Task Clone_ForManyAtOnce_MigratesOnceAndKeepsThemApart()
    {
        var clones = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => TestPostgres.CloneAsync(MigrateAsync, Template))
        );

        await ExecuteAsync(clones[0], "INSERT INTO pipe VALUES ('copper')");

        var rows = await Task.WhenAll(clones.Select(clone => ExecuteAsync(clone, "SELECT count(*) FROM pipe")));

        Assert.Equal(1, _migrations);
        Assert.Equal([1, 0, 0, 0, 0], rows);
        await Task.WhenAll(clones.Select(TestPostgres.DropAsync));
    }

    [Fact]
    public async Task Drop_OfADatabaseInUse_DropsIt()
    {
        var clone = await TestPostgres.CloneAsync(MigrateAsync, Template);
        await using var connection = new NpgsqlConnection(clone);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        await TestPostgres.DropAsync(clone);

        var gone = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(clone, "SELECT 1::bigint"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, gone.SqlState);
    }

    private static async Task MigrateAsync(string connectionString)
    {
        Interlocked.Increment(ref _migrations);
        await ExecuteAsync(
            connectionString,
            """
            CREATE EXTENSION btree_gist;
            CREATE EXTENSION pg_trgm;
            CREATE EXTENSION unaccent;
            CREATE TABLE pipe (metal text);
            """
        );
    }

    private static async Task<long> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as long? ?? 0;
    }
}
