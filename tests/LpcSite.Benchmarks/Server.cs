using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LpcSite.Benchmarks;

/// <summary>A server in a process of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly string[] OnTheFirstProcessor = ["-c", "0", "dotnet"];

    private readonly Process _process;

    private Server(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>The most that the process had in memory so far, in bytes; 0 where the system does not say.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts on a free port and waits until it answers.</summary>
    /// <param name="arguments">Of the program, given its address.</param>
    /// <param name="environment">Added to this process's own.</param>
    /// <param name="alone">
    /// On the first processor where the system lets one choose, so that a load that fills a processor has the other.
    /// </param>
    public static async Task<Server> StartAsync(
        Func<string, string[]> arguments,
        IReadOnlyDictionary<string, string> environment,
        bool alone
    )
    {
        var port = FreePort();
        var pinned = alone && OperatingSystem.IsLinux() && File.Exists("/usr/bin/taskset");
        var start = new ProcessStartInfo(pinned ? "/usr/bin/taskset" : "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var argument in (pinned ? OnTheFirstProcessor : []).Concat(arguments($"http://127.0.0.1:{port}")))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;

        // The log is written as always, and read away as a container's would be.
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        await WaitAsync(process, port);
        return new Server(process, port);
    }

    /// <summary>Hears every line of the log from now on.</summary>
    public void Hear(Action<string> line) => _process.OutputDataReceived += (_, said) => line(said.Data ?? "");

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task WaitAsync(Process process, int port)
    {
        for (var attempt = 0; attempt < 200 && !process.HasExited; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
