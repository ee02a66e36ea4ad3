using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LpcSite.Emails;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Accounts;

/// <summary>
/// From a stranger's address to somebody who is signed in, and what strangers do not learn on the way.
/// </summary>
public sealed partial class RegistrationTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_ThenConfirmByTheButton_SignsIn()
    {
        using var browsing = site.Browse();
        using var registered = await browsing.SubmitAsync(
            "/account/register",
            new() { ["Input.Mail"] = "lucja@example.org" }
        );
        var link = await LinkAsync("lucja@example.org", "Confirm your address");

        using var before = await browsing.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = "lucja@example.org", ["Input.Password"] = Given.Password }
        );
        var page = await browsing.ReadAsync(link);
        using var confirmed = await browsing.SubmitAsync(
            page,
            new() { ["Input.Name"] = "Łucja Ødegård", ["Input.Password"] = Given.Password },
            "Confirm and sign in"
        );

        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, before.StatusCode);
        Assert.Equal("/my", confirmed.Headers.Location?.OriginalString);
        Assert.Equal("Łucja Ødegård", (await browsing.ReadAsync("/my")).QuerySelector("nav.mine a")?.TextContent);
    }

    [Fact]
    public async Task Link_OpenedByAMailScanner_ChangesNothing()
    {
        using var browsing = site.Browse();
        using var registered = await browsing.SubmitAsync(
            "/account/register",
            new() { ["Input.Mail"] = "scan@example.org" }
        );

        using var scanned = await site.Browse().GetAsync(await LinkAsync("scan@example.org", "Confirm your address"));

        await using var db = site.OpenDatabase();
        Assert.Equal(HttpStatusCode.OK, scanned.StatusCode);
        Assert.False(await db.Users.AnyAsync(a => a.Email == "scan@example.org", Stop));
    }

    [Fact]
    public async Task Register_WithAnAddressThatHasAnAccount_SaysTheSameAndTellsItsOwner()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Known Before"));
        using var browsing = site.Browse();

        using var again = await browsing.SubmitAsync("/account/register", new() { ["Input.Mail"] = mail });
        using var fresh = await browsing.SubmitAsync(
            "/account/register",
            new() { ["Input.Mail"] = "fresh@example.org" }
        );

        var (known, other) = (await again.Content.ReadAsStringAsync(Stop), await fresh.Content.ReadAsStringAsync(Stop));
        Assert.Equal(known.Replace(mail, "fresh@example.org", StringComparison.Ordinal), other);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            "You have an account already",
            await db.Letters.Where(l => l.ToAddress == mail).Select(l => l.Subject).SingleAsync(Stop)
        );
        Assert.Equal(1, await db.Users.CountAsync(a => a.Email == mail, Stop));
    }

    [Fact]
    public async Task Confirm_WithAShortPassword_Answers400AndKeepsTheName()
    {
        using var browsing = site.Browse();
        using var registered = await browsing.SubmitAsync(
            "/account/register",
            new() { ["Input.Mail"] = "short@example.org" }
        );
        var link = await LinkAsync("short@example.org", "Confirm your address");

        using var answer = await browsing.SubmitAsync(
            link,
            new() { ["Input.Name"] = "Short", ["Input.Password"] = "too short" }
        );
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "A password has 12 to 200 characters.",
            page.QuerySelector("span.problem.field-validation-error")?.TextContent
        );
        Assert.Equal("Short", page.QuerySelector("[name='Input.Name']")?.GetAttribute("value"));
        Assert.Equal("short@example.org", page.QuerySelector("#mail")?.GetAttribute("value"));
    }

    [Theory]
    [InlineData("  kettle orbit mustard  ", "kettle orbit mustard")]
    [InlineData("Kettle Orbit Mustard", "kettle orbit mustard")]
    [InlineData("ſeven kettles in orbit", "seven kettles in orbit")]
    public async Task Password_IsTakenAsItIsTyped(string password, string other)
    {
        var mail = $"{Guid.NewGuid():N}@example.org";
        using var registered = await site.Browse().SubmitAsync("/account/register", new() { ["Input.Mail"] = mail });
        using var confirmed = await site.Browse()
            .SubmitAsync(
                await LinkAsync(mail, "Confirm your address"),
                new() { ["Input.Name"] = "Type D", ["Input.Password"] = password }
            );
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);

        using var wrong = await site.Browse()
            .SubmitAsync("/account/sign-in", new() { ["Input.Mail"] = mail, ["Input.Password"] = other });
        using var right = await site.Browse()
            .SubmitAsync("/account/sign-in", new() { ["Input.Mail"] = mail, ["Input.Password"] = password });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (wrong.StatusCode, right.StatusCode));
    }

    [Fact]
    public async Task Password_OfTheLongestLength_CountsToItsLastSign()
    {
        var password = string.Concat(Enumerable.Range(0, 25).Select(i => $"kettle{i:00}"))
            .PadRight(LpcSite.Accounts.Account.PasswordMaxLength, 'x');
        using var registered = await site.Browse()
            .SubmitAsync("/account/register", new() { ["Input.Mail"] = "longest@example.org" });
        var link = await LinkAsync("longest@example.org", "Confirm your address");
        using var tooLong = await site.Browse()
            .SubmitAsync(link, new() { ["Input.Name"] = "Long Est", ["Input.Password"] = password + "x" });
        using var confirmed = await site.Browse()
            .SubmitAsync(link, new() { ["Input.Name"] = "Long Est", ["Input.Password"] = password });

        using var cut = await site.Browse()
            .SubmitAsync(
                "/account/sign-in",
                new() { ["Input.Mail"] = "longest@example.org", ["Input.Password"] = password[..^1] }
            );
        await site.Browse().SignInAsync("longest@example.org", password);

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Redirect, HttpStatusCode.BadRequest),
            (tooLong.StatusCode, confirmed.StatusCode, cut.StatusCode)
        );
    }

    [Fact]
    public async Task Forgot_ThenReset_SignsInWithTheNewPasswordAndSignsOutElsewhere()
    {
        var person = await site.Given.PersonAsync("For Getful");
        using var elsewhere = await site.AsAsync(person);
        using var browsing = site.Browse();
        using var asked = await browsing.SubmitAsync(
            "/account/forgot",
            new() { ["Input.Mail"] = "for-getful@example.org" }
        );

        using var reset = await browsing.SubmitAsync(
            await LinkAsync("for-getful@example.org", "Set your password"),
            new() { ["Input.Password"] = "four other quiet words" }
        );
        await browsing.SignInAsync("for-getful@example.org", "four other quiet words");
        using var stale = await elsewhere.GetAsync("/my");

        Assert.Equal("/account/sign-in", reset.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, stale.StatusCode);
    }

    [Fact]
    public async Task Forgot_OfAStranger_SaysTheSameAndLetsThemRegister()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Some Body"));
        using var browsing = site.Browse();

        using var known = await browsing.SubmitAsync("/account/forgot", new() { ["Input.Mail"] = mail });
        using var stranger = await browsing.SubmitAsync(
            "/account/forgot",
            new() { ["Input.Mail"] = "stranger@example.org" }
        );

        Assert.Equal(
            (await known.Content.ReadAsStringAsync(Stop)).Replace(
                mail,
                "stranger@example.org",
                StringComparison.Ordinal
            ),
            await stranger.Content.ReadAsStringAsync(Stop)
        );
        await using var db = site.OpenDatabase();
        var link = await LinkAsync("stranger@example.org", "You have no account yet");
        using var made = await browsing.SubmitAsync(
            link,
            new() { ["Input.Name"] = "Stran Ger", ["Input.Password"] = Given.Password }
        );
        Assert.Equal("/my", made.Headers.Location?.OriginalString);
        Assert.Equal(
            "Set your password",
            await db.Letters.Where(l => l.ToAddress == mail).Select(l => l.Subject).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Reset_ByMail_TellsTheOwnerThatThePasswordIsNew()
    {
        await site.Given.AccountAsync(await site.Given.PersonAsync("Tilda Told"));
        using var browsing = site.Browse();
        using var asked = await browsing.SubmitAsync(
            "/account/forgot",
            new() { ["Input.Mail"] = "tilda-told@example.org" }
        );

        using var reset = await browsing.SubmitAsync(
            await LinkAsync("tilda-told@example.org", "Set your password"),
            new() { ["Input.Password"] = "four other quiet words" }
        );

        await using var db = site.OpenDatabase();
        Assert.Equal(
            1,
            await db.Letters.CountAsync(
                l => l.ToAddress == "tilda-told@example.org" && l.Subject == "Your password was changed",
                Stop
            )
        );
    }

    [Fact]
    public async Task Confirm_WithALinkOfADayAgo_MakesNothing()
    {
        using var browsing = site.Browse();
        using var registered = await browsing.SubmitAsync(
            "/account/register",
            new() { ["Input.Mail"] = "late@example.org" }
        );
        var page = await browsing.ReadAsync(await LinkAsync("late@example.org", "Confirm your address"));

        site.Clock.Advance(Duration.FromDays(1));
        using var answer = await browsing.SubmitAsync(
            page,
            new() { ["Input.Name"] = "La Te", ["Input.Password"] = Given.Password }
        );
        site.Clock.Advance(-Duration.FromDays(1));

        await using var db = site.OpenDatabase();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await db.Users.AnyAsync(a => a.Email == "late@example.org", Stop));
    }

    [Fact]
    public async Task SignIn_TenTimesWrong_LocksEvenTheRightPasswordForAWhile()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Lock Smith"));
        using var browsing = site.Browse();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await browsing.SubmitAsync(
                "/account/sign-in",
                new() { ["Input.Mail"] = mail, ["Input.Password"] = "wrong wrong wrong" }
            );
        }

        using var right = await browsing.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password }
        );

        Assert.Equal(HttpStatusCode.BadRequest, right.StatusCode);
    }

    [Fact]
    public async Task Invitation_OfSomebodyWithoutAccount_IsClaimedByAPasswordAndLeads()
    {
        await site.Given.MicroconferenceAsync("Claimed", leads: ["Lena Lead"], keyAttendees: ["Juri Imported"]);
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var invited = await lena.SubmitAsync(
            "/2022/mc/claimed/lead/people",
            new()
            {
                ["Input.Name"] = "juri  imported",
                ["Input.Who"] = await NumberAsync("Juri Imported"),
                ["Input.Mail"] = "juri@example.org",
            }
        );
        var link = await LinkAsync("juri@example.org", "Lead Claimed at P 2022?");
        using var juri = site.Browse();

        var page = await juri.ReadAsync(link);
        using var accepted = await juri.SubmitAsync(page, new() { ["Password"] = Given.Password }, "Accept");
        using var again = await site.Browse()
            .SubmitAsync(
                "/account/sign-in",
                new() { ["Input.Mail"] = "juri@example.org", ["Input.Password"] = Given.Password }
            );

        Assert.Equal("/2022/mc/claimed", accepted.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await juri.GetAsync("/2022/mc/claimed/edit")).StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(1, await db.People.CountAsync(p => p.Name.StartsWith("Juri"), Stop));
    }

    [Fact]
    public async Task Invitation_TwiceToTheSame_IsRefusedWithASentence()
    {
        await site.Given.MicroconferenceAsync("Twice", leads: ["Lena Lead"]);
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var first = await lena.SubmitAsync(
            "/2022/mc/twice/lead/people",
            new() { ["Input.Name"] = "Tess Twice", ["Input.Mail"] = "tess@example.org" }
        );

        using var second = await lena.SubmitAsync(
            "/2022/mc/twice/lead/people",
            new()
            {
                ["Input.Name"] = "Tess Twice",
                ["Input.Who"] = await NumberAsync("Tess Twice"),
                ["Input.Mail"] = "tess@example.org",
            }
        );

        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Equal(
            "Tess Twice is invited already; the answer is awaited.",
            (await Browsing.ParseAsync(second)).QuerySelector("span.field-validation-error")?.TextContent
        );
    }

    [Fact]
    public async Task Invitation_AfterThirtyDays_LetsNobodyIn()
    {
        await site.Given.MicroconferenceAsync("Expired", leads: ["Lena Lead"]);
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var invited = await lena.SubmitAsync(
            "/2022/mc/expired/lead/people",
            new() { ["Input.Name"] = "Eve Late", ["Input.Mail"] = "eve@example.org" }
        );
        var link = await LinkAsync("eve@example.org", "Lead Expired at P 2022?");
        using var eve = site.Browse();
        var page = await eve.ReadAsync(link);

        site.Clock.Advance(Duration.FromDays(31));
        try
        {
            using var answer = await eve.SubmitAsync(page, new() { ["Password"] = Given.Password }, "Accept");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        finally
        {
            site.Clock.Advance(-Duration.FromDays(31));
        }
    }

    [Fact]
    public async Task Leave_OfTheLastLead_IsRefusedAndOfOneOfTwoLeadsAway()
    {
        await site.Given.MicroconferenceAsync("Leaving", leads: ["Lena Lead", "Otto Other"]);
        using var otto = await site.AsAsync(await site.Given.PersonAsync("Otto Other"));
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var page = await lena.ReadAsync("/2022/mc/leaving/lead/people");

        using var left = await otto.SubmitAsync("/2022/mc/leaving/lead/people", [], "Leave: Otto Other");
        using var last = await lena.SubmitAsync(page, [], "Leave: Lena Lead");

        Assert.Equal("/my", left.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.BadRequest, last.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await otto.GetAsync("/2022/mc/leaving/lead/people")).StatusCode);
    }

    // What the letter says, as its reader would follow it.
    // Who is meant is told by number.
    private async Task<string> NumberAsync(string name)
    {
        await using var db = site.OpenDatabase();
        var id = await db.People.Where(p => p.Name == name).Select(p => p.Id).SingleAsync(Stop);
        return id.ToString(CultureInfo.InvariantCulture);
    }

    private async Task<string> LinkAsync(string mail, string subject)
    {
        await using var db = site.OpenDatabase();
        var email = await db.Letters.SingleAsync(l => l.ToAddress == mail && l.Subject == subject, Stop);
        Assert.True(email.IsSecret);
        Assert.Equal(EmailState.Waiting, email.State);
        return new Uri(Address().Match(email.Text).Value).PathAndQuery;
    }

    [GeneratedRegex(@"http://localhost\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
