using System.Net;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Reviews.Scores;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Reviews;

/// <summary>
/// Reviewers, leads and organizers with one proposal between them, through the pages that each of them has.
/// </summary>
public sealed class ProposalReviewsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Review_OnceSaved_ShowsTheOthersAndItself()
    {
        var criterion = await CriterionAsync("first");
        await site.Given.MicroconferenceAsync("Pipes", conference: "first");
        using var rita = await ReviewerAsync("Rita Reviewer", "first");
        using var rolf = await ReviewerAsync("Rolf Reviewer", "first");

        await WriteAsync(rita, "/first/review/pipes", criterion, 4, "Open *problems*.");
        var before = (await rolf.ReadAsync("/first/review/pipes")).QuerySelector("main")!.TextContent;
        await WriteAsync(rolf, "/first/review/pipes", criterion, 2, "Nobody comes.");
        var after = await rolf.ReadAsync("/first/review/pipes");

        Assert.DoesNotContain("problems", before, StringComparison.Ordinal);
        Assert.Contains("One other review", before, StringComparison.Ordinal);
        Assert.Equal("problems", after.QuerySelector(".remark em")?.TextContent);
        Assert.Equal("2", after.QuerySelector($"[name='Input.Scores[{criterion}]'][checked]")?.GetAttribute("value"));
        Assert.Equal("Nobody comes.", after.QuerySelector("[name='Input.Text']")?.TextContent.Trim());
    }

    [Fact]
    public async Task Review_ThatCannotBe_IsRefusedWithItsTextKept()
    {
        var criterion = await CriterionAsync("refused");
        await site.Given.MicroconferenceAsync("Pipes", conference: "refused");
        using var rita = await ReviewerAsync("Rita Reviewer", "refused");

        var empty = await rita.SubmitAsync("/refused/review/pipes", new() { ["Input.Text"] = " " }, "Save your review");
        var outside = await rita.SubmitAsync(
            "/refused/review/pipes",
            new() { [$"Input.Scores[{criterion}]"] = "6", ["Input.Text"] = "Kept." },
            "Save your review"
        );
        var unknown = await rita.SubmitAsync(
            "/refused/review/pipes",
            new() { ["Input.Scores[999]"] = "3", ["Input.Text"] = "Kept." },
            "Save your review"
        );

        foreach (
            var (answer, sentence) in new[]
            {
                (empty, "at least one score"),
                (outside, "from 1 to 5"),
                (unknown, "criteria were changed"),
            }
        )
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(
                sentence,
                (await Browsing.ParseAsync(answer)).QuerySelector("[role=alert]")?.TextContent,
                StringComparison.Ordinal
            );
        }

        Assert.Equal(
            "Kept.",
            (await Browsing.ParseAsync(unknown)).QuerySelector("[name='Input.Text']")?.TextContent.Trim()
        );
    }

    [Fact]
    public async Task Changes_AskedFor_ComeBackProposedAgain()
    {
        var lead = await site.Given.PersonAsync("Lena Lead");
        await site.Given.AccountAsync(lead);
        await site.Given.MicroconferenceAsync("Pipes", conference: "changes", leads: ["Lena Lead"]);
        using var rita = await ReviewerAsync("Rita Reviewer", "changes");
        using var lena = await site.AsAsync(lead);

        var page = await rita.ReadAsync("/changes/review/pipes");
        await rita.SubmitAsync(page, new() { ["Input.Text"] = "Who would come?" }, "Ask for changes with it");
        Assert.Equal(MicroconferenceStatus.ChangesRequested, await StatusAsync("changes"));
        Assert.Contains(
            "Who would come?",
            (await LettersAsync("changes", "Changes asked for: Pipes")).Single(l => l.PersonId == lead.Id).Text,
            StringComparison.Ordinal
        );
        var desk = await lena.ReadAsync("/changes/mc/pipes/lead/review");
        Assert.Contains("Who would come?", desk.QuerySelector(".remark")?.TextContent, StringComparison.Ordinal);
        await lena.SubmitAsync(
            desk,
            new() { ["Input.Text"] = "Everybody. See the key attendees." },
            "Propose it again with this answer"
        );

        Assert.Equal(MicroconferenceStatus.Proposed, await StatusAsync("changes"));
        var email = Assert.Single(await LettersAsync("changes", "Proposed again: Pipes"));
        Assert.Contains("/changes/review/pipes", email.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Everybody.",
            (await rita.ReadAsync("/changes/review/pipes")).QuerySelector("#with-leads")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Remark_OnAParagraph_StaysWithItInTheNextRevision()
    {
        var lead = await site.Given.PersonAsync("Lena Lead");
        await site.Given.MicroconferenceAsync(
            "Pipes",
            conference: "inline",
            description: "First words about pipes.\n\nThe interface is open.",
            leads: ["Lena Lead"]
        );
        using var rita = await ReviewerAsync("Rita Reviewer", "inline");
        using var lena = await site.AsAsync(lead);
        var form = await rita.ReadAsync("/inline/review/pipes/remarks?paragraph=1");
        await rita.SubmitAsync(form, new() { ["Input.Text"] = "Which interface?", ["Input.Audience"] = "Leads" });

        await lena.SubmitAsync(
            "/inline/mc/pipes/edit",
            new()
            {
                ["Input.Description"] =
                    "Something new.\n\nFirst words about pipes.\n\nThe interface is open, and called splice.",
            }
        );
        var sheet = await lena.ReadAsync("/inline/mc/pipes/lead/review");
        var block = sheet.QuerySelector(".block:has(.remark)");
        await lena.SubmitAsync(sheet, [], "Done: remark of Rita Reviewer");

        Assert.Equal("The interface is open, and called splice.", block?.QuerySelector(".prose")?.TextContent.Trim());
        Assert.Contains("Which interface?", block!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await rita.ReadAsync("/inline/review/pipes")).QuerySelector(".remark.settled"));
    }

    [Fact]
    public async Task Remark_OnAParagraphThatChangedMeanwhile_IsKeptAndAskedAgain()
    {
        var lead = await site.Given.PersonAsync("Lena Lead");
        await site.Given.MicroconferenceAsync(
            "Pipes",
            conference: "raced",
            description: "Old words.",
            leads: ["Lena Lead"]
        );
        using var rita = await ReviewerAsync("Rita Reviewer", "raced");
        using var lena = await site.AsAsync(lead);
        var form = await rita.ReadAsync("/raced/review/pipes/remarks?paragraph=0");
        await lena.SubmitAsync("/raced/mc/pipes/edit", new() { ["Input.Description"] = "New words." });

        var answer = await rita.SubmitAsync(form, new() { ["Input.Text"] = "Which words?" });
        var again = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            ("New words.", "Which words?"),
            (again.QuerySelector("blockquote")?.TextContent.Trim(), again.QuerySelector("textarea")?.TextContent.Trim())
        );
        Assert.Equal(HttpStatusCode.Redirect, (await rita.SubmitAsync(again, [], "Send")).StatusCode);
    }

    [Fact]
    public async Task Conflict_OnceDeclared_HidesTheReviewAndForbidsIt()
    {
        var criterion = await CriterionAsync("close");
        await site.Given.MicroconferenceAsync("Pipes", conference: "close");
        using var rita = await ReviewerAsync("Rita Reviewer", "close");
        using var rolf = await ReviewerAsync("Rolf Reviewer", "close");
        await WriteAsync(rolf, "/close/review/pipes", criterion, 5, "Very secret opinion.");
        var open = await rita.ReadAsync("/close/review/pipes");

        await rita.SubmitAsync("/close/review/pipes/interest", new() { ["Reason"] = "We write it together." });
        var hidden = await rita.ReadAsync("/close/review/pipes");
        var sent = await rita.SubmitAsync(
            open,
            new() { ["Input.Text"] = "Mine.", [$"Input.Scores[{criterion}]"] = "5" },
            "Save your review"
        );
        var said = await rita.SubmitAsync(
            open,
            new() { ["Input.Text"] = "Mine.", ["Input.Audience"] = "Reviewers" },
            "Send"
        );
        await rita.SubmitAsync("/close/review/pipes/interest", [], "Take it back");

        Assert.DoesNotContain("secret opinion", hidden.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Empty(hidden.QuerySelectorAll("main form"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (sent.StatusCode, said.StatusCode));
        Assert.NotNull((await rita.ReadAsync("/close/review/pipes")).QuerySelector("[name='Input.Confidence']"));
    }

    [Fact]
    public async Task Lead_WhoReviews_SeesNothingOfHisOwn()
    {
        var criterion = await CriterionAsync("own");
        var mine = await site.Given.PersonAsync("Lena Lead");
        await site.Given.MicroconferenceAsync("Pipes", conference: "own", leads: ["Lena Lead"]);
        using var rita = await ReviewerAsync("Rita Reviewer", "own");
        using var lena = await ReviewerAsync("Lena Lead", "own");
        await WriteAsync(rita, "/own/review/pipes", criterion, 1, "A marmot.");
        await rita.SubmitAsync(
            "/own/review/pipes",
            new() { ["Input.Text"] = "Another marmot.", ["Input.Audience"] = "Reviewers" }
        );

        foreach (
            var path in new[]
            {
                "/own/review/pipes",
                "/own/mc/pipes/lead/review",
                "/own/mc/pipes/lead/record",
                "/own/review",
                "/account/export?handler=File",
            }
        )
        {
            Assert.DoesNotContain("marmot", await lena.Client.GetStringAsync(path, Stop), StringComparison.Ordinal);
        }

        Assert.Empty(await LettersOfAsync(mine.Id, "own"));
    }

    [Fact]
    public async Task Mention_AmongReviewers_WritesToWhoIsNamedAlone()
    {
        await site.Given.MicroconferenceAsync("Pipes", conference: "named");
        using var rita = await ReviewerAsync("Rita Reviewer", "named");
        using var rolf = await ReviewerAsync("Rolf Reviewer", "named");
        using var paul = await ReviewerAsync("Paul Reviewer", "named");

        await rita.SubmitAsync(
            "/named/review/pipes",
            new()
            {
                ["Input.Text"] = "What do you think, @rolf-reviewer? Not you@example.org, nor @nobody.",
                ["Input.Audience"] = "Reviewers",
            }
        );

        var email = Assert.Single(await LettersAsync("named", "Among reviewers: Pipes"));
        Assert.Equal("Rolf Reviewer", email.ToName);
        Assert.Contains("its leads do not see it", email.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_SinceMyReview_IsShownInTheList()
    {
        var criterion = await CriterionAsync("since");
        var lead = await site.Given.PersonAsync("Lena Lead");
        await site.Given.MicroconferenceAsync("Pipes", conference: "since", leads: ["Lena Lead"]);
        using var rita = await ReviewerAsync("Rita Reviewer", "since");
        using var lena = await site.AsAsync(lead);
        await WriteAsync(rita, "/since/review/pipes", criterion, 3, "Fine.");
        Assert.Empty((await rita.ReadAsync("/since/review?show=open")).QuerySelectorAll(".index li"));

        await lena.SubmitAsync("/since/mc/pipes/edit", new() { ["Input.Description"] = "Entirely other words." });

        var link = (await rita.ReadAsync("/since/review?show=open")).QuerySelector(".index a[href*=against]");
        Assert.Equal("/since/mc/pipes/history/2?against=1", link?.GetAttribute("href"));
        Assert.NotNull(
            (await rita.ReadAsync("/since/review/pipes")).QuerySelector("a[href='/since/mc/pipes/history/2?against=1']")
        );
    }

    private static async Task WriteAsync(Browsing reviewer, string path, int criterion, int score, string text)
    {
        var answer = await reviewer.SubmitAsync(
            path,
            new() { [$"Input.Scores[{criterion}]"] = $"{score}", ["Input.Text"] = text },
            "Save your review"
        );
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private async Task<Browsing> ReviewerAsync(string name, string conference) =>
        await site.AsAsync(await site.Given.ReviewerAsync(name, conference));

    private async Task<int> CriterionAsync(string conference)
    {
        var id = (await site.Given.ConferenceAsync(conference)).Id;
        await using var db = site.OpenDatabase();
        var criterion = new Criterion(id);
        criterion.Describe(0, "Problems", "", 1);
        db.Add(criterion);
        await db.SaveChangesAsync(Stop);
        return criterion.Id;
    }

    private async Task<MicroconferenceStatus> StatusAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Microconferences.Where(m => m.Conference.Slug == conference)
            .Select(m => m.Status)
            .SingleAsync(Stop);
    }

    private async Task<List<Email>> LettersAsync(string conference, string subject)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Letters.Where(l =>
                l.Subject == subject && db.Conferences.Any(c => c.Id == l.ConferenceId && c.Slug == conference)
            )
            .OrderBy(l => l.Id)
            .ToListAsync(Stop);
    }

    private async Task<List<Email>> LettersOfAsync(int person, string conference)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Letters.Where(l =>
                l.PersonId == person && db.Conferences.Any(c => c.Id == l.ConferenceId && c.Slug == conference)
            )
            .ToListAsync(Stop);
    }
}
