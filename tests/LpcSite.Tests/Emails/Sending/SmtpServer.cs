using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace LpcSite.Tests.Emails.Sending;

/// <summary>
/// A mail server on loopback that speaks enough of RFC 5321 to take letters, and can be told to refuse, or to cut the
/// line at a given moment. What it took over, it keeps.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _taken = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Task _accepting;
    private int _connections;

    public SmtpServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The letters it took over, in their order.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. _taken];

    /// <summary>Every command of every talk; of DATA's lines the final dot alone.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>What it does instead of the usual: by a command's line, or <c>.</c> for the final dot.</summary>
    public Func<string, Answer?> Answering { get; set; } = static _ => null;

    /// <summary>How long it thinks before each answer.</summary>
    public Func<TimeSpan> Thinking { get; set; } = static () => TimeSpan.Zero;

    /// <param name="Words">Null: the line is cut.</param>
    /// <param name="Takes">Whether a letter is taken over all the same: its answer only gets lost.</param>
    public sealed record Answer(string? Words, bool Takes = false);

    public static Answer Cut { get; } = new(null);
    public static Answer TakeAndCut { get; } = new(null, Takes: true);

    /// <summary>From now on nobody answers at its port.</summary>
    public async Task CloseAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _talks.Add(TalkAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        client.NoDelay = true;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            await SayAsync(stream, "220 loopback");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                _commands.Enqueue(line);
                var answer = Answering(line) ?? Usual(line);
                await AnswerAsync(stream, answer);
                if (answer.Words is null || line == "QUIT")
                {
                    return;
                }

                if (
                    line == "DATA"
                    && answer.Words.StartsWith("354", StringComparison.Ordinal)
                    && !await TakeAsync(stream, reader)
                )
                {
                    return;
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException)
        {
            // The other side is gone.
        }
    }

    private async Task<bool> TakeAsync(NetworkStream stream, StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line != ".")
            {
                text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
                continue;
            }

            _commands.Enqueue(line);
            var answer = Answering(line) ?? new("250 2.0.0 Taken over", Takes: true);
            if (answer.Takes)
            {
                using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
                _taken.Enqueue(await MimeMessage.LoadAsync(bytes, _stop.Token));
            }

            await AnswerAsync(stream, answer);
            return answer.Words is not null;
        }

        return false;
    }

    private static Answer Usual(string line) =>
        line.Split(' ', ':')[0].ToUpperInvariant() switch
        {
            "EHLO" => new("250-loopback\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-CHUNKING\r\n250 SIZE 1000000"),
            "MAIL" or "RCPT" or "RSET" or "NOOP" => new("250 OK"),
            "DATA" => new("354 Go on"),
            "QUIT" => new("221 Bye"),
            _ => new("502 Unknown"),
        };

    private async Task AnswerAsync(NetworkStream stream, Answer answer)
    {
        if (Thinking() is { Ticks: > 0 } time)
        {
            await Task.Delay(time, _stop.Token);
        }

        if (answer.Words is not null)
        {
            await SayAsync(stream, answer.Words);
        }
    }

    private async Task SayAsync(NetworkStream stream, string words) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"), _stop.Token);
}
