using System.Net;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Accounts.SignIn;

/// <summary>
/// Signing in by the word of another site, which is asked for real, and what its word is not good for.
/// </summary>
public sealed class ExternalLoginsTests(ExternalLoginsTests.Both both) : IClassFixture<ExternalLoginsTests.Both>
{
    private readonly OtherSite _other = both.Other;
    private readonly SiteFixture _site = both.Site;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_OfSomebodyNew_MakesAnAccountByAButtonAndSignsInFromThenOn()
    {
        _other.Told = new("17", "Nadja Ñew", "nadja@example.org", MailIsProven: true);
        using var first = _site.Browse();
        var link = (await first.ReadAsync("/account/sign-in?to=%2Fmy%3Ftab%3Dletters"))
            .QuerySelectorAll("a.act")
            .Single(a => a.TextContent == "Sign in with The Other")
            .GetAttribute("href")!;
        var back = await GoAsync(first, link);

        using var before = await first.GetAsync("/my");
        using var made = await first.SubmitAsync(back, [], "Make my account");
        using var second = _site.Browse();
        using var signedIn = await second.GetAsync(await GoAsync(second, link));

        Assert.Equal(HttpStatusCode.Redirect, before.StatusCode);
        Assert.Equal("/my?tab=letters", made.Headers.Location?.OriginalString);
        Assert.Equal("/my?tab=letters", signedIn.Headers.Location?.OriginalString);
        Assert.Equal("Nadja Ñew", (await second.ReadAsync("/my")).QuerySelector("nav.mine a")?.TextContent);
        await using var db = _site.OpenDatabase();
        Assert.Equal(
            "registered through another site",
            await db.AuditEntries.Where(e => e.By!.Name == "Nadja Ñew").Select(e => e.Verb).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task SignIn_WithAnAddressThatHasAnAccount_EntersItOnlyOnceItsOwnerConnectsThem()
    {
        var mail = await _site.Given.AccountAsync(await _site.Given.PersonAsync("Carl Connects"));
        _other.Told = new("18", "Carl C.", mail, MailIsProven: true);
        using var carl = _site.Browse();
        var page = await carl.ReadAsync(await GoAsync(carl, "/account/external"));
        using var before = await carl.GetAsync("/my");
        var signIn = page.QuerySelectorAll("main a")
            .Single(a => a.TextContent == "Sign in to it")
            .GetAttribute("href")!;

        using var signedIn = await carl.SubmitAsync(
            signIn,
            new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password }
        );
        using var connected = await carl.SubmitAsync(
            await GoAsync(carl, signedIn.Headers.Location!.OriginalString),
            new() { ["Password"] = Given.Password },
            "Connect"
        );
        using var elsewhere = _site.Browse();
        using var later = await elsewhere.GetAsync(await GoAsync(elsewhere, "/account/external"));

        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Redirect, before.StatusCode);
        Assert.Equal("/my", connected.Headers.Location?.OriginalString);
        Assert.Equal("Carl Connects", (await elsewhere.ReadAsync("/my")).QuerySelector("nav.mine a")?.TextContent);
        await using var db = _site.OpenDatabase();
        Assert.Equal(
            "Your account is connected with The Other",
            await db.Letters.Where(l => l.ToAddress == mail).Select(l => l.Subject).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Disconnect_OfTheOtherSite_EndsItsWord()
    {
        _other.Told = new("19", "Dis Connects", "dis@example.org", MailIsProven: true);
        using var browsing = _site.Browse();
        using var made = await browsing.SubmitAsync(
            await GoAsync(browsing, "/account/external"),
            [],
            "Make my account"
        );

        using var ended = await browsing.SubmitAsync("/account/connection", [], "Disconnect");
        using var elsewhere = _site.Browse();
        using var later = await elsewhere.GetAsync(await GoAsync(elsewhere, "/account/external"));

        await using var db = _site.OpenDatabase();
        Assert.StartsWith(
            "Your account is no longer connected with ",
            await db
                .Letters.Where(l => l.ToAddress == "dis@example.org")
                .OrderByDescending(l => l.Id)
                .Select(l => l.Subject)
                .FirstAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Equal("/account/connection", ended.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/my")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithAnAddressThatIsNotProven_MakesNoAccount()
    {
        _other.Told = new("20", "Un Proven", "unproven-there@example.org", MailIsProven: false);
        using var browsing = _site.Browse();
        var page = await browsing.ReadAsync(await GoAsync(browsing, "/account/external"));
        var token = (await browsing.ReadAsync("/account/sign-out"))
            .QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;

        using var forced = await browsing.Client.PostAsync(
            "/account/external/done",
            new FormUrlEncodedContent([new("__RequestVerificationToken", token)]),
            Stop
        );

        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.BadRequest, forced.StatusCode);
        await using var db = _site.OpenDatabase();
        Assert.False(await db.Users.AnyAsync(a => a.Email == "unproven-there@example.org", Stop));
    }

    [Fact]
    public async Task SignIn_ToAnAccountWithASecondStep_AsksForItsCode()
    {
        _other.Told = new("21", "Two Steps", "two-steps@example.org", MailIsProven: true);
        using var browsing = _site.Browse();
        using var made = await browsing.SubmitAsync(
            await GoAsync(browsing, "/account/external"),
            [],
            "Make my account"
        );
        await using (var db = _site.OpenDatabase())
        {
            await db
                .Users.Where(a => a.Email == "two-steps@example.org")
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.TwoFactorEnabled, true), Stop);
        }

        using var elsewhere = _site.Browse();
        using var signedIn = await elsewhere.GetAsync(await GoAsync(elsewhere, "/account/external"));

        Assert.Equal("/account/sign-in/code?to=%2Fmy", signedIn.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/my")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithTheAnswerOfAnotherBrowser_SignsNobodyIn()
    {
        _other.Told = new("22", "Fixed Session", "fixed@example.org", MailIsProven: true);
        using var attacker = _site.Browse();
        using var sent = await attacker.GetAsync("/account/external");
        var answer = await _other.AskAsync(sent.Headers.Location!);
        using var victim = _site.Browse();

        using var received = await victim.GetAsync(answer.PathAndQuery);
        var page = await victim.ReadAsync("/account/external/done");

        Assert.Equal("/account/external/done", received.Headers.Location?.OriginalString);
        Assert.StartsWith(
            "The Other did not say who you are",
            page.QuerySelector("main p")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Connect_WithoutThePassword_IsRefused()
    {
        var mail = await _site.Given.AccountAsync(await _site.Given.PersonAsync("Una Unlocked"));
        _other.Told = new("23", "A Thief", "thief@example.org", MailIsProven: true);
        using var thief = _site.Browse();
        await thief.SignInAsync(mail, Given.Password);
        var page = await GoAsync(thief, "/account/external");

        using var wrong = await thief.SubmitAsync(page, new() { ["Password"] = "what the thief guesses" }, "Connect");

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(
            LpcSite.Accounts.SecondFactors.OwnerProof.WrongPassword,
            (await Browsing.ParseAsync(wrong)).QuerySelector("[data-valmsg-for=Password]")?.TextContent
        );
        await using var db = _site.OpenDatabase();
        Assert.False(await db.UserLogins.AnyAsync(l => l.ProviderKey == "23", Stop));
    }

    [Fact]
    public async Task Password_OfSomebodyWithoutOneWhoSignedInLongAgo_IsSetOnlyAfterSigningInAnew()
    {
        _other.Told = new("24", "No Password", "no-password@example.org", MailIsProven: true);
        using var browsing = _site.Browse();
        using var made = await browsing.SubmitAsync(
            await GoAsync(browsing, "/account/external"),
            [],
            "Make my account"
        );
        _site.Clock.Advance(LpcSite.Accounts.SignIn.AccountSessions.Freshness);

        using var refused = await browsing.SubmitAsync(
            "/account/password",
            new() { ["Input.Password"] = "four other quiet words" }
        );
        using var signedOut = await browsing.SubmitAsync("/account/sign-out", [], "Sign out");
        using var back = await browsing.GetAsync(await GoAsync(browsing, "/account/external"));
        using var set = await browsing.SubmitAsync(
            "/account/password",
            new() { ["Input.Password"] = "four other quiet words" }
        );

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (refused.StatusCode, set.StatusCode));
        Assert.Equal(
            LpcSite.Accounts.SecondFactors.OwnerProof.NotFresh,
            (await Browsing.ParseAsync(refused)).QuerySelector(".problem li")?.TextContent
        );
    }

    [Fact]
    public async Task SignIn_OfSomebodyWhoSaysNoThere_IsToldSoHere()
    {
        _other.Told = null;
        using var browsing = _site.Browse();

        var page = await browsing.ReadAsync(await GoAsync(browsing, "/account/external"));

        Assert.StartsWith(
            "The Other did not say who you are",
            page.QuerySelector("main p")?.TextContent,
            StringComparison.Ordinal
        );
    }

    // There and back, as a browser follows the redirects.
    private async Task<string> GoAsync(Browsing browsing, string start)
    {
        using var sent = await browsing.GetAsync(start);
        var answer = await _other.AskAsync(sent.Headers.Location!);
        using var received = await browsing.GetAsync(answer.PathAndQuery);
        Assert.True(
            received.Headers.Location is not null,
            $"{(int)received.StatusCode} {await received.Content.ReadAsStringAsync(Stop)}"
        );
        return received.Headers.Location.OriginalString;
    }

    /// <summary>Both sites, for the whole class, as each takes longer to start than to sign in to.</summary>
    public sealed class Both : IAsyncLifetime
    {
        public OtherSite Other { get; } = new();
        public SiteFixture Site { get; }

        public Both() => Site = new() { Configure = Other.IsBelievedBy };

        public ValueTask InitializeAsync() => Site.InitializeAsync();

        public async ValueTask DisposeAsync()
        {
            await Site.DisposeAsync();
            await Other.DisposeAsync();
        }
    }
}
