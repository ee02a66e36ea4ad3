using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// What axe finds on a page as it stands on a screen. Nothing is too small to count. Frames are not looked into: our
/// pages have none.
/// </summary>
internal static class Axe
{
    // By night only the colours are others.
    private const string Run = """
        async isDark => {
          const { violations, passes } = await axe.run(document, {
            resultTypes: ["violations"],
            ...isDark && { runOnly: { type: "rule", values: ["color-contrast"] } }
          });
          if (document.querySelector("iframe, frame")) throw new Error("A frame is not looked into.");
          if (passes.length === 0) throw new Error("axe has looked at nothing.");
          return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html, any, all, none }) =>
            `${id} (${impact}): ${html} ${[...any, ...all, ...none].map(check => check.message).join(" ")}`));
        }
        """;

    private static readonly string Source = new BundledAxeScriptProvider().GetScript();

    public static async Task<IEnumerable<string>> ViolationsAsync(IPage page, Screen screen)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in globalThis"))
        {
            await page.EvaluateAsync(Source);
        }

        var violations = await page.EvaluateAsync<string[]>(Run, screen.IsDark);
        return violations.Select(violation => $"{screen.Name}: {violation}");
    }
}
