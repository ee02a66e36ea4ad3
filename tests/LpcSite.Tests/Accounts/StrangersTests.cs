using System.Net;
using System.Text.RegularExpressions;
using LpcSite.Accounts;
using LpcSite.Accounts.SignIn;
using LpcSite.Emails;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LpcSite.Tests.Accounts;

/// <summary>What somebody who has only an address, and not its mail, neither learns nor gets.</summary>
public sealed partial class StrangersTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nobody@example.org", false, false, true)]
    [InlineData("wrong@example.org", false, false, true)]
    [InlineData("unproven@example.org", true, false, true)]
    [InlineData("resting@example.org", false, true, true)]
    [InlineData("without@example.org", false, false, false)]
    public async Task SignIn_WithAWrongPassword_TakesOneHashAndSaysTheSameForEveryAddress(
        string mail,
        bool unproven,
        bool resting,
        bool hasPassword
    )
    {
        if (mail is not "nobody@example.org")
        {
            await site.Given.AccountAsync(await site.Given.PersonAsync(mail.Split('@')[0]));
            await ChangeAsync(
                mail,
                account =>
                {
                    account.EmailConfirmed = !unproven;
                    account.LockoutEnd = resting ? DateTimeOffset.MaxValue : null;
                    account.PasswordHash = hasPassword ? account.PasswordHash : null;
                }
            );
        }

        var hashes = new Hashes();
        await using var counting = Counting(hashes);
        using var browsing = Browse(counting);
        using var answer = await browsing.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = "not the password" }
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, hashes.Made);
        Assert.Equal(
            "That address and password do not belong together. After ten wrong passwords wait ten minutes, "
                + "or set a new one: even the right one is refused meanwhile, except where you have signed in before.",
            (await Browsing.ParseAsync(answer)).QuerySelector(".problem li")?.TextContent
        );
    }

    [Fact]
    public async Task SignIn_OnTheOwnersOwnDevice_WorksHoweverOftenStrangersGuess()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Vic Tim"));
        using var owner = site.Browse();
        await owner.SignInAsync(mail, Given.Password);
        using var signedOut = await owner.SubmitAsync("/account/sign-out", [], "Sign out");
        await GuessAsync(mail);

        using var strangers = await SignInAsync(mail, Given.Password);
        using var owners = await owner.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password }
        );

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (strangers.StatusCode, owners.StatusCode));
    }

    [Fact]
    public async Task SignIn_FromAnotherNetwork_WorksHoweverOftenAStrangerGuesses()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Net Work"));
        await using var networks = site.WithWebHostBuilder(builder =>
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, FromNetwork>())
        );
        for (var guess = 0; guess <= SignInLimits.TriesFromOnePlace; guess++)
        {
            using var wrong = await SignInFromAsync("192.0.2.1", "what the stranger guesses");
        }

        using var strangers = await SignInFromAsync("192.0.2.1", Given.Password);
        using var owners = await SignInFromAsync("198.51.100.1", Given.Password);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (strangers.StatusCode, owners.StatusCode));

        async Task<HttpResponseMessage> SignInFromAsync(string network, string password)
        {
            using var browsing = Browse(networks);
            browsing.Client.DefaultRequestHeaders.Add(FromNetwork.Header, network);
            return await browsing.SubmitAsync(
                "/account/sign-in",
                new() { ["Input.Mail"] = mail, ["Input.Password"] = password }
            );
        }
    }

    [Fact]
    public async Task SignIn_AfterANewPasswordByMail_WorksHoweverOftenStrangersGuess()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Re Set"));
        await GuessAsync(mail);
        using var owner = site.Browse();
        using var asked = await owner.SubmitAsync("/account/forgot", new() { ["Input.Mail"] = mail });
        using var reset = await owner.SubmitAsync(
            await LinkAsync(mail),
            new() { ["Input.Password"] = "four other quiet words" }
        );

        using var owners = await owner.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = "four other quiet words" }
        );

        Assert.Equal(HttpStatusCode.Redirect, owners.StatusCode);
    }

    [Fact]
    public async Task SignIn_GuessedOnAKnownDevice_IsLimitedThereToo()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Own Device"));
        using var thief = site.Browse();
        await thief.SignInAsync(mail, Given.Password);
        using var signedOut = await thief.SubmitAsync("/account/sign-out", [], "Sign out");
        for (var guess = 0; guess < SignInLimits.TriesFromOnePlace; guess++)
        {
            using var wrong = await thief.SubmitAsync(
                "/account/sign-in",
                new() { ["Input.Mail"] = mail, ["Input.Password"] = "what the thief guesses" }
            );
        }

        using var right = await thief.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password }
        );
        using var elsewhere = await SignInAsync(mail, Given.Password);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (right.StatusCode, elsewhere.StatusCode));
    }

    [Fact]
    public async Task SignIn_GuessedByManyAtOnce_IsCountedOneByOne()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("At Once"));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => SignInAsync(mail, "what the stranger guesses"))
        );
        using var right = await SignInAsync(mail, Given.Password);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, right.StatusCode);
    }

    [Fact]
    public async Task SignIn_AfterThePause_WorksAgain()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Pau Sed"));
        await GuessAsync(mail);

        site.Clock.Advance(SignInLimits.Pause);
        using var right = await SignInAsync(mail, Given.Password);

        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
    }

    [Fact]
    public async Task Register_FortyTimes_MakesNoPersonAndNoAccount()
    {
        await using var db = site.OpenDatabase();
        var before = (
            await db.People.CountAsync(Stop),
            await db.Users.CountAsync(Stop),
            await db.AuditEntries.CountAsync(Stop)
        );
        using var browsing = site.Browse();
        for (var i = 0; i < 40; i++)
        {
            using var answer = await browsing.SubmitAsync(
                "/account/register",
                new() { ["Input.Mail"] = $"forty-{i}@example.org" }
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(
            before,
            (await db.People.CountAsync(Stop), await db.Users.CountAsync(Stop), await db.AuditEntries.CountAsync(Stop))
        );
    }

    [Fact]
    public async Task Register_OverAPendingRegistration_TakesNothing()
    {
        using var owner = site.Browse();
        using var asked = await owner.SubmitAsync(
            "/account/register",
            new() { ["Input.Mail"] = "pending@example.org" }
        );
        var link = await LinkAsync("pending@example.org");
        using var stranger = site.Browse();
        using var over = await stranger.SubmitAsync(
            "/account/register",
            new() { ["Input.Mail"] = "PENDING@example.org" }
        );

        using var confirmed = await owner.SubmitAsync(
            link,
            new() { ["Input.Name"] = "Ona Owner", ["Input.Password"] = Given.Password }
        );
        using var hers = await SignInAsync("pending@example.org", Given.Password);
        using var strangers = await stranger.GetAsync("/my");

        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.Equal((HttpStatusCode.Redirect, "/my"), (hers.StatusCode, hers.Headers.Location?.OriginalString));
        Assert.Equal("/account/sign-in?to=%2Fmy", strangers.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task Confirm_ASecondTime_LetsNobodyIn()
    {
        using var registered = await RegisterAsync(site.Browse(), "once@example.org");
        var link = await LinkAsync("once@example.org");
        using var finder = site.Browse();
        var found = await finder.ReadAsync(link);
        using var first = await ConfirmAsync(site.Browse(), link, "On Ce");

        using var second = await finder.SubmitAsync(
            found,
            new() { ["Input.Name"] = "Fin Der", ["Input.Password"] = "what the finder chose" }
        );
        using var mine = await finder.GetAsync("/my");

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Empty((await finder.ReadAsync(link)).QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Redirect, mine.StatusCode);
    }

    [Fact]
    public async Task Register_OnTheWayToAPage_LeadsThereAfterTheLetter()
    {
        using var browsing = site.Browse();
        using var refused = await browsing.GetAsync("/my?tab=letters");
        var signIn = await browsing.ReadAsync(refused.Headers.Location!.PathAndQuery);
        var register = signIn.QuerySelectorAll("main a").Single(a => a.TextContent == "Register").GetAttribute("href")!;
        using var registered = await RegisterAsync(browsing, "on-the-way@example.org", register);

        using var confirmed = await ConfirmAsync(browsing, await LinkAsync("on-the-way@example.org"), "On Theway");

        Assert.Equal("/my?tab=letters", confirmed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Forgot_OnTheWayToAPage_LeadsThereAfterTheNewPassword()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Lost Password"));
        using var browsing = site.Browse();
        var forgot = (await browsing.ReadAsync("/account/sign-in?to=%2Fmy%3Ftab%3Dletters"))
            .QuerySelectorAll("main a")
            .Single(a => a.TextContent == "Cannot sign in")
            .GetAttribute("href")!;
        using var asked = await browsing.SubmitAsync(forgot, new() { ["Input.Mail"] = mail });

        using var reset = await browsing.SubmitAsync(
            await LinkAsync(mail),
            new() { ["Input.Password"] = "other quiet words here" }
        );
        using var signedIn = await browsing.SubmitAsync(
            reset.Headers.Location!.OriginalString,
            new() { ["Input.Mail"] = mail, ["Input.Password"] = "other quiet words here" }
        );

        Assert.Equal("/my?tab=letters", signedIn.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Register_OnTheWayToAnotherSite_LeadsNowhereElse()
    {
        using var browsing = site.Browse();
        using var registered = await RegisterAsync(
            browsing,
            "elsewhere@example.org",
            "/account/register?to=https%3A%2F%2Fevil.example%2F"
        );

        var link = await LinkAsync("elsewhere@example.org");
        using var confirmed = await ConfirmAsync(browsing, $"{link}&to=%2F%2Fevil.example", "Else Where");

        Assert.DoesNotContain("evil", link, StringComparison.Ordinal);
        Assert.Equal("/my", confirmed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Forgot_AskedForAgainAndAgain_SendsFiveLettersAnHour()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Pesh Tered"));
        using var browsing = site.Browse();
        for (var asked = 0; asked < EmailLimits.ToOneAddress + 2; asked++)
        {
            using var answer = await browsing.SubmitAsync("/account/forgot", new() { ["Input.Mail"] = mail });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await using var db = site.OpenDatabase();
        Assert.Equal(EmailLimits.ToOneAddress, await db.Letters.CountAsync(l => l.ToAddress == mail, Stop));
    }

    [Fact]
    public async Task Address_AskedToMoveToManyAddresses_WritesToFiveStrangersAnHour()
    {
        using var browsing = await site.AsAsync(await site.Given.PersonAsync("Rest Less"));
        var answers = new List<HttpStatusCode>();
        for (var asked = 0; asked <= EmailLimits.ToOneAddress; asked++)
        {
            using var answer = await browsing.SubmitAsync(
                "/account/address",
                new() { ["Input.Mail"] = $"stranger-{asked}@example.org", ["Input.Password"] = Given.Password }
            );
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(
            [.. Enumerable.Repeat(HttpStatusCode.Redirect, EmailLimits.ToOneAddress), HttpStatusCode.BadRequest],
            answers
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(
            EmailLimits.ToOneAddress,
            await db.Letters.CountAsync(l => l.ToAddress.StartsWith("stranger-"), Stop)
        );
    }

    [Theory]
    [InlineData("/account/sign-in", "Input.Mail")]
    [InlineData("/account/forgot", "Input.Mail")]
    [InlineData("/account/register", "Input.Mail")]
    public async Task Post_WithANul_Answers400(string page, string field)
    {
        var fields = new Dictionary<string, string>
        {
            ["Input.Mail"] = "nul@example.org",
            [field] = "nul\0nul@example.org",
        };
        if (page is "/account/sign-in")
        {
            fields["Input.Password"] = Given.Password;
        }

        using var answer = await site.Browse().SubmitAsync(page, fields);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> RegisterAsync(
        Browsing browsing,
        string mail,
        string page = "/account/register"
    ) => browsing.SubmitAsync(page, new() { ["Input.Mail"] = mail });

    private static Task<HttpResponseMessage> ConfirmAsync(Browsing browsing, string link, string name) =>
        browsing.SubmitAsync(
            link,
            new() { ["Input.Name"] = name, ["Input.Password"] = Given.Password },
            "Confirm and sign in"
        );

    // In browsers that the account does not know.
    private async Task GuessAsync(string mail)
    {
        for (var guess = 0; guess <= SignInLimits.TriesFromOnePlace; guess++)
        {
            using var wrong = await SignInAsync(mail, "what the stranger guesses");
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }
    }

    private Task<HttpResponseMessage> SignInAsync(string mail, string password) =>
        site.Browse().SubmitAsync("/account/sign-in", new() { ["Input.Mail"] = mail, ["Input.Password"] = password });

    private async Task<string> LinkAsync(string mail)
    {
        await using var db = site.OpenDatabase();
        return new Uri(
            Address()
                .Match(
                    await db
                        .Letters.Where(l => l.ToAddress == mail)
                        .OrderByDescending(l => l.Id)
                        .Select(l => l.Text)
                        .FirstAsync(Stop)
                )
                .Value
        ).PathAndQuery;
    }

    private async Task ChangeAsync(string mail, Action<Account> change)
    {
        await using var db = site.OpenDatabase();
        change(await db.Users.SingleAsync(a => a.Email == mail, Stop));
        await db.SaveChangesAsync(Stop);
    }

    private WebApplicationFactory<Program> Counting(Hashes hashes) =>
        site.WithWebHostBuilder(builder =>
            builder.ConfigureTestServices(services =>
                services.AddSingleton(hashes).AddScoped<IPasswordHasher<Account>, CountingHasher>()
            )
        );

    private static Browsing Browse(WebApplicationFactory<Program> factory) =>
        new(factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    [GeneratedRegex(@"http://localhost\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    private sealed class Hashes
    {
        public int Made { get; set; }
    }

    private sealed class CountingHasher(Hashes hashes, IOptions<PasswordHasherOptions> options)
        : PasswordHasher<Account>(options)
    {
        public override string HashPassword(Account user, string password)
        {
            hashes.Made++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(
            Account user,
            string hashedPassword,
            string providedPassword
        )
        {
            hashes.Made++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    // Where a request comes from, as a real connection would say.
    private sealed class FromNetwork : IStartupFilter
    {
        public const string Header = "X-Test-Network";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, rest) =>
                    {
                        context.Connection.RemoteIpAddress = IPAddress.TryParse(
                            context.Request.Headers[Header],
                            out var network
                        )
                            ? network
                            : null;
                        return rest(context);
                    }
                );
                next(app);
            };
    }
}
