using LpcSite.Browser.Fixture;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>
/// The pages on which people sign in, write and organize: what axe finds on them, whether they fit, and what the browser complains about.
/// One person opens all of his pages, as signing in anew for each would take longer than looking at them.
/// </summary>
public sealed class DeskTests(BrowserFixture browser)
{
    private static readonly Screen[] Screens = [Screen.Phone, Screen.Desktop, Screen.Desktop.Dark];

    private static readonly string[] OfNobody =
    [
        "/account/register", "/account/forgot", "/account/sign-in?to=%2Fmy", "/account/confirm?id=1&token=none", "/account/reset?id=1&token=none",
        BusyDesk.Full, $"{BusyDesk.Full}/history", $"{BusyDesk.Full}/history/1", $"{BusyDesk.Full}/history?old=1&new=3",
    ];

    private static readonly string[] OfALead =
    [
        "/my", "/account", "/account/profile", "/account/picture", "/account/address", "/account/password", "/account/passkeys", "/account/two-factor",
        "/account/sign-out-everywhere", "/account/erase", "/account/sign-out", "/desk/mc/propose", "/quiet/mc/propose", BusyDesk.Draft, $"{BusyDesk.Draft}/edit", BusyDesk.Full,
        $"{BusyDesk.Full}/lead/people", $"{BusyDesk.Full}/lead/record", $"{BusyDesk.Full}/lead/withdraw", $"{BusyDesk.Full}/history/3",
    ];

    private static readonly string[] OfAnOrganizer =
    [
        "/my", "/desk/organize", "/desk/organize/call", "/desk/organize/decisions", "/desk/organize/decisions?places=1", "/desk/organize/templates", "/desk/organize/compare", "/quiet/organize/release", "/desk/organize/letters?state=waiting", "/desk/organize/audit?what=lists", "/desk/organize/people/ursula-unclaimed/invite",
        "/organize/conferences", "/organize/conferences/new", "/organize/conferences/new?from=desk", "/desk/organize/setup", "/desk/organize/visibility", "/desk/organize/pages", "/desk/organize/pages/new",
        "/desk/organize/pages/how-to-attend-and-what-to-bring", "/desk/how-to-attend-and-what-to-bring", "/desk", "/desk/organize/sponsors", "/desk/organize/sponsors/new", "/desk/organize/tiers",
        "/desk-next", "/desk-next/organize", "/quiet/organize/setup", "/quiet/organize/pages", "/quiet/organize/sponsors", "/quiet/organize/tiers",
        "/quiet/organize", "/quiet/organize/call", "/quiet/organize/letters?q=nothing", "/quiet/organize/audit?who=nobody",
    ];

    private readonly List<string> _findings = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_OfNobodyYet_HaveNoViolationAndFit()
    {
        await using var reader = await browser.ReaderAsync();
        await LookAtAllAsync(reader, [.. OfNobody, $"/account/invitation/{browser.Desk.InvitationKey}"]);

        await reader.OpenAsync("/account/sign-in");
        await reader.Page.GetByLabel("Mail address").FillAsync("nobody@example.org");
        await reader.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("wrong");
        await PressAsync(reader, "Sign in");
        await LookAsync(reader, "sign-in refused", ".problem li");

        Findings.None([.. _findings, .. reader.Complaints]);
    }

    [Fact]
    public async Task Pages_OfALead_HaveNoViolationAndFit()
    {
        await using var reader = await SignedInAsync(BusyDesk.Lead);
        await LookAtAllAsync(reader, OfALead);

        await reader.OpenAsync("/account/two-factor");
        await PressAsync(reader, "Begin");
        await LookAsync(reader, "second step", "img[alt^='The key']");

        await reader.OpenAsync($"{BusyDesk.Full}/edit");
        await reader.Page.GetByLabel("Title", new() { Exact = true }).First.EvaluateAsync("field => { field.value = ''; field.required = false; }");
        await PressAsync(reader, "Save");
        await LookAsync(reader, "edit refused", ".field-validation-error");

        await reader.OpenAsync($"{BusyDesk.Full}/edit");
        await BusyDesk.OvertakeAsync(browser.Site);
        await reader.Page.GetByRole(AriaRole.Textbox, new() { Name = "Description", Exact = true }).FillAsync("Order.\n\nMy words here.\n\nEnd.");
        await PressAsync(reader, "Save");
        await LookAsync(reader, "edit overtaken", ".merge");

        Findings.None([.. _findings, .. reader.Complaints]);
    }

    [Fact]
    public async Task Pages_OfAnOrganizer_HaveNoViolationAndFit()
    {
        await using var reader = await SignedInAsync(BusyDesk.Organizer);
        await using var db = browser.Site.OpenDatabase();
        var letters = await db.Letters.Where(l => db.Conferences.Any(c => c.Slug == "desk" && c.Id == l.ConferenceId)).OrderBy(l => l.Id).Select(l => $"/desk/organize/letters/{l.Id}").ToListAsync(Stop);

        var sponsors = await db.Sponsors.Where(s => db.Conferences.Any(c => c.Slug == "desk" && c.Id == s.ConferenceId)).Select(s => $"/desk/organize/sponsors/{s.Id}").ToListAsync(Stop);
        var tiers = await db.SponsorTiers.Where(t => db.Conferences.Any(c => c.Slug == "desk" && c.Id == t.ConferenceId)).Select(t => $"/desk/organize/tiers/{t.Id}").ToListAsync(Stop);

        await LookAtAllAsync(reader, [.. OfAnOrganizer, .. letters, .. sponsors, .. tiers]);

        await reader.OpenAsync("/desk/organize/audit?what=lists");
        await reader.Page.Locator("details").First.EvaluateAsync("details => details.open = true");
        await LookAsync(reader, "audit opened", "details[open] pre");

        await reader.OpenAsync("/desk/organize/pages/how-to-attend-and-what-to-bring");
        await BusyDesk.OvertakePageAsync(browser.Site);
        await reader.Page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("Old words, mine.");
        await PressAsync(reader, "Save");
        await LookAsync(reader, "page overtaken", ".merge");

        Findings.None([.. _findings, .. reader.Complaints]);
    }

    private static Task PressAsync(Reader reader, string button) => reader.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task<Reader> SignedInAsync(string name)
    {
        var reader = await browser.ReaderAsync();
        await reader.SignInAsync(await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync(name)), Given.Password);
        return reader;
    }

    private async Task LookAtAllAsync(Reader reader, IEnumerable<string> pages)
    {
        foreach (var page in pages)
        {
            Assert.Equal((page, 200), (page, (await reader.OpenAsync(page)).Status));
            await LookAsync(reader, page, "h1");
        }
    }

    /// <param name="shows">What has to be there, so that the page looked at is the one that was meant.</param>
    private async Task LookAsync(Reader reader, string name, string shows)
    {
        await Assertions.Expect(reader.Page.Locator(shows).First).ToBeVisibleAsync();
        foreach (var screen in Screens)
        {
            await reader.ShowOnAsync(screen);
            await Screenshots.TakeAsync(reader.Page, $"desk/{name}", screen);
            _findings.AddRange((await Axe.ViolationsAsync(reader.Page, screen)).Concat(await reader.WhatIsTooWideAsync()).Select(finding => $"{name}: {finding}"));
        }
    }
}
