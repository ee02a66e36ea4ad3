using LpcSite.Data;
using LpcSite.Exports.Folder;
using LpcSite.Imports;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.People.Merging;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Imports;

/// <summary>
/// Importing brings what the folder says, all of it or nothing, and writes nothing that has not changed.
/// </summary>
public sealed class ConferenceImportTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_GoldenFolderTwice_ChangesNothingAndExportsTheSameBytes()
    {
        using var folder = FolderOnDisk.Golden();
        var first = await ImportAsync(folder);
        Assert.Equal(
            "Imported Fitters 2031: 9 microconferences (9 new), 11 leads, 18 topics, 2 key attendees, 3 sponsor tiers.",
            first.ToString()
        );
        var before = await RowsAsync("2031");

        site.Clock.AdvanceHours(1);
        Assert.Equal(
            "Imported Fitters 2031: 9 microconferences (9 unchanged), 11 leads, 18 topics, 2 key attendees, 3 "
                + "sponsor tiers.",
            (await ImportAsync(folder)).ToString()
        );
        Assert.Equal(before, await RowsAsync("2031"));

        using var target = new Target();
        await using var db = site.OpenDatabase();
        ConferenceExport.Save(target.Path, (await new ConferenceExport(db).ReadAsync("2031", Stop))!);
        Assert.Equal(FolderOnDisk.Files(folder.Path), FolderOnDisk.Files(target.Path));
    }

    [Fact]
    public async Task Import_NewText_AddsOneRevisionWhereItChanged()
    {
        using var folder = Folder("one-text")
            .Replace("conference.yaml", "- bends", "- bends\n- taps")
            .With(
                "taps.md",
                FolderOnDisk
                    .Bends.Replace("Bends", "Taps", StringComparison.Ordinal)
                    .Replace("bends", "taps", StringComparison.Ordinal)
            );
        await ImportAsync(folder);
        var imported = site.Clock.GetCurrentInstant();
        site.Clock.AdvanceHours(1);
        folder.Replace("bends.md", "About bends.", "About *better* bends.");
        Assert.Equal((0, 1, 1), Counts(await ImportAsync(folder)));

        await using var db = site.OpenDatabase();
        var microconferences = await db
            .Microconferences.Include(m => m.Revisions)
            .Where(m => m.Conference.Slug == "one-text")
            .OrderBy(m => m.Slug)
            .ToListAsync(Stop);
        Assert.Equal([2, 1], microconferences.Select(m => m.RevisionNumber));
        Assert.Equal([site.Clock.GetCurrentInstant(), imported], microconferences.Select(m => m.RevisedAt));
        Assert.Equal(
            "<p>About <em>better</em> bends.</p>",
            microconferences[0].Revisions.Single(r => r.Number == 2).Description.Html
        );
        var audit = await db.AuditEntries.SingleAsync(
            e => e.Verb == "updated" && e.Subject == "/one-text/mc/bends",
            Stop
        );
        Assert.Equal(("import", """{"revision": 1}""", """{"revision": 2}"""), (audit.Via, audit.Before, audit.After));
    }

    [Fact]
    public async Task Import_TopicsRenamedRemovedAndReturned_KeepTheirRows()
    {
        using var folder = Folder("topics")
            .Replace("bends.md", "status: proposed", "status: proposed\ntopics:\n- title: A\n- title: B\n- title: C");
        await ImportAsync(folder);
        var first = await TopicsAsync("topics");

        // B goes, C moves up, D comes, and A has a new title at its old place.
        folder.Replace("bends.md", "- title: A\n- title: B\n- title: C", "- title: A, anew\n- title: C\n- title: D");
        await ImportAsync(folder);
        var second = await TopicsAsync("topics");
        Assert.Equal(
            [
                (first[0].Id, "A, anew", TopicStatus.Suggested),
                (first[2].Id, "C", TopicStatus.Suggested),
                (second[2].Id, "D", TopicStatus.Suggested),
                (first[1].Id, "B", TopicStatus.Withdrawn),
            ],
            second
        );

        folder.Replace("bends.md", "- title: D", "- title: D\n- title: B");
        await ImportAsync(folder);
        Assert.Equal((first[1].Id, "B", TopicStatus.Suggested), (await TopicsAsync("topics"))[3]);
    }

    [Fact]
    public async Task Import_TopicThatOthersSubmitted_IsLeftAlone()
    {
        using var folder = Folder("submitted")
            .Replace("bends.md", "status: proposed", "status: proposed\ntopics:\n- title: A\n- title: B");
        await ImportAsync(folder);
        await using var db = site.OpenDatabase();
        await db
            .Topics.Where(t =>
                t.Title == "B"
                && db.Microconferences.Any(m => m.Id == t.MicroconferenceId && m.Conference.Slug == "submitted")
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(t => t.Status, TopicStatus.Submitted)
                        .SetProperty(t => t.SubmitterId, db.People.Min(p => p.Id)),
                Stop
            );
        folder.Replace("bends.md", "- title: A\n- title: B", "- title: A");
        Assert.Equal((0, 0, 1), Counts(await ImportAsync(folder)));
        Assert.Equal(
            [TopicStatus.Suggested, TopicStatus.Submitted],
            (await TopicsAsync("submitted")).Select(t => t.Status)
        );
    }

    [Fact]
    public async Task Import_ProblemOnlyTheDatabaseKnows_LeavesNothing()
    {
        using var folder = Folder("refused")
            .Replace("bends.md", "status: proposed", "status: merged\nmerged_into: taps")
            .Replace("bends.md", "Ann Arbor", "Nobody Yet");
        var refused = await Assert.ThrowsAsync<OperatorException>(() => ImportAsync(folder));
        Assert.Equal(
            "bends.md:5: There is no microconference 'taps'.\nNothing was imported: 1 problem.",
            refused.Message
        );
        await AssertNothingOfAsync("refused", "nobody-yet");
    }

    [Fact]
    public async Task Import_FailsInTheMiddle_LeavesNothing()
    {
        using var folder = Folder("halfway").Replace("bends.md", "Ann Arbor", "Half Way");
        await using (var db = site.OpenDatabase())
        {
            // The last thing an import writes.
            await db.Database.ExecuteSqlRawAsync(
                "ALTER TABLE audit_entries ADD CONSTRAINT ck_test CHECK (subject <> '/halfway/mc/bends')",
                Stop
            );
        }

        var refused = await Assert.ThrowsAsync<OperatorException>(() => ImportAsync(folder));
        Assert.StartsWith(
            "Nothing was imported: the database refused it (ck_test: ",
            refused.Message,
            StringComparison.Ordinal
        );
        await AssertNothingOfAsync("halfway", "half-way");
    }

    [Fact]
    public async Task Import_SeveralProblems_TellsAllOfThem()
    {
        using var folder = Folder("several")
            .Replace("bends.md", "title: Bends\n", "")
            .Replace("bends.md", "proposed", "open");
        var refused = await Assert.ThrowsAsync<OperatorException>(() => ImportAsync(folder));
        Assert.Equal(3, refused.Message.Split('\n').Length);
        Assert.EndsWith("Nothing was imported: 2 problems.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_DraftWithoutText_StaysADraft()
    {
        using var folder = Folder("draft")
            .Replace("bends.md", "status: proposed", "status: draft")
            .Replace("bends.md", "About bends.", "");
        await ImportAsync(folder);
        await using var db = site.OpenDatabase();
        var draft = await db.Microconferences.SingleAsync(m => m.Conference.Slug == "draft", Stop);
        Assert.Equal((MicroconferenceStatus.Draft, 1), (draft.Status, draft.RevisionNumber));
    }

    [Fact]
    public async Task Import_MergedLater_NamesTheOneItWentInto()
    {
        using var folder = Folder("merged")
            .Replace("conference.yaml", "- bends", "- bends\n- taps")
            .With(
                "taps.md",
                FolderOnDisk
                    .Bends.Replace("Bends", "Taps", StringComparison.Ordinal)
                    .Replace("bends", "taps", StringComparison.Ordinal)
            );
        await ImportAsync(folder);
        folder.Replace("bends.md", "status: proposed", "status: merged\nmerged_into: taps");
        Assert.Equal((0, 1, 1), Counts(await ImportAsync(folder)));
        await using var db = site.OpenDatabase();
        Assert.Equal(
            "taps",
            await db
                .Microconferences.Where(m => m.Conference.Slug == "merged" && m.Slug == "bends")
                .Select(m => m.MergedInto!.Slug)
                .SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Import_WithdrawnWithNewText_IsRefusedAndWithNewStatusTaken()
    {
        using var folder = Folder("withdrawn").Replace("bends.md", "status: proposed", "status: withdrawn");
        await ImportAsync(folder);
        folder.Replace("bends.md", "About bends.", "More.");
        var refused = await Assert.ThrowsAsync<OperatorException>(() => ImportAsync(folder));
        Assert.Equal(
            "bends.md:4: This microconference was withdrawn; its text can change only with its status.\nNothing was "
                + "imported: 1 problem.",
            refused.Message
        );
        folder.Replace("bends.md", "status: withdrawn", "status: proposed");
        Assert.Equal((0, 1, 0), Counts(await ImportAsync(folder)));
    }

    [Fact]
    public async Task Import_MicroconferenceNoLongerListed_StaysAndIsTold()
    {
        using var folder = Folder("fewer")
            .Replace("conference.yaml", "- bends", "- bends\n- taps")
            .With(
                "taps.md",
                FolderOnDisk
                    .Bends.Replace("Bends", "Taps", StringComparison.Ordinal)
                    .Replace("bends", "taps", StringComparison.Ordinal)
            );
        await ImportAsync(folder);
        folder.Replace("conference.yaml", "- bends\n- taps", "- bends").Without("taps.md");
        Assert.Equal(["taps"], (await ImportAsync(folder)).Untouched);
        await using var db = site.OpenDatabase();
        Assert.Equal(2, await db.Microconferences.CountAsync(m => m.Conference.Slug == "fewer", Stop));
    }

    [Fact]
    public async Task Import_SlotsThatChangePlaces_KeepTheirRows()
    {
        const string Grid = """
            - taps
            rooms: [{name: Hall}, {name: Cellar}]
            slots:
            - {microconference: bends, starts: 2031-05-05 10:00, ends: 2031-05-05 13:30, room: Hall}
            - {microconference: taps, starts: 2031-05-05 10:00, ends: 2031-05-05 13:30, room: Cellar}
            """;
        using var folder = Folder("grid")
            .Replace("conference.yaml", "- bends", $"- bends\n{Grid}")
            .With(
                "taps.md",
                FolderOnDisk
                    .Bends.Replace("Bends", "Taps", StringComparison.Ordinal)
                    .Replace("bends", "taps", StringComparison.Ordinal)
            );
        await ImportAsync(folder);
        var before = await SlotsAsync();
        folder
            .Replace("conference.yaml", "room: Hall", "room: Attic")
            .Replace("conference.yaml", "room: Cellar", "room: Hall")
            .Replace("conference.yaml", "room: Attic", "room: Cellar");
        await ImportAsync(folder);
        Assert.Equal([(before[0].Id, "bends", "Cellar"), (before[1].Id, "taps", "Hall")], await SlotsAsync());

        // What conference.yaml does not mention stays.
        folder.With(
            "conference.yaml",
            FolderOnDisk.Conference.Replace("slug: pipes", "slug: grid", StringComparison.Ordinal) + "\n- taps"
        );
        Assert.Equal((0, 0, 2), Counts(await ImportAsync(folder)));
        Assert.Equal(2, (await SlotsAsync()).Count);

        async Task<List<(int Id, string Slug, string Room)>> SlotsAsync()
        {
            await using var db = site.OpenDatabase();
            var slots = await db
                .Slots.Where(s => s.Microconference!.Conference.Slug == "grid")
                .OrderBy(s => s.Microconference!.Slug)
                .Select(s => new
                {
                    s.Id,
                    s.Microconference!.Slug,
                    s.Room!.Name,
                })
                .ToListAsync(Stop);
            return [.. slots.Select(s => (s.Id, s.Slug, s.Name))];
        }
    }

    [Fact]
    public async Task Import_OfASession_ReplacesWhatIsArrangedAndGoesAlongWithItsSlot()
    {
        using var folder = Folder("arranged")
            .Replace(
                "conference.yaml",
                "- bends",
                "- bends\nrooms: [{name: Hall}]\nslots:\n- {microconference: bends, starts: 2031-05-05 10:00, ends: "
                    + "2031-05-05 13:30, room: Hall}"
            )
            .Replace(
                "bends.md",
                "status: proposed",
                "status: proposed\ntopics:\n- title: A\n- title: B\nsession:\n- topic: A\n  minutes: 150\n- topic: "
                    + "B\n  minutes: 60"
            );
        await ImportAsync(folder);
        Assert.Equal((0, 0, 1), Counts(await ImportAsync(folder)));
        Assert.Equal([("A", 0, 150), ("B", 150, 60)], await ItemsAsync());

        folder.Replace("conference.yaml", "ends: 2031-05-05 13:30", "ends: 2031-05-05 11:30");
        var refused = await Assert.ThrowsAsync<OperatorException>(() => ImportAsync(folder));
        Assert.Equal(
            "bends.md:9: The session takes 210 minutes, and its slot has 90.\nNothing was imported: 1 problem.",
            refused.Message
        );

        folder.Replace(
            "bends.md",
            "- topic: A\n  minutes: 150\n- topic: B\n  minutes: 60",
            "- topic: B\n  minutes: 30\n- topic: A\n  minutes: 45\n  gap: 15"
        );
        Assert.Equal((0, 1, 0), Counts(await ImportAsync(folder)));
        Assert.Equal([("B", 0, 30), ("A", 45, 45)], await ItemsAsync());

        // A session of which the folder says nothing stays.
        folder.Replace("bends.md", "\nsession:\n- topic: B\n  minutes: 30\n- topic: A\n  minutes: 45\n  gap: 15", "");
        Assert.Equal((0, 0, 1), Counts(await ImportAsync(folder)));
        Assert.Equal(2, (await ItemsAsync()).Count);

        async Task<List<(string Title, int StartsAfter, int Minutes)>> ItemsAsync()
        {
            await using var db = site.OpenDatabase();
            var items = await db
                .SessionItems.Where(i => i.Slot!.Microconference!.Conference.Slug == "arranged")
                .OrderBy(i => i.StartsAfter)
                .Select(i => new
                {
                    i.Topic!.Title,
                    i.StartsAfter,
                    i.Minutes,
                })
                .ToListAsync(Stop);
            return items.ConvertAll(i => (i.Title, i.StartsAfter, i.Minutes));
        }
    }

    [Fact]
    public async Task Import_SponsorsLogoChanges_ReplacesIt()
    {
        var png = File.ReadAllBytes(Path.Combine(FolderOnDisk.GoldenPath, "logos", "tin-copper.png"));
        using var folder = Folder("logo-change")
            .With("a.png", png)
            .With("b.png", [.. png, 0])
            .Replace(
                "conference.yaml",
                "- bends",
                "- bends\nsponsor_tiers:\n- title: Gold\n  sponsors:\n  - name: Tin\n    logo: a.png\n- title: "
                    + "Tea\n  sponsors:\n  - name: Zinc"
            );
        await ImportAsync(folder);
        folder
            .Replace("conference.yaml", "a.png", "b.png")
            .Replace("conference.yaml", "- title: Tea\n  sponsors:\n  - name: Zinc\n", "");
        await ImportAsync(folder);
        await using var db = site.OpenDatabase();
        var sponsors = await db
            .Sponsors.Where(s => db.Conferences.Any(c => c.Id == s.ConferenceId && c.Slug == "logo-change"))
            .OrderBy(s => s.Name)
            .Include(s => s.Logo)
            .ToListAsync(Stop);
        Assert.Equal(
            [("Tin", (int?)(png.Length + 1)), ("Zinc", null)],
            sponsors.Select(s => (s.Name, s.Logo?.Bytes.Length))
        );
        Assert.Equal(
            ["Gold"],
            await db
                .SponsorTiers.Where(t => db.Conferences.Any(c => c.Id == t.ConferenceId && c.Slug == "logo-change"))
                .Select(t => t.Title)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Import_NameOfTwoPeople_AsksWhich()
    {
        await using (var db = site.OpenDatabase())
        {
            db.AddRange(
                new Person("Sam Smith", "sam-smith", isVouchedFor: true),
                new Person("sam  SMITH", "sam-smith-2", isVouchedFor: true)
            );
            await db.SaveChangesAsync(Stop);
        }

        using var folder = Folder("smiths").Replace("bends.md", "Ann Arbor", "Sam Smith");
        var refused = await Assert.ThrowsAsync<OperatorException>(() => ImportAsync(folder));
        Assert.Equal(
            "bends.md:6: 'Sam Smith' may mean sam-smith or sam-smith-2; write 'Sam Smith <sam-smith>' for the first "
                + "of them.\nNothing was imported: 1 problem.",
            refused.Message
        );

        folder.Replace("bends.md", "Sam Smith", "Sam Smith <sam-smith-2>");
        await ImportAsync(folder);
        await using var after = site.OpenDatabase();
        Assert.Equal(
            "sam-smith-2",
            await after
                .Leads.Where(l =>
                    after.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.Conference.Slug == "smiths")
                )
                .Select(l => l.Person.Slug)
                .SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Import_ThreeSpellingsThatWereMerged_AreOnePerson()
    {
        using var folder = Folder("spellings")
            .Replace(
                "bends.md",
                "- Ann Arbor",
                "- Moerk Roehm\n- Mörk Roehm\nkey_attendees:\n- Mörk Röhm\n- Ann Arbor"
            );
        await ImportAsync(folder);
        await MergeAsync("moerk-roehm", "mork-roehm");
        await MergeAsync("moerk-roehm", "mork-rohm");

        var summary = await ImportAsync(folder);
        Assert.Equal((0, 0), (summary.People, summary.Updated));
        await using var db = site.OpenDatabase();
        var bends = await db
            .Microconferences.Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .Include(m => m.KeyAttendees)
                .ThenInclude(k => k.Person)
            .SingleAsync(m => m.Conference.Slug == "spellings", Stop);
        Assert.Equal(["moerk-roehm"], bends.Leads.Select(l => l.Person.Slug));
        Assert.Equal(
            ["moerk-roehm", "ann-arbor"],
            bends.KeyAttendees.OrderBy(k => k.Position).Select(k => k.Person.Slug)
        );

        async Task MergeAsync(string kept, string other)
        {
            await using var merging = site.OpenDatabase();
            await new PersonMerge(merging, site.Clock).MergeAsync(kept, other, "test", by: null, Stop);
        }
    }

    [Fact]
    public async Task Import_MoreMicroconferences_ReadsWithTheSameNumberOfStatements()
    {
        using var folder = Folder("many")
            .Replace(
                "bends.md",
                "status: proposed",
                "status: proposed\nkey_attendees: [Bo]\nreferences: [{label: a, url: b}]\ntopics: [{title: A, "
                    + "speakers: [Bo]}]"
            );
        await ImportAsync(folder);
        var one = await CountAsync();
        folder.With(
            "conference.yaml",
            FolderOnDisk.Conference.Replace("slug: pipes", "slug: many", StringComparison.Ordinal)
        );
        for (var i = 0; i < 30; i++)
        {
            folder
                .Replace("conference.yaml", "- bends\n", $"- bends\n- mc{i}\n")
                .With(
                    $"mc{i}.md",
                    FolderOnDisk
                        .Bends.Replace(
                            "slug: bends",
                            $"slug: mc{i}\ntopics: [{{title: A, speakers: [Speaker {i}]}}, {{title: B}}]",
                            StringComparison.Ordinal
                        )
                        .Replace("Ann Arbor", $"Lead {i}", StringComparison.Ordinal)
                );
        }

        await ImportAsync(folder);
        Assert.Equal(one, await CountAsync());

        async Task<int> CountAsync()
        {
            var statements = new SqlStatements();
            var options = LpcDbContextFactory
                .Configure(new DbContextOptionsBuilder<LpcDbContext>(), site.ConnectionString)
                .AddInterceptors(statements);
            await using var db = new LpcDbContext((DbContextOptions<LpcDbContext>)options.Options);
            Assert.Equal(
                0,
                (
                    await new ConferenceImport(db, new MarkdownRenderer(), site.Clock).ImportAsync(
                        folder.Path,
                        null,
                        Stop
                    )
                ).Updated
            );
            return statements.Texts.Count;
        }
    }

    private static FolderOnDisk Folder(string slug) =>
        FolderOnDisk.Small().Replace("conference.yaml", "slug: pipes", $"slug: {slug}");

    private static (int Created, int Updated, int Unchanged) Counts(ImportSummary summary) =>
        (summary.Created, summary.Updated, summary.Unchanged);

    private async Task<ImportSummary> ImportAsync(FolderOnDisk folder)
    {
        await using var db = site.OpenDatabase();
        return await new ConferenceImport(db, new MarkdownRenderer(), site.Clock).ImportAsync(folder.Path, null, Stop);
    }

    private async Task<List<(int Id, string Title, TopicStatus Status)>> TopicsAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        var topics = await db
            .Topics.Where(t =>
                db.Microconferences.Any(m => m.Id == t.MicroconferenceId && m.Conference.Slug == conference)
            )
            .ToListAsync(Stop);
        return
        [
            .. topics
                .OrderBy(t => t.Status is TopicStatus.Withdrawn)
                .ThenBy(t => t.Position)
                .Select(t => (t.Id, t.Title, t.Status)),
        ];
    }

    // How much there is, and when it last changed.
    private async Task<(int, int, int, Instant, uint)> RowsAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        var microconferences = await db.Microconferences.Where(m => m.Conference.Slug == conference).ToListAsync(Stop);
        return (
            await db.AuditEntries.CountAsync(e => e.Subject.StartsWith($"/{conference}"), Stop),
            await db.Revisions.CountAsync(
                r => db.Microconferences.Any(m => m.Id == r.MicroconferenceId && m.Conference.Slug == conference),
                Stop
            ),
            await db.People.CountAsync(Stop),
            microconferences.Max(m => m.RevisedAt),
            microconferences.Max(m => m.RowVersion)
        );
    }

    private async Task AssertNothingOfAsync(string conference, string person)
    {
        await using var db = site.OpenDatabase();
        Assert.False(await db.Conferences.AnyAsync(c => c.Slug == conference, Stop));
        Assert.False(await db.People.AnyAsync(p => p.Slug == person, Stop));
        Assert.False(await db.AuditEntries.AnyAsync(e => e.Subject.StartsWith($"/{conference}"), Stop));
    }

    // A folder that does not exist yet.
    private sealed class Target : IDisposable
    {
        public string Path { get; } =
            System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
