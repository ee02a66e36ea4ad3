using Microsoft.Playwright;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// The readers of one class of tests, who keep their tabs from page to page: a tab that is warm opens a page and starts
/// axe several times as fast as a new one. For tests that leave nothing behind; what a page needs it loads anew, as on
/// a first visit.
/// </summary>
public sealed class Tabs(BrowserFixture browser) : IAsyncDisposable
{
    private readonly Dictionary<string, Reader> _readers = new(StringComparer.Ordinal);

    /// <param name="watch">A script that runs before those of each page.</param>
    /// <param name="choose">What else is special about this reader; then they need a name.</param>
    public async Task<Reader> OpenAsync(
        string page,
        Screen screen,
        string? watch = null,
        string name = "",
        Action<BrowserNewContextOptions>? choose = null
    )
    {
        var key = $"{name} {screen.Name} {watch}";
        if (!_readers.TryGetValue(key, out var reader))
        {
            reader = _readers[key] = await browser.ReaderAsync(screen, choose);
            await (await reader.Context.NewCDPSessionAsync(reader.Page)).SendAsync(
                "Network.setCacheDisabled",
                new() { ["cacheDisabled"] = true }
            );
            if (watch is not null)
            {
                await reader.Page.AddInitScriptAsync(watch);
            }
        }

        reader.Forget();
        await reader.ShowOnAsync(screen);
        await reader.OpenAsync(page);
        return reader;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers.Values)
        {
            await reader.DisposeAsync();
        }
    }
}
