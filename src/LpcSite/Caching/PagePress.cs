using System.Threading.Channels;

namespace LpcSite.Caching;

/// <summary>
/// Compresses kept pages anew, as well as it goes, while nobody waits for it: some hundred milliseconds once, and every
/// later reader is sent a third less. One page at a time, and only one that is still right after a while: while
/// somebody saves every second, it would be work for nobody.
/// </summary>
public sealed class PagePress(TimeProvider time) : BackgroundService
{
    private const int LongestQueue = 1000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    // What finds no place is offered again by its next reader.
    private readonly Channel<Offer> _offers = Channel.CreateBounded<Offer>(
        new BoundedChannelOptions(LongestQueue) { SingleReader = true }
    );

    /// <returns>False while too many wait.</returns>
    /// <param name="page">The page.</param>
    /// <param name="coding">The form of it that somebody read.</param>
    /// <param name="isCurrent">Whether it is still shown to readers.</param>
    public bool Take(CachedPage page, ContentCoding coding, Func<bool> isCurrent) =>
        _offers.Writer.TryWrite(new(page, coding, isCurrent, time.GetTimestamp()));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread that starts the site.
        await Task.Yield();
        await foreach (var offer in _offers.Reader.ReadAllAsync(stoppingToken))
        {
            if (Rest - time.GetElapsedTime(offer.At) is var remaining && remaining > TimeSpan.Zero)
            {
                await Task.Delay(remaining, time, stoppingToken);
            }

            if (offer.IsCurrent())
            {
                offer.Page.Press(offer.Coding);
            }
        }
    }

    private sealed record Offer(CachedPage Page, ContentCoding Coding, Func<bool> IsCurrent, long At);
}
