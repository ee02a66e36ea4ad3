using System.Diagnostics;
using System.Runtime.CompilerServices;
using LpcSite.DevPostgres;

namespace LpcSite.Tests.DevPostgres;

/// <summary>
/// This test program once more, as a process that owns a server and does nothing else, so that a test can kill it.
/// </summary>
public sealed class OwnerProcess : IDisposable
{
    private const string Folder = "LPCSITE_TEST_OWN_POSTGRES_IN";
    private const string Ready = "ready";

    private readonly Process _process;

    private OwnerProcess(Process process) => _process = process;

    public static async Task<OwnerProcess> StartAsync(string folder)
    {
        var owner = Begin(folder);
        Assert.Equal(Ready, await owner._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return owner;
    }

    /// <summary>Does not wait until the server runs.</summary>
    public static OwnerProcess Begin(string folder)
    {
        // Run as "dotnet exec", the program is dotnet and wants to know what to execute.
        var program = Environment.ProcessPath!;
        string[] arguments =
            Path.GetFileNameWithoutExtension(program) == "dotnet"
                ? ["exec", typeof(OwnerProcess).Assembly.Location]
                : [];
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            // A killed process would leave the sockets of its diagnostics behind.
            Environment = { [Folder] = folder, ["DOTNET_EnableDiagnostics"] = "0" },
        };
        return new OwnerProcess(Process.Start(start)!);
    }

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

    // Before Main, so that the test platform with its own ideas about arguments is out of the picture.
    [ModuleInitializer]
    internal static void OwnIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Folder) is { } folder)
        {
            var server = EmbeddedPostgres
                .StartAsync(new() { Folder = folder, Durable = false })
                .GetAwaiter()
                .GetResult();
            Console.WriteLine(Ready);
            Thread.Sleep(Timeout.Infinite);
            GC.KeepAlive(server);
        }
    }
}
