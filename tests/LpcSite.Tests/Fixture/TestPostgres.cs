using System.Collections.Concurrent;
using Npgsql;

namespace LpcSite.Tests.Fixture;

/// <summary>
/// The PostgreSQL of all tests of a test program: the server in LPCSITE_TEST_POSTGRES if that is set, else a container
/// where a Docker engine answers, else the site's embedded one. Each caller gets a database of its own, cloned from a
/// template that is migrated once.
/// </summary>
public static class TestPostgres
{
    private const string Server = "LPCSITE_TEST_POSTGRES";
    private const string Prefix = "lpcsite_test_";

    // Its connection stays open while this program lives and carries this name: a database whose run has no such
    // connection is a leftover.
    private static readonly string Run = $"{Prefix}{Guid.NewGuid():N}";

    private static readonly Lazy<Task<NpgsqlConnection>> Admin = new(StartAsync);
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new(StringComparer.Ordinal);
    private static int _databases;

    /// <summary>
    /// Makes a database for one caller. The template is made by the first caller who names it, with the migration that
    /// they bring.
    /// </summary>
    /// <param name="migrateTemplate">Gets the connection string of an empty database and fills it.</param>
    /// <param name="template">Tells templates apart, where there is more than one in a program.</param>
    /// <returns>The connection string of the new database.</returns>
    public static async Task<string> CloneAsync(Func<string, Task> migrateTemplate, string template = "lpcsite")
    {
        var source = await Templates.GetOrAdd(template, _ => new(() => MakeTemplateAsync(migrateTemplate))).Value;
        var clone = NewName();

        await ExecuteAsync($"CREATE DATABASE {clone} TEMPLATE {source} STRATEGY FILE_COPY");
        return await ConnectionStringAsync(clone);
    }

    /// <summary>Drops a clone, whoever may still be connected to it.</summary>
    public static async Task DropAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        var database = new NpgsqlConnectionStringBuilder(connectionString).Database!;

        if (!database.StartsWith(Run, StringComparison.Ordinal))
        {
            throw new ArgumentException($"{database} is no clone of this run.", nameof(connectionString));
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    private static string NewName() => $"{Run}_{Interlocked.Increment(ref _databases)}";

    private static async Task<string> MakeTemplateAsync(Func<string, Task> migrate)
    {
        var name = NewName();
        await ExecuteAsync($"CREATE DATABASE {name}");

        // Without a pool a closed connection is gone, and a template must have none.
        var unpooled = new NpgsqlConnectionStringBuilder(await ConnectionStringAsync(name)) { Pooling = false };
        await migrate(unpooled.ConnectionString);

        await ExecuteAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await ExecuteAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'");
        return name;
    }

    private static async Task<string> ConnectionStringAsync(string database) =>
        new NpgsqlConnectionStringBuilder((await Admin.Value).ConnectionString)
        {
            Database = database,
            ApplicationName = null,
            Pooling = true,
            KeepAlive = 0,
            IncludeErrorDetail = true,
        }.ConnectionString;

    // One at a time, because two clones of one template get in each other's way.
    private static async Task ExecuteAsync(string sql)
    {
        var admin = await Admin.Value;
        await OneAtATime.WaitAsync();

        try
        {
            await using var command = new NpgsqlCommand(sql, admin) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task<NpgsqlConnection> StartAsync()
    {
        IAsyncDisposable? server = null;
        string connectionString;

        if (Environment.GetEnvironmentVariable(Server) is { Length: > 0 } given)
        {
            connectionString = given;
        }
        else if (await PostgresContainer.TryStartAsync() is { } container)
        {
            (server, connectionString) = (container, container.ConnectionString);
        }
        else
        {
            var embedded = await EmbeddedTestPostgres.StartAsync();
            (server, connectionString) = (embedded, embedded.ConnectionString);
        }

        var admin = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                ApplicationName = Run,
                Pooling = false,
                KeepAlive = 30,
                PersistSecurityInfo = true,
            }.ConnectionString
        );

        // Runs after failed tests too, and when somebody stops the run with Ctrl-C.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAsync(admin, server).GetAwaiter().GetResult();

        await admin.OpenAsync();
        await DropDatabasesAsync(
            admin,
            $"""
            SELECT datname FROM pg_database
            WHERE datname ~ '^{Prefix}[0-9a-f]+_'
              AND NOT EXISTS (
                SELECT FROM pg_stat_activity
                WHERE application_name = substring(pg_database.datname FROM '^{Prefix}[0-9a-f]+'))
            """
        );
        return admin;
    }

    private static async Task StopAsync(NpgsqlConnection admin, IAsyncDisposable? server)
    {
        try
        {
            if (server is null)
            {
                NpgsqlConnection.ClearAllPools();
                await DropDatabasesAsync(admin, $"SELECT datname FROM pg_database WHERE starts_with(datname, '{Run}')");
            }

            await admin.DisposeAsync();
        }
        finally
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static async Task DropDatabasesAsync(NpgsqlConnection admin, string question)
    {
        var names = new List<string>();

        await using (var command = new NpgsqlCommand(question, admin))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetString(0));
            }
        }

        foreach (var name in names)
        {
            await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", admin);
            await drop.ExecuteNonQueryAsync();
        }
    }
}
