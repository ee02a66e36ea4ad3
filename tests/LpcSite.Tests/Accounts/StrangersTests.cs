using System.Net;
using System.Text.RegularExpressions;
using LpcSite.Accounts;
using LpcSite.Tests.Fixture;
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
    private const string Theirs = "what the stranger chose";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nobody@example.org", false, false, true)]
    [InlineData("wrong@example.org", false, false, true)]
    [InlineData("unproven@example.org", true, false, true)]
    [InlineData("resting@example.org", false, true, true)]
    [InlineData("without@example.org", false, false, false)]
    public async Task SignIn_WithAWrongPassword_TakesOneHashAndSaysTheSameForEveryAddress(string mail, bool unproven, bool resting, bool hasPassword)
    {
        if (mail is not "nobody@example.org")
        {
            await site.Given.AccountAsync(await site.Given.PersonAsync(mail.Split('@')[0]));
            await ChangeAsync(mail, account =>
            {
                account.EmailConfirmed = !unproven;
                account.LockoutEnd = resting ? DateTimeOffset.MaxValue : null;
                account.PasswordHash = hasPassword ? account.PasswordHash : null;
            });
        }

        var hashes = new Hashes();
        await using var counting = Counting(hashes);
        using var browsing = Browse(counting);
        using var answer = await browsing.SubmitAsync("/account/sign-in", new() { ["Input.Mail"] = mail, ["Input.Password"] = "not the password" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, hashes.Made);
        Assert.Equal(
            "That address and password do not belong together, or the address is not confirmed yet. After ten wrong passwords in a row even the right one is refused for ten minutes.",
            (await Browsing.ParseAsync(answer)).QuerySelector(".problem li")?.TextContent);
    }

    [Fact]
    public async Task Register_WithAnyAddress_TakesOneHash()
    {
        await site.Given.AccountAsync(await site.Given.PersonAsync("Proven Before"));
        var hashes = new Hashes();
        await using var counting = Counting(hashes);

        foreach (var (mail, expected) in new[] { ("new-here@example.org", 1), ("new-here@example.org", 2), ("proven-before@example.org", 3) })
        {
            using var answer = await RegisterAsync(Browse(counting), mail, "Some Body", Given.Password);
            Assert.Equal((HttpStatusCode.OK, expected), (answer.StatusCode, hashes.Made));
        }
    }

    [Fact]
    public async Task Register_AfterAStrangerDidWithTheSameAddress_LeavesNothingOfHim()
    {
        using var stranger = await RegisterAsync(site.Browse(), "taken@example.org", "Str Anger", Theirs);
        var earlier = await LinkAsync("taken@example.org");
        using var owner = await RegisterAsync(site.Browse(), "taken@example.org", "Ona Owner", Given.Password);

        using var stale = await site.Browse().SubmitAsync(earlier, [], "Confirm and sign in");
        using var browsing = site.Browse();
        using var confirmed = await browsing.SubmitAsync(await LinkAsync("taken@example.org"), [], "Confirm and sign in");
        using var theirs = await SignInAsync("taken@example.org", Theirs);
        using var hers = await SignInAsync("taken@example.org", Given.Password);

        Assert.Equal(HttpStatusCode.BadRequest, stale.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        Assert.Equal("Ona Owner", (await browsing.ReadAsync("/my")).QuerySelector("nav.mine a")?.TextContent);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (theirs.StatusCode, hers.StatusCode));
    }

    [Fact]
    public async Task Forgot_OfAnAddressThatAStrangerRegistered_EndsHisPassword()
    {
        using var stranger = await RegisterAsync(site.Browse(), "squatted@example.org", "Str Anger", Theirs);
        using var browsing = site.Browse();
        using var asked = await browsing.SubmitAsync("/account/forgot", new() { ["Input.Mail"] = "squatted@example.org" });

        using var reset = await browsing.SubmitAsync(await LinkAsync("squatted@example.org"), new() { ["Input.Password"] = Given.Password });
        using var theirs = await SignInAsync("squatted@example.org", Theirs);
        using var hers = await SignInAsync("squatted@example.org", Given.Password);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (theirs.StatusCode, hers.StatusCode));
    }

    [Fact]
    public async Task Confirm_ASecondTime_LetsNobodyIn()
    {
        using var registered = await RegisterAsync(site.Browse(), "once@example.org", "On Ce", Given.Password);
        var link = await LinkAsync("once@example.org");
        using var first = await site.Browse().SubmitAsync(link, [], "Confirm and sign in");
        using var finder = site.Browse();

        using var second = await finder.SubmitAsync(link, [], "Confirm and sign in");
        using var mine = await finder.GetAsync("/my");

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, mine.StatusCode);
    }

    [Fact]
    public async Task Register_OnTheWayToAPage_LeadsThereAfterTheLetter()
    {
        using var browsing = site.Browse();
        using var refused = await browsing.GetAsync("/my?tab=letters");
        var signIn = await browsing.ReadAsync(refused.Headers.Location!.PathAndQuery);
        var register = signIn.QuerySelectorAll("main a").Single(a => a.TextContent == "Register").GetAttribute("href")!;
        using var registered = await RegisterAsync(browsing, "on-the-way@example.org", "On Theway", Given.Password, register);

        using var confirmed = await browsing.SubmitAsync(await LinkAsync("on-the-way@example.org"), [], "Confirm and sign in");

        Assert.Equal("/my?tab=letters", confirmed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Forgot_OnTheWayToAPage_LeadsThereAfterTheNewPassword()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Lost Password"));
        using var browsing = site.Browse();
        var forgot = (await browsing.ReadAsync("/account/sign-in?to=%2Fmy%3Ftab%3Dletters")).QuerySelectorAll("main a").Single(a => a.TextContent == "Cannot sign in").GetAttribute("href")!;
        using var asked = await browsing.SubmitAsync(forgot, new() { ["Input.Mail"] = mail });

        using var reset = await browsing.SubmitAsync(await LinkAsync(mail), new() { ["Input.Password"] = "other quiet words here" });
        using var signedIn = await browsing.SubmitAsync(reset.Headers.Location!.OriginalString, new() { ["Input.Mail"] = mail, ["Input.Password"] = "other quiet words here" });

        Assert.Equal("/my?tab=letters", signedIn.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Register_OnTheWayToAnotherSite_LeadsNowhereElse()
    {
        using var browsing = site.Browse();
        using var registered = await RegisterAsync(browsing, "elsewhere@example.org", "Else Where", Given.Password, "/account/register?to=https%3A%2F%2Fevil.example%2F");

        var link = await LinkAsync("elsewhere@example.org");
        using var confirmed = await browsing.SubmitAsync($"{link}&to=%2F%2Fevil.example", [], "Confirm and sign in");

        Assert.DoesNotContain("evil", link, StringComparison.Ordinal);
        Assert.Equal("/my", confirmed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Forgot_AskedForAgainAndAgain_SendsFiveLettersAnHour()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Pesh Tered"));
        using var browsing = site.Browse();
        for (var asked = 0; asked < Registration.LettersAnHour + 2; asked++)
        {
            using var answer = await browsing.SubmitAsync("/account/forgot", new() { ["Input.Mail"] = mail });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await using var db = site.OpenDatabase();
        Assert.Equal(Registration.LettersAnHour, await db.Letters.CountAsync(l => l.ToAddress == mail, Stop));
    }

    [Fact]
    public async Task Address_AskedToMoveToManyAddresses_WritesToFiveStrangersAnHour()
    {
        using var browsing = await site.AsAsync(await site.Given.PersonAsync("Rest Less"));
        var answers = new List<HttpStatusCode>();
        for (var asked = 0; asked <= Registration.LettersAnHour; asked++)
        {
            using var answer = await browsing.SubmitAsync("/account/address", new() { ["Input.Mail"] = $"stranger-{asked}@example.org", ["Input.Password"] = Given.Password });
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Redirect, Registration.LettersAnHour), HttpStatusCode.BadRequest], answers);
        await using var db = site.OpenDatabase();
        Assert.Equal(Registration.LettersAnHour, await db.Letters.CountAsync(l => l.ToAddress.StartsWith("stranger-"), Stop));
    }

    [Theory]
    [InlineData("/account/sign-in", "Input.Mail")]
    [InlineData("/account/forgot", "Input.Mail")]
    [InlineData("/account/register", "Input.Mail")]
    [InlineData("/account/register", "Input.Name")]
    public async Task Post_WithANul_Answers400(string page, string field)
    {
        var fields = new Dictionary<string, string> { ["Input.Mail"] = "nul@example.org", [field] = "nul\0nul@example.org" };
        if (page is not "/account/forgot")
        {
            fields["Input.Password"] = Given.Password;
        }

        using var answer = await site.Browse().SubmitAsync(page, fields);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> RegisterAsync(Browsing browsing, string mail, string name, string password, string page = "/account/register") =>
        browsing.SubmitAsync(page, new() { ["Input.Name"] = name, ["Input.Mail"] = mail, ["Input.Password"] = password });

    private Task<HttpResponseMessage> SignInAsync(string mail, string password) =>
        site.Browse().SubmitAsync("/account/sign-in", new() { ["Input.Mail"] = mail, ["Input.Password"] = password });

    private async Task<string> LinkAsync(string mail)
    {
        await using var db = site.OpenDatabase();
        return new Uri(Address().Match(await db.Letters.Where(l => l.ToAddress == mail).OrderByDescending(l => l.Id).Select(l => l.Text).FirstAsync(Stop)).Value).PathAndQuery;
    }

    private async Task ChangeAsync(string mail, Action<Account> change)
    {
        await using var db = site.OpenDatabase();
        change(await db.Users.SingleAsync(a => a.Email == mail, Stop));
        await db.SaveChangesAsync(Stop);
    }

    private WebApplicationFactory<Program> Counting(Hashes hashes) =>
        site.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services.AddSingleton(hashes).AddScoped<IPasswordHasher<Account>, CountingHasher>()));

    private static Browsing Browse(WebApplicationFactory<Program> factory) => new(factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    [GeneratedRegex(@"http://localhost\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    private sealed class Hashes
    {
        public int Made { get; set; }
    }

    private sealed class CountingHasher(Hashes hashes, IOptions<PasswordHasherOptions> options) : PasswordHasher<Account>(options)
    {
        public override string HashPassword(Account user, string password)
        {
            hashes.Made++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            hashes.Made++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
