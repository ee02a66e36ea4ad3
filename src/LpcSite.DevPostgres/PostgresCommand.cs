using System.ComponentModel;
using System.Diagnostics;

namespace LpcSite.DevPostgres;

/// <summary>Runs the small programs that surround a PostgreSQL server.</summary>
internal static class PostgresCommand
{
    private const int NotFound = 127;

    public static ProcessStartInfo Describe(IEnumerable<string> command)
    {
        var words = command.ToArray();
        var start = new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, WorkingDirectory = "/" };

        // PGDATA, PGPORT and their kin speak of another server than this one.
        foreach (
            var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    /// <returns>The exit code (127 if there is no such program), and what it wrote to both outputs.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> command, CancellationToken ct)
    {
        var start = Describe(command);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();

            try
            {
                var output = process.StandardOutput.ReadToEndAsync(ct);
                var errors = process.StandardError.ReadToEndAsync(ct);
                await process.WaitForExitAsync(ct);
                return (process.ExitCode, await output + await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception)
        {
            return (NotFound, $"{start.FileName} is not installed");
        }
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
