using System.Text;
using LpcSite.Browser.Fixture;
using LpcSite.Tests.Accounts.SignIn;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>
/// The pages on the way in that are only there for who takes it: by another site's word, and by a second step.
/// </summary>
public sealed class SigningInTests(BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_OfSomebodyWhoComesFromAnotherSite_HaveNoViolationAndFit()
    {
        await using var reader = await browser.ReaderAsync();
        var looking = new Looking(reader);
        await reader.Context.RouteAsync(
            $"{OtherSite.Address}/**",
            async route =>
                await route.FulfillAsync(
                    new()
                    {
                        Status = 302,
                        Headers = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["Location"] = (await browser.Other.AskAsync(new Uri(route.Request.Url))).AbsoluteUri,
                        },
                    }
                )
        );
        await looking.LookAtAllAsync(["/account/sign-in"]);

        await ComeAsync(null);
        await looking.LookAsync("external said nothing", "main a[href^='/account/external']");
        await ComeAsync(
            new(
                "1",
                "Una Unproven",
                "una-without-any-proof-of-a-very-long-address@mailboxes-of-an-example.example.org",
                MailIsProven: false
            )
        );
        await looking.LookAsync("external not proven", "main a[href^='/account/register']");
        await ComeAsync(
            new(
                "2",
                BusyDesk.Lead,
                await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync(BusyDesk.Lead)),
                MailIsProven: true
            )
        );
        await looking.LookAsync("external has an account", "main a[href^='/account/sign-in']");
        await ComeAsync(
            new(
                "3",
                "Nora Newcomer with a name that is long",
                "nora-with-a-name-that-is-long@mailboxes-of-an-example.example.org",
                MailIsProven: true
            )
        );
        await looking.LookAsync("external new", "main form");
        await PressAsync(reader, "Make my account");
        await looking.LookAtAllAsync(["/account/connection", "/account"]);

        // The address of the other site leads nowhere: the browser counts the answer in its place as a failure of the
        // network.
        Findings.None([
            .. looking.Findings.Where(finding => !finding.StartsWith(OtherSite.Address, StringComparison.Ordinal)),
        ]);

        async Task ComeAsync(OtherSite.Human? human)
        {
            browser.Other.Told = human;
            await reader.OpenAsync("/account/sign-in");
            await reader.Page.GetByRole(AriaRole.Link, new() { Name = $"Sign in with {OtherSite.Name}" }).ClickAsync();
            await Assertions
                .Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Name = $"Sign in with {OtherSite.Name}" }))
                .ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Pages_OfSomebodyWithASecondStepAndPasskeys_HaveNoViolationAndFit()
    {
        var mail = await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync("Stella Steps"));
        await GivePasskeysAsync(mail);
        await using var reader = await browser.ReaderAsync();
        var looking = new Looking(reader);
        await reader.SignInAsync(mail, Given.Password);
        await looking.LookAtAllAsync(["/account/passkeys", "/account/connection"]);

        await reader.OpenAsync("/account/two-factor");
        await reader.Page.GetByLabel("Your password", new() { Exact = true }).FillAsync(Given.Password);
        await PressAsync(reader, "Begin");
        await PressAsync(reader, "Turn it on", typed: "000000");
        await looking.LookAsync("second step refused", ".field-validation-error");
        await PressAsync(
            reader,
            "Turn it on",
            typed: Phone.CodeOf(
                (await reader.Page.Locator("main code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal),
                browser.Site.Clock.GetCurrentInstant()
            )
        );
        await looking.LookAsync("recovery codes", ".codes");
        await looking.LookAtAllAsync(["/account/two-factor"]);

        await reader.OpenAsync("/account/sign-out");
        await PressAsync(reader, "Sign out");
        await reader.OpenAsync("/account/sign-in");
        await reader.Page.GetByLabel("Mail address").FillAsync(mail);
        await reader.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Given.Password);
        await PressAsync(reader, "Sign in");
        await looking.LookAsync("code", "[name='Input.Code']");
        await PressAsync(reader, "Sign in", typed: "111111");
        await looking.LookAsync("code refused", ".field-validation-error");

        Findings.None(looking.Findings);
    }

    private static async Task PressAsync(Reader reader, string button, string? typed = null)
    {
        if (typed is not null)
        {
            await reader.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(typed);
        }

        await reader
            .Page.Locator("main")
            .GetByRole(AriaRole.Button, new() { Name = button, Exact = true })
            .ClickAsync();
    }

    // Only to look at: no device has their keys.
    private async Task GivePasskeysAsync(string mail)
    {
        await using var db = browser.Site.OpenDatabase();
        var account = await db.Users.SingleAsync(a => a.Email == mail, Stop);
        foreach (
            var name in (string[])
                ["My phone", "A key on a ring whose name is as long as somebody who has many of them writes it"]
        )
        {
            db.Add(
                new IdentityUserPasskey<int>
                {
                    UserId = account.Id,
                    CredentialId = Encoding.UTF8.GetBytes(name),
                    Data = new()
                    {
                        Name = name[..Math.Min(name.Length, LpcSite.Accounts.SecondFactors.Passkeys.NameMaxLength)],
                        PublicKey = [1],
                        CreatedAt = browser.Site.Clock.GetCurrentInstant().ToDateTimeOffset(),
                        Transports = ["internal"],
                        AttestationObject = [],
                        ClientDataJson = [],
                    },
                }
            );
        }

        await db.SaveChangesAsync(Stop);
    }
}
