using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LpcSite.Benchmarks;

/// <summary>
/// Requests over kept connections on plain sockets, bounded in time: cheap enough that the server is what is measured.
/// </summary>
internal static class Load
{
    /// <returns>Answered requests a second.</returns>
    public static async Task<double> RequestsPerSecondAsync(int port, string path, int connections, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        using var connection = await Connection.OpenAsync(port, path, "br");
                        var count = 0;
                        while (clock.Elapsed < duration)
                        {
                            await connection.AskAsync();
                            count++;
                        }

                        return count;
                    })
                )
        );
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <returns>Milliseconds from asking to the last byte, one request at a time.</returns>
    public static async Task<double[]> MillisecondsAsync(int port, string path, int requests, string headers = "")
    {
        using var connection = await Connection.OpenAsync(port, path, "br", headers);
        var times = new double[requests];
        for (var i = 0; i < requests; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await connection.AskAsync();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return times;
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket;
        private readonly byte[] _request;
        private readonly byte[] _buffer = new byte[512 * 1024];

        private Connection(Socket socket, byte[] request) => (_socket, _request) = (socket, request);

        public static async Task<Connection> OpenAsync(int port, string path, string encoding, string headers = "")
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new Connection(
                socket,
                Encoding.ASCII.GetBytes(
                    $"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: "
                        + $"{encoding}\r\n{headers}\r\n"
                )
            );
        }

        public async ValueTask AskAsync()
        {
            await _socket.SendAsync(_request);
            var (read, expected) = (0, int.MaxValue);
            while (read < expected)
            {
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(read));
                if (received == 0)
                {
                    throw new InvalidOperationException("The server closed the connection.");
                }

                read += received;
                if (expected == int.MaxValue && _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is var end and >= 0)
                {
                    expected = end + 4 + ContentLength(_buffer.AsSpan(0, end));
                }
            }
        }

        public void Dispose() => _socket.Dispose();

        private static int ContentLength(ReadOnlySpan<byte> head)
        {
            if (!head.StartsWith("HTTP/1.1 200"u8))
            {
                throw new InvalidOperationException(Encoding.ASCII.GetString(head));
            }

            var start = head.IndexOf("Content-Length: "u8) + 16;
            var line = head[start..];
            var end = line.IndexOf((byte)'\r');
            return int.Parse(end < 0 ? line : line[..end], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
