using System.Net;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Decisions;

/// <summary>From tentative decisions to released letters, through the organizers' own pages.</summary>
public sealed class ProposalDecisionsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Afternoon_OfTheOrganizers_EndsWithLettersAndPublicResults()
    {
        using var organizer = await OrganizerAsync();
        await LeadsAsync("Rust Lead", "Wood Lead", "Copper Lead", "Lead Lead");
        await site.Given.MicroconferenceAsync("Rust", conference: "calm", leads: ["Rust Lead"]);
        await site.Given.MicroconferenceAsync(
            "Copper",
            conference: "calm",
            leads: ["Copper Lead"],
            topics: ["Verdigris"],
            keyAttendees: ["Key Person"]
        );
        await site.Given.MicroconferenceAsync("Lead", conference: "calm", leads: ["Lead Lead"]);
        await site.Given.MicroconferenceAsync("Wood", conference: "calm", leads: ["Wood Lead"]);
        using var anonymous = site.Anonymous();
        var before = await anonymous.GetStringAsync("/calm/mc.json");

        await ChooseAsync(
            organizer,
            "calm",
            ("Rust", "Accept Half", ""),
            ("Copper", "Merge", "rust"),
            ("Lead", "Wait", ""),
            ("Wood", "Decline", "")
        );
        Assert.Equal(before, await anonymous.GetStringAsync("/calm/mc.json"));

        await organizer.SubmitAsync("/calm/organize/decisions", [], "Write the letters");
        Assert.Equal(before, await anonymous.GetStringAsync("/calm/mc.json"));
        Assert.Equal(4, (await LettersAsync("calm", EmailState.Held)).Count);

        var answer = await organizer.SubmitAsync("/calm/organize/release", [], "Release all 4 letters");
        Assert.Equal(
            "/calm/organize/letters",
            answer.Headers.Location?.OriginalString ?? await answer.Content.ReadAsStringAsync(Stop)
        );

        var letters = await LettersAsync("calm", EmailState.Waiting);
        Assert.Equal(
            [
                "Copper becomes a part of Rust",
                "Lead is on the waiting list",
                "Rust is accepted",
                "Wood at Plumbing calm",
            ],
            letters.Select(l => l.Subject).Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            "half length",
            letters.Single(l => l.Subject == "Rust is accepted").Text,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/calm/mc/wood")).StatusCode);
        var old = await anonymous.GetAsync("/calm/mc/copper");
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/calm/mc/rust"),
            (old.StatusCode, old.Headers.Location?.OriginalString)
        );
        var page = await anonymous.GetStringAsync("/calm/mc/rust");
        Assert.All(
            ["Verdigris", "Key Person", "Copper Lead", "Accepted"],
            words => Assert.Contains(words, page, StringComparison.Ordinal)
        );
        Assert.Equal(
            ["Rust"],
            (await site.ReadAsync("/calm/mc?status=accepted"))
                .QuerySelectorAll(".mc h2")
                .Select(h => h.TextContent.Trim())
        );
    }

    [Fact]
    public async Task TakeBack_OfHeldLetters_LeavesNothingButTentativeDecisions()
    {
        using var organizer = await OrganizerAsync();
        await LeadsAsync("Back Lead");
        await site.Given.MicroconferenceAsync("Back", conference: "back", leads: ["Back Lead"]);
        await ChooseAsync(organizer, "back", ("Back", "Accept Full", ""));
        await organizer.SubmitAsync("/back/organize/decisions", [], "Write the letters");

        await organizer.SubmitAsync("/back/organize/release", [], "Take them back");

        var email = Assert.Single(await LettersAsync("back", EmailState.Void));
        Assert.Empty((await organizer.ReadAsync($"/back/organize/letters/{email.Id}")).QuerySelectorAll("main button"));
        Assert.Equal(
            "Accept Full",
            (await organizer.ReadAsync("/back/organize/decisions"))
                .QuerySelector("select option[selected]")
                ?.GetAttribute("value")
        );
        await organizer.SubmitAsync("/back/organize/decisions", [], "Write the letters");
        Assert.Single(await LettersAsync("back", EmailState.Held));
    }

    [Fact]
    public async Task Release_AfterItsLeadsWithdrew_IsRefusedAndChangesNothing()
    {
        using var organizer = await OrganizerAsync();
        await LeadsAsync("Gone Lead", "Stay Lead");
        var gone = await site.Given.MicroconferenceAsync("Gone", conference: "gone", leads: ["Gone Lead"]);
        await site.Given.MicroconferenceAsync("Stay", conference: "gone", leads: ["Stay Lead"]);
        await ChooseAsync(organizer, "gone", ("Gone", "Accept Full", ""), ("Stay", "Accept Full", ""));
        await organizer.SubmitAsync("/gone/organize/decisions", [], "Write the letters");
        await using (var db = site.OpenDatabase())
        {
            (await db.Microconferences.SingleAsync(m => m.Id == gone.Id, Stop)).Withdraw(
                byOrganizer: false,
                site.Clock.GetCurrentInstant()
            );
            await db.SaveChangesAsync(Stop);
        }

        var answer = await organizer.SubmitAsync("/gone/organize/release", [], "Release all 2 letters");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "Gone is withdrawn",
            (await Browsing.ParseAsync(answer)).QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(2, (await LettersAsync("gone", EmailState.Held)).Count);
        await using var after = site.OpenDatabase();
        Assert.Equal(
            MicroconferenceStatus.Proposed,
            await after.Microconferences.Where(m => m.Slug == "stay").Select(m => m.Status).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Edit_AfterAMerge_BeginsWithBothTextsAndShowsThemUntilSomebodyGoesOn()
    {
        using var organizer = await OrganizerAsync();
        var theirs = await site.Given.PersonAsync("Tin Lead");
        await site.Given.MicroconferenceAsync(
            "Iron",
            conference: "joined",
            leads: ["Iron Lead"],
            description: "Hot.\n\n## Problems\n\nRust."
        );
        await site.Given.MicroconferenceAsync(
            "Tin",
            conference: "joined",
            leads: ["Tin Lead"],
            description: "Cold.\n\n## Problems\n\nPest.",
            results: "Cans."
        );
        await ChooseAsync(organizer, "joined", ("Iron", "Accept Full", ""), ("Tin", "Merge", "iron"));
        await organizer.SubmitAsync("/joined/organize/decisions", [], "Write the letters");
        var release = await organizer.ReadAsync("/joined/organize/release");
        await organizer.SubmitAsync(
            release,
            [],
            release
                .QuerySelectorAll("main button")
                .Single(b => b.TextContent.StartsWith("Release", StringComparison.Ordinal))
                .TextContent.Trim()
        );
        using var lead = await site.AsAsync(theirs);

        var step = (await lead.ReadAsync("/my"))
            .QuerySelectorAll("main a")
            .Single(a => a.TextContent.StartsWith("Make one text of two", StringComparison.Ordinal));
        var page = await lead.ReadAsync(step.GetAttribute("href")!);
        var before = (
            page.QuerySelector("textarea[name='Input.Description']")?.TextContent.Trim(),
            page.QuerySelector("textarea[name='Input.Results']")?.TextContent.Trim()
        );
        var histories = page.QuerySelectorAll("section[aria-labelledby=joined] details > p a")
            .Select(a => a.GetAttribute("href")!)
            .ToList();
        var old = await lead.ReadAsync(histories[1]);
        using var saved = await lead.SubmitAsync(page, new() { ["Input.Description"] = "Both." }, "Save");

        Assert.Equal(("Hot.\n\nCold.\n\n## Problems\n\nRust.\n\nPest.", "Cans."), before);
        Assert.Equal(["/joined/mc/iron/history/1", "/joined/mc/tin/history/1"], histories);
        Assert.Contains("Pest.", old.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Null((await lead.ReadAsync("/joined/mc/iron/edit")).QuerySelector("section[aria-labelledby=joined]"));
        Assert.DoesNotContain(
            "Make one text",
            (await lead.ReadAsync("/my")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Apply_OfAMergeIntoWhatIsNotAccepted_SaysSo()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.MicroconferenceAsync("Small", conference: "into");
        await site.Given.MicroconferenceAsync("Large", conference: "into");
        await ChooseAsync(organizer, "into", ("Small", "Merge", "large"), ("Large", "Decline", ""));

        var answer = await organizer.SubmitAsync("/into/organize/decisions", [], "Write the letters");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "Small is to be merged into Large, which is not going to be accepted.",
            await answer.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Empty(await LettersAsync("into", EmailState.Held));
    }

    [Fact]
    public async Task Choice_OfAnUnknownTarget_KeepsWhatWasTyped()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.MicroconferenceAsync("Typed", conference: "typed");

        var answer = await organizer.SubmitAsync(
            "/typed/organize/decisions",
            new()
            {
                ["Input.Rows[0].Choice"] = "Merge",
                ["Input.Rows[0].Into"] = "nowhere",
                ["Input.Rows[0].Note"] = "So long",
            },
            "Save the tentative decisions"
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Browsing.ParseAsync(answer);
        Assert.Contains(
            "There is no microconference 'nowhere'",
            page.QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("nowhere", "So long"),
            (
                page.QuerySelector("[name='Input.Rows[0].Into']")?.GetAttribute("value"),
                page.QuerySelector("[name='Input.Rows[0].Note']")?.GetAttribute("value")
            )
        );
    }

    [Fact]
    public async Task Reopen_OfADecline_NeedsAReasonAndMakesItProposedAgain()
    {
        using var organizer = await OrganizerAsync();
        await LeadsAsync("Second Lead");
        await site.Given.MicroconferenceAsync("Second chance", conference: "again", leads: ["Second Lead"]);
        await ChooseAsync(organizer, "again", ("Second chance", "Decline", ""));
        await organizer.SubmitAsync("/again/organize/decisions", [], "Write the letters");
        await organizer.SubmitAsync("/again/organize/release", [], "Release the letter");

        var refused = await organizer.SubmitAsync(
            "/again/organize/decisions/second-chance",
            new() { ["Reason"] = "" },
            "Reopen the decision"
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await organizer.SubmitAsync(
            "/again/organize/decisions/second-chance",
            new() { ["Reason"] = "A place became free." },
            "Reopen the decision"
        );

        using var anonymous = site.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync("/again/mc/second-chance")).StatusCode);
        var history = (await organizer.ReadAsync("/again/organize/decisions/second-chance")).Body!.TextContent;
        Assert.Contains("A place became free.", history, StringComparison.Ordinal);
        await using var db = site.OpenDatabase();
        Assert.Contains(
            "A place became free.",
            await db.AuditEntries.Where(e => e.Verb == "reopened the decision").Select(e => e.After).SingleAsync(Stop),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Letter_ThatIsHeld_CanBeChangedForOneReader()
    {
        using var organizer = await OrganizerAsync();
        await LeadsAsync("First Reader");
        await site.Given.MicroconferenceAsync("Edited", conference: "edited", leads: ["First Reader"]);
        await ChooseAsync(organizer, "edited", ("Edited", "Accept", ""));
        await organizer.SubmitAsync("/edited/organize/decisions", [], "Write the letters");
        var email = Assert.Single(await LettersAsync("edited", EmailState.Held));

        await organizer.SubmitAsync(
            $"/edited/organize/letters/{email.Id}/edit",
            new() { ["Input.Text"] = "Just for you." }
        );
        await organizer.SubmitAsync("/edited/organize/release", [], "Release the letter");

        Assert.Equal("Just for you.", Assert.Single(await LettersAsync("edited", EmailState.Waiting)).Text);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await organizer.GetAsync($"/edited/organize/letters/{email.Id}/edit")).StatusCode
        );
    }

    [Fact]
    public async Task Template_OfTheConference_IsWhatItsLettersSay()
    {
        using var organizer = await OrganizerAsync();
        await LeadsAsync("Own Reader");
        await site.Given.MicroconferenceAsync("Own words", conference: "own", leads: ["Own Reader"]);
        var refused = await organizer.SubmitAsync(
            "/own/organize/templates",
            new() { ["Input[0].Text"] = "{who} is in." }
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(
            "{who} is in.",
            (await Browsing.ParseAsync(refused)).QuerySelector("[name='Input[0].Text']")?.TextContent.Trim()
        );
        await organizer.SubmitAsync(
            "/own/organize/templates",
            new() { ["Input[0].Subject"] = "In: {title}", ["Input[0].Text"] = "{title} is in.\n\n{note}" }
        );

        await ChooseAsync(organizer, "own", ("Own words", "Accept", ""));
        await organizer.SubmitAsync("/own/organize/decisions", [], "Write the letters");

        var email = Assert.Single(await LettersAsync("own", EmailState.Held));
        Assert.Equal("In: Own words", email.Subject);
        Assert.StartsWith("Hello Own Reader,\n\nOwn words is in.\n\n-- \n", email.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_WhoReleaseAtOnce_SendEachLetterOnce()
    {
        using var one = await OrganizerAsync();
        using var other = await OrganizerAsync();
        await LeadsAsync("Raced Lead");
        await site.Given.MicroconferenceAsync("Raced", conference: "raced", leads: ["Raced Lead"]);
        await ChooseAsync(one, "raced", ("Raced", "Accept Full", ""));
        await one.SubmitAsync("/raced/organize/decisions", [], "Write the letters");
        var pages = (await one.ReadAsync("/raced/organize/release"), await other.ReadAsync("/raced/organize/release"));

        var answers = await Task.WhenAll(
            one.SubmitAsync(pages.Item1, [], "Release the letter"),
            other.SubmitAsync(pages.Item2, [], "Release the letter")
        );

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.BadRequest], answers.Select(a => a.StatusCode).Order());
        Assert.Single(await LettersAsync("raced", EmailState.Waiting));
    }

    [Fact]
    public async Task Compare_OfTwo_ShowsBothTextsAndWhomTheyShare()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.MicroconferenceAsync(
            "Left",
            conference: "pairs",
            description: "Left words.",
            leads: ["Both Lead"]
        );
        await site.Given.MicroconferenceAsync(
            "Right",
            conference: "pairs",
            description: "Right words.",
            leads: ["Right Lead"],
            keyAttendees: ["Both Lead"]
        );

        var overview = await organizer.ReadAsync("/pairs/organize/compare");
        var link = overview.QuerySelector("main .index a")!;
        var page = (await organizer.ReadAsync(link.GetAttribute("href")!)).QuerySelector("main")!.TextContent;

        Assert.Equal("Left and Right", link.TextContent);
        Assert.All(
            ["Left words.", "Right words.", "leads the first, is needed at the second."],
            words => Assert.Contains(words, page, StringComparison.Ordinal)
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await organizer.GetAsync("/pairs/organize/compare?a=left&b=left")).StatusCode
        );
    }

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

    private async Task LeadsAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await site.Given.AccountAsync(await site.Given.PersonAsync(name));
        }
    }

    private static async Task ChooseAsync(
        Browsing organizer,
        string conference,
        params (string Title, string Choice, string Into)[] choices
    )
    {
        var page = await organizer.ReadAsync($"/{conference}/organize/decisions");
        var fields = new Dictionary<string, string>();
        foreach (var (title, choice, into) in choices)
        {
            var select = page.QuerySelectorAll("select")
                .Single(s => s.GetAttribute("aria-label") == $"Verdict on {title}");
            fields[select.GetAttribute("name")!] = choice;
            fields[select.GetAttribute("name")!.Replace("Choice", "Into", StringComparison.Ordinal)] = into;
        }

        Assert.Equal(
            HttpStatusCode.Redirect,
            (await organizer.SubmitAsync(page, fields, "Save the tentative decisions")).StatusCode
        );
    }

    private async Task<List<Email>> LettersAsync(string conference, EmailState state)
    {
        await using var db = site.OpenDatabase();
        var id = await db.Conferences.Where(c => c.Slug == conference).Select(c => c.Id).SingleAsync(Stop);
        return await db
            .Letters.AsNoTracking()
            .Where(l => l.ConferenceId == id && l.State == state)
            .OrderBy(l => l.Id)
            .ToListAsync(Stop);
    }
}
