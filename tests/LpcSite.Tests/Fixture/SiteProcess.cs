using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LpcSite.Data;

namespace LpcSite.Tests.Fixture;

/// <summary>
/// The built site as Production runs it: a process of its own that serves pages and sends letters, so that a test can
/// kill it.
/// </summary>
public sealed partial class SiteProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiteProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, output) =>
        {
            if (Listening().Match(output.Data ?? "") is { Success: true } listening)
            {
                _address.TrySetResult(listening.Value);
            }
        };
        process.BeginOutputReadLine();
    }

    /// <param name="smtpPort">Of the mail server on loopback; null for a site that sends nothing.</param>
    public static SiteProcess Start(string connectionString, int? smtpPort) =>
        new(
            Process.Start(
                new ProcessStartInfo("dotnet", [typeof(LpcDbContext).Assembly.Location, "--urls", "http://127.0.0.1:0"])
                {
                    WorkingDirectory = FolderOnDisk.SitePath,
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    Environment =
                    {
                        ["ASPNETCORE_ENVIRONMENT"] = "Production",
                        ["DOTNET_ENVIRONMENT"] = "Production",
                        ["ConnectionStrings__LpcSite"] = connectionString,

                        // Requests without TLS count as sent to this address: cookies are given to no other.
                        ["Site__Url"] = "https://pipes.example.org",
                        ["Mail__Host"] = "127.0.0.1",
                        ["Mail__Port"] = (smtpPort ?? 25).ToString(CultureInfo.InvariantCulture),
                        ["Mail__Send"] = smtpPort is null ? "false" : "true",
                        ["Mail__Security"] = "None",
                        ["Mail__From"] = "Pipes <noreply@pipes.example.org>",
                        ["Mail__PerDomainAndMinute"] = "100000",

                        // It does not live long enough for code that is measured and compiled again better to pay.
                        ["DOTNET_TieredPGO"] = "0",
                        ["DOTNET_TC_CallCountingDelayMs"] = "100000",

                        // Nor long enough to tidy up: 64 MB, in hexadecimal.
                        ["DOTNET_GCgen0size"] = "4000000",

                        // A killed process would leave the sockets of its diagnostics behind.
                        ["DOTNET_EnableDiagnostics"] = "0",
                    },
                }
            )!
        );

    /// <summary>Bytes that it has in memory now.</summary>
    public long Memory => Status("VmRSS");

    /// <summary>The most bytes that it ever had in memory.</summary>
    public long PeakMemory => Status("VmHWM");

    public bool HasExited => _process.HasExited;

    /// <summary>Where it serves its pages, as soon as it says so.</summary>
    public Task<string> AddressAsync(CancellationToken stop) => _address.Task.WaitAsync(TimeSpan.FromMinutes(5), stop);

    /// <summary>SIGKILL: the process has no moment left to tidy up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    // proc_pid_status(5), in kB.
    private long Status(string name) =>
        1024
        * long.Parse(
            File.ReadLines($"/proc/{_process.Id}/status")
                .Single(l => l.StartsWith(name + ":", StringComparison.Ordinal))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        );

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Listening();
}
