using System.Net;
using System.Xml.Linq;
using LpcSite.Data.Audit;
using LpcSite.Imports;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Revisions;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>
/// The history of a text: who may read what of it, how changes are shown, and how an old text becomes the newest again.
/// </summary>
public sealed class RevisionPagesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_OfAPublicOne_ListsItsRevisionsNewestFirst()
    {
        await WrittenAsync("Listed", public_: true, "Some words here.", "Some more words here.", "Less.");

        var page = await site.ReadAsync("/2022/mc/listed/history");

        Assert.Equal(["3", "2", "1"], page.QuerySelectorAll("tbody th a").Select(a => a.TextContent));
        Assert.Equal("/2022/mc/listed/history/3", page.QuerySelector("tbody th a")?.GetAttribute("href"));
        Assert.Equal(
            ["Wanda Writer", "Save 3", "16 characters shorter"],
            page.QuerySelectorAll("tbody tr:first-child td").Skip(3).Select(td => td.TextContent)
        );
        Assert.Equal(
            ["a command of the site", "First text", "16 characters"],
            page.QuerySelectorAll("tbody tr:last-child td").Skip(3).Select(td => td.TextContent)
        );
        Assert.EndsWith("Europe/Dublin", page.QuerySelector("tbody time")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ("2", "3"),
            (
                page.QuerySelector("[name=old][checked]")?.GetAttribute("value"),
                page.QuerySelector("[name=new][checked]")?.GetAttribute("value")
            )
        );
        Assert.Equal(
            "/2022/mc/listed/history",
            (await site.ReadAsync("/2022/mc/listed")).QuerySelector(".meta a")?.GetAttribute("href")
        );
    }

    [Fact]
    public async Task History_OfTwoChosenRevisions_LeadsToTheirDifference()
    {
        await WrittenAsync("Chosen", public_: true, "A", "B", "C");
        using var client = site.Anonymous();

        Assert.Equal(
            "/2022/mc/chosen/history/3?against=1",
            (await client.GetAsync("/2022/mc/chosen/history?old=3&new=1", Stop)).Headers.Location?.OriginalString
        );
        using var same = await client.GetAsync("/2022/mc/chosen/history?old=2&new=2", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, same.StatusCode);
        Assert.StartsWith(
            "Choose two different",
            (await Browsing.ParseAsync(same)).QuerySelector(".problem")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task History_HoweverLong_TakesTheSameStatementsAndComesInPages()
    {
        await WrittenAsync("Short", public_: true, "Only text");
        await WrittenAsync("Long", public_: true, [.. Enumerable.Range(1, 60).Select(i => $"Text {i}")]);
        await site.ReadAsync("/2022/mc/short/history");

        var few = await StatementsAsync("/2022/mc/short/history");
        var many = await StatementsAsync("/2022/mc/long/history");
        var first = await site.ReadAsync("/2022/mc/long/history");
        var second = await site.ReadAsync(first.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        // Three for the frame around the page (tiers, sponsors, the conference's own pages), which is kept otherwise.
        Assert.Equal((5, 5), (few, many));
        Assert.Equal(50, first.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(
            Enumerable.Range(1, 10).Reverse().Select(i => $"{i}"),
            second.QuerySelectorAll("tbody th").Select(th => th.TextContent)
        );
        Assert.Null(second.QuerySelector("[rel=next]"));
        Assert.Equal(
            await StatementsAsync("/2022/mc/short/history/1"),
            await StatementsAsync("/2022/mc/long/history/60")
        );
    }

    [Fact]
    public async Task Draft_SavedBeforeItWasProposed_IsReadByItsLeadsAndOrganizersAlone()
    {
        var (lena, olga, stranger) = (
            await site.Given.PersonAsync("Lena Lead"),
            await site.Given.OrganizerAsync("Olga Organizer"),
            await site.Given.PersonAsync("Sam Stranger")
        );
        await WrittenAsync("Grown", public_: false, "Quicksilver one", "Quicksilver two", "Third, proposed");
        await ProposedAsync("grown");
        await SavedAsync("grown", "Fourth");
        using var hers = await site.AsAsync(lena);
        using var organizers = await site.AsAsync(olga);
        using var strangers = await site.AsAsync(stranger);

        foreach (var reader in new[] { site.Browse(), strangers })
        {
            Assert.Equal(
                ["4", "3"],
                (await reader.ReadAsync("/2022/mc/grown/history"))
                    .QuerySelectorAll("tbody th")
                    .Select(th => th.TextContent)
            );
            Assert.Null((await reader.ReadAsync("/2022/mc/grown/history/3")).QuerySelector(".diff, #changes"));
            foreach (
                var hidden in new[]
                {
                    "/history/2",
                    "/history/1",
                    "/history/4?against=2",
                    "/history/3?against=1",
                    "/history/5",
                    "/history/0",
                }
            )
            {
                Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/2022/mc/grown" + hidden)).StatusCode);
            }

            foreach (
                var open in new[]
                {
                    "/history",
                    "/history?before=3",
                    "/history/3",
                    "/history/4",
                    "/history/4?against=3&view=side",
                    ".atom",
                    "/history?old=1&new=3",
                }
            )
            {
                Assert.DoesNotContain(
                    "Quicksilver",
                    await (await reader.GetAsync("/2022/mc/grown" + open)).Content.ReadAsStringAsync(Stop),
                    StringComparison.Ordinal
                );
            }
        }

        foreach (var reader in new[] { hers, organizers })
        {
            Assert.Equal(
                ["4", "3", "2", "1"],
                (await reader.ReadAsync("/2022/mc/grown/history"))
                    .QuerySelectorAll("tbody th")
                    .Select(th => th.TextContent)
            );
            Assert.Equal(
                "Quicksilver two",
                (await reader.ReadAsync("/2022/mc/grown/history/3")).QuerySelector(".diff del")?.LastChild?.TextContent
            );
        }

        Assert.DoesNotContain(
            "Quicksilver",
            await (await hers.GetAsync("/2022/mc/grown.atom")).Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["4", "3"],
            (await site.Browse().ReadAsync("/2022/mc/grown/history"))
                .QuerySelectorAll("tbody th")
                .Select(th => th.TextContent)
        );
    }

    [Fact]
    public async Task History_WithoutTheInstantOfItsProposal_ShowsThePublicTheNewestAlone()
    {
        await WrittenAsync("Unknown", public_: false, "One", "Two", "Three");

        Assert.Equal(
            ["3"],
            (await site.ReadAsync("/2022/mc/unknown/history")).QuerySelectorAll("tbody th").Select(th => th.TextContent)
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await site.Anonymous().GetAsync("/2022/mc/unknown/history/2", Stop)).StatusCode
        );
    }

    [Fact]
    public async Task History_OfADraftProposedByItsForm_IsPublicFromTheTextThatWasProposed()
    {
        var now = site.Clock.GetCurrentInstant();
        await site.Given.MicroconferenceAsync(
            "By form",
            MicroconferenceStatus.Draft,
            "by-form",
            description: "Quicksilver one",
            leads: ["Lena Lead"]
        );
        await site.Given.CallAsync(
            now - Duration.FromDays(1),
            now + Duration.FromDays(9),
            "Europe/Dublin",
            conference: "by-form"
        );
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        foreach (
            var (text, button) in new[]
            {
                ("Quicksilver two", "save"),
                ("Three, proposed", "propose"),
                ("Four, public", "save"),
            }
        )
        {
            site.Clock.AdvanceMinutes(1);
            using var saved = await lena.SubmitAsync(
                "/by-form/mc/by-form/edit",
                new() { ["Input.Description"] = text },
                button
            );
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }

        Assert.Equal(
            ["4", "3"],
            (await site.ReadAsync("/by-form/mc/by-form/history"))
                .QuerySelectorAll("tbody th")
                .Select(th => th.TextContent)
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await site.Anonymous().GetAsync("/by-form/mc/by-form/history/2", Stop)).StatusCode
        );
    }

    [Theory]
    [InlineData("draft", "4 3")]
    [InlineData("proposed", "4 3 2 1")]
    public async Task History_OfAnImportedOne_IsPublicFromTheImportThatMadeItSo(string first, string expected)
    {
        var conference = $"imported-{first}";
        using var folder = FolderOnDisk.Small().Replace("conference.yaml", "slug: pipes", $"slug: {conference}");
        await ImportAsync(folder, first, "One");
        await ImportAsync(folder, first, "Two");
        await ImportAsync(folder, "accepted", "Three");
        await ImportAsync(folder, "accepted", "Four");

        Assert.Equal(
            expected.Split(' '),
            (await site.ReadAsync($"/{conference}/mc/bends/history"))
                .QuerySelectorAll("tbody th")
                .Select(th => th.TextContent)
        );
    }

    [Theory]
    [InlineData(MicroconferenceStatus.Draft)]
    [InlineData(MicroconferenceStatus.Declined)]
    public async Task History_OfWhatIsNotPublic_DoesNotExistForOthers(MicroconferenceStatus status)
    {
        var microconference = await site.Given.MicroconferenceAsync($"Closed {status}", status, leads: ["Lena Lead"]);
        using var hers = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var strangers = await site.AsAsync(await site.Given.PersonAsync("Sam Stranger"));

        foreach (var below in new[] { "/history", "/history/1", ".atom" })
        {
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await site.Anonymous().GetAsync($"/2022/mc/{microconference.Slug}{below}", Stop)).StatusCode
            );
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await strangers.GetAsync($"/2022/mc/{microconference.Slug}{below}")).StatusCode
            );
        }

        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync($"/2022/mc/{microconference.Slug}/history/1")).StatusCode);
    }

    [Fact]
    public async Task Revision_ShowsTheTextAsItWasAndWhatChanged()
    {
        await WrittenAsync(
            "Shown",
            public_: true,
            "First.\n\nWe discuss *old* things.",
            "First.\n\nWe discuss *new* things.\n\nAnd more.",
            "Newest"
        );

        var inline = await site.ReadAsync("/2022/mc/shown/history/2");
        var side = await site.ReadAsync("/2022/mc/shown/history/2?view=side");
        var longer = await site.ReadAsync("/2022/mc/shown/history/3?against=1");

        Assert.Equal("new", inline.QuerySelector(".prose em")?.TextContent);
        Assert.Equal("(removed:) old", inline.QuerySelector(".diff del")?.TextContent);
        Assert.Equal(
            ["(added:) new", "(added white space) ", "(added:) And more."],
            inline.QuerySelectorAll(".diff ins").Select(i => i.TextContent)
        );
        Assert.Contains(
            "The newest is revision 3",
            inline.QuerySelector(".note")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["Revision 1", "Revision 2"],
            side.QuerySelectorAll(".diff.side .name").Select(p => p.TextContent)
        );
        Assert.Equal(
            "Before: We discuss *(removed:) old* things.",
            side.QuerySelector(".diff .old:not(.name)")?.TextContent
        );
        Assert.Equal(
            "After: We discuss *(added:) new* things.",
            side.QuerySelector(".diff .new:not(.name)")?.TextContent
        );
        Assert.Equal("Changes since revision 1", longer.QuerySelector("#changes")?.TextContent);
        Assert.Equal(
            "/2022/mc/shown/history/3?against=1&view=side#changes",
            longer.QuerySelectorAll("section .filter a")[1].GetAttribute("href")
        );
        Assert.Null(inline.QuerySelector("main form"));
        Assert.NotNull(inline.QuerySelector("meta[name=robots]"));
    }

    [Fact]
    public async Task Revision_WithMarkupInIt_IsPrintedAsText()
    {
        await WrittenAsync("Hostile", public_: true, "Nothing", "<script>alert(1)</script> <b onclick=x>bold</b>");

        var page = await site.ReadAsync("/2022/mc/hostile/history/2");

        Assert.Empty(page.QuerySelectorAll("main script, main [onclick], .diff b"));
        Assert.Contains(
            "<script>alert(1)</script>",
            page.QuerySelector(".diff")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Restore_ByALead_SavesTheOldTextAsANewRevision()
    {
        await WrittenAsync("Restored", public_: true, "The good text", "A bad text");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var answer = await lena.SubmitAsync("/2022/mc/restored/history/1", [], "Restore this text");
        var page = await lena.ReadAsync(answer.Headers.Location!.OriginalString);

        Assert.Equal(
            (HttpStatusCode.Redirect, "/2022/mc/restored"),
            (answer.StatusCode, answer.Headers.Location?.OriginalString)
        );
        Assert.Equal("The text of revision 1 is the newest again.", page.QuerySelector(".said")?.TextContent);
        Assert.Equal("The good text", page.QuerySelector(".prose p")?.TextContent);
        await using var db = site.OpenDatabase();
        var revision = await db
            .Revisions.Include(r => r.Author)
            .SingleAsync(
                r => r.Number == 3 && db.Microconferences.Any(m => m.Slug == "restored" && m.Id == r.MicroconferenceId),
                Stop
            );
        Assert.Equal(("Restored revision 1", "Lena Lead"), (revision.Summary, revision.Author?.Name));
        Assert.Equal(
            1,
            await db.AuditEntries.CountAsync(
                e => e.MicroconferenceId == revision.MicroconferenceId && e.Verb == "restored",
                Stop
            )
        );
        Assert.Null((await lena.ReadAsync("/2022/mc/restored/history/3")).QuerySelector("main form button"));
    }

    [Fact]
    public async Task Restore_WhileSomebodySaved_Answers409AndChangesNothing()
    {
        await WrittenAsync("Contested", public_: true, "One", "Two");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var page = await lena.ReadAsync("/2022/mc/contested/history/1");
        await SavedAsync("contested", "Three");

        using var answer = await lena.SubmitAsync(page, [], "Restore this text");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.StartsWith(
            "Somebody saved revision 3 meanwhile",
            (await Browsing.ParseAsync(answer)).QuerySelector(".problem li")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Three", (await site.ReadAsync("/2022/mc/contested")).QuerySelector(".prose p")?.TextContent);
        using var again = await lena.SubmitAsync(await Browsing.ParseAsync(answer), [], "Restore this text");
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task Restore_BySomebodyElse_IsForbidden()
    {
        await WrittenAsync("Not theirs", public_: true, "One", "Two");
        await site.Given.MicroconferenceAsync("Theirs", leads: ["Sam Stranger"]);
        await SavedAsync("theirs", "New text");
        using var strangers = await site.AsAsync(await site.Given.PersonAsync("Sam Stranger"));
        var form = await strangers.ReadAsync("/2022/mc/theirs/history/1");
        form.QuerySelector("main form")!.SetAttribute("action", "/2022/mc/not-theirs/history/1");

        using var answer = await strangers.SubmitAsync(form, [], "Restore this text");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("Two", (await site.ReadAsync("/2022/mc/not-theirs")).QuerySelector(".prose p")?.TextContent);
    }

    [Fact]
    public async Task Feed_OfOne_HasAnEntryForEachRevision()
    {
        await WrittenAsync("Fed", public_: true, "One", "*Two*");
        using var client = site.Anonymous();

        using var response = await client.GetAsync("/2022/mc/fed.atom", Stop);
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).Root!;
        var entries = feed.Elements(feed.Name.Namespace + "entry").ToList();
        string? Of(int i, string name) => entries[i].Element(feed.Name.Namespace + name)?.Value;

        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal(2, entries.Count);
        Assert.StartsWith("urn:uuid:", Of(0, "id"), StringComparison.Ordinal);
        Assert.Equal(
            ("Revision 2: Save 2", "Wanda Writer", "<p><em>Two</em></p>"),
            (Of(0, "title"), Of(0, "author")?.Trim(), Of(0, "content"))
        );
        Assert.Null(Of(1, "author"));
        Assert.Equal(
            "/2022/mc/fed.atom",
            (await site.ReadAsync("/2022/mc/fed"))
                .QuerySelector("link[type='application/atom+xml'][href$='fed.atom']")
                ?.GetAttribute("href")
        );
    }

    private async Task<int> StatementsAsync(string path)
    {
        site.ForgetPages();
        site.Statements.Clear();
        using var answer = await site.Anonymous().GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return site.Statements.Texts.Count;
    }

    // The first text as a command saves it, the others as Wanda does.
    private async Task WrittenAsync(string title, bool public_, params string[] texts)
    {
        var microconference = await site.Given.MicroconferenceAsync(title, description: texts[0]);
        if (public_)
        {
            await ProposedAsync(microconference.Slug);
        }

        foreach (var text in texts.Skip(1))
        {
            await SavedAsync(microconference.Slug, text);
        }
    }

    private async Task SavedAsync(string slug, string text)
    {
        site.Clock.AdvanceMinutes(1);
        var wanda = (await site.Given.PersonAsync("Wanda Writer")).Id;
        await using var db = site.OpenDatabase();
        var microconference = await db.Microconferences.SingleAsync(m => m.Slug == slug, Stop);
        var number = microconference.RevisionNumber;
        await new ProposalRevisions(db, new MarkdownRenderer(), site.Clock).SaveAsync(
            microconference,
            new WrittenText(microconference.Title, microconference.Title, text, "", number, $"Save {number + 1}"),
            await db.People.SingleAsync(p => p.Id == wanda, Stop),
            Stop
        );
        site.ForgetPages();
    }

    private async Task ProposedAsync(string slug)
    {
        await using var db = site.OpenDatabase();
        var microconference = await db
            .Microconferences.Include(m => m.Conference)
            .SingleAsync(m => m.Slug == slug, Stop);
        db.Add(
            new AuditEntry(
                new Act(null, "propose", site.Clock.GetCurrentInstant()),
                RevisionQueries.ProposedVerb,
                new AuditSubject(microconference.Path, microconference.ConferenceId, microconference.Id),
                null,
                null
            )
        );
        await db.SaveChangesAsync(Stop);
        site.Clock.AdvanceMinutes(1);
    }

    private async Task ImportAsync(FolderOnDisk folder, string status, string text)
    {
        site.Clock.AdvanceMinutes(1);
        folder.With(
            "bends.md",
            $"---\ntitle: Bends\nslug: bends\nstatus: {status}\nleads:\n- Ann Arbor\n---\n\n{text}\n"
        );
        await using var scope = site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<ConferenceImport>()
            .ImportAsync(folder.Path, progress: null, Stop);
    }
}
