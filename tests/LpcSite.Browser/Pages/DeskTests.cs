using LpcSite.Browser.Fixture;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>
/// The pages on which people sign in, write and organize: what axe finds on them, whether they fit, and what the
/// browser complains about. One person opens all of their pages, as signing in anew for each would take longer than
/// looking at them.
/// </summary>
public sealed class DeskTests(BrowserFixture browser)
{
    private static readonly string[] OfNobody =
    [
        "/account/register",
        "/account/forgot",
        "/account/sign-in?to=%2Fmy",
        "/account/confirm?id=1&token=none",
        "/account/reset?id=1&token=none",
        "/desk",
        "/desk/news",
        "/quiet/news",
        BusyDesk.Full,
        $"{BusyDesk.Full}/history",
        $"{BusyDesk.Full}/history/1",
        $"{BusyDesk.Full}/history?old=1&new=3",
    ];

    private static readonly string[] OfALead =
    [
        "/my",
        "/my/times/desk",
        "/my/stars/desk",
        "/my/stars/desk/choose",
        "/my/stars/quiet/choose",
        "/account",
        "/account/profile",
        "/account/picture",
        "/account/address",
        "/account/password",
        "/account/passkeys",
        "/account/two-factor",
        "/account/sign-out-everywhere",
        "/account/sessions",
        "/account/erase",
        "/account/sign-out",
        "/desk/mc/propose",
        "/quiet/mc/propose",
        BusyDesk.Draft,
        $"{BusyDesk.Draft}/edit",
        BusyDesk.Full,
        $"{BusyDesk.Full}/lead/people",
        $"{BusyDesk.Full}/lead/review",
        $"{BusyDesk.Full}/lead/record",
        $"{BusyDesk.Full}/lead/withdraw",
        $"{BusyDesk.Full}/history/3",
        BusyDesk.Calling,
        $"{BusyDesk.Calling}/lead/call",
        $"{BusyDesk.Calling}/lead/topics",
        $"{BusyDesk.Calling}/lead/letters",
        $"{BusyDesk.Calling}/lead/write",
        $"{BusyDesk.Full}/lead/letters",
        $"{BusyDesk.Full}/lead/write",
        $"{BusyDesk.Full}/lead",
        $"{BusyDesk.Calling}/lead",
        $"{BusyDesk.Calling}/lead/roster",
        $"{BusyDesk.Full}/lead/roster",
        $"{BusyDesk.Calling}/lead/attendees",
        $"{BusyDesk.Full}/lead/attendees",
        $"{BusyDesk.Calling}/lead/nominations",
        $"{BusyDesk.Calling}/lead/slides",
        $"{BusyDesk.Calling}/lead/recording",
        $"{BusyDesk.Calling}/lead/notes",
        $"{BusyDesk.Calling}/lead/renew",
        $"{BusyDesk.Calling}/submit",
        $"{BusyDesk.Full}/lead/topics",
        $"{BusyDesk.Full}/lead/call",
        "/desk/calls",
    ];

