using System.Net;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Pages;

/// <summary>Who is signed in, and how pages and caches know.</summary>
public sealed class SignInTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Post_WithTheRightPassword_ShowsTheNameOnEveryPage()
    {
        await site.Given.MicroconferenceAsync("Rust");
        using var juri = await site.AsAsync(await site.Given.PersonAsync("Juri Łeli"));

        Assert.Equal("Juri Łeli", (await juri.ReadAsync("/2022/mc")).QuerySelector("nav.mine a")?.TextContent);
    }

    [Fact]
    public async Task PublicPage_OfSomebodySignedIn_IsKeptForNobody()
    {
        await site.Given.MicroconferenceAsync("Rust");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena"));

        using var hers = await lena.GetAsync("/2022/mc");
        using var anybodys = await site.Browse().GetAsync("/2022/mc");

        Assert.True(hers.Headers.CacheControl?.NoStore);
        Assert.True(anybodys.Headers.CacheControl?.Public);
        Assert.DoesNotContain(
            "Lena<",
            await anybodys.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Page_WithoutAnotherSite_SpeaksOfNone()
    {
        var page = await site.ReadAsync("/account/sign-in");

        Assert.Empty(page.QuerySelectorAll("a[href^='/account/external']"));
    }

    [Fact]
    public async Task Post_WithAWrongPassword_Answers400AndKeepsTheAddress()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Wilma"));
        using var browsing = site.Browse();

        using var answer = await browsing.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = "not it, surely" }
        );
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(mail, page.QuerySelector("[name='Input.Mail']")?.GetAttribute("value"));
        Assert.StartsWith(
            "That address and password",
            page.QuerySelector(".problem li")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task My_WhenNobodyIsSignedIn_LeadsToSignInAndBack()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Back Again"));
        using var browsing = site.Browse();

        using var refused = await browsing.GetAsync("/my");
        using var answer = await browsing.SubmitAsync(
            refused.Headers.Location!.PathAndQuery,
            new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password }
        );

        Assert.Equal("/my", answer.Headers.Location?.OriginalString);
    }
}
