using System.Net;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Accounts;

/// <summary>Signing in by the word of another site, which is asked for real, and what its word is not good for.</summary>
public sealed class ExternalLoginsTests(SiteFixture site) : IClassFixture<SiteFixture>, IAsyncLifetime
{
    private readonly OtherSite _other = new();
    private WebApplicationFactory<Program> _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _site = site.WithWebHostBuilder(_other.IsBelievedBy);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_OfSomebodyNew_MakesAnAccountByAButtonAndSignsInFromThenOn()
    {
        _other.Told = new("17", "Nadja Ñew", "nadja@example.org", MailIsProven: true);
        using var first = Browse();
        var link = (await first.ReadAsync("/account/sign-in?to=%2Fmy%3Ftab%3Dletters")).QuerySelectorAll("a.act").Single(a => a.TextContent == "Sign in with The Other").GetAttribute("href")!;
        var back = await GoAsync(first, link);

        using var before = await first.GetAsync("/my");
        using var made = await first.SubmitAsync(back, [], "Make my account");
        using var second = Browse();
        using var signedIn = await second.GetAsync(await GoAsync(second, link));

        Assert.Equal(HttpStatusCode.Redirect, before.StatusCode);
        Assert.Equal("/my?tab=letters", made.Headers.Location?.OriginalString);
        Assert.Equal("/my?tab=letters", signedIn.Headers.Location?.OriginalString);
        Assert.Equal("Nadja Ñew", (await second.ReadAsync("/my")).QuerySelector("nav.mine a")?.TextContent);
        await using var db = site.OpenDatabase();
        Assert.Equal("registered through another site", await db.AuditEntries.Where(e => e.By!.Name == "Nadja Ñew").Select(e => e.Verb).SingleAsync(Stop));
    }

    [Fact]
    public async Task SignIn_WithAnAddressThatHasAnAccount_EntersItOnlyOnceItsOwnerConnectsThem()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Carl Connects"));
        _other.Told = new("18", "Carl C.", mail, MailIsProven: true);
        using var carl = Browse();
        var page = await carl.ReadAsync(await GoAsync(carl, "/account/external"));
        using var before = await carl.GetAsync("/my");
        var signIn = page.QuerySelectorAll("main a").Single(a => a.TextContent == "Sign in to it").GetAttribute("href")!;

        using var signedIn = await carl.SubmitAsync(signIn, new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password });
        using var connected = await carl.SubmitAsync(await GoAsync(carl, signedIn.Headers.Location!.OriginalString), [], "Connect");
        using var elsewhere = Browse();
        using var later = await elsewhere.GetAsync(await GoAsync(elsewhere, "/account/external"));

        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Redirect, before.StatusCode);
        Assert.Equal("/my", connected.Headers.Location?.OriginalString);
        Assert.Equal("Carl Connects", (await elsewhere.ReadAsync("/my")).QuerySelector("nav.mine a")?.TextContent);
        await using var db = site.OpenDatabase();
        Assert.Equal("Your account is connected with The Other", await db.Letters.Where(l => l.ToAddress == mail).Select(l => l.Subject).SingleAsync(Stop));
    }

    [Fact]
    public async Task Disconnect_OfTheOtherSite_EndsItsWord()
    {
        _other.Told = new("19", "Dis Connects", "dis@example.org", MailIsProven: true);
        using var browsing = Browse();
        using var made = await browsing.SubmitAsync(await GoAsync(browsing, "/account/external"), [], "Make my account");

        using var ended = await browsing.SubmitAsync("/account/connection", [], "Disconnect");
        using var elsewhere = Browse();
        using var later = await elsewhere.GetAsync(await GoAsync(elsewhere, "/account/external"));

        Assert.Equal("/account/connection", ended.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/my")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithAnAddressThatIsNotProven_MakesNoAccount()
    {
        _other.Told = new("20", "Un Proven", "unproven-there@example.org", MailIsProven: false);
        using var browsing = Browse();
        var page = await browsing.ReadAsync(await GoAsync(browsing, "/account/external"));
        var token = (await browsing.ReadAsync("/account/sign-out")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var forced = await browsing.Client.PostAsync("/account/external/done", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]), Stop);

        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.BadRequest, forced.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.False(await db.Users.AnyAsync(a => a.Email == "unproven-there@example.org", Stop));
    }

    [Fact]
    public async Task SignIn_ToAnAccountWithASecondStep_AsksForItsCode()
    {
        _other.Told = new("21", "Two Steps", "two-steps@example.org", MailIsProven: true);
        using var browsing = Browse();
        using var made = await browsing.SubmitAsync(await GoAsync(browsing, "/account/external"), [], "Make my account");
        await using (var db = site.OpenDatabase())
        {
            await db.Users.Where(a => a.Email == "two-steps@example.org").ExecuteUpdateAsync(set => set.SetProperty(a => a.TwoFactorEnabled, true), Stop);
        }

        using var elsewhere = Browse();
        using var signedIn = await elsewhere.GetAsync(await GoAsync(elsewhere, "/account/external"));

        Assert.Equal("/account/sign-in/code?to=%2Fmy", signedIn.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/my")).StatusCode);
    }

    [Fact]
    public async Task SignIn_OfSomebodyWhoSaysNoThere_IsToldSoHere()
    {
        _other.Told = null;
        using var browsing = Browse();

        var page = await browsing.ReadAsync(await GoAsync(browsing, "/account/external"));

        Assert.StartsWith("The Other did not say who you are", page.QuerySelector("main p")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithoutAnotherSite_SpeaksOfNone()
    {
        var page = await site.ReadAsync("/account/sign-in");

        Assert.Empty(page.QuerySelectorAll("a[href^='/account/external']"));
    }

    private Browsing Browse() => new(_site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    // There and back, as a browser follows the redirects.
    private async Task<string> GoAsync(Browsing browsing, string start)
    {
        using var sent = await browsing.GetAsync(start);
        var answer = await _other.AskAsync(sent.Headers.Location!);
        using var received = await browsing.GetAsync(answer.PathAndQuery);
        Assert.True(received.Headers.Location is not null, $"{(int)received.StatusCode} {await received.Content.ReadAsStringAsync(Stop)}");
        return received.Headers.Location.OriginalString;
    }
}
