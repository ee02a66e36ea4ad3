using FsCheck;
using FsCheck.Fluent;
using LpcSite.Exports.Folder;
using LpcSite.Imports;
using LpcSite.Imports.Folder;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Imports;

/// <summary>
/// Whatever was imported before: a folder leaves what it says, at once, and what it cannot leave it refuses by file and
/// line.
/// </summary>
public sealed class ConvergingImportTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Slots = """
        - bends
        rooms: [{name: Hall}]
        slots:
        - {microconference: bends, starts: 2031-05-05 10:00, ends: 2031-05-05 13:30, room: Hall}
        - {microconference: bends, starts: 2031-05-06 10:00, ends: 2031-05-06 11:30, room: Hall}
        """;

    private const string Session = """
        status: proposed
        topics:
        - title: A
        - title: B
        session:
        - topic: A
          minutes: 90
        - break: Coffee
          minutes: 30
          gap: 90
        - topic: B
          minutes: 60
          part: 2
        """;

    private int _number;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Slots, "- bends\nrooms: [{name: Hall}]\nslots: []")]
    [InlineData(Slots, "- bends\nrooms: []\nslots: []")]
    [InlineData(
        Slots,
        "- bends\nrooms: [{name: Attic}, {name: Hall}]\nslots:\n- {microconference: bends, starts: 2031-05-07 "
            + "10:00, ends: 2031-05-07 18:00, room: Attic}"
    )]
    [InlineData(
        Slots,
        Slots + "\n- {kind: plenary, title: Opening, starts: 2031-05-05 09:00, ends: 2031-05-05 10:00, room: Hall}"
    )]
    public async Task Import_OfASessionWhoseSlotsWentAndCameBack_GivesWhatTheFirstImportGave(
        string first,
        string between
    )
    {
        // With fewer slots there is no second part.
        var arranged =
            between.Split("microconference: bends").Length > 2
                ? Session
                : Session.Replace("\n  part: 2", "", StringComparison.Ordinal);
        using var folder = Folder($"gone-{between.Length}")
            .Replace("conference.yaml", "- bends", first)
            .Replace("bends.md", "status: proposed", Session);
        await ImportAsync(folder);
        var expected = await ExportAsync(folder);
        folder.Replace("conference.yaml", first, between).Replace("bends.md", Session, arranged);
        await ImportAsync(folder);

        folder.Replace("conference.yaml", between, first).Replace("bends.md", arranged, Session);
        await ImportAsync(folder);

        Assert.Equal(expected, await ExportAsync(folder));
        Assert.Equal(0, (await ImportAsync(folder)).Updated);
    }

    [Fact]
    public async Task Import_OfASessionThatWaits_IsToldOncePartByPart()
    {
        using var folder = Folder("waits")
            .Replace("conference.yaml", "- bends", Slots)
            .Replace("bends.md", "status: proposed", Session);
        await ImportAsync(folder);
        folder
            .Replace("conference.yaml", Slots, "- bends\nrooms: [{name: Hall}]\nslots: []")
            .Replace("bends.md", Session, "status: proposed\ntopics:\n- title: A\n- title: B");
        await ImportAsync(folder);

        using var exported = await ExportedAsync("waits");

        Assert.Empty(exported.Problems());
        Assert.Equal(0, (await ImportAsync(exported)).Updated);
    }

    [Theory]
    [InlineData(
        "conference.yaml",
        "ends: 2031-05-05 13:30",
        "ends: 2031-05-05 11:00",
        "bends.md:9: Part 1 of the session takes 210 minutes, and its slot has 60."
    )]
    [InlineData("bends.md", "part: 2", "part: 3", "bends.md:9: The session has a part 3, and 2 slots.")]
    [InlineData(
        "bends.md",
        "part: 2",
        "part: 101",
        "bends.md:16: The key 'part' should be a whole number from 1 to 100, not '101'."
    )]
    [InlineData(
        "bends.md",
        "minutes: 60",
        "minutes: 241",
        "bends.md:15: The key 'minutes' should be a whole number from 1 to 240, not '241'."
    )]
    [InlineData(
        "bends.md",
        "- title: B",
        "- title: B\n  minutes: 241",
        "bends.md:8: The key 'minutes' should be a whole number from 1 to 240, not '241'."
    )]
    [InlineData("bends.md", "break: Coffee", "break: ' '", "bends.md:11: Say what this part of the session is.")]
    [InlineData(
        "bends.md",
        "leads:\n- Ann Arbor",
        "leads: []",
        "bends.md:17: A microconference has at least one lead."
    )]
    [InlineData(
        "conference.yaml",
        "rooms: [{name: Hall}]",
        "rooms: [{name: Hall}, {name: A room whose name is longer than any sign at its door}]",
        "conference.yaml:10: The key 'name' has 53 characters; at most 30 fit."
    )]
    [InlineData(
        "conference.yaml",
        "ends: 2031-05-05 13:30",
        "ends: 2031-05-06 10:01",
        "conference.yaml:12: A slot ends within a day of its start."
    )]
    [InlineData(
        "conference.yaml",
        "starts: 2031-05-05 10:00, ends: 2031-05-05 13:30",
        "starts: 2934-05-05 10:00, ends: 2934-05-05 13:30",
        "conference.yaml:12: Check the year: use one from 1970 to 2300."
    )]
    [InlineData(
        "conference.yaml",
        "starts: 2031-05-05 10:00, ends: 2031-05-05 13:30",
        "starts: 2034-05-05 10:00, ends: 2034-05-05 13:30",
        "conference.yaml:12: That is more than a year before or after the conference. Check the date."
    )]
    [InlineData(
        "conference.yaml",
        "ends_on: 2031-05-07",
        "ends_on: 2931-05-07",
        "conference.yaml:5: Check the year: use one from 1970 to 2300."
    )]
    [InlineData(
        "conference.yaml",
        "ends_on: 2031-05-07",
        "ends_on: 2131-05-07",
        "conference.yaml:5: A conference lasts at most 31 days. Check the dates."
    )]
    [InlineData(
        "conference.yaml",
        "rooms: [{name: Hall}]",
        "rooms: [{name: Hall, capacity: 100001}]",
        "conference.yaml:10: A room seats at most 100000 people."
    )]
    [InlineData(
        "conference.yaml",
        "rooms: [{name: Hall}]",
        "rooms: [{name: Hall}]\nhalf_days: [{name: A, starts: '10:00', ends: '12:00'}, {name: B, starts: '11:00', "
            + "ends: '13:00'}]",
        "conference.yaml:11: B and A are at the same time."
    )]
    [InlineData(
        "conference.yaml",
        "rooms: [{name: Hall}]",
        "rooms: [{name: Hall}]\nsponsor_tiers: [{title: Gold, logos: 1001}]",
        "conference.yaml:11: The key 'logos' should be a whole number from 0 to 1000, not '1001'."
    )]
    public void Read_OfWhatTheSiteCannotHold_IsRefusedByFileAndLine(
        string file,
        string text,
        string by,
        string expected
    )
    {
        using var folder = Folder("refused")
            .Replace("conference.yaml", "- bends", Slots)
            .Replace("bends.md", "status: proposed", Session)
            .Replace(file, text, by);

        Assert.Contains(expected, folder.Problems());
    }

    [Fact]
    public async Task Import_AgainstWhatStandsThere_IsRefusedByFileAndLine()
    {
        using var folder = Folder("stands")
            .Replace("conference.yaml", "- bends", Slots)
            .Replace("bends.md", "status: proposed", Session);
        await ImportAsync(folder);
        using var other = Folder("stands")
            .With(
                "taps.md",
                FolderOnDisk
                    .Bends.Replace("Bends", "Taps", StringComparison.Ordinal)
                    .Replace("bends", "taps", StringComparison.Ordinal)
            )
            .Replace("conference.yaml", "- bends", Slots.Replace("bends", "taps", StringComparison.Ordinal))
            .Without("bends.md");

        var taken = await RefusedAsync(other);
        await using (var db = site.OpenDatabase())
        {
            await db
                .Slots.Where(s => s.Microconference!.Conference.Slug == "stands")
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.IsLocked, true), Stop);
        }

        var moved = await RefusedAsync(
            folder.Replace("conference.yaml", "ends: 2031-05-05 13:30", "ends: 2031-05-05 14:00")
        );
        await using (var db = site.OpenDatabase())
        {
            await db
                .Conferences.Where(c => c.Slug == "stands")
                .ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.State, LpcSite.Conferences.ConferenceState.Archived),
                    Stop
                );
        }

        var archived = await RefusedAsync(
            folder.Replace("conference.yaml", "ends: 2031-05-05 14:00", "ends: 2031-05-05 13:30")
        );

        Assert.Equal(
            "conference.yaml:12: The room 'Hall' is taken at that time by 'bends', which this folder does not list.",
            taken[0]
        );
        Assert.Equal("conference.yaml:12: The slot of 'bends' is locked. Unlock it before you move it.", moved[0]);
        Assert.StartsWith("conference.yaml:1: Pipes is archived", archived[0], StringComparison.Ordinal);
    }

    // Two folders that speak of the same things of one conference, each with its own people, topics, rooms, slots and
    // sessions.
    [Fact]
    public async Task Import_OfAnyFolder_GivesTheSameWhateverWasImportedBefore()
    {
        foreach (var (one, other) in Gen.Two(SomeFolder()).Sample(12, 20))
        {
            var (again, fresh) = ($"again-{++_number}", $"fresh-{_number}");
            foreach (var folder in new[] { one, other, one })
            {
                await ImportAsync(folder with { Slug = again });
            }

            await ImportAsync(one with { Slug = fresh });

            Assert.Equal(await ExportAsync(fresh, "same"), await ExportAsync(again, "same"));
        }
    }

    private static Gen<ConferenceFolder> SomeFolder() =>
        from rooms in Gen.Elements<string[]>(["Hall"], ["Hall", "Attic"], ["Attic", "Cellar", "Hall"])
        from bends in SomeMicroconference("bends", "Bends")
        from taps in SomeMicroconference("taps", "Taps")
        from some in Gen.SubListOf<string>(["Closing", "Opening"])
        let titled = some.Prepend("Opening")
        let slots = SlotsOf(bends.Days, "bends", rooms[0])
            .Concat(SlotsOf(taps.Days, "taps", rooms[^1] == rooms[0] ? null : rooms[^1]))
            .Concat(
                titled.Select(
                    (title, i) =>
                        new ConferenceFolder.Slot(
                            null,
                            LpcSite.Scheduling.SlotKind.Plenary,
                            title,
                            At(2, 8 + i),
                            At(2, 9 + i),
                            rooms[0]
                        )
                )
            )
        from walking in Gen.Choose(6, 30)
        select new ConferenceFolder(
            "x",
            "Pipes",
            "P",
            new LocalDate(2031, 5, 5),
            new LocalDate(2031, 5, 7),
            DateTimeZone.Utc,
            "Dublin",
            [],
            [.. rooms.Select(room => new ConferenceFolder.Room(room, null))],
            [.. slots],
            null,
            [bends.Folder, taps.Folder],
            []
        )
        {
            HalfDays = [],
            WalkingMinutes = walking,
        };

    private static Gen<(ConferenceFolder.Microconference Folder, int Days)> SomeMicroconference(
        string slug,
        string title
    ) =>
        from days in Gen.Choose(0, 2)
        from titles in Gen.Shuffle(["A", "B", "C", "A"]).Select(all => all.Take(3).ToList())
        from leads in Gen.Elements<string[]>(["Ann Arbor"], ["Bo Bend", "Ann Arbor"])
        from text in Gen.Elements("One.", "Two.")
        from length in Gen.Elements(20, 45, 60)
        from gap in Gen.Elements(0, 15)
        let parts = titles
            .Select(
                (topic, i) =>
                    new ConferenceFolder.SessionPart(topic, null, false, length, gap, days == 2 && i == 2 ? 2 : 1)
            )
            .Append(new ConferenceFolder.SessionPart(null, "Coffee", true, 30, 0, days == 2 ? 2 : 1))
        select (
            new ConferenceFolder.Microconference(
                slug,
                title,
                MicroconferenceStatus.Proposed,
                null,
                null,
                [.. leads.Select(lead => new PersonName(lead, null))],
                [],
                null,
                [.. titles.Select(topic => new ConferenceFolder.Topic(topic, null, null, [], 0, null, "", [], []))],
                [],
                "",
                false,
                text
            )
            {
                Session = [.. parts],
            },
            days
        );

    private static IEnumerable<ConferenceFolder.Slot> SlotsOf(int days, string slug, string? room) =>
        Enumerable
            .Range(0, days)
            .Select(day => new ConferenceFolder.Slot(
                slug,
                LpcSite.Scheduling.SlotKind.Microconference,
                null,
                At(day, 10),
                At(day, 17),
                room
            ));

    private static Instant At(int day, int hour) => Instant.FromUtc(2031, 5, 5 + day, hour, 0);

    private static FolderOnDisk Folder(string slug) =>
        FolderOnDisk.Small().Replace("conference.yaml", "slug: pipes", $"slug: {slug}");

    private async Task<string[]> RefusedAsync(FolderOnDisk folder) =>
        (await Assert.ThrowsAsync<OperatorException>(() => ImportAsync(folder))).Message.Split('\n');

    private async Task<ImportSummary> ImportAsync(FolderOnDisk folder)
    {
        await using var db = site.OpenDatabase();
        return await new ConferenceImport(db, new MarkdownRenderer(), site.Clock).ImportAsync(folder.Path, null, Stop);
    }

    private async Task ImportAsync(ConferenceFolder conference)
    {
        using var folder = Written(conference);
        await ImportAsync(folder);
    }

    private static FolderOnDisk Written(ConferenceFolder conference)
    {
        var folder = FolderOnDisk.Small().Without("conference.yaml").Without("bends.md");
        foreach (var (path, bytes) in ConferenceFolderWriter.Write(conference))
        {
            folder.With(path, bytes);
        }

        return folder;
    }

    private async Task<FolderOnDisk> ExportedAsync(string slug)
    {
        await using var db = site.OpenDatabase();
        return Written((await new ConferenceExport(db).ReadAsync(slug, Stop))!);
    }

    private Task<SortedDictionary<string, string>> ExportAsync(FolderOnDisk folder) =>
        ExportAsync(folder.Read().Folder!.Slug, "same");

    private async Task<SortedDictionary<string, string>> ExportAsync(string slug, string called)
    {
        await using var db = site.OpenDatabase();
        using var folder = Written((await new ConferenceExport(db).ReadAsync(slug, Stop))! with { Slug = called });
        return FolderOnDisk.Files(folder.Path);
    }
}
