using System.Collections.Concurrent;

namespace LpcSite.Benchmarks;

/// <summary>Pages about the schedule that stand open while others change it, each with its stream.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    // In which changes of others appear.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closed = new();
    private readonly List<(string Page, LeadBrowser Browser, ConcurrentQueue<string> Heard, Task Following)> _pages =
    [];

    public static async Task<OpenPages> OpenAsync(
        int port,
        IEnumerable<(string Mail, string Page)> readers,
        string password
    )
    {
        var open = new OpenPages();
        foreach (var (mail, page) in readers)
        {
            var (browser, heard) = (new LeadBrowser(port), new ConcurrentQueue<string>());
            await browser.SignInAsync(mail, password);
            open._pages.Add(
                (page, browser, heard, browser.FollowAsync($"{page}/changes", heard.Enqueue, open._closed.Token))
            );
        }

        return open;
    }

    /// <returns>Whether each was told last what stands there now.</returns>
    public async Task<bool> HaveHeardAllAsync()
    {
        await Task.Delay(Patience);
        var late = 0;
        foreach (var (page, browser, heard, _) in _pages)
        {
            var isLate = heard.LastOrDefault() != await browser.ReadAsync($"{page}/changes");
            late += isLate ? 1 : 0;
            Console.WriteLine(
                $"{page}, standing open: told of {heard.Count} changes{(isLate ? ", but not of the last" : "")}"
            );
        }

        return late == 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        foreach (var (_, browser, _, following) in _pages)
        {
            await following;
            browser.Dispose();
        }

        _closed.Dispose();
    }
}
