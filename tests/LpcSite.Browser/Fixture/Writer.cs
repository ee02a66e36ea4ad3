using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// Somebody who writes on the site by its forms alone, found by what they read on them; with script and without it by
/// the same steps.
/// </summary>
internal sealed partial class Writer(BrowserFixture browser, Reader reader, string name) : IAsyncDisposable
{
    public Reader Reader => reader;
    public IPage Page => reader.Page;
    public string Name => name;
    public string Mail { get; } = $"{Guid.NewGuid():N}@example.org";
    public ILocator Description => Page.GetByRole(AriaRole.Textbox, new() { Name = "Description", Exact = true });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task FillAsync(string label, string text) =>
        Page.Locator("main").GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task PressAsync(string button) =>
        Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Reads the sentence with which the site answers what was just done.</summary>
    public Task ReadsAsync(string sentence) =>
        Assertions
            .Expect(Page.GetByRole(AriaRole.Status).GetByText(sentence, new() { Exact = true }))
            .ToBeVisibleAsync();

    /// <summary>Types at the end of the line that the keys lead to, as people do.</summary>
    public async Task TypeAsync(string text, params string[] keys)
    {
        await Description.FocusAsync();
        foreach (var key in keys)
        {
            await Page.Keyboard.PressAsync(key);
        }

        await Page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Follows the link of the letter that was written to them.</summary>
    public async Task FollowAsync(string subject)
    {
        await using var db = browser.Site.OpenDatabase();
        var text = await db
            .Letters.Where(l => l.ToAddress == Mail && l.Subject == subject)
            .Select(l => l.Text)
            .SingleAsync(Stop);
        await reader.OpenAsync(new Uri(Address().Match(text).Value).PathAndQuery);
    }

    public ValueTask DisposeAsync() => reader.DisposeAsync();

    [GeneratedRegex(@"http://\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
