using System.Diagnostics;
using System.Text;

namespace LpcSite.DevPostgres;

/// <summary>One running server that this process started, and that ends with it.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string SocketFolderPrefix = "lpcsite-";

    // Longer than the wrapper waits itself before it gives up on a checkpoint.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    // Keeps the server until its own stdin closes, which happens when the site lets go of it and also when the site is
    // killed. A Ctrl-C in the terminal is for the site; what it then does with its database is its own affair.
    private const string Wrapper = """
        umask 077
        log=$1 sockets=$2
        shift 2
        exec 3<&0 </dev/null >"$log" 2>&1
        trap '' INT HUP

        "$@" 3<&- &
        server=$!

        (
            while read -r _ <&3; do :; done
            kill -INT "$server"

            seconds=0
            while [ "$seconds" -lt 20 ] && kill -0 "$server"; do
                sleep 1
                seconds=$((seconds + 1))
            done
            kill -QUIT "$server"
        ) 2>/dev/null &
        watch=$!

        wait "$server"
        result=$?
        kill "$watch" 2>/dev/null
        rm -f "$sockets"/.s.PGSQL.*
        rmdir "$sockets"
        exit "$result"
        """;

    private readonly PostgresFolder _folder;
    private readonly Process _wrapper;

    private PostgresServer(PostgresFolder folder, string socketFolder, Process wrapper)
    {
        _folder = folder;
        SocketFolder = socketFolder;
        _wrapper = wrapper;
    }

    public string SocketFolder { get; }

    public static async Task<PostgresServer> StartAsync(
        PostgresFolder folder,
        PostgresBinaries binaries,
        PostgresAccount account,
        EmbeddedPostgresOptions options,
        CancellationToken ct
    )
    {
        var sockets = CreateSocketFolder();
        await account.TakeAsync(sockets, ct);

        // In a session of its own the terminal's signals do not reach it.
        string[] session = PostgresCommand.IsInstalled("setsid") ? ["setsid"] : [];
        string[] command = ["/bin/sh", "-c", Wrapper, "sh", folder.Log, sockets, binaries.Postgres, "-D", folder.Data];
        var settings = Settings(sockets, options).SelectMany(setting => new[] { "-c", setting });

        var start = PostgresCommand.Describe([.. session, .. account.Prefix, .. command, .. settings]);
        start.RedirectStandardInput = true;
        var server = new PostgresServer(folder, sockets, Process.Start(start)!);

        try
        {
            await server.WaitUntilReadyAsync(ct);
            return server;
        }
        catch
        {
            await server.StopAsync();
            server.Dispose();
            throw;
        }
    }

    public async Task StopAsync()
    {
        _wrapper.StandardInput.Close();

        using var patience = new CancellationTokenSource(StopPatience);

        try
        {
            await _wrapper.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await PostgresProcesses.StopAsync(_folder, CancellationToken.None);
            _wrapper.Kill();
        }

        // The wrapper does this, unless somebody killed it.
        if (Directory.Exists(SocketFolder))
        {
            await PostgresProcesses.StopAsync(_folder, CancellationToken.None);
            RemoveSocketFolder(SocketFolder);
        }
    }

    /// <summary>
    /// Removes what a server that was killed left in its socket folder, and the folder, if it is one of ours.
    /// </summary>
    public static void RemoveSocketFolder(string? folder)
    {
        if (
            !Path.GetFileName(folder ?? "").StartsWith(SocketFolderPrefix, StringComparison.Ordinal)
            || !Directory.Exists(folder)
        )
        {
            return;
        }

        try
        {
            foreach (var socket in Directory.GetFiles(folder, $".s.PGSQL.{EmbeddedPostgres.Port}*"))
            {
                File.Delete(socket);
            }

            Directory.Delete(folder);
        }
        catch (DirectoryNotFoundException)
        {
            // The wrapper of a killed site removes it too, and was quicker.
        }
    }

    public void Dispose() => _wrapper.Dispose();

    private static string[] Settings(string sockets, EmbeddedPostgresOptions options)
    {
        string[] always =
        [
            "listen_addresses=",
            $"unix_socket_directories={sockets}",
            "unix_socket_permissions=0700",
            $"port={EmbeddedPostgres.Port}",
            $"max_connections={options.MaxConnections}",
            "timezone=UTC",
            "log_timezone=UTC",
            // Its data lie in memory or on flash, where one row costs as much as the next; as PostgreSQL supposes a
            // disk that turns, it would rather read all people than the forty whom a page names.
            "random_page_cost=1.1",
        ];
        string[] fast =
        [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "wal_level=minimal",
            "max_wal_senders=0",
        ];

        return options.Durable ? always : [.. always, .. fast];
    }

    // The address of a unix socket has room for 107 bytes (103 on macOS), so it cannot stand beside data that may lie
    // anywhere.
    private static string CreateSocketFolder()
    {
        const int longest = 103;
        var socket = $"/{SocketFolderPrefix}123456/.s.PGSQL.{EmbeddedPostgres.Port}";

        if (Encoding.UTF8.GetByteCount(Path.GetTempPath().TrimEnd('/') + socket) <= longest)
        {
            return Directory.CreateTempSubdirectory(SocketFolderPrefix).FullName;
        }

        var folder = $"/tmp/{SocketFolderPrefix}{Guid.NewGuid():N}";
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    private async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        var waiting = Stopwatch.StartNew();

        while (_folder.State() is not { IsReady: true })
        {
            if (_wrapper.HasExited || waiting.Elapsed > StartPatience)
            {
                var what = _wrapper.HasExited ? $"ended with code {_wrapper.ExitCode}" : "did not become ready";
                throw new EmbeddedPostgresException(
                    $"PostgreSQL {what} on {_folder.Data}. Its log, {_folder.Log}, ends:\n{_folder.EndOfLog()}"
                );
            }

            await Task.Delay(PollInterval, ct);
        }
    }
}
