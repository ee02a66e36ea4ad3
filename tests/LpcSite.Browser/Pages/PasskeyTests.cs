using System.Text.RegularExpressions;
using LpcSite.Browser.Fixture;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>Passkeys in a browser that has a device for them, played by Chromium's own virtual one.</summary>
public sealed class PasskeyTests(BrowserFixture browser)
{
    [Fact]
    public async Task Passkey_AddedThenUsed_SignsInWithoutAddressAndPassword()
    {
        await using var reader = await ReaderAsync("Paula Passkey");
        var page = reader.Page;
        await page.GotoAsync("/account/passkeys");
        await page.GetByLabel("Its name").FillAsync("My phone");
        await page.GetByLabel("Your password", new() { Exact = true }).FillAsync(Given.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Status))
            .ToHaveTextAsync("Your passkey is added. You can sign in with it.");
        await page.GotoAsync("/account/sign-out");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await page.GotoAsync("/account/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions
            .Expect(page)
            .ToHaveURLAsync(new Regex("/account/passkeys$", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await Assertions.Expect(page.GetByRole(AriaRole.Textbox).First).ToHaveValueAsync("My phone");
        await page.GetByRole(AriaRole.Textbox).First.FillAsync("My old phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The passkey has its new name.");
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox).First).ToHaveValueAsync("My old phone");
        await using var db = browser.Site.OpenDatabase();
        Assert.Equal(
            ["added a passkey", "renamed a passkey"],
            await db
                .AuditEntries.Where(a => a.By!.Slug == "paula-passkey")
                .OrderBy(a => a.Id)
                .Select(a => a.Verb)
                .ToListAsync(TestContext.Current.CancellationToken)
        );
        Assert.True(reader.Complaints.Count == 0, string.Join(" | ", reader.Complaints));
    }

    [Fact]
    public async Task Passkey_Removed_SignsInNoMore()
    {
        await using var reader = await ReaderAsync("Rene Removed");
        var page = reader.Page;
        await page.GotoAsync("/account/passkeys");
        await page.GetByLabel("Its name").FillAsync("Lost key");
        await page.GetByLabel("Your password", new() { Exact = true }).FillAsync(Given.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByLabel("Your password, to remove Lost key").FillAsync(Given.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is removed.");
        await using (var db = browser.Site.OpenDatabase())
        {
            Assert.Contains(
                "the passkey “Lost key” was removed",
                (
                    await db
                        .Letters.Where(l => l.Subject == "A passkey was removed")
                        .Select(l => l.Text)
                        .SingleAsync(TestContext.Current.CancellationToken)
                ).ReplaceLineEndings(" "),
                StringComparison.Ordinal
            );
        }

        await page.GotoAsync("/account/sign-out");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();

        await Assertions
            .Expect(page.Locator(".problem li"))
            .ToHaveTextAsync("No account of this site has that passkey. Try again, or sign in with your password.");
    }

    [Fact]
    public async Task Passkey_WithoutThePassword_IsAddedByNobody()
    {
        await using var reader = await ReaderAsync("Tess Thief");
        var page = reader.Page;
        await page.GotoAsync("/account/passkeys");
        await page.GetByLabel("Its name").FillAsync("The thief's");
        await page.GetByLabel("Your password", new() { Exact = true }).FillAsync("what the thief guesses");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();

        await Assertions
            .Expect(page.Locator("form[data-passkey] [role=alert]"))
            .ToHaveTextAsync(LpcSite.Accounts.SecondFactors.OwnerProof.WrongPassword);
        await using var db = browser.Site.OpenDatabase();
        Assert.False(
            await db.UserPasskeys.AnyAsync(
                p => db.Users.Any(a => a.Id == p.UserId && a.Email == "tess-thief@example.org"),
                TestContext.Current.CancellationToken
            )
        );
    }

    // Passkeys belong to a name, which an address of numbers is not.
    private async Task<Reader> ReaderAsync(string name)
    {
        var mail = await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync(name));
        var reader = await browser.ReaderAsync(choose: options =>
            options.BaseURL = $"http://localhost:{new Uri(browser.Address).Port}"
        );
        var devices = await reader.Context.NewCDPSessionAsync(reader.Page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        await reader.Page.GotoAsync("/account/sign-in");
        await reader.Page.GetByLabel("Mail address").FillAsync(mail);
        await reader.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Given.Password);
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions
            .Expect(reader.Page)
            .ToHaveURLAsync(new Regex("/my$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return reader;
    }
}
