using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LpcSite.Browser.Fixture;

namespace LpcSite.Browser.Pages;

/// <summary>What axe finds on a page, on every screen. Nothing is too small to count.</summary>
public sealed class AccessibilityTests(BrowserFixture browser)
{
    // By night only the colours are others.
    private static readonly AxeRunOptions Colours = new() { RunOnly = RunOnlyOptions.Rules("color-contrast") };

    [Theory, MemberData(nameof(PublicPages.All), MemberType = typeof(PublicPages))]
    public async Task Page_OnPhoneAndDesktopByDayAndNight_HasNoViolation(string page)
    {
        await using var reader = await browser.ReaderAsync();
        await reader.OpenAsync(page);
        var violations = new List<string>();

        foreach (var screen in Screen.All)
        {
            await reader.ShowOnAsync(screen);
            await Screenshots.TakeAsync(reader.Page, page, screen);

            // The colours of the night are the same on every screen: one is asked.
            if (screen == Screen.All[^1])
            {
                continue;
            }

            var result = await reader.Page.RunAxe(screen.IsDark ? Colours : null);
            Assert.NotEmpty(result.Passes);
            violations.AddRange(result.Violations.SelectMany(violation => violation.Nodes.Select(node => Describe(screen, violation, node))));
        }

        Findings.None(violations);
    }

    private static string Describe(Screen screen, AxeResultItem violation, AxeResultNode node) =>
        $"{screen.Name}: {violation.Id} ({violation.Impact}): {node.Html} {string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}";
}
