using System.Net;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Decisions;

/// <summary>The leads plan, write letters and release them; what others learn of it, and when.</summary>
public sealed class TopicDecisionsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_BeforeItsLettersAreReleased_IsKnownToTheLeadsAlone()
    {
        var mc = await CallingAsync("Quiet", "Lena Lead");
        using var lead = await SignedInAsync("Lena Lead");
        using var author = await SignedInAsync("Quin Author");
        var path = await SubmitAsync(author, mc, "Pinned pages", 40);

        using var planned = await Desk.PlanAsync(lead, mc, "Pinned pages", "Accept", "Bring a walrus.", 25);
        using var written = await Desk.PlanAsync(
            lead,
            mc,
            "Pinned pages",
            "Accept",
            "Bring a walrus.",
            25,
            button: "Write the letters"
        );
        var (beforehand, known) = (await AllAsync(author, mc, path), await LettersAsync("Quin Author"));
        var outbox = (await lead.ReadAsync($"{mc}/lead/letters")).QuerySelector("main")!.TextContent;
        await Desk.ReleaseAsync(lead, mc);

        Assert.DoesNotContain("walrus", beforehand, StringComparison.Ordinal);
        Assert.Contains("waits for the leads to decide", beforehand, StringComparison.Ordinal);
        Assert.Equal([EmailState.Waiting, EmailState.Held], known.Select(l => l.State));
        Assert.Contains(
            "with 25 minutes instead of the 40 that you",
            outbox.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
        Assert.Contains("Pinned pages", await site.Anonymous().GetStringAsync(mc, Stop), StringComparison.Ordinal);
        Assert.Equal(
            (TopicStatus.Accepted, 25),
            await TopicAsync("Pinned pages", t => new ValueTuple<TopicStatus, int?>(t.Status, t.Minutes))
        );
        Assert.Equal(
            [EmailState.Waiting, EmailState.Waiting],
            (await LettersAsync("Quin Author")).Select(l => l.State)
        );
        Assert.Contains(
            await LettersAsync("Quin Author"),
            l => l.Text.Contains("walrus", StringComparison.Ordinal) && l.AnswersTo == "lena-lead@example.org"
        );
    }

    [Fact]
    public async Task Plan_Of240MinutesInto180_IsShownAsTooMuchUntilItFits()
    {
        var mc = await CallingAsync("Full house", "Fay Lead");
        using var lead = await SignedInAsync("Fay Lead");
        using var author = await SignedInAsync("Ann Author");
        foreach (var number in Enumerable.Range(1, 6))
        {
            await SubmitAsync(author, mc, $"House {number}", 40);
            await Desk.PlanAsync(lead, mc, $"House {number}", "Accept");
        }

        var full = await lead.ReadAsync($"{mc}/lead/topics");
        await Desk.PlanAsync(lead, mc, "House 1", "Decline");
        await Desk.PlanAsync(lead, mc, "House 2", "Accept", minutes: 20);
        var fitting = await lead.ReadAsync($"{mc}/lead/topics");

        Assert.Equal("240 of 180 minutes", full.QuerySelector("strong.problem")?.TextContent);
        Assert.NotNull(full.QuerySelector(".minutes .over"));
        Assert.Equal("180 of 180 minutes", fitting.QuerySelector("main strong")?.TextContent);
        Assert.Null(fitting.QuerySelector(".problem strong, strong.problem, .minutes .over"));
    }

    [Fact]
    public async Task Merge_OnRelease_JoinsTextsAndSpeakersAndLeadsOn()
    {
        var mc = await CallingAsync("Merging", "Mia Lead");
        using var lead = await SignedInAsync("Mia Lead");
        using var ann = await SignedInAsync("Ann Author");
        using var bob = await SignedInAsync("Bob Author");
        await SubmitAsync(ann, mc, "Whole", 30, "Whole words.");
        await SubmitAsync(bob, mc, "Part", 30, "Part words.");
        var (whole, part) = (await TopicAsync("Whole", t => t.Id), await TopicAsync("Part", t => t.Id));

        await Desk.PlanAsync(lead, mc, "Whole", "Accept");
        await Desk.DecideAsync(lead, mc, "Part", "Merge", into: $"{whole}");
        var page = (await site.ReadAsync($"{mc}/topics/{whole}")).QuerySelector("main")!.TextContent;

        Assert.Contains("Whole words.", page, StringComparison.Ordinal);
        Assert.Contains("Part words.", page, StringComparison.Ordinal);
        Assert.Contains("Bob Author", page, StringComparison.Ordinal);
        Assert.Equal(
            $"{mc}/topics/{whole}",
            (await site.Anonymous().GetAsync($"{mc}/topics/{part}", Stop)).Headers.Location?.OriginalString
        );
        Assert.Contains(
            await LettersAsync("Bob Author"),
            l => l.Text.Contains("becomes a part of another one, \"Whole\"", StringComparison.Ordinal)
        );
        Assert.Equal(
            "30 of 180 minutes",
            (await lead.ReadAsync($"{mc}/lead/topics")).QuerySelector("main strong")?.TextContent
        );
    }

    [Theory]
    [InlineData("Merge", "", "its number is enough")]
    [InlineData("Merge", "999999", "no such topic")]
    [InlineData("Perhaps", "", "one of the verdicts")]
    public async Task Plan_ThatCannotBe_IsRefusedWithAllThatWasTyped(string verdict, string into, string sentence)
    {
        var mc = await CallingAsync("Refusing", "Rea Lead");
        using var lead = await SignedInAsync("Rea Lead");
        using var author = await SignedInAsync("Ann Author");
        await SubmitAsync(author, mc, $"Refused {verdict}{into}", 30);

        using var refused = await Desk.PlanAsync(
            lead,
            mc,
            $"Refused {verdict}{into}",
            verdict,
            "Typed at night.",
            into: into
        );
        var page = await Browsing.ParseAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(sentence, page.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            page.QuerySelectorAll(".decisions .words"),
            field => field.GetAttribute("value") == "Typed at night."
        );
    }

    [Fact]
    public async Task WriteLetters_ForAMergeIntoWhatIsNotAccepted_IsRefused()
    {
        var mc = await CallingAsync("Chain", "Cleo Lead");
        using var lead = await SignedInAsync("Cleo Lead");
        using var author = await SignedInAsync("Ann Author");
        await SubmitAsync(author, mc, "Link one", 30);
        await SubmitAsync(author, mc, "Link two", 30);
        await Desk.PlanAsync(lead, mc, "Link two", "Decline");

        using var refused = await Desk.PlanAsync(
            lead,
            mc,
            "Link one",
            "Merge",
            into: $"{await TopicAsync("Link two", t => t.Id)}",
            button: "Write the letters"
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "which is not going to be accepted",
            (await Browsing.ParseAsync(refused)).QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(await LettersAsync("Ann Author"), l => l.State is EmailState.Held);
    }

    [Fact]
    public async Task Plan_OfTwoLeadsAtOnce_KeepsWhatEachChanged()
    {
        var mc = await CallingAsync("Two desks", "Una Lead", "Tom Lead");
        using var one = await SignedInAsync("Una Lead");
        using var two = await SignedInAsync("Tom Lead");
        using var author = await SignedInAsync("Ann Author");
        await SubmitAsync(author, mc, "Left one", 30);
        await SubmitAsync(author, mc, "Right one", 30);
        var (first, second) = (await one.ReadAsync($"{mc}/lead/topics"), await two.ReadAsync($"{mc}/lead/topics"));

        await one.SubmitAsync(first, Desk.Row(first, "Left one", "Accept"), "Save the plan");
        await two.SubmitAsync(second, Desk.Row(second, "Right one", "Decline"), "Save the plan");

        await using var db = site.OpenDatabase();
        var plans = await db
            .TopicDecisions.Where(d => d.Topic.Title == "Left one" || d.Topic.Title == "Right one")
            .OrderBy(d => d.Topic.Title)
            .Select(d => d.Verdict)
            .ToListAsync(Stop);
        Assert.Equal([TopicVerdict.Accept, TopicVerdict.Decline], plans);
    }

    [Fact]
    public async Task Letters_TakenBack_AreNeverSentAndThePlanGoesOn()
    {
        var mc = await CallingAsync("Back again", "Bea Lead");
        using var lead = await SignedInAsync("Bea Lead");
        using var author = await SignedInAsync("Ben Author");
        await SubmitAsync(author, mc, "To and fro", 30);
        await Desk.PlanAsync(lead, mc, "To and fro", "Decline", button: "Write the letters");

        var closed = await lead.ReadAsync($"{mc}/lead/topics");
        await lead.SubmitAsync($"{mc}/lead/letters", [], "Take them back");
        await Desk.DecideAsync(lead, mc, "To and fro", "Accept");
        await lead.SubmitAsync($"{mc}/lead/topics/{await TopicAsync("To and fro", t => t.Id)}", [], "Decide anew");
        var again = await TopicAsync("To and fro", t => t.Status);
        await Desk.DecideAsync(lead, mc, "To and fro", "Accept");

        Assert.Contains("to be declined", closed.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            (TopicStatus.Submitted, TopicStatus.Accepted),
            (again, await TopicAsync("To and fro", t => t.Status))
        );
        Assert.Equal(
            [EmailState.Waiting, EmailState.Void, EmailState.Waiting, EmailState.Waiting],
            (await LettersAsync("Ben Author")).Select(l => l.State)
        );
    }

    [Fact]
    public async Task Release_AfterItsAuthorWithdrew_SaysSoAndSendsNothing()
    {
        var mc = await CallingAsync("Gone", "Gil Lead");
        using var lead = await SignedInAsync("Gil Lead");
        using var author = await SignedInAsync("Gus Author");
        var path = await SubmitAsync(author, mc, "Going", 30);
        await Desk.PlanAsync(lead, mc, "Going", "Accept", button: "Write the letters");
        await author.SubmitAsync($"{path}/withdraw", [], "Withdraw this topic");

        using var refused = await lead.SubmitAsync($"{mc}/lead/letters", [], "Release the letter");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "is withdrawn",
            (await Browsing.ParseAsync(refused)).QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(TopicStatus.Withdrawn, await TopicAsync("Going", t => t.Status));
        Assert.Contains(
            await LettersAsync("Gil Lead"),
            l => l.Text.Contains("withdrew the topic \"Going\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task HeldLetter_ChangedByALead_GoesOutAsItStands_AndIsNotTheOrganizers()
    {
        var mc = await CallingAsync("Wording", "Wim Lead");
        using var lead = await SignedInAsync("Wim Lead");
        using var other = await SignedInAsync("Otto Other");
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var author = await SignedInAsync("Wes Author");
        await SubmitAsync(author, mc, "Words", 30);
        await Desk.PlanAsync(lead, mc, "Words", "Decline", button: "Write the letters");
        var id = (await LettersAsync("Wes Author"))[^1].Id;

        await lead.SubmitAsync(
            $"{mc}/lead/letters/{id}",
            new() { ["Input.Text"] = "In my own words." },
            "Save this letter"
        );
        await Desk.ReleaseAsync(lead, mc);

        Assert.Equal(
            ("In my own words.", EmailState.Waiting),
            (await LettersAsync("Wes Author")).Select(l => (l.Text, l.State)).Last()
        );
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{mc}/lead/letters/{id}")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await organizer.GetAsync($"/2022/organize/letters/{id}/edit")).StatusCode
        );
        Assert.Contains(
            "No letter is held",
            (await organizer.ReadAsync("/2022/organize/release")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    // From the site's own list, so that a new page of the desk cannot be forgotten.
    [Fact]
    public async Task EveryPageOfTheDesk_With4And160Topics_AsksTheSameNumberOfStatements()
    {
        var (few, many) = (await CallingAsync("Few", "Lena Lead"), await CallingAsync("Many", "Lena Lead"));
        using var lead = await SignedInAsync("Lena Lead");
        await FillAsync("Few", 1);
        await FillAsync("Many", 40);

        var different = new List<string>();
        foreach (var page in Pages())
        {
            var (before, after) = (
                await StatementsAsync(lead, await AddressAsync(page, "Few", few)),
                await StatementsAsync(lead, await AddressAsync(page, "Many", many))
            );
            different.AddRange(before == after ? [] : [$"{page}: {before} and {after}"]);
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.InRange(Pages().Count, 18, 100);
    }

    private IReadOnlyList<string> Pages() =>
        [
            .. site
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(s => s.Endpoints)
                .OfType<RouteEndpoint>()
                .Where(e =>
                    e
                        .Metadata.GetMetadata<PageActionDescriptor>()
                        ?.ViewEnginePath.StartsWith("/Manage/", StringComparison.Ordinal)
                        is true
                )
                .Select(e => e.RoutePattern.RawText!)
                .Distinct(StringComparer.Ordinal),
        ];

    private async Task<string> AddressAsync(string pattern, string title, string path)
    {
        await using var db = site.OpenDatabase();
        var topic = await db
            .Topics.Where(t =>
                t.Status == TopicStatus.Submitted
                && db.Microconferences.Any(m => m.Id == t.MicroconferenceId && m.Title == title)
            )
            .MinAsync(t => t.Id, Stop);
        var letter = await db
            .Letters.Where(l =>
                l.State == EmailState.Held
                && db.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.Title == title)
            )
            .MinAsync(l => l.Id, Stop);
        return pattern
            .TrimStart('/')
            .Replace("{conference:slug}/mc/{slug:slug}", path, StringComparison.Ordinal)
            .Replace("topics/{id:int}", $"topics/{topic}", StringComparison.Ordinal)
            .Replace("letters/{id:long}", $"letters/{letter}", StringComparison.Ordinal);
    }

    private Instant Now => site.Clock.GetCurrentInstant();

    private async Task<string> CallingAsync(string title, params string[] leads)
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            leads: leads,
            form: SessionForm.Full
        );
        await using var db = site.OpenDatabase();
        if (!await db.Calls.AnyAsync(c => c.MicroconferenceId == mc.Id, Stop))
        {
            await site.Given.CallAsync(Now - Duration.FromDays(9), Now + Duration.FromDays(9), "Etc/GMT+12", mc);
        }

        return mc.Path;
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private static async Task<string> SubmitAsync(
        Browsing author,
        string mc,
        string title,
        int minutes,
        string problem = "P."
    )
    {
        using var sent = await author.SubmitAsync(
            $"{mc}/submit",
            new()
            {
                ["Input.Title"] = title,
                ["Input.Problem"] = problem,
                ["Input.Minutes"] = $"{minutes}",
            },
            "submit"
        );
        return sent.Headers.Location!.OriginalString;
    }

    // Everything that an author could read about it.
    private static async Task<string> AllAsync(Browsing author, params string[] paths)
    {
        var pages = new List<string>();
        foreach (var path in paths.Append("/my").Append("/account/export?handler=File"))
        {
            pages.Add(await (await author.GetAsync(path)).Content.ReadAsStringAsync(Stop));
        }

        return string.Join('\n', pages);
    }

    private async Task<T> TopicAsync<T>(string title, System.Linq.Expressions.Expression<Func<Topic, T>> what)
    {
        await using var db = site.OpenDatabase();
        return await db.Topics.Where(t => t.Title == title).Select(what).SingleAsync(Stop);
    }

    private async Task<List<Email>> LettersAsync(string reader)
    {
        await using var db = site.OpenDatabase();
        return await db.Letters.Where(l => l.ToName == reader).OrderBy(l => l.Id).ToListAsync(Stop);
    }

    private async Task FillAsync(string microconference, int topics)
    {
        await using var db = site.OpenDatabase();
        var mc = await db.Microconferences.SingleAsync(m => m.Title == microconference, Stop);
        var by = await db.People.SingleAsync(p => p.Name == "Lena Lead", Stop);
        for (var i = 0; i < topics * 4; i++)
        {
            var topic = Topic.DraftedBy(by, $"Topic {i}", mc.Id, i);
            topic.Revise(
                $"Topic {i}",
                new LpcSite.Markdown.MarkdownRenderer().Render("P.", $"t-{i}"),
                20,
                [],
                null,
                0,
                by,
                Now
            );
            topic.SpokenBy([by], 0, null);
            topic.Submit(Now);
            db.Add(topic);
            if (i % 4 == 1)
            {
                topic.Accept(null);
            }

            if (i % 4 >= 2)
            {
                var decision = new TopicDecision(topic);
                decision.Decide(TopicVerdict.Decline, null, null, "", by, Now);
                db.Add(decision);
                if (i % 4 == 3)
                {
                    decision.Apply();
                    await db.SaveChangesAsync(Stop);
                    db.Add(
                        new Email(by.Id, by.Name, "lena-lead@example.org", "Topic", "Text", Now)
                            .About(mc.ConferenceId, mc.Id, "topic/0")
                            .OfLeads(by.Name, null)
                            .HeldByLeads(decision.Id)
                    );
                }
            }
        }

        await db.SaveChangesAsync(Stop);
    }

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.ReadAsync(path));
    }
}
