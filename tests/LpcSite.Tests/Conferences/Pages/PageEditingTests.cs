using System.Net;
using LpcSite.Markdown;
using LpcSite.Microconferences.Revisions;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Conferences.Pages;

/// <summary>The conference's own pages: written, shown, ordered, and drafts that nobody else sees.</summary>
public sealed class PageEditingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_APublishedPage_IsShownLinkedListedAndFound()
    {
        await site.Given.ConferenceAsync("written");
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync(
            "/written/organize/pages/new",
            New("faq", "Questions", "## Visa\n\nAsk for an *invitation letter*."),
            "Save"
        );

        Assert.Equal("/written/organize/pages", answer.Headers.Location?.OriginalString);
        var page = await site.ReadAsync("/written/faq");
        Assert.Equal(
            ("Questions", "Visa", "invitation letter"),
            (
                page.QuerySelector("h1")!.TextContent,
                page.QuerySelector("main h2")!.TextContent,
                page.QuerySelector("main em")!.TextContent
            )
        );
        Assert.Equal(
            ["/written/faq"],
            (await site.ReadAsync("/written/people"))
                .QuerySelectorAll("footer nav a")
                .Select(a => a.GetAttribute("href"))
        );
        Assert.NotNull((await site.ReadAsync("/written")).QuerySelector("main a[href='/written/faq']"));
        Assert.Contains(
            "/written/faq<",
            await (await site.Browse().GetAsync("/sitemap.xml")).Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "/written/faq",
            (await site.ReadAsync("/written/search?q=invitations")).QuerySelector(".found a")!.GetAttribute("href")
        );
    }

    [Fact]
    public async Task Write_ADraft_IsSeenByOrganizersAlone()
    {
        await site.Given.PageAsync("secret", "Zebrafish", "Zebrafish.", isPublished: false, conference: "drafts");
        await site.Given.PageAsync("front", "Front page", "Zebrafish.", isPublished: false, conference: "drafts");
        using var olga = await OrganizerAsync();
        using var anna = await site.AsAsync(await site.Given.PersonAsync("Anna Attendee"));

        foreach (var reader in new[] { anna, site.Browse() })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/drafts/secret")).StatusCode);
            foreach (var path in new[] { "/drafts", "/drafts/mc", "/drafts/search?q=zebrafish", "/sitemap.xml" })
            {
                var main = await (await reader.GetAsync(path)).Content.ReadAsStringAsync(Stop);
                Assert.DoesNotContain("Zebrafish", main, StringComparison.Ordinal);
                Assert.DoesNotContain("secret", main, StringComparison.Ordinal);
            }
        }

        Assert.Contains(
            "This is a draft",
            (await olga.ReadAsync("/drafts/secret")).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Write_TheFrontPage_StandsBelowTheDates()
    {
        await site.Given.ConferenceAsync("fronted");
        using var olga = await OrganizerAsync();

        await olga.SubmitAsync(
            "/fronted/organize/pages/front",
            new() { ["Input.Text"] = "Come to **Dublin**.", ["Input.IsPublished"] = "true" },
            "Save"
        );

        Assert.Equal("Dublin", (await site.ReadAsync("/fronted")).QuerySelector("main strong")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Browse().GetAsync("/fronted/front")).StatusCode);
    }

    [Fact]
    public async Task Preview_WithoutScript_ShowsTheTextAndSavesNothing()
    {
        await site.Given.ConferenceAsync("previewed");
        using var olga = await OrganizerAsync();

        var page = await Browsing.ParseAsync(
            await olga.SubmitAsync("/previewed/organize/pages/new", New("faq", "Questions", "An *answer*."), "Preview")
        );

        Assert.Equal(
            ("answer", "An *answer*."),
            (
                page.QuerySelector(".preview em")!.TextContent,
                page.QuerySelector("textarea")!.TextContent.TrimStart('\n')
            )
        );
        await using var db = site.OpenDatabase();
        Assert.False(
            await db.ConferencePages.AnyAsync(
                p => db.Conferences.Any(c => c.Id == p.ConferenceId && c.Slug == "previewed"),
                Stop
            )
        );
    }

    [Theory]
    [InlineData("mc", "The site itself uses “mc”; choose another address.")]
    [InlineData("Über uns", "An address is made of lower-case letters, digits and single hyphens.")]
    [InlineData("", "Say at which address it stands, such as attend.")]
    public async Task Write_AtAnAddressThatCannotBe_SaysSoAndKeepsTheText(string slug, string sentence)
    {
        await site.Given.ConferenceAsync("addressed");
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync("/addressed/organize/pages/new", New(slug, "Questions", "Kept."), "Save");

        var page = await Browsing.ParseAsync(answer);
        Assert.Equal(
            (HttpStatusCode.BadRequest, sentence, "Kept."),
            (
                answer.StatusCode,
                page.QuerySelector("[data-valmsg-for='Input.Slug']")!.TextContent,
                page.QuerySelector("textarea")!.TextContent.TrimStart('\n')
            )
        );
    }

    [Fact]
    public async Task Write_AtTheAddressOfAnother_IsRefused()
    {
        await site.Given.PageAsync("faq", "Questions", conference: "twice");
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync("/twice/organize/pages/new", New("faq", "Others", "Kept."), "Save");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "There is a page at /twice/faq already.",
            (await Browsing.ParseAsync(answer)).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Write_APublishedPageToAnotherAddress_IsRefused_AndADraftMoves()
    {
        await site.Given.PageAsync("faq", "Questions", conference: "moved");
        using var olga = await OrganizerAsync();

        var refused = await olga.SubmitAsync("/moved/organize/pages/faq", new() { ["Input.Slug"] = "answers" }, "Save");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        await using var db = site.OpenDatabase();
        var page = await db.ConferencePages.SingleAsync(
            p => p.Slug == "faq" && db.Conferences.Any(c => c.Id == p.ConferenceId && c.Slug == "moved"),
            Stop
        );
        page.Write(page.Title, page.Text, isPublished: false);
        await db.SaveChangesAsync(Stop);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await olga.SubmitAsync("/moved/organize/pages/faq", new() { ["Input.Slug"] = "answers" }, "Save")
            ).StatusCode
        );
        Assert.Equal(HttpStatusCode.OK, (await olga.GetAsync("/moved/answers")).StatusCode);
    }

    [Fact]
    public async Task Write_TwoAtOnceInDifferentLines_AreMergedWithNothingLost()
    {
        await site.Given.PageAsync("faq", "Questions", "One.\n\nTwo.\n\nThree.", conference: "merged");
        using var olga = await OrganizerAsync();
        var second = await olga.ReadAsync("/merged/organize/pages/faq");
        await olga.SubmitAsync(
            "/merged/organize/pages/faq",
            new() { ["Input.Text"] = "One, theirs.\n\nTwo.\n\nThree." },
            "Save"
        );

        var answer = await olga.SubmitAsync(second, new() { ["Input.Text"] = "One.\n\nTwo.\n\nThree, mine." }, "Save");

        var page = await Browsing.ParseAsync(answer);
        Assert.Equal(
            (HttpStatusCode.Conflict, "One, theirs.\n\nTwo.\n\nThree, mine."),
            (answer.StatusCode, page.QuerySelector("textarea")!.TextContent.TrimStart('\n'))
        );
        Assert.Equal(HttpStatusCode.Redirect, (await olga.SubmitAsync(page, new(), "Save")).StatusCode);
        Assert.Equal("One, theirs.\n\nTwo.\n\nThree, mine.", await TextAsync("merged"));
    }

    [Fact]
    public async Task Write_TwoAtOnceInTheSameLine_ShowsBothAndTakesNoMarks()
    {
        await site.Given.PageAsync("faq", "Questions", "One.", conference: "marked");
        using var olga = await OrganizerAsync();
        var second = await olga.ReadAsync("/marked/organize/pages/faq");
        await olga.SubmitAsync("/marked/organize/pages/faq", new() { ["Input.Text"] = "Theirs." }, "Save");

        var page = await Browsing.ParseAsync(
            await olga.SubmitAsync(second, new() { ["Input.Text"] = "Mine." }, "Save")
        );
        Assert.Equal(
            $"{TextMerge.MineBegins}\nMine.\n{TextMerge.TheirsBegins}\nTheirs.\n{TextMerge.TheirsEnds}",
            page.QuerySelector("textarea")!.TextContent.TrimStart('\n')
        );

        Assert.Equal(HttpStatusCode.BadRequest, (await olga.SubmitAsync(page, new(), "Save")).StatusCode);
        Assert.Equal("Theirs.", await TextAsync("marked"));
    }

    [Fact]
    public async Task Order_ByButtonsAndByTheWholeList_IsThatOfTheNavigation()
    {
        foreach (var slug in new[] { "attend", "faq", "policy" })
        {
            await site.Given.PageAsync(slug, slug, conference: "ordered");
        }

        using var olga = await OrganizerAsync();
        await olga.SubmitAsync("/ordered/organize/pages", new(), "up Order 2");
        Assert.Equal(["attend", "policy", "faq"], await LinksAsync());

        // What script leaves behind after a drag: the same fields in another order.
        await using var db = site.OpenDatabase();
        var ids = await db
            .ConferencePages.Where(p => db.Conferences.Any(c => c.Id == p.ConferenceId && c.Slug == "ordered"))
            .OrderByDescending(p => p.Slug)
            .Select(p => p.Id)
            .ToListAsync(Stop);
        await olga.SubmitAsync(
            "/ordered/organize/pages",
            new() { ["ids"] = string.Join(Browsing.SameName, ids) },
            "Save the order"
        );
        Assert.Equal(["policy", "faq", "attend"], await LinksAsync());

        async Task<IEnumerable<string>> LinksAsync() =>
            (await site.ReadAsync("/ordered/people")).QuerySelectorAll("footer nav a").Select(a => a.TextContent);
    }

    [Fact]
    public async Task Remove_ADraft_KeepsItsTextInTheRecord_AndAPublishedPageStays()
    {
        await site.Given.PageAsync("gone", "Gone", "What it said.", isPublished: false, conference: "removed");
        await site.Given.PageAsync("stays", "Stays", conference: "removed");
        using var olga = await OrganizerAsync();

        await olga.SubmitAsync("/removed/organize/pages/gone", new(), "Remove this draft");

        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["stays"],
            await db
                .ConferencePages.Where(p => db.Conferences.Any(c => c.Id == p.ConferenceId && c.Slug == "removed"))
                .Select(p => p.Slug)
                .ToListAsync(Stop)
        );
        Assert.Contains(
            "What it said.",
            (
                await db.AuditEntries.SingleAsync(
                    e => e.Verb == "removed a page" && e.Subject.StartsWith("/removed/"),
                    Stop
                )
            ).Before,
            StringComparison.Ordinal
        );
        Assert.Null((await olga.ReadAsync("/removed/organize/pages/stays")).QuerySelector("form[action*=Remove]"));
    }

    [Fact]
    public async Task Rerender_APageOfAnOlderRenderer_IsMadeAnew()
    {
        await site.Given.PageAsync("faq", "Questions", "*Old.*", conference: "rendered");
        await using var db = site.OpenDatabase();
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE conference_pages SET text_html = 'old', text_renderer_version = 0
            WHERE slug = 'faq' AND conference_id = (SELECT id FROM conferences WHERE slug = 'rendered')
            """,
            Stop
        );

        var (_, _, others) = await new RevisionRendering(db, new MarkdownRenderer()).RunAsync(null, Stop);

        Assert.Equal(1, others);
        Assert.Contains(
            "<em>Old.</em>",
            await (await site.Browse().GetAsync("/rendered/faq")).Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task List_With1And30Pages_AsksTheSameNumberOfStatements()
    {
        await site.Given.PageAsync("page-0", "Page", conference: "few-pages");
        for (var i = 0; i < 30; i++)
        {
            await site.Given.PageAsync($"page-{i}", "Page", conference: "many-pages");
        }

        using var olga = await OrganizerAsync();
        Assert.Equal(
            await StatementsAsync("/few-pages/organize/pages"),
            await StatementsAsync("/many-pages/organize/pages")
        );
        Assert.Equal(await StatementsAsync("/few-pages/people"), await StatementsAsync("/many-pages/people"));

        async Task<int> StatementsAsync(string path)
        {
            return await site.StatementsOfAsync(() => olga.ReadAsync(path));
        }
    }

    private static Dictionary<string, string> New(string slug, string title, string text) =>
        new()
        {
            ["Input.Slug"] = slug,
            ["Input.Title"] = title,
            ["Input.Text"] = text,
            ["Input.IsPublished"] = "true",
        };

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

    private async Task<string> TextAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        return await db
            .ConferencePages.Where(p =>
                p.Slug == "faq" && db.Conferences.Any(c => c.Id == p.ConferenceId && c.Slug == conference)
            )
            .Select(p => p.Text.Source)
            .SingleAsync(Stop);
    }
}
