using System.Buffers.Binary;
using System.Net;
using System.Text.RegularExpressions;
using LpcSite.Accounts;
using LpcSite.Accounts.SignIn;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LpcSite.Tests.Accounts.SignIn;

/// <summary>
/// What somebody changes about the way they sign in, and what the others with their password notice of it.
/// </summary>
public sealed partial class PasswordsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string NewPassword = "four other quiet words";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Password_Changed_StaysSignedInHereAndNowhereElse()
    {
        var pia = await site.Given.PersonAsync("Pia Password");
        using var here = await site.AsAsync(pia);
        using var elsewhere = await site.AsAsync(pia);

        using var changed = await here.SubmitAsync(
            "/account/password",
            new() { ["Input.Current"] = Given.Password, ["Input.Password"] = NewPassword }
        );
        using var stays = await here.GetAsync("/account");
        using var gone = await elsewhere.GetAsync("/account");
        using var again = site.Browse();
        await again.SignInAsync("pia-password@example.org", NewPassword);

        Assert.Equal("/account", changed.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            "Your password was changed",
            await db.Letters.Where(l => l.PersonId == pia.Id).Select(l => l.Subject).SingleAsync(Stop)
        );
        Assert.Equal(
            "set a new password",
            await db.AuditEntries.Where(a => a.PersonId == pia.Id).Select(a => a.Verb).SingleAsync(Stop)
        );
    }

    [Theory]
    [InlineData("not it at all, no", NewPassword, "Input.Current")]
    [InlineData(Given.Password, "short", "Input.Password")]
    [InlineData(Given.Password, "aaaaaaaaaaaaaaaa", "Input.Password")]
    public async Task Password_ThatWillNotDo_ChangesNothing(string current, string password, string field)
    {
        using var rolf = await site.AsAsync(await site.Given.PersonAsync("Rolf Refused"));

        using var answer = await rolf.SubmitAsync(
            "/account/password",
            new() { ["Input.Current"] = current, ["Input.Password"] = password }
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEqual(
            "",
            (await Browsing.ParseAsync(answer)).QuerySelector($"[data-valmsg-for='{field}']")?.TextContent
        );
        await site.Browse().SignInAsync("rolf-refused@example.org", Given.Password);
    }

    [Fact]
    public async Task Password_OfSomebodyWithoutOne_IsSetWithoutAskingForIt()
    {
        var nora = await site.Given.PersonAsync("Nora None");
        using var browsing = await site.AsAsync(nora);
        await using var db = site.OpenDatabase();
        await db
            .Users.Where(a => a.PersonId == nora.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, (string?)null), Stop);

        var page = await browsing.ReadAsync("/account/password");
        using var answer = await browsing.SubmitAsync(page, new() { ["Input.Password"] = NewPassword });

        Assert.Null(page.QuerySelector("[name='Input.Current']"));
        Assert.Equal("/account", answer.Headers.Location?.OriginalString);
        await site.Browse().SignInAsync("nora-none@example.org", NewPassword);
    }

    [Fact]
    public async Task Address_ProvenByTheButton_MovesTheAccountAndTellsTheOldOne()
    {
        var ada = await site.Given.PersonAsync("Ada Address");
        using var browsing = await site.AsAsync(ada);
        using var asked = await browsing.SubmitAsync(
            "/account/address",
            new() { ["Input.Mail"] = "ada@new.example", ["Input.Password"] = Given.Password }
        );
        var link = await LinkAsync("ada@new.example");

        var page = await browsing.ReadAsync(link);
        await site.Browse().SignInAsync("ada-address@example.org", Given.Password);
        using var moved = await browsing.SubmitAsync(page, [], "Move my account");
        using var again = await browsing.SubmitAsync(page, [], "Move my account");
        using var old = await site.Browse()
            .SubmitAsync(
                "/account/sign-in",
                new() { ["Input.Mail"] = "ada-address@example.org", ["Input.Password"] = Given.Password }
            );

        Assert.Equal("/account", moved.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, old.StatusCode);
        await site.Browse().SignInAsync("ada@new.example", Given.Password);
        Assert.Equal(HttpStatusCode.OK, (await browsing.GetAsync("/account")).StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            "Your account has moved",
            await db
                .Letters.Where(l => l.ToAddress == "ada-address@example.org")
                .Select(l => l.Subject)
                .SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Address_ThatHasAnAccount_SaysTheSameAndCannotBeTaken()
    {
        var taken = await site.Given.AccountAsync(await site.Given.PersonAsync("Tom Taken"));
        var mia = await site.Given.PersonAsync("Mia Mover");
        using var browsing = await site.AsAsync(mia);

        using var asked = await browsing.SubmitAsync(
            "/account/address",
            new() { ["Input.Mail"] = taken, ["Input.Password"] = Given.Password }
        );
        var said = (await browsing.ReadAsync("/account")).QuerySelector(".said")?.TextContent;

        Assert.Equal($"A letter is on its way to {taken}. Open its link within a day.", said);
        await using var db = site.OpenDatabase();
        var email = await db.Letters.SingleAsync(l => l.ToAddress == taken, Stop);
        Assert.DoesNotContain("token=", email.Text, StringComparison.Ordinal);
        Assert.Contains("has one already", email.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressLink_OfAnother_MovesNobody()
    {
        using var eva = await site.AsAsync(await site.Given.PersonAsync("Eva Eager"));
        using var asked = await eva.SubmitAsync(
            "/account/address",
            new() { ["Input.Mail"] = "eva@new.example", ["Input.Password"] = Given.Password }
        );
        using var mallory = await site.AsAsync(await site.Given.PersonAsync("Mallory"));

        using var answer = await mallory.SubmitAsync(await LinkAsync("eva@new.example"), [], "Move my account");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.False(await db.Users.AnyAsync(a => a.Email == "eva@new.example", Stop));
        Assert.True(await db.Users.AnyAsync(a => a.UserName == "mallory@example.org", Stop));
    }

    [Theory]
    [InlineData("/account/two-factor?handler=Begin", "")]
    [InlineData("/account/passkeys?handler=Options", "")]
    [InlineData("/account/passkeys?handler=Add", "credential=%7B%7D&name=Thief")]
    [InlineData("/account/passkeys?handler=Remove", "id=bm9uZQ")]
    [InlineData("/account/password", "Input.Password=four+other+quiet+words")]
    [InlineData("/account/address", "Input.Mail=thief%40example.org")]
    [InlineData("/account/erase", "Input.Mail=lotte-locked%40example.org")]
    public async Task Change_OfCredentials_AsksForThePassword(string address, string fields)
    {
        var lotte = await site.Given.PersonAsync("Lotte Locked");
        using var thief = await site.AsAsync(lotte);
        await using var db = site.OpenDatabase();
        var before = (
            await db.AuditEntries.CountAsync(a => a.PersonId == lotte.Id, Stop),
            await db.Letters.CountAsync(l => l.PersonId == lotte.Id, Stop)
        );
        foreach (var password in (string[])["", "what the thief guesses"])
        {
            var token = (await thief.ReadAsync("/account/sign-out"))
                .QuerySelector("input[name=__RequestVerificationToken]")!
                .GetAttribute("value")!;
            var typed =
                $"{fields}&Password={Uri.EscapeDataString(password)}"
                + $"&__RequestVerificationToken={Uri.EscapeDataString(token)}"
                + (
                    address.EndsWith("password", StringComparison.Ordinal)
                        ? $"&Input.Current={Uri.EscapeDataString(password)}"
                        : $"&Input.Password={Uri.EscapeDataString(password)}"
                );
            using var content = new StringContent(
                typed,
                System.Text.Encoding.ASCII,
                "application/x-www-form-urlencoded"
            );

            using var answer = await thief.Client.PostAsync(address, content, Stop);

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(
                "That is not your password",
                await answer.Content.ReadAsStringAsync(Stop),
                StringComparison.Ordinal
            );
        }

        Assert.Equal(
            before,
            (
                await db.AuditEntries.CountAsync(a => a.PersonId == lotte.Id, Stop),
                await db.Letters.CountAsync(l => l.PersonId == lotte.Id, Stop)
            )
        );
    }

    [Fact]
    public async Task SignIn_WithAHashOfFewerRounds_HashesAgainAndEndsNoSession()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Otto Old"));
        using var elsewhere = site.Browse();
        await elsewhere.SignInAsync(mail, Given.Password);
        await using var db = site.OpenDatabase();
        var old = new PasswordHasher<Account>(
            Options.Create(new PasswordHasherOptions { IterationCount = 500 })
        ).HashPassword(null!, Given.Password);
        await db
            .Users.Where(a => a.Email == mail)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, old), Stop);

        await site.Browse().SignInAsync(mail, Given.Password);
        await site.Browse().SignInAsync(mail, Given.Password);

        var hash = Convert.FromBase64String(
            await db.Users.Where(a => a.Email == mail).Select(a => a.PasswordHash!).SingleAsync(Stop)
        );
        Assert.Equal(1000, BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)));
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/account")).StatusCode);
    }

    // The fixture hashes faster than the site.
    [Fact]
    public void Passwords_AreHashedWithTheRoundsThatOwaspNames()
    {
        var services = new ServiceCollection();
        services.AddSignIn(new ConfigurationBuilder().Build());

        using var provider = services.BuildServiceProvider();
        Assert.Equal(210_000, provider.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount);
    }

    [Fact]
    public async Task SignOutEverywhere_Pressed_EndsTheOthersAndNotThisOne()
    {
        var sam = await site.Given.PersonAsync("Sam Several");
        using var here = await site.AsAsync(sam);
        using var elsewhere = await site.AsAsync(sam);

        using var pressed = await here.SubmitAsync("/account/sign-out-everywhere", [], "Sign out everywhere else");

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).StatusCode);
    }

    private async Task<string> LinkAsync(string mail)
    {
        await using var db = site.OpenDatabase();
        var email = await db.Letters.SingleAsync(l => l.ToAddress == mail, Stop);
        Assert.True(email.IsSecret);
        return new Uri(Link().Match(email.Text).Value).PathAndQuery;
    }

    [GeneratedRegex(@"http://localhost\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
