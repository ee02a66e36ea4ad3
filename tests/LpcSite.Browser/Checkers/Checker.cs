using System.Diagnostics;

namespace LpcSite.Browser.Checkers;

/// <summary>A checker that is a program of its own.</summary>
internal static class Checker
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Where npm installed the checkers: beside this project's source.</summary>
    public static string Packages
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var packages = Path.Combine(folder.FullName, "node_modules");
                if (File.Exists(Path.Combine(folder.FullName, "LpcSite.Browser.csproj")))
                {
                    return Directory.Exists(packages)
                        ? packages
                        : throw new InvalidOperationException(
                            $"The page checkers are not installed: run npm ci in {folder.FullName}, or ./test."
                        );
                }
            }

            throw new InvalidOperationException(
                "These tests run from a folder inside their project, where npm installs the page checkers."
            );
        }
    }

    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> RunAsync(string name, IEnumerable<string> arguments, params int[] accepted)
    {
        var (exitCode, output, errors) = await EndAsync(name, arguments);
        Assert.True(exitCode == 0 || accepted.Contains(exitCode), $"{name} ended with exit code {exitCode}: {errors}");
        return output;
    }

    /// <returns>How it ended, also when it failed.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> EndAsync(
        string name,
        IEnumerable<string> arguments
    )
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(patience.Token),
                process.StandardError.ReadToEndAsync(patience.Token)
            );
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} did not end within {Patience.TotalSeconds} seconds.", late);
        }
    }
}