    private static readonly string[] OfAnOrganizer =
    [
        "/my",
        "/desk/organize",
        "/desk/organize/call",
        "/desk/organize/decisions",
        "/desk/organize/decisions?places=1",
        "/desk/organize/templates",
        "/desk/organize/compare",
        "/desk/organize/clashes",
        "/quiet/organize/clashes",
        "/desk/organize/absences",
        "/quiet/organize/absences",
        "/quiet/organize/release",
        "/desk/organize/letters?state=waiting",
        "/desk/organize/audit?what=lists",
        "/desk/organize/people/ursula-unclaimed/invite",
        "/desk/organize/news",
        "/desk/organize/news/0",
        "/quiet/organize/news",
        "/desk/organize/reviews",
        "/desk/organize/reviews?sort=spread",
        "/desk/organize/criteria",
        "/desk/organize/reviewers?each=2",
        "/desk/organize/reviewers/chairs",
        "/quiet/organize/reviews",
        "/quiet/organize/reviewers",
        "/organize/conferences",
        "/organize/conferences/new",
        "/organize/conferences/new?from=desk",
        "/desk/organize/setup",
        "/desk/organize/visibility",
        "/desk/organize/pages",
        "/desk/organize/pages/new",
        "/desk/organize/pages/how-to-attend-and-what-to-bring",
        "/desk/how-to-attend-and-what-to-bring",
        "/desk",
        "/desk/organize/sponsors",
        "/desk/organize/sponsors/new",
        "/desk/organize/tiers",
        "/desk-next",
        "/desk-next/organize",
        "/quiet/organize/setup",
        "/quiet/organize/pages",
        "/quiet/organize/sponsors",
        "/quiet/organize/tiers",
        "/desk/organize/schedule",
        "/quiet/organize/schedule",
        "/desk/organize/grid",
        "/quiet/organize/grid",
        "/organize/people",
        "/organize/people/merge?kept=otto-other&other=ursula-unclaimed",
        "/desk/organize/stars",
        "/quiet/organize/stars",
        "/desk/organize/nominations",
        "/quiet/organize/nominations",
        "/quiet/organize",
        "/quiet/organize/call",
        "/quiet/organize/letters?q=nothing",
        "/quiet/organize/audit?who=nobody",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_OfNobodyYet_HaveNoViolationAndFit()
    {
        await using var reader = await browser.ReaderAsync();
        var looking = new Looking(reader);
        await looking.LookAtAllAsync([.. OfNobody, $"/account/invitation/{browser.Desk.InvitationKey}"]);

        await reader.OpenAsync("/account/sign-in");
        await reader.Page.GetByLabel("Mail address").FillAsync("nobody@example.org");
        await reader.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("wrong");
        await PressAsync(reader, "Sign in");
        await looking.LookAsync("sign-in refused", ".problem li");

        Findings.None(looking.Findings);
    }

    [Fact]
    public async Task Pages_OfALead_HaveNoViolationAndFit()
    {
        await using var reader = await SignedInAsync(BusyDesk.Lead);
        var looking = new Looking(reader);
        await using var db = browser.Site.OpenDatabase();
        var topics = await db
            .Topics.Where(t =>
                t.SubmitterId != null
                && (t.Title.StartsWith("Problem ") || t.Title.StartsWith("Three legs"))
                && db.Microconferences.Any(m => m.Conference.Slug == "desk" && m.Id == t.MicroconferenceId)
            )
            .OrderBy(t => t.Title)
            .Select(t => t.Id)
            .ToListAsync(Stop);
        await looking.LookAtAllAsync([
            .. OfALead,
            $"{BusyDesk.Calling}/submit/{topics[0]}",
            .. topics.Skip(1).Select(id => $"{BusyDesk.Calling}/lead/topics/{id}"),
            $"{BusyDesk.Calling}/submit/{topics[1]}/history",
            $"{BusyDesk.Calling}/topics/{topics[2]}/materials",
            $"{BusyDesk.Calling}/topics/{topics[2]}/notes",
            $"{BusyDesk.Calling}/topics/{topics[2]}",
            $"/my/topics/{topics[2]}/speaking",
        ]);

        await reader.OpenAsync($"{BusyDesk.Joined}/edit");
        await reader.Page.Locator("details").First.EvaluateAsync("details => details.open = true");
        await looking.LookAsync("edit joined", "#joined");

        await reader.OpenAsync("/account/two-factor");
        await reader.Page.GetByLabel("Your password", new() { Exact = true }).FillAsync(Given.Password);
        await PressAsync(reader, "Begin");
        await looking.LookAsync("second step", "img[alt^='The key']");

        await reader.OpenAsync($"{BusyDesk.Full}/edit");
        await reader
            .Page.GetByLabel("Title", new() { Exact = true })
            .First.EvaluateAsync("field => { field.value = ''; field.required = false; }");
        await PressAsync(reader, "Save");
        await looking.LookAsync("edit refused", ".field-validation-error");

        await reader.OpenAsync($"{BusyDesk.Full}/edit");
        await BusyDesk.OvertakeAsync(browser.Site);
        await reader
            .Page.GetByRole(AriaRole.Textbox, new() { Name = "Description", Exact = true })
            .FillAsync("Order.\n\nMy words here.\n\nEnd.");
        await PressAsync(reader, "Save");
        await looking.LookAsync("edit overtaken", ".merge");

        Findings.None(looking.Findings);
    }

    [Fact]
    public async Task Pages_OfAnOrganizer_HaveNoViolationAndFit()
    {
        await using var reader = await SignedInAsync(BusyDesk.Organizer);
        var looking = new Looking(reader);
        await using var db = browser.Site.OpenDatabase();
        var letters = await db
            .Letters.Where(l => db.Conferences.Any(c => c.Slug == "desk" && c.Id == l.ConferenceId))
            .OrderBy(l => l.Id)
            .Select(l => $"/desk/organize/letters/{l.Id}")
            .ToListAsync(Stop);

        var sponsors = await db
            .Sponsors.Where(s => db.Conferences.Any(c => c.Slug == "desk" && c.Id == s.ConferenceId))
            .Select(s => $"/desk/organize/sponsors/{s.Id}")
            .ToListAsync(Stop);
        var tiers = await db
            .SponsorTiers.Where(t => db.Conferences.Any(c => c.Slug == "desk" && c.Id == t.ConferenceId))
            .Select(t => $"/desk/organize/tiers/{t.Id}")
            .ToListAsync(Stop);

        await looking.LookAtAllAsync([.. OfAnOrganizer, .. letters, .. sponsors, .. tiers]);

        await reader.OpenAsync("/desk/organize/audit?what=lists");
        await reader.Page.Locator("details").First.EvaluateAsync("details => details.open = true");
        await looking.LookAsync("audit opened", "details[open] pre");

        await reader.OpenAsync("/desk/organize/pages/how-to-attend-and-what-to-bring");
        await BusyDesk.OvertakePageAsync(browser.Site);
        await reader
            .Page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true })
            .FillAsync("Old words, mine.");
        await PressAsync(reader, "Save");
        await looking.LookAsync("page overtaken", ".merge");

        Findings.None(looking.Findings);
    }

    [Fact]
    public async Task Pages_OfAReviewer_HaveNoViolationAndFit()
    {
        await using var reader = await SignedInAsync(BusyReviews.Reviewer);
        var looking = new Looking(reader);
        await looking.LookAtAllAsync([
            "/my",
            "/desk/review",
            "/desk/review?show=all",
            BusyReviews.Full,
            $"{BusyReviews.Full}/remarks?paragraph=1",
            $"{BusyReviews.Full}/interest",
            "/desk/review/what-rita-leads",
            "/desk/review/chairs",
        ]);

        await reader.OpenAsync("/desk/review/chairs");
        await PressAsync(reader, "Save your review");
        await looking.LookAsync("review refused", "[role=alert] li");

        Findings.None(looking.Findings);
    }

    private static Task PressAsync(Reader reader, string button) =>
        reader.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task<Reader> SignedInAsync(string name)
    {
        var reader = await browser.ReaderAsync();
        await reader.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync(name)),
            Given.Password
        );
        return reader;
    }
}
