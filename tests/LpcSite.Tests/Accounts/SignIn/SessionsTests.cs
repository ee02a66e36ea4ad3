using System.Net;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Accounts.SignIn;

/// <summary>Where somebody is signed in, and that an end is one even for a copied cookie.</summary>
public sealed class SessionsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Page = "/account/sessions";
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/18.0 Mobile/15E148 Safari/604.1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignOut_EndsTheSessionForACopyOfItsCookieToo()
    {
        await site.Given.AccountAsync(await site.Given.PersonAsync("Cora Copied"));
        using var signingIn = site.Browse();
        using var signedIn = await signingIn.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = "cora-copied@example.org", ["Input.Password"] = Given.Password }
        );
        using var thief = site.Browse();
        thief.Client.DefaultRequestHeaders.Add("Cookie", CookieOf(signedIn));
        using var before = await thief.GetAsync("/account");

        using var signedOut = await signingIn.SubmitAsync("/account/sign-out", [], "Sign out");
        using var after = await thief.GetAsync("/account");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task EndAll_OfOneAccount_SignsItOutEverywhereAndNobodyElse()
    {
        using var ended = await site.AsAsync(await site.Given.PersonAsync("Ella Ended"));
        using var other = await site.AsAsync(await site.Given.PersonAsync("Oskar Other"));
        await using var scope = site.Services.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<AccountSessions>();

        var said = await sessions.EndAllAsync("ELLA-ended@example.org", Stop);
        var nobody = await Assert.ThrowsAsync<OperatorException>(() =>
            sessions.EndAllAsync("nobody@example.org", Stop)
        );

        Assert.Equal("1 session ended.", said);
        Assert.Equal("No account has the address nobody@example.org.", nobody.Message);
        Assert.Equal(HttpStatusCode.Redirect, (await ended.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/account")).StatusCode);

        await sessions.EndAllAsync(mail: null, Stop);

        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Session_UsedEveryWeek_EndsNinetyDaysAfterItBegan()
    {
        using var browsing = await site.AsAsync(await site.Given.PersonAsync("Una Used"));
        for (var week = 0; week < 12; week++)
        {
            site.Clock.Advance(Duration.FromDays(7));
            Assert.Equal(HttpStatusCode.OK, (await browsing.GetAsync("/account")).StatusCode);
        }

        site.Clock.Advance(Duration.FromDays(6));

        Assert.Equal(HttpStatusCode.Redirect, (await browsing.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Session_RenewedByANewPassword_EndsNoLater()
    {
        using var browsing = await site.AsAsync(await site.Given.PersonAsync("Renate Renewed"));
        for (var week = 0; week < 12; week++)
        {
            site.Clock.Advance(Duration.FromDays(7));
            await browsing.ReadAsync("/account");
        }

        using var changed = await browsing.SubmitAsync(
            "/account/password",
            new() { ["Input.Current"] = Given.Password, ["Input.Password"] = "four other quiet words" }
        );
        Assert.Equal(HttpStatusCode.OK, (await browsing.GetAsync("/account")).StatusCode);
        site.Clock.Advance(Duration.FromDays(6));

        Assert.Equal(HttpStatusCode.Redirect, (await browsing.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Session_NotUsedForThirtyDays_Ends()
    {
        using var browsing = await site.AsAsync(await site.Given.PersonAsync("Ida Idle"));

        site.Clock.Advance(Duration.FromDays(30));

        Assert.Equal(HttpStatusCode.Redirect, (await browsing.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Password_Changed_EndsACopyOfThisBrowsersOwnCookie()
    {
        await site.Given.AccountAsync(await site.Given.PersonAsync("Clara Cookie"));
        using var browsing = site.Browse();
        using var signedIn = await browsing.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = "clara-cookie@example.org", ["Input.Password"] = Given.Password }
        );
        using var thief = site.Browse();
        thief.Client.DefaultRequestHeaders.Add("Cookie", CookieOf(signedIn));

        using var changed = await browsing.SubmitAsync(
            "/account/password",
            new() { ["Input.Current"] = Given.Password, ["Input.Password"] = "four other quiet words" }
        );

        Assert.Equal(HttpStatusCode.OK, (await browsing.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Sessions_OfSeveralDevices_AreListedAndEndOneByOne()
    {
        var person = await site.Given.PersonAsync("Dev Ices");
        using var here = await OnAsync(person, Firefox);
        using var phone = await OnAsync(person, Phone);
        using var text = await OnAsync(person, "w3m/0.5.3");

        var rows = (await here.ReadAsync(Page))
            .QuerySelectorAll("main table tbody tr")
            .Select(r => string.Join(' ', r.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ToList();
        using var ended = await here.SubmitAsync(await here.ReadAsync(Page), [], "Sign out Safari on iPhone");

        Assert.Equal(3, rows.Count);
        Assert.Contains(
            rows,
            r =>
                r.StartsWith("Firefox on Linux", StringComparison.Ordinal)
                && r.Contains("This device", StringComparison.Ordinal)
        );
        Assert.Contains(rows, r => r.StartsWith("w3m", StringComparison.Ordinal));
        Assert.Equal(Page, ended.Headers.Location?.OriginalString);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.OK),
            (
                (await here.GetAsync("/account")).StatusCode,
                (await phone.GetAsync("/account")).StatusCode,
                (await text.GetAsync("/account")).StatusCode
            )
        );
    }

    [Fact]
    public async Task Sessions_AllOthers_EndAtOnce()
    {
        var person = await site.Given.PersonAsync("All Others");
        using var here = await OnAsync(person, Firefox);
        using var phone = await OnAsync(person, Phone);

        using var ended = await here.SubmitAsync(await here.ReadAsync(Page), [], "Sign out all other devices");

        Assert.Single((await here.ReadAsync(Page)).QuerySelectorAll("main table tbody tr"));
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Session_OfSomebodyElse_IsEndedByNobodyElse()
    {
        using var owner = await OnAsync(await site.Given.PersonAsync("Own Er"), Phone);
        using var other = await OnAsync(await site.Given.PersonAsync("Oth Er"), Phone);
        using var second = await OnAsync(await site.Given.PersonAsync("Oth Er"), Phone);
        await using var db = site.OpenDatabase();
        var id = await db
            .AccountSessions.Where(s => db.Users.Any(a => a.Id == s.AccountId && a.Email == "own-er@example.org"))
            .Select(s => s.Id)
            .SingleAsync(Stop);

        var page = await other.ReadAsync(Page);
        page.QuerySelector("main button[name=session]")!.SetAttribute("value", id.ToString());
        using var answer = await other.SubmitAsync(page, [], id.ToString());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Sessions_OfOneAccount_EndByTheOperatorsWord()
    {
        var person = await site.Given.PersonAsync("Ope Rated");
        using var browsing = await OnAsync(person, Firefox);
        using var other = await OnAsync(await site.Given.PersonAsync("Un Touched"), Firefox);
        await using var scope = site.Services.CreateAsyncScope();

        var said = await scope
            .ServiceProvider.GetRequiredService<AccountSessions>()
            .EndAllAsync("OPE-RATED@example.org", Stop);

        Assert.Equal("1 session ended.", said);
        Assert.Equal(
            (HttpStatusCode.Redirect, HttpStatusCode.OK),
            ((await browsing.GetAsync("/account")).StatusCode, (await other.GetAsync("/account")).StatusCode)
        );
    }

    [Fact]
    public async Task Sessions_OfSomebodyWhoSignedInAWhileAgo_EndWithThePasswordAlone()
    {
        var person = await site.Given.PersonAsync("Un Attended");
        using var here = await OnAsync(person, Firefox);
        using var phone = await OnAsync(person, Phone);
        site.Clock.Advance(AccountSessions.Freshness);

        using var refused = await here.SubmitAsync(
            Page,
            new() { ["Password"] = "not the password" },
            "Sign out all other devices"
        );
        var still = (await phone.GetAsync("/account")).StatusCode;
        using var ended = await here.SubmitAsync(
            Page,
            new() { ["Password"] = Given.Password },
            "Sign out all other devices"
        );

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.Redirect),
            (refused.StatusCode, still, (await phone.GetAsync("/account")).StatusCode)
        );
        Assert.Equal(
            OwnerProof.WrongPassword,
            (await Browsing.ParseAsync(refused)).QuerySelector("[data-valmsg-for=Password]")?.TextContent
        );
    }

    [Fact]
    public async Task Session_WithAnOddUserAgent_ShowsNothingOfIt()
    {
        using var browsing = await OnAsync(
            await site.Given.PersonAsync("Odd Agent"),
            "<b>evil</b> https://evil.example/"
        );

        var row = (await browsing.ReadAsync(Page)).QuerySelector("main table tbody tr td")?.TextContent;

        Assert.Equal("Unknown device", row);
    }

    private async Task<Browsing> OnAsync(LpcSite.People.Person person, string device)
    {
        var mail = await site.Given.AccountAsync(person);
        var browsing = site.Browse();
        browsing.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", device);
        await browsing.SignInAsync(mail, Given.Password);
        return browsing;
    }

    private static string CookieOf(HttpResponseMessage signedIn) =>
        signedIn
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("lpcsite=", StringComparison.Ordinal))
            .Split(';')[0];
}
