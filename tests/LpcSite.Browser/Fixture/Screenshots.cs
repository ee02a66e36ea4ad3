using Microsoft.Playwright;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// Keeps what the tests see, for people to look at: LPCSITE_SCREENSHOTS names the folder; without it nothing is kept.
/// </summary>
internal static class Screenshots
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("LPCSITE_SCREENSHOTS");

    public static async Task TakeAsync(IPage page, string path, Screen screen)
    {
        if (Folder is not { Length: > 0 })
        {
            return;
        }

        var name = string.Join('-', path.Split(['/', '?', '=', '%'], StringSplitOptions.RemoveEmptyEntries));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.{screen.Name}.png"), FullPage = true });
    }
}
