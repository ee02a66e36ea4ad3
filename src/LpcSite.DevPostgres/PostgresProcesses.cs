using System.Diagnostics;
using System.Globalization;

namespace LpcSite.DevPostgres;

/// <summary>
/// The processes that work on a data folder, known by what they are and not by a number that the system may have given
/// away again.
/// </summary>
internal static class PostgresProcesses
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Stops what works on the folder: first with a checkpoint, then without, then by force; then its stale files go
    /// too.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">Something survived even that.</exception>
    public static async Task StopAsync(PostgresFolder folder, CancellationToken ct)
    {
        if (!Directory.Exists(folder.Data))
        {
            return;
        }

        var state = folder.State();
        var realPath = await RealPathAsync(folder.Data, ct);
        var left = await AtAsync(folder, realPath, ct);

        // The gentle signal is for the postmaster alone: to some of its children it means something else.
        foreach (var (signal, patience) in new[] { ("INT", 15), ("QUIT", 5), ("KILL", 5) })
        {
            var addressed = left.Where(pid => signal != "INT" || pid == state?.Pid).ToArray();

            if (addressed.Length > 0)
            {
                await SignalAsync(signal, addressed, ct);
                left = await WaitForEndAsync(folder, realPath, TimeSpan.FromSeconds(patience), ct);
            }
        }

        if (left.Count > 0)
        {
            throw new EmbeddedPostgresException(
                $"A PostgreSQL works on {folder.Data} and cannot be stopped (process {string.Join(", ", left)})."
            );
        }

        File.Delete(folder.PidFile);
        PostgresServer.RemoveSocketFolder(state?.SocketFolder);
    }

    private static async Task<IReadOnlyList<int>> WaitForEndAsync(
        PostgresFolder folder,
        string realPath,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        var waiting = Stopwatch.StartNew();

        while (await AtAsync(folder, realPath, ct) is { Count: > 0 } left)
        {
            if (waiting.Elapsed > patience)
            {
                return left;
            }

            await Task.Delay(PollInterval, ct);
        }

        return [];
    }

    private static async Task<string> RealPathAsync(string folder, CancellationToken ct)
    {
        var (_, output) = await PostgresCommand.RunAsync(["/bin/sh", "-c", """cd "$1" && pwd -P""", "sh", folder], ct);
        return output.TrimEnd('\n');
    }

    private static async Task<IReadOnlyList<int>> AtAsync(
        PostgresFolder folder,
        string realPath,
        CancellationToken ct
    ) => Directory.Exists("/proc/self") ? FromProc(realPath) : await FromPsAsync(folder, ct);

    // Every process of a PostgreSQL stands in its data folder.
    private static List<int> FromProc(string realPath) =>
        [
            .. from process in Directory.EnumerateDirectories("/proc")
            let pid = int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var number) ? number : 0
            where pid > 0 && IsPostgresIn(process, realPath)
            select pid,
        ];

    private static bool IsPostgresIn(string process, string data)
    {
        try
        {
            // A process that has ended and waits for its parent to ask has no folder any more.
            return File.ReadAllText(Path.Combine(process, "comm")).Trim() == "postgres"
                && new FileInfo(Path.Combine(process, "cwd")).LinkTarget == data;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is somebody else's.
            return false;
        }
    }

    // Where there is no /proc, only the postmaster can be recognized: its command line names the folder.
    private static async Task<IReadOnlyList<int>> FromPsAsync(PostgresFolder folder, CancellationToken ct)
    {
        if (folder.State() is not { } state)
        {
            return [];
        }

        var (_, command) = await PostgresCommand.RunAsync(["ps", "-ww", "-o", "command=", "-p", $"{state.Pid}"], ct);

        return
            command.Contains("postgres", StringComparison.Ordinal)
            && command.Contains($"-D {folder.Data}", StringComparison.Ordinal)
            ? [state.Pid]
            : [];
    }

    private static async Task SignalAsync(string signal, IEnumerable<int> pids, CancellationToken ct) =>
        await PostgresCommand.RunAsync(
            ["/bin/sh", "-c", """kill "$@" """, "sh", $"-{signal}", .. pids.Select(pid => $"{pid}")],
            ct
        );
}
