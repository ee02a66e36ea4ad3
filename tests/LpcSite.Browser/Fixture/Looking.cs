using Microsoft.Playwright;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// Looks at the page that a reader has before them on every screen: what axe finds, and whether it fits.
/// </summary>
internal sealed class Looking(Reader reader)
{
    private static readonly Screen[] Screens = [Screen.Phone, Screen.Desktop, Screen.Desktop.Dark];

    private readonly List<string> _findings = [];

    /// <summary>And what their browser complained about meanwhile.</summary>
    public IReadOnlyList<string> Findings => [.. _findings, .. reader.Complaints];

    public async Task LookAtAllAsync(IEnumerable<string> pages)
    {
        foreach (var page in pages)
        {
            Assert.Equal((page, 200), (page, (await reader.OpenAsync(page)).Status));
            await LookAsync(page, "h1");
        }
    }

    /// <param name="shows">What has to be there, so that the page looked at is the one that was meant.</param>
    public async Task LookAsync(string name, string shows)
    {
        await Assertions.Expect(reader.Page.Locator(shows).First).ToBeVisibleAsync();
        foreach (var screen in Screens)
        {
            await reader.ShowOnAsync(screen);
            await Screenshots.TakeAsync(reader.Page, $"desk/{name}", screen);
            _findings.AddRange(
                (await Axe.ViolationsAsync(reader.Page, screen))
                    .Concat(await reader.WhatIsTooWideAsync())
                    .Select(finding => $"{name}: {finding}")
            );
        }
    }
}
