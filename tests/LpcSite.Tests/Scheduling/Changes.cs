using System.Net;
using System.Net.ServerSentEvents;
using System.Threading.Channels;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Scheduling;

/// <summary>A page that stands open and hears of changes, as a browser's EventSource does.</summary>
internal sealed class Changes : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Channel<SseItem<string>> _heard = Channel.CreateUnbounded<SseItem<string>>();
    private readonly CancellationTokenSource _closed = new();

    private Changes(HttpResponseMessage answer)
    {
        Answer = answer;
        Listening = answer.IsSuccessStatusCode ? ListenAsync() : Task.CompletedTask;
    }

    public HttpResponseMessage Answer { get; }

    /// <summary>Ends with the stream.</summary>
    public Task Listening { get; }

    public static async Task<Changes> OpenAsync(Browsing reader, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{page}/changes");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");
        return new(await reader.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    /// <summary>What a page says that it shows.</summary>
    public static async Task<string> StampAsync(Browsing reader, string page) =>
        (await reader.ReadAsync(page)).QuerySelector("main")!.GetAttribute("data-stamp")!;

    /// <summary>What the site says to whoever does not accept a stream.</summary>
    public static Task<string> TextAsync(Browsing reader, string page) =>
        reader.Client.GetStringAsync($"{page}/changes");

    public async Task<string> NextAsync()
    {
        Assert.Equal(HttpStatusCode.OK, Answer.StatusCode);
        var next = await _heard.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.Equal(next.Data, next.EventId);
        return next.Data;
    }

    /// <summary>Whether it stays silent for a while.</summary>
    public async Task<bool> IsSilentAsync()
    {
        await Task.Delay(600);
        return !_heard.Reader.TryPeek(out _);
    }

    public void Dispose()
    {
        _closed.Cancel();
        Answer.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            await foreach (
                var item in SseParser.Create(await Answer.Content.ReadAsStreamAsync()).EnumerateAsync(_closed.Token)
            )
            {
                await _heard.Writer.WriteAsync(item);
            }

            _heard.Writer.Complete();
        }
        catch (Exception closed)
            when (closed is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException
            )
        {
            _heard.Writer.Complete(closed);
        }
    }
}
