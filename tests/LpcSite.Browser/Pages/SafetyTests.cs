using LpcSite.Browser.Fixture;

namespace LpcSite.Browser.Pages;

/// <summary>That a page is quiet: it breaks no rule of its own, and tells nobody else who reads it.</summary>
public sealed class SafetyTests(BrowserFixture browser, Tabs tabs) : IClassFixture<Tabs>
{
    private const string WatchPolicy =
        "globalThis.broken = []; addEventListener('securitypolicyviolation', e => "
        + "broken.push(`${e.effectiveDirective}: ${e.blockedURI}`));";

    [Theory, MemberData(nameof(PublicPages.All), MemberType = typeof(PublicPages))]
    public async Task Page_ReadToItsEnd_CausesNoComplaintAndAsksNobodyElse(string page)
    {
        var reader = await tabs.OpenAsync(page, Screen.Desktop, WatchPolicy);
        await reader.Page.EvaluateAsync("() => scrollTo(0, document.documentElement.scrollHeight)");
        await reader.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);

        Findings.None(reader.Complaints);
        Findings.None(await reader.Page.EvaluateAsync<string[]>("() => broken"));
        Assert.NotEmpty(reader.Requests);
        Assert.All(
            reader.Requests,
            request => Assert.StartsWith($"{browser.Address}/", request, StringComparison.Ordinal)
        );
    }
}
