using LpcSite.Browser.Fixture;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>That pages fit their screens, keep still while they load, and can be printed.</summary>
public sealed class LayoutTests(Tabs tabs) : IClassFixture<Tabs>
{
    // Every element with text of its own that is seen: its text's contrast with the nearest ground behind it (WCAG 2.2,
    // "contrast ratio").
    private const string FaintOnPaper = """
        () => {
          const rgba = colour => {
            const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
            return { r, g, b, a };
          };
          const luminance = ({ r, g, b }) => [r, g, b]
            .map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const ground = element => {
            for (; element; element = element.parentElement) {
              const colour = rgba(getComputedStyle(element).backgroundColor);
              if (colour.a === 1) return colour;
            }
            return { r: 255, g: 255, b: 255 };
          };
          return [...document.querySelectorAll("body *")]
            .filter(e => e.checkVisibility())
            .filter(e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()))
            .filter(e => {
              const [ink, paper] = [luminance(rgba(getComputedStyle(e).color)), luminance(ground(e))];
              return (paper + .05) / (ink + .05) < 4.5;
            })
            .map(e => `${getComputedStyle(e).color} on ${JSON.stringify(ground(e))}: ${e.outerHTML.slice(0, 120)}`);
        }
        """;

    private const string WatchShifts = """
        globalThis.shifts = [];
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) {
            const nodes = entry.sources.map(s => s.node?.outerHTML?.slice(0, 80));
            shifts.push(`${entry.value}: ${nodes.join(" | ")}`);
          }
        }).observe({ type: "layout-shift", buffered: true });
        """;

    [Theory, MemberData(nameof(PublicPages.All), MemberType = typeof(PublicPages))]
    public async Task Page_OnAnyScreen_IsNoWiderThanIt(string page)
    {
        var reader = await tabs.OpenAsync(page, Screen.Desktop);

        foreach (var width in new[] { 320, 390, 1440 })
        {
            await reader.Page.SetViewportSizeAsync(width, 800);
            Findings.None(await reader.WhatIsTooWideAsync());
        }
    }

    [Theory, MemberData(nameof(PublicPages.All), MemberType = typeof(PublicPages))]
    public async Task Page_WhileItLoadsAndIsReadOnAPhone_DoesNotShift(string page)
    {
        var reader = await tabs.OpenAsync(page, Screen.Phone, WatchShifts);
        await reader.Page.EvaluateAsync(
            """
            async () => {
              for (let y = 0; y < document.documentElement.scrollHeight; y += 2 * innerHeight) {
                scrollTo(0, y);
                await new Promise(requestAnimationFrame);
              }
              await new Promise(done => setTimeout(done, 100));
            }
            """
        );

        Findings.None(await reader.Page.EvaluateAsync<string[]>("() => shifts"));
    }

    [Theory, MemberData(nameof(PublicPages.All), MemberType = typeof(PublicPages))]
    public async Task Print_OfAnyPageEvenInTheDark_IsDarkInkOnWhitePaperWithoutNavigation(string page)
    {
        var reader = await tabs.OpenAsync(page, Screen.Desktop.Dark);

        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal(
            "rgb(255, 255, 255)",
            await reader.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).backgroundColor")
        );
        Findings.None(
            await reader.Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('nav, .skip')].filter(e => e.checkVisibility()).map(e => "
                    + "e.outerHTML)"
            )
        );
        Findings.None(await reader.Page.EvaluateAsync<string[]>(FaintOnPaper));
        Assert.True(await reader.Page.Locator("h1").IsVisibleAsync());
    }
}
