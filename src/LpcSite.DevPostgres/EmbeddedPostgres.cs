using System.Diagnostics;
using Npgsql;

namespace LpcSite.DevPostgres;

/// <summary>
/// The site's own PostgreSQL for development and tests: a server on a private data folder and a private unix socket,
/// never on the network, that ends with the process that started it. A second process on the same folder shares the
/// running server.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    internal const int Port = 5432;

    private const string User = "lpcsite";

    private static readonly TimeSpan SharePatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly string _socketFolder;
    private readonly string _password;
    private readonly PostgresServer? _server;
    private readonly FileStream? _ownership;
    private bool _disposed;

    private EmbeddedPostgres(
        string socketFolder,
        string password,
        PostgresServer? server = null,
        FileStream? ownership = null
    )
    {
        _socketFolder = socketFolder;
        _password = password;
        _server = server;
        _ownership = ownership;
    }

    /// <summary>Whether the server ends with this object; false where another process of the site started it.</summary>
    public bool IsOwner => _server is not null;

    /// <summary>
    /// Starts the server of the folder, or finds the one that another process of the site runs there.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">It cannot run; the message says what a person can do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options,
        CancellationToken ct = default
    )
    {
        var folder = new PostgresFolder(options.Folder);
        var waiting = Stopwatch.StartNew();

        while (true)
        {
            if (folder.TryOwn() is { } ownership)
            {
                return await StartOwnAsync(folder, ownership, options, ct);
            }

            if (await TryShareAsync(folder, ct) is { } shared)
            {
                return shared;
            }

            if (waiting.Elapsed > SharePatience)
            {
                throw new EmbeddedPostgresException(
                    $"Another process holds {folder.Path}, but its PostgreSQL does not answer. Its log, "
                        + $"{folder.Log}, ends:\n{folder.EndOfLog()}"
                );
            }

            await Task.Delay(PollInterval, ct);
        }
    }

    /// <summary>
    /// Removes a folder with all its data, after stopping what a killed owner may have left running there.
    /// </summary>
    /// <returns>False where a living process owns the folder: then nothing was touched.</returns>
    public static async Task<bool> RemoveAsync(string folder, CancellationToken ct = default)
    {
        var removed = new PostgresFolder(folder);
        using var ownership = removed.TryOwn();

        if (ownership is null)
        {
            return false;
        }

        await PostgresProcesses.StopAsync(removed, ct);
        Directory.Delete(removed.Path, recursive: true);
        return true;
    }

    /// <summary>What Npgsql needs to reach a database of this server as its superuser.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = _socketFolder,
            Port = Port,
            Username = User,
            Password = _password,
            Database = database,
        }.ConnectionString;

    public async Task CreateDatabaseIfMissingAsync(string database, CancellationToken ct = default)
    {
        await using var connection = new NpgsqlConnection(Unpooled("postgres"));
        await connection.OpenAsync(ct);

        await using var question = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)",
            connection
        );
        question.Parameters.Add(new() { Value = database });

        if (await question.ExecuteScalarAsync(ct) is true)
        {
            return;
        }

        try
        {
            await using var create = new NpgsqlCommand(
                $"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(database)}",
                connection
            );
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process was faster, which is as good.
        }
    }

    /// <summary>
    /// Stops the server if this process owns it, in an orderly way if that is possible within half a minute.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;

        if (_server is not null)
        {
            await _server.StopAsync();
            _server.Dispose();
        }

        if (_ownership is not null)
        {
            await _ownership.DisposeAsync();
        }
    }

    private static async Task<EmbeddedPostgres> StartOwnAsync(
        PostgresFolder folder,
        FileStream ownership,
        EmbeddedPostgresOptions options,
        CancellationToken ct
    )
    {
        try
        {
            // The folder is ours, so a server that still runs there has lost its owner.
            await PostgresProcesses.StopAsync(folder, ct);

            folder.RemoveUnfinished();

            var major = folder.MajorOfData();
            var binaries = await PostgresBinaries.FindAsync(options.ContentRoot, major, ct);
            var password = folder.Password();
            var account = await PostgresAccount.ChooseAsync(binaries, folder.Path, ct);

            if (major is null)
            {
                await InitializeAsync(folder, binaries, account, options, ct);
            }

            var server = await PostgresServer.StartAsync(folder, binaries, account, options, ct);
            return new EmbeddedPostgres(server.SocketFolder, password, server, ownership);
        }
        catch
        {
            await ownership.DisposeAsync();
            throw;
        }
    }

    private static async Task InitializeAsync(
        PostgresFolder folder,
        PostgresBinaries binaries,
        PostgresAccount account,
        EmbeddedPostgresOptions options,
        CancellationToken ct
    )
    {
        var unfinished = folder.NewUnfinished();

        // Sorting and case folding come from ICU and so are the same on every machine; the C library only tells letters
        // from other signs.
        string[] initdb =
        [
            binaries.Initdb,
            "-D",
            unfinished,
            "--username",
            User,
            "--pwfile",
            folder.PasswordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            OperatingSystem.IsMacOS() ? "--locale=en_US.UTF-8" : "--locale=C.UTF-8",
            "--locale-provider=icu",
            "--icu-locale=en",
            "--no-instructions",
            options.Durable ? "--data-checksums" : "--no-sync",
        ];
        var (exitCode, output) = await PostgresCommand.RunAsync([.. account.Prefix, .. initdb], ct);

        if (exitCode != 0)
        {
            throw new EmbeddedPostgresException($"A database could not be made in {folder.Path}:\n{output.Trim()}");
        }

        // Atomic, over nothing or an empty folder: the data are whole or not there.
        if (Directory.Exists(folder.Data))
        {
            Directory.Delete(folder.Data);
        }

        Directory.Move(unfinished, folder.Data);
    }

    private static async Task<EmbeddedPostgres?> TryShareAsync(PostgresFolder folder, CancellationToken ct)
    {
        if (folder.State() is not { IsReady: true } state || !File.Exists(folder.PasswordFile))
        {
            return null;
        }

        var shared = new EmbeddedPostgres(state.SocketFolder, folder.Password());

        try
        {
            await using var connection = new NpgsqlConnection(shared.Unpooled("postgres"));
            await connection.OpenAsync(ct);
            return shared;
        }
        catch (NpgsqlException)
        {
            // It is coming up or going down: the next round sees which.
            return null;
        }
    }

    // A pool would keep a connection to the server after the question is answered.
    private string Unpooled(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false }.ConnectionString;
}
