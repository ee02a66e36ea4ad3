using System.Net;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Reviews.Assignments;

/// <summary>How the organizers prepare the review and read what came of it.</summary>
public sealed class ReviewSetupTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Criteria_Saved_AreAskedInTheirOrder()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.MicroconferenceAsync("Pipes", conference: "asked");
        await organizer.SubmitAsync(
            "/asked/organize/criteria",
            new()
            {
                ["Input.Rows[0].Name"] = "People",
                ["Input.Rows[0].Order"] = "2",
                ["Input.Rows[0].Weight"] = "3",
                ["Input.Rows[1].Name"] = "Problems",
                ["Input.Rows[1].Order"] = "1",
                ["Input.Rows[1].Help"] = "Are they open?",
            }
        );
        using var rita = await site.AsAsync(await site.Given.ReviewerAsync("Rita Reviewer", "asked"));

        var page = await rita.ReadAsync("/asked/review/pipes");
        Assert.Equal(
            ["Problems", "People weight 3", "How well you know the area"],
            page.QuerySelectorAll("legend")
                .Select(l =>
                    string.Join(' ', l.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                )
        );
        var people = page.QuerySelectorAll("fieldset.scores")
            .Single(f => f.TextContent.Contains("People", StringComparison.Ordinal))
            .QuerySelector("input")!
            .GetAttribute("name")!;
        var problems = page.QuerySelector("fieldset.scores input")!.GetAttribute("name")!;
        await rita.SubmitAsync(page, new() { [people] = "5", [problems] = "1" }, "Save your review");

        Assert.Equal(
            "4.0",
            (await organizer.ReadAsync("/asked/organize/reviews")).QuerySelector("tbody td")?.TextContent
        );
        var refused = await organizer.SubmitAsync(
            "/asked/organize/criteria",
            new() { ["Input.Rows[0].Name"] = "", ["Input.Rows[1].Name"] = "Still here" }
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var kept = await Browsing.ParseAsync(refused);
        Assert.Contains(
            "has scores already",
            kept.QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Still here", kept.QuerySelector("[name='Input.Rows[1].Name']")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Criteria_SavedByTwo_AreToldToTheSecondWhoseWordsStay()
    {
        using var organizer = await OrganizerAsync();
        using var other = await site.AsAsync(await site.Given.OrganizerAsync("Oda Organizer"));
        await site.Given.ConferenceAsync("overtaken");
        var (first, second) = (
            await organizer.ReadAsync("/overtaken/organize/criteria"),
            await other.ReadAsync("/overtaken/organize/criteria")
        );
        await organizer.SubmitAsync(first, new() { ["Input.Rows[0].Name"] = "Problems" }, "Save the criteria");

        using var raced = await other.SubmitAsync(
            second,
            new() { ["Input.Rows[0].Name"] = "Puzzles" },
            "Save the criteria"
        );
        var page = await Browsing.ParseAsync(raced);
        var kept = page.QuerySelector("[name='Input.Rows[0].Name']")?.GetAttribute("value");
        using var knowingly = await other.SubmitAsync(page, [], "Save the criteria");

        Assert.Equal(
            (HttpStatusCode.Conflict, "Puzzles", HttpStatusCode.Redirect),
            (raced.StatusCode, kept, knowingly.StatusCode)
        );
        Assert.Contains(
            "Somebody else changed this",
            page.QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Share_OfFour_IsEvenAndLeavesOutWhoIsTooClose()
    {
        using var organizer = await OrganizerAsync();
        foreach (var title in new[] { "A", "B", "C", "D" })
        {
            await site.Given.MicroconferenceAsync(
                title,
                conference: "shared",
                leads: [title == "A" ? "Rita Reviewer" : "Lena Lead"]
            );
        }

        await site.Given.ReviewerAsync("Rita Reviewer", "shared");
        await site.Given.AccountAsync(await site.Given.PersonAsync("Rolf Reviewer"));
        await organizer.SubmitAsync("/shared/organize/reviewers", new() { ["Who"] = "rolf-reviewer" }, "Add");
        var nobody = await organizer.SubmitAsync(
            "/shared/organize/reviewers",
            new() { ["Who"] = "nobody@example.org" },
            "Add"
        );

        await organizer.SubmitAsync("/shared/organize/reviewers?each=1", [], "Assign them");

        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        Assert.Equal(
            "nobody@example.org",
            (await Browsing.ParseAsync(nobody)).QuerySelector("[name=Who]")?.GetAttribute("value")
        );
        await using var db = site.OpenDatabase();
        var assigned = await db
            .Assignments.Where(a => a.Microconference.Conference.Slug == "shared")
            .Select(a => new { a.Microconference.Title, a.Reviewer.Name })
            .ToListAsync(Stop);
        Assert.Equal([2, 2], assigned.CountBy(a => a.Name).Select(c => c.Value));
        Assert.Equal("Rolf Reviewer", assigned.Single(a => a.Title == "A").Name);
        Assert.Equal(
            "0 of 2 that you were asked to read are reviewed.",
            (await (await site.AsAsync(await site.Given.PersonAsync("Rolf Reviewer"))).ReadAsync("/shared/review"))
                .QuerySelector("main p")
                ?.TextContent.Trim()
        );
    }

    [Fact]
    public async Task Assign_ByHand_ReplacesWhoReadsIt()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.MicroconferenceAsync("Pipes", conference: "hand");
        var rita = await site.Given.ReviewerAsync("Rita Reviewer", "hand");
        var rolf = await site.Given.ReviewerAsync("Rolf Reviewer", "hand");

        await organizer.SubmitAsync("/hand/organize/reviewers/pipes", new() { ["Chosen"] = $"{rita.Id}" });
        Assert.Equal([rita.Id], await AssignedAsync("hand"));
        var page = await organizer.ReadAsync("/hand/organize/reviewers/pipes");
        page.QuerySelector($"input[value='{rita.Id}']")!.RemoveAttribute("checked");
        await organizer.SubmitAsync(page, new() { ["Chosen"] = $"{rolf.Id}" });
        Assert.Equal([rolf.Id], await AssignedAsync("hand"));
        await organizer.SubmitAsync("/hand/organize/reviewers", [], "Remove: Rolf Reviewer");

        Assert.Empty(await AssignedAsync("hand"));
    }

    [Fact]
    public async Task Affiliations_KeptApart_HideWhatAColleagueLeads()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.MicroconferenceAsync("Pipes", conference: "apart", leads: ["Colleague Lead"]);
        var rita = await site.Given.ReviewerAsync("Colleague Reviewer", "apart");
        await using (var db = site.OpenDatabase())
        {
            foreach (
                var person in await db
                    .People.Where(p => p.Slug == "colleague-lead" || p.Slug == "colleague-reviewer")
                    .ToListAsync(Stop)
            )
            {
                person.Describe(person.Slug == "colleague-lead" ? "Pipe Works" : "pipe works", person.Bio);
            }

            await db.SaveChangesAsync(Stop);
        }

        using var reviewer = await site.AsAsync(rita);
        Assert.NotNull((await reviewer.ReadAsync("/apart/review/pipes")).QuerySelector("#review"));
        await organizer.SubmitAsync("/apart/organize/criteria", new() { ["Input.AffiliationsApart"] = "true" });

        Assert.Contains(
            "works where you work",
            (await reviewer.ReadAsync("/apart/review/pipes")).QuerySelector(".note")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Csv_OfTheTable_IsAFile()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.MicroconferenceAsync("Pipes", conference: "csv");

        var answer = await organizer.GetAsync("/csv/organize/reviews?handler=Csv&sort=mean");

        Assert.Equal(
            ("text/csv", "reviews-csv.csv"),
            (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.FileName)
        );
        Assert.EndsWith(
            "pipes,Pipes,Lena Lead,Proposed,0,0,,\r\n",
            await answer.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
    }

    private async Task<List<int>> AssignedAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Assignments.Where(a => a.Microconference.Conference.Slug == conference)
            .Select(a => a.ReviewerId)
            .Order()
            .ToListAsync(Stop);
    }

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
}
