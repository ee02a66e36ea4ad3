using System.Text.RegularExpressions;
using LpcSite.Browser.Fixture;

namespace LpcSite.Browser.Pages;

/// <summary>
/// That everything a mouse can do can be done with the keyboard, by somebody who sees where they are.
/// </summary>
public sealed class KeyboardTests(BrowserFixture browser, Tabs tabs) : IClassFixture<Tabs>
{
    private const int AtOnce = 20;

    private const string WatchFocus = """
        () => {
          globalThis.visited = new Set();
          globalThis.unseen = [];
          const rgb = colour => colour.match(/[\d.]+/g).map(Number);
          const luminance = colour => colour.slice(0, 3)
            .map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const ground = element => {
            for (; element; element = element.parentElement) {
              const colour = rgb(getComputedStyle(element).backgroundColor);
              if (colour[3] !== 0) return colour;
            }
          };
          addEventListener("focusin", ({ target }) => {
            visited.add(target);
            const style = getComputedStyle(target);
            const [light, dark] = [luminance(rgb(style.outlineColor)), luminance(ground(target.parentElement))]
              .sort((a, b) => b - a);
            if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2 || (light + .05) / (dark + .05) < 3)
              unseen.push(`${style.outline}: ${target.outerHTML.slice(0, 120)}`);
          });
        }
        """;

    private const string Interactive =
        "[...document.querySelectorAll('a[href], button, input, select, textarea, summary, "
        + "[tabindex=\"0\"]')].filter(e => e.checkVisibility())";

    [Fact]
    public async Task Tab_FirstOfAll_ShowsTheWayToTheContent()
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone);
        await reader.OpenAsync(PublicPages.Crowded);

        await reader.Page.Keyboard.PressAsync("Tab");
        var link = reader.Page.Locator(":focus");
        var box = await link.BoundingBoxAsync();

        Assert.Equal("To the content", await link.InnerTextAsync());
        Assert.True(box is { X: >= 0, Y: >= 0, Height: > 20 });

        await reader.Page.Keyboard.PressAsync("Enter");
        await reader.Page.Keyboard.PressAsync("Tab");

        Assert.Equal("#content", new Uri(reader.Page.Url).Fragment);
        Assert.True(
            await reader.Page.EvaluateAsync<bool>(
                "() => document.getElementById('content').contains(document.activeElement)"
            )
        );
    }

    [Theory, MemberData(nameof(PublicPages.All), MemberType = typeof(PublicPages))]
    public async Task Tab_ThroughAPage_ReachesEverythingVisibly(string page)
    {
        var reader = await tabs.OpenAsync(page, Screen.Desktop);
        await reader.Page.EvaluateAsync(WatchFocus);
        var count = await reader.Page.EvaluateAsync<int>($"() => {Interactive}.length");

        // Chromium stops also at what scrolls, and at the end of the page: twice as many are enough.
        for (
            var pressed = 0;
            pressed < 2 * count
                && await reader.Page.EvaluateAsync<bool>($"() => {Interactive}.some(e => !visited.has(e))");
            pressed += AtOnce
        )
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => reader.Page.Keyboard.PressAsync("Tab")));
        }

        Findings.None(
            await reader.Page.EvaluateAsync<string[]>(
                $"() => {Interactive}.filter(e => !visited.has(e)).map(e => e.outerHTML.slice(0, 120))"
            )
        );
        Findings.None(await reader.Page.EvaluateAsync<string[]>("() => unseen"));
    }

    [Fact]
    public async Task Focus_ByNight_IsSeenOnEveryGround()
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone.Dark);
        await reader.OpenAsync($"{PublicPages.Crowded}/{CrowdedConference.FullSlug}");
        await reader.Page.EvaluateAsync(WatchFocus);

        await reader.Page.EvaluateAsync($"() => {Interactive}.forEach(e => e.focus({{ focusVisible: true }}))");

        Assert.True(await reader.Page.EvaluateAsync<int>("() => visited.size") > 20);
        Findings.None(await reader.Page.EvaluateAsync<string[]>("() => unseen"));
    }

    [Fact]
    public async Task Search_ByKeyboard_FindsAndLeadsToWhatIsFound()
    {
        await using var reader = await browser.ReaderAsync();
        await reader.OpenAsync("/crowded/search");

        await reader.Page.GetByRole(Microsoft.Playwright.AriaRole.Searchbox).FocusAsync();
        await reader.Page.Keyboard.TypeAsync("zoned");
        await reader.Page.Keyboard.PressAsync("Enter");
        await Microsoft
            .Playwright.Assertions.Expect(reader.Page)
            .ToHaveURLAsync(new Regex("/search\\?q=zoned$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var hit = reader
            .Page.Locator(".found")
            .GetByText("Zoned Storage Devices (SMR HDDs & ZNS SSDs)", new() { Exact = true });

        await hit.FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        await Microsoft
            .Playwright.Assertions.Expect(reader.Page)
            .ToHaveURLAsync(new Regex("/mc/zoned-.*$", RegexOptions.None, TimeSpan.FromSeconds(1)));

        Assert.Equal("Zoned Storage Devices (SMR HDDs & ZNS SSDs)", await reader.Page.Locator("h1").InnerTextAsync());
    }
}
