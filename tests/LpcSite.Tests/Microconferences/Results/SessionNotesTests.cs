using System.Net;
using LpcSite.Exports.Folder;
using LpcSite.Imports;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Results;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.People.Merging;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Microconferences.Results;

/// <summary>
/// What is written down in the room and afterwards: by whom, where it is read, and what two who write at once do to
/// each other.
/// </summary>
public sealed class SessionNotesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Outcome = "Input.Lines[0].Text";
    private const string Session = "Input.Lines[1].Text";
    private const string FirstTopic = "Input.Lines[2].Text";
    private const string SecondTopic = "Input.Lines[3].Text";

    private static readonly string[] Twins = ["md", "txt", "json"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notes_OfALead_AreReadOnThePagesTheTwinsAndInTheSearch()
    {
        var (mc, topics) = await HeldAsync("Read");
        using var lead = await SignedInAsync("Lena Lead");

        using var saved = await lead.SubmitAsync(
            $"{mc}/lead/notes",
            new()
            {
                [Outcome] = "A *patchset* on aardvarks.",
                [Session] = "Everybody wanted a binturong.",
                [FirstTopic] = "Agreed on capybaras.",
            }
        );
        var page = await site.ReadAsync(mc);
        var topic = await site.ReadAsync($"{mc}/topics/{topics[0]}-pin");
        var twins = await Task.WhenAll(
            Twins.Select(extension => site.Anonymous().GetStringAsync($"{mc}.{extension}", Stop))
        );

        Assert.Equal(mc, saved.Headers.Location?.OriginalString);
        Assert.Equal("<p>A <em>patchset</em> on aardvarks.</p>", page.QuerySelector("#outcome + .prose")?.InnerHtml);
        Assert.Equal("Everybody wanted a binturong.", page.QuerySelector("#notes + .prose")?.TextContent);
        Assert.Equal($"{mc}/topics/{topics[0]}-pin#notes", page.QuerySelector("#notes ~ ul a")?.GetAttribute("href"));
        Assert.Equal("Agreed on capybaras.", topic.QuerySelector("#notes + .prose")?.TextContent);
        Assert.All(
            twins,
            twin =>
                Assert.True(
                    twin.Contains("aardvarks", StringComparison.Ordinal)
                        && twin.Contains("binturong", StringComparison.Ordinal)
                        && twin.Contains("capybaras", StringComparison.Ordinal)
                )
        );
        foreach (
            var (word, address) in new[]
            {
                ("aardvarks", $"{mc}#outcome"),
                ("binturong", $"{mc}#notes"),
                ("capybaras", $"{mc}/topics/{topics[0]}#notes"),
            }
        )
        {
            Assert.Equal(
                address,
                (await site.ReadAsync($"/2022/search?q={word}")).QuerySelector(".found a")?.GetAttribute("href")
            );
        }

        foreach (var list in new[] { "/2022/mc", "/2022/mc.md", "/2022/mc.txt", "/2022/mc.json" })
        {
            Assert.DoesNotContain(
                "aardvarks",
                await site.Anonymous().GetStringAsync(list, Stop),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Notes_OfHostileMarkdown_StayHarmless()
    {
        var (mc, topics) = await HeldAsync("Hostile");
        using var lead = await SignedInAsync("Lena Lead");
        const string hostile =
            "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) # heading\n\n# notes";

        await lead.SubmitAsync(
            $"{mc}/lead/notes",
            new()
            {
                [Outcome] = hostile,
                [Session] = hostile,
                [FirstTopic] = hostile,
            }
        );

        foreach (var page in new[] { await site.ReadAsync(mc), await site.ReadAsync($"{mc}/topics/{topics[0]}-pin") })
        {
            Assert.Empty(page.QuerySelectorAll("main article :is(script, img[onerror], [href^='javascript:'])"));
            var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public async Task Notes_OfASpeaker_AreOfHisTopicAlone()
    {
        var (mc, topics) = await HeldAsync("Spoken");
        using var speaker = await SignedInAsync("Suse Speaker");
        using var other = await SignedInAsync("Otto Other");
        var own = $"{mc}/topics/{topics[0]}/notes";

        using var saved = await speaker.SubmitAsync(own, new() { ["Input.Lines[0].Text"] = "We agreed." });
        var page = await speaker.ReadAsync($"{mc}/topics/{topics[0]}-pin");

        Assert.Equal($"{mc}/topics/{topics[0]}", saved.Headers.Location?.OriginalString);
        Assert.Equal("We agreed.", page.QuerySelector("#notes + .prose")?.TextContent);
        Assert.NotNull(page.QuerySelector($"main a[href='{own}']"));
        Assert.Null((await site.ReadAsync($"{mc}/topics/{topics[0]}-pin")).QuerySelector($"main a[href='{own}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await speaker.GetAsync($"{mc}/topics/{topics[1]}/notes")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await speaker.GetAsync($"{mc}/lead/notes")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(own)).StatusCode);
    }

    [Fact]
    public async Task Notes_OfASpeakerWhoSendsAnotherTopicsNumber_AreRefused()
    {
        var (mc, topics) = await HeldAsync("Forged");
        using var speaker = await SignedInAsync("Suse Speaker");

        using var forged = await speaker.SubmitAsync(
            $"{mc}/topics/{topics[0]}/notes",
            new() { ["Input.Lines[0].TopicId"] = $"{topics[1]}", ["Input.Lines[0].Text"] = "Mine now." }
        );
        var page = await Browsing.ParseAsync(forged);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.StartsWith(
            "One of the topics has left",
            page.QuerySelector("[role=alert]")?.TextContent.Trim(),
            StringComparison.Ordinal
        );
        Assert.Equal("Mine now.", page.QuerySelector("textarea")?.TextContent.Trim());
        Assert.Empty(await TextsAsync(mc));
    }

    [Fact]
    public async Task Two_WhoWriteInDifferentFields_BothSave()
    {
        var (mc, _) = await HeldAsync("Different");
        using var lena = await SignedInAsync("Lena Lead");
        using var juri = await SignedInAsync("Juri Lead");
        var (hers, his) = (await lena.ReadAsync($"{mc}/lead/notes"), await juri.ReadAsync($"{mc}/lead/notes"));

        using var one = await lena.SubmitAsync(hers, new() { [Session] = "Hers.", [FirstTopic] = "Hers too." });
        using var two = await juri.SubmitAsync(his, new() { [SecondTopic] = "His." });

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (one.StatusCode, two.StatusCode));
        Assert.Equal(["Hers too.", "Hers.", "His."], await TextsAsync(mc));
        Assert.Equal(2, await AuditAsync(mc));
    }

    [Fact]
    public async Task Two_WhoWriteInTheSameField_LoseNothing()
    {
        var (mc, _) = await HeldAsync("Same");
        using var lena = await SignedInAsync("Lena Lead");
        using var juri = await SignedInAsync("Juri Lead");
        await lena.SubmitAsync($"{mc}/lead/notes", new() { [Session] = "one\n\ntwo\n\nthree" });
        var (hers, his) = (await lena.ReadAsync($"{mc}/lead/notes"), await juri.ReadAsync($"{mc}/lead/notes"));
        await lena.SubmitAsync(hers, new() { [Session] = "one by Lena\n\ntwo\n\nthree" });

        using var raced = await juri.SubmitAsync(
            his,
            new() { [Session] = "one\n\ntwo\n\nthree by Juri", [Outcome] = "Typed beside." }
        );
        var page = await Browsing.ParseAsync(raced);
        using var again = await juri.SubmitAsync(page, []);

        Assert.Equal(HttpStatusCode.Conflict, raced.StatusCode);
        Assert.Contains("Lena Lead", page.QuerySelector("#overtaken-1")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ("one by Lena\n\ntwo\n\nthree by Juri", "Typed beside."),
            (Field(page, Session), Field(page, Outcome))
        );
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(["Typed beside.", "one by Lena\n\ntwo\n\nthree by Juri"], await TextsAsync(mc));
    }

    [Fact]
    public async Task Two_WhoChangeTheSameLine_AreNotSavedWithTheMarksOfTheMerge()
    {
        var (mc, _) = await HeldAsync("Marked");
        using var lena = await SignedInAsync("Lena Lead");
        using var juri = await SignedInAsync("Juri Lead");
        var (hers, his) = (await lena.ReadAsync($"{mc}/lead/notes"), await juri.ReadAsync($"{mc}/lead/notes"));
        await lena.SubmitAsync(hers, new() { [FirstTopic] = "Hers" });

        using var raced = await juri.SubmitAsync(his, new() { [FirstTopic] = "His" });
        var page = await Browsing.ParseAsync(raced);
        using var unread = await juri.SubmitAsync(page, []);
        using var decided = await juri.SubmitAsync(page, new() { [FirstTopic] = "Ours" });

        Assert.Equal(
            $"{TextMerge.MineBegins}\nHis\n{TextMerge.TheirsBegins}\nHers\n{TextMerge.TheirsEnds}",
            Field(page, FirstTopic)
        );
        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.Redirect),
            (raced.StatusCode, unread.StatusCode, decided.StatusCode)
        );
        Assert.Equal(["Ours"], await TextsAsync(mc));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Two_InTheSameInstant_AreDecidedByTheDatabase(bool areFirst)
    {
        var (mc, _) = await HeldAsync($"Instant {areFirst}");
        if (!areFirst)
        {
            await WriteAsync(mc, "There", "");
        }

        await using var one = site.OpenDatabase();
        await using var two = site.OpenDatabase();
        var texts = new[] { "One", "Two" };
        var answers = await Task.WhenAll(
            new[] { one, two }
                .Zip(texts)
                .Select(async pair =>
                {
                    var (found, me) = (
                        await pair
                            .First.Microconferences.Include(m => m.Conference)
                            .SingleAsync(m => m.Slug == Slug(mc), Stop),
                        await pair.First.People.FirstAsync(Stop)
                    );
                    return await new SessionNotes(pair.First, new MarkdownRenderer(), site.Clock).SaveAsync(
                        found,
                        [new(NotesOf.Session, pair.Second, areFirst ? "" : "There")],
                        "test",
                        me,
                        Stop
                    );
                })
        );

        var lost = Assert.Single(answers, answer => answer.Count > 0);
        Assert.Equal(Assert.Single(await TextsAsync(mc)), lost[0].Theirs);
        Assert.Contains(
            lost[0].Merged.Conflicts,
            conflict => texts.Contains(conflict.Mine) && conflict.Mine != lost[0].Theirs
        );
    }

    [Theory]
    [InlineData(20_001, "Notes have at most 20000 characters, and these 20001")]
    public async Task Notes_ThatAreTooLong_AreRefusedAndKept(int length, string sentence)
    {
        var (mc, _) = await HeldAsync("Long");
        using var lead = await SignedInAsync("Lena Lead");

        using var refused = await lead.SubmitAsync(
            $"{mc}/lead/notes",
            new() { [Session] = new string('a', length), [Outcome] = "Kept." }
        );
        var page = await Browsing.ParseAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.StartsWith(sentence, page.QuerySelector("[role=alert]")?.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal((length, "Kept."), (Field(page, Session).Length, Field(page, Outcome)));
        Assert.Empty(await TextsAsync(mc));
    }

    [Fact]
    public async Task Notes_OfWhatWasWithdrawn_AreRefused()
    {
        var (mc, _) = await HeldAsync("Withdrawn");
        using var lead = await SignedInAsync("Lena Lead");
        var form = await lead.ReadAsync($"{mc}/lead/notes");
        await lead.SubmitAsync($"{mc}/lead/withdraw", [], "Withdraw Withdrawn");

        using var refused = await lead.SubmitAsync(form, new() { [Session] = "Too late." });
        var page = await Browsing.ParseAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("is withdrawn", page.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("Too late.", Field(page, Session));
        Assert.Null((await lead.ReadAsync($"{mc}/lead/notes")).QuerySelector("main form"));
    }

    [Fact]
    public async Task Notes_OfATopicThatWasTakenOut_AreRefusedAndKept()
    {
        var (mc, topics) = await HeldAsync("Shrinking");
        using var lead = await SignedInAsync("Lena Lead");
        var form = await lead.ReadAsync($"{mc}/lead/notes");
        await using (var db = site.OpenDatabase())
        {
            (await db.Topics.SingleAsync(t => t.Id == topics[1], Stop)).Withdraw();
            await db.SaveChangesAsync(Stop);
        }

        using var refused = await lead.SubmitAsync(form, new() { [SecondTopic] = "What we said." });
        var page = await Browsing.ParseAsync(refused);
        using var others = await lead.SubmitAsync(form, new() { [FirstTopic] = "Still there." });

        Assert.Equal((HttpStatusCode.BadRequest, "What we said."), (refused.StatusCode, Field(page, SecondTopic)));
        Assert.Equal(HttpStatusCode.Redirect, others.StatusCode);
        Assert.Equal(["Still there."], await TextsAsync(mc));
    }

    [Fact]
    public async Task Pages_WithOneAndWith30Topics_AskTheSameNumberOfStatements()
    {
        var few = await site.Given.MicroconferenceAsync(
            "One topic",
            leads: ["Lena Lead"],
            topics: ["T"],
            speakers: ["Suse Speaker"]
        );
        var many = await site.Given.MicroconferenceAsync(
            "30 topics",
            leads: ["Lena Lead"],
            topics: [.. Enumerable.Range(0, 30).Select(i => $"T{i}")],
            speakers: ["Suse Speaker"]
        );
        using var lead = await SignedInAsync("Lena Lead");
        foreach (var mc in new[] { few, many })
        {
            var form = await lead.ReadAsync($"{mc.Path}/lead/notes");
            await lead.SubmitAsync(
                form,
                form.QuerySelectorAll("main textarea")
                    .ToDictionary(area => area.GetAttribute("name")!, _ => "Said.", StringComparer.Ordinal)
            );
        }

        foreach (var page in new[] { "", ".json", "/lead/notes", "/lead/renew" })
        {
            Assert.Equal(await StatementsAsync(lead, few.Path + page), await StatementsAsync(lead, many.Path + page));
        }
    }

    [Fact]
    public async Task List_OfAllMicroconferences_AsksNothingOfNotes()
    {
        var (mc, _) = await HeldAsync("Untouched");
        await WriteAsync(mc, "Session", "Outcome");
        await site.ReadAsync("/2022/mc");
        site.ForgetPages();
        site.Statements.Clear();

        await site.ReadAsync("/2022/mc");

        Assert.NotEmpty(site.Statements.Texts);
        Assert.DoesNotContain(site.Statements.Texts, text => text.Contains("notes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Address_ThatChanges_GivesNotesTheirAnchorsAnew()
    {
        var (mc, _) = await HeldAsync("Old name");
        await WriteAsync(mc, "# Said", "# Done");
        using var lead = await SignedInAsync("Lena Lead");

        await lead.SubmitAsync($"{mc}/lead/address", new() { ["Input.Slug"] = "new-name" });
        var page = await site.ReadAsync("/2022/mc/new-name");

        Assert.Equal(
            ["new-name--outcome--done", "new-name--notes--said"],
            page.QuerySelectorAll(":is(#outcome, #notes) + .prose [id]").Select(e => e.Id)
        );
    }

    [Fact]
    public async Task Rerender_AfterTheRendererChanged_MakesNotesAnewOnce()
    {
        var (mc, topics) = await HeldAsync("Rerendered");
        using var lead = await SignedInAsync("Lena Lead");
        await lead.SubmitAsync($"{mc}/lead/notes", new() { [Session] = "# One", [FirstTopic] = "# Two" });
        await using var db = site.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(
            "UPDATE notes SET text_html = '', text_renderer_version = 0 WHERE text_source IN ('# One', '# Two')",
            Stop
        );

        var (_, _, others) = await new RevisionRendering(db, new MarkdownRenderer()).RunAsync(null, Stop);
        var (_, _, none) = await new RevisionRendering(db, new MarkdownRenderer()).RunAsync(null, Stop);

        Assert.Equal((2, 0), (others, none));
        Assert.Equal(
            ["rerendered--notes--one", $"rerendered--notes-{topics[0]}--two"],
            (
                await db
                    .Notes.Where(n => n.Text.Source == "# One" || n.Text.Source == "# Two")
                    .OrderBy(n => n.Text.Source)
                    .Select(n => n.Text.Html)
                    .ToListAsync(Stop)
            ).Select(html => html.Split("id=\"")[1].Split('"')[0])
        );
    }

    [Fact]
    public async Task Folder_ThatIsExportedAndImportedElsewhere_BringsNotesAlongAndSilenceTakesNoneAway()
    {
        var held = await site.Given.MicroconferenceAsync(
            "Carried",
            conference: "carried",
            leads: ["Lena Lead"],
            topics: ["Pin", "Pan"]
        );
        using var lead = await SignedInAsync("Lena Lead");
        await lead.SubmitAsync(
            $"{held.Path}/lead/notes",
            new()
            {
                [Outcome] = "Much\n\ncame of it.",
                [Session] = "Said.",
                [SecondTopic] = "Of Pan.",
            }
        );
        await using var scope = site.Services.CreateAsyncScope();
        var folder = (await scope.ServiceProvider.GetRequiredService<ConferenceExport>().ReadAsync("carried", Stop))!;
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ConferenceExport.Save(path, folder);
            var import = scope.ServiceProvider.GetRequiredService<ConferenceImport>();
            var same = await import.ImportAsync(path, null, Stop);
            var file = Path.Combine(path, "carried.md");
            var text = await File.ReadAllTextAsync(file, Stop);
            await File.WriteAllTextAsync(
                file,
                text.Replace("notes: Said.\n", "", StringComparison.Ordinal)
                    .Replace("Of Pan.", "Of Pan, more.", StringComparison.Ordinal),
                Stop
            );
            var changed = await import.ImportAsync(path, null, Stop);

            Assert.Contains("outcome: |", text, StringComparison.Ordinal);
            Assert.Equal((0, 1), (same.Updated, changed.Updated));
            Assert.Equal(["Much\n\ncame of it.", "Of Pan, more.", "Said."], await TextsAsync(held.Path));
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    [Fact]
    public async Task Notes_OfSomebodyWhoIsMerged_AreTheOthers()
    {
        var (mc, _) = await HeldAsync("Merged", "Nora Old");
        using var old = await SignedInAsync("Nora Old");
        await old.SubmitAsync($"{mc}/lead/notes", new() { [Session] = "Hers by Nora." });
        await site.Given.PersonAsync("Nora New");

        await using var scope = site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<PersonMerge>()
            .MergeAsync("nora-new", "nora-old", "people merge", by: null, Stop);

        await using var db = site.OpenDatabase();
        Assert.Equal(
            "Nora New",
            await db.Notes.Where(n => n.Text.Source == "Hers by Nora.").Select(n => n.By!.Name).SingleAsync(Stop)
        );
        Assert.Contains(
            "Hers by Nora.",
            await (await old.GetAsync("/account/export?handler=File")).Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
    }

    private async Task<(string Path, IReadOnlyList<int> Topics)> HeldAsync(string title, params string[] leads)
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            leads: [.. leads, "Lena Lead", "Juri Lead"],
            topics: ["Pin", "Pan"]
        );
        await using var db = site.OpenDatabase();
        var topics = await db
            .Topics.Where(t => t.MicroconferenceId == mc.Id)
            .OrderBy(t => t.Position)
            .Include(t => t.Speakers)
            .ToListAsync(Stop);
        topics[0]
            .SpokenBy(
                [
                    await db.People.FirstOrDefaultAsync(p => p.Name == "Suse Speaker", Stop)
                        ?? new Person("Suse Speaker", "suse-speaker"),
                ],
                0,
                null
            );
        await db.SaveChangesAsync(Stop);
        return (mc.Path, [.. topics.Select(t => t.Id)]);
    }

    private async Task WriteAsync(string mc, string session, string outcome)
    {
        using var lead = await SignedInAsync("Lena Lead");
        using var saved = await lead.SubmitAsync(
            $"{mc}/lead/notes",
            new() { [Session] = session, [Outcome] = outcome }
        );
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    private static string Field(AngleSharp.Dom.IDocument page, string name) =>
        ((AngleSharp.Html.Dom.IHtmlTextAreaElement)page.QuerySelector($"textarea[name='{name}']")!).Value;

    private static string Slug(string path) => path.Split('/')[^1];

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<List<string>> TextsAsync(string mc)
    {
        await using var db = site.OpenDatabase();
        var id = await db.Microconferences.Where(m => m.Slug == Slug(mc)).Select(m => m.Id).SingleAsync(Stop);
        var texts = await db.Notes.Of(id, db).Select(n => n.Text.Source).ToListAsync(Stop);
        return [.. texts.Order(StringComparer.Ordinal)];
    }

    private async Task<int> AuditAsync(string mc)
    {
        await using var db = site.OpenDatabase();
        return await db.AuditEntries.CountAsync(e => e.Subject == mc && e.Verb == "wrote notes", Stop);
    }

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.ReadAsync(path));
    }
}
