using LpcSite.Browser.Fixture;

namespace LpcSite.Browser.Pages;

/// <summary>What axe finds on a page, on every screen.</summary>
public sealed class AccessibilityTests(Tabs tabs) : IClassFixture<Tabs>
{
    [Theory, MemberData(nameof(PublicPages.All), MemberType = typeof(PublicPages))]
    public async Task Page_OnPhoneAndDesktopByDayAndNight_HasNoViolation(string page)
    {
        var reader = await tabs.OpenAsync(page, Screen.Desktop);
        var violations = new List<string>();

        foreach (var screen in Screen.All)
        {
            await reader.ShowOnAsync(screen);
            await Screenshots.TakeAsync(reader.Page, page, screen);

            // The colours of the night are the same on every screen: one is asked.
            if (screen != Screen.All[^1])
            {
                violations.AddRange(await Axe.ViolationsAsync(reader.Page, screen));
            }
        }

        Findings.None(violations);
    }
}
