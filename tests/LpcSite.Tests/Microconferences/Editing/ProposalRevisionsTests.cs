using System.Text.Json;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Revisions;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Microconferences.Editing;

/// <summary>Saving keeps every text, tells what was done, and lets nobody overwrite what they have not seen.</summary>
public sealed class ProposalRevisionsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_NewText_MakesARevisionAndSaysWhoDidIt()
    {
        var id = (await site.Given.MicroconferenceAsync("Pipes", description: "Old")).Id;
        site.Clock.AdvanceHours(1);

        Assert.Equal(new SaveResult.Done(2), await SaveAsync(id, "Pipes", "New *text*\r\n", "", 1, "Rita"));

        await using var db = site.OpenDatabase();
        var revision = await db
            .Revisions.Include(r => r.Author)
            .SingleAsync(r => r.MicroconferenceId == id && r.Number == 2, Stop);
        var entry = await db.AuditEntries.Include(e => e.By).SingleAsync(e => e.MicroconferenceId == id, Stop);
        Assert.Equal(new MarkdownRenderer().Render("New *text*\n", "pipes"), revision.Description);
        Assert.Equal(
            ("Rita", "Changed the description", site.Clock.GetCurrentInstant()),
            (revision.Author!.Name, revision.Summary, revision.SavedAt)
        );
        Assert.Equal(
            ("Rita", "edit", "revised", "/2022/mc/pipes"),
            (entry.By!.Name, entry.Via, entry.Verb, entry.Subject)
        );
        Assert.Equal((1, 3), (Field(entry.Before, "revision"), Field(entry.Before, "description_length")));
        Assert.Equal((2, 11), (Field(entry.After, "revision"), Field(entry.After, "description_length")));
    }

    [Fact]
    public async Task Save_WhatIsThereAlready_MakesNothing()
    {
        var id = (await site.Given.MicroconferenceAsync("Still", description: "One\r\nTwo")).Id;

        Assert.IsType<SaveResult.Unchanged>(await SaveAsync(id, " Still ", "One\nTwo", "", 1));

        await using var db = site.OpenDatabase();
        Assert.Equal(
            (1, 0),
            (
                await db.Revisions.CountAsync(r => r.MicroconferenceId == id, Stop),
                await db.AuditEntries.CountAsync(e => e.MicroconferenceId == id, Stop)
            )
        );
    }

    [Fact]
    public async Task Save_AnotherTitleAlone_IsAuditedWithoutARevision()
    {
        var id = (await site.Given.MicroconferenceAsync("Before", description: "Text")).Id;

        Assert.Equal(new SaveResult.Done(1), await SaveAsync(id, "After", "Text", "", 1));

        await using var db = site.OpenDatabase();
        var entry = await db.AuditEntries.SingleAsync(e => e.MicroconferenceId == id, Stop);
        Assert.Equal("retitled", entry.Verb);
        Assert.Equal("After", (await db.Microconferences.SingleAsync(m => m.Id == id, Stop)).Title);
        Assert.Equal(1, await db.Revisions.CountAsync(r => r.MicroconferenceId == id, Stop));
    }

    [Fact]
    public async Task Save_BasedOnAnOlderRevision_OffersBothTextsBroughtTogether()
    {
        var id = (await site.Given.MicroconferenceAsync("Twice", description: "One\nTwo\nThree", results: "Old")).Id;
        await SaveAsync(id, "Twice", "One by A\nTwo\nThree", "By A", 1, "Anna");

        var conflict = Assert.IsType<SaveResult.Conflict>(
            await SaveAsync(id, "Twice, too", "One\nTwo\nThree by B", "By B", 1, "Bert")
        );

        Assert.Equal(
            (2, "Anna", new SaveResult.Titles("Twice", "Twice, too", "Twice")),
            (conflict.Number, conflict.By, conflict.Title)
        );
        Assert.Equal(
            ("One\nTwo\nThree", "One\nTwo\nThree by B", "One by A\nTwo\nThree"),
            (conflict.Description.Base, conflict.Description.Mine, conflict.Description.Theirs)
        );
        Assert.Equal(
            ("One by A\nTwo\nThree by B", false),
            (conflict.Description.Merged.Text, conflict.Description.Merged.HasConflicts)
        );
        Assert.Equal("<<<<<<< yours\nBy B\n=======\nBy A\n>>>>>>> saved meanwhile", conflict.Results.Merged.Text);
        Assert.Equal(
            new SaveResult.Done(3),
            await SaveAsync(id, "Twice", conflict.Description.Merged.Text, "Both", conflict.Number, "Bert")
        );
    }

    [Fact]
    public async Task Save_OfATextByWhoSawAnOlderTitle_KeepsTheNewerTitle()
    {
        var id = (await site.Given.MicroconferenceAsync("Begun", description: "Base")).Id;
        await SaveAsync(id, "Renamed", "Base", "", 1, "Anna");

        Assert.Equal(new SaveResult.Done(2), await SaveAsync(id, "Begun", "Text by B", "", 1, "Bert", shown: "Begun"));
        Assert.IsType<SaveResult.Unchanged>(await SaveAsync(id, "Begun", "Text by B", "", 2, "Bert", shown: "Begun"));

        await using var db = site.OpenDatabase();
        Assert.Equal("Renamed", (await db.Microconferences.SingleAsync(m => m.Id == id, Stop)).Title);
    }

    [Fact]
    public async Task Save_OfATitleThatAnotherChangedToo_GivesBothAndWhoseItIs()
    {
        var id = (await site.Given.MicroconferenceAsync("Contested", description: "Base")).Id;
        site.Clock.AdvanceHours(1);
        await SaveAsync(id, "By Anna", "Base", "", 1, "Anna");

        var conflict = Assert.IsType<SaveResult.Conflict>(
            await SaveAsync(id, "By Bert", "Base", "", 1, "Bert", shown: "Contested")
        );

        Assert.Equal(
            (1, "Anna", site.Clock.GetCurrentInstant(), new SaveResult.Titles("Contested", "By Bert", "By Anna")),
            (conflict.Number, conflict.By, conflict.SavedAt, conflict.Title)
        );
        Assert.Equal(("By Bert", true), (conflict.Title.Merged, conflict.Title.HasConflict));
        Assert.Equal(
            new SaveResult.Done(1),
            await SaveAsync(id, "By Bert", "Base", "", 1, "Bert", shown: conflict.Title.Theirs)
        );
    }

    [Fact]
    public async Task Save_OfTheSameTitleByBoth_IsNoConflict()
    {
        var id = (await site.Given.MicroconferenceAsync("Agreed", description: "Base")).Id;
        await SaveAsync(id, "Same", "Base", "", 1, "Anna");

        Assert.IsType<SaveResult.Unchanged>(await SaveAsync(id, "Same", "Base", "", 1, "Bert", shown: "Agreed"));
    }

    [Fact]
    public async Task Save_WithMarksOfAMergeInIt_IsRefused()
    {
        var id = (await site.Given.MicroconferenceAsync("Marked")).Id;
        var merged = TextMerge.Of("A", "Mine", "Theirs").Text;

        var refused = Assert.IsType<SaveResult.Refused>(
            await SaveAsync(
                id,
                "",
                merged,
                new string('x', MarkdownRenderer.MaxLength + 1),
                1,
                summary: new string('s', 201)
            )
        );

        Assert.Equal(["Title", "Description", "Results", "Summary"], refused.Problems.Select(p => p.Field));
        Assert.StartsWith(
            "The text still holds marks of a merge",
            refused.Problems[1].Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Save_ByManyAtOnce_LetsOneWinAndGivesTheOthersBothTexts()
    {
        var id = (await site.Given.MicroconferenceAsync("Raced", description: "Base")).Id;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => site.Given.PersonAsync($"Racer {i}")));
        using var ready = new Barrier(6);

        var saved = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    Task.Run(() =>
                        SaveAsync(id, "Raced", $"Text {i}", "", 1, $"Racer {i}", before: ready.SignalAndWait)
                    )
                )
        );

        Assert.Equal(new SaveResult.Done(2), Assert.Single(saved.OfType<SaveResult.Done>()));
        var winner = $"Text {Array.FindIndex(saved, s => s is SaveResult.Done)}";
        Assert.All(
            saved.OfType<SaveResult.Conflict>(),
            conflict =>
                Assert.Equal(
                    (2, winner, true),
                    (conflict.Number, conflict.Description.Theirs, conflict.Description.Merged.HasConflicts)
                )
        );
        Assert.Equal(
            5,
            saved
                .OfType<SaveResult.Conflict>()
                .Select(c => c.Description.Mine)
                .Where(mine => mine != winner)
                .Distinct()
                .Count()
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(
            winner,
            (await db.Revisions.SingleAsync(r => r.MicroconferenceId == id && r.Number == 2, Stop)).Description.Source
        );
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.MicroconferenceId == id, Stop));
    }

    [Fact]
    public async Task Save_WhileSomebodySavedAfterItWasLoaded_GivesBothTexts()
    {
        var id = (await site.Given.MicroconferenceAsync("Overtaken", description: "Base\nMiddle\nEnd")).Id;

        var conflict = Assert.IsType<SaveResult.Conflict>(
            await SaveAsync(
                id,
                "Overtaken",
                "Base\nMiddle\nEnd, slowly",
                "",
                1,
                "Slow",
                before: () =>
                    SaveAsync(id, "Overtaken", "Base, quickly\nMiddle\nEnd", "", 1, "Quick").GetAwaiter().GetResult()
            )
        );

        Assert.Equal(
            (2, "Quick", "Base, quickly\nMiddle\nEnd, slowly"),
            (conflict.Number, conflict.By, conflict.Description.Merged.Text)
        );
    }

    [Fact]
    public async Task Save_WhileItsPeopleChanged_KeepsTheTextAndAsksAgain()
    {
        var id = (await site.Given.MicroconferenceAsync("Touched", description: "Base")).Id;

        var conflict = Assert.IsType<SaveResult.Conflict>(
            await SaveAsync(id, "Touched", "Mine", "", 1, before: () => Touch(id))
        );

        Assert.Equal((1, "Mine", false), (conflict.Number, conflict.Description.Merged.Text, conflict.HasConflicts));
        Assert.Equal(new SaveResult.Done(2), await SaveAsync(id, "Touched", "Mine", "", conflict.Number));
    }

    [Fact]
    public async Task Save_OfAWithdrawnOne_IsRefusedInASentence()
    {
        var id = (await site.Given.MicroconferenceAsync("Withdrawn", MicroconferenceStatus.Withdrawn)).Id;

        await Assert.ThrowsAsync<RuleException>(() => SaveAsync(id, "Withdrawn", "New", "", 1));
    }

    [Fact]
    public async Task Rename_LeavesTheOldAddressLeadingOnWithEverythingBelowIt()
    {
        var id = (
            await site.Given.MicroconferenceAsync(
                "Old name",
                description: "# Heading\n\n[to it](#heading)",
                topics: ["A topic"]
            )
        ).Id;
        await RenameAsync(id, "newer-name");
        await RenameAsync(id, "newest-name");
        site.ForgetPages();
        using var client = site.Anonymous();

        foreach (
            var below in new[]
            {
                "",
                ".md",
                ".atom",
                "/history",
                "/history/1",
                "/topics/7-a-topic",
                "/history/1?view=side",
            }
        )
        {
            foreach (var old in new[] { "old-name", "newer-name" })
            {
                Assert.Equal(
                    $"/2022/mc/newest-name{below}",
                    (await client.GetAsync($"/2022/mc/{old}{below}", Stop)).Headers.Location?.OriginalString
                );
            }
        }

        Assert.Null((await client.GetAsync("/2022/mc/old-name-2", Stop)).Headers.Location);
        Assert.Contains(
            "id=\"newest-name--heading\"",
            await client.GetStringAsync("/2022/mc/newest-name", Stop),
            StringComparison.Ordinal
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["newer-name", "newest-name"],
            (
                await db
                    .AuditEntries.Where(e => e.MicroconferenceId == id && e.Verb == "renamed")
                    .OrderBy(e => e.Id)
                    .Select(e => e.After!)
                    .ToListAsync(Stop)
            ).Select(after => JsonDocument.Parse(after).RootElement.GetProperty("slug").GetString())
        );
    }

    [Fact]
    public async Task Rename_BackToTheFirstName_LeadsInNoCircle()
    {
        var id = (await site.Given.MicroconferenceAsync("There")).Id;
        await RenameAsync(id, "away");
        await RenameAsync(id, "there");
        site.ForgetPages();
        using var client = site.Anonymous();

        Assert.Equal("/2022/mc/there", (await client.GetAsync("/2022/mc/away", Stop)).Headers.Location?.OriginalString);
        Assert.True((await client.GetAsync("/2022/mc/there", Stop)).IsSuccessStatusCode);
        await using var db = site.OpenDatabase();
        Assert.False(await db.Redirects.AnyAsync(r => r.From == "/2022/mc/there", Stop));
    }

    [Fact]
    public async Task Rename_OfADraft_LeadsOnOnlyThoseWhoMayOpenIt()
    {
        var lena = await site.Given.PersonAsync("Lena Drafter");
        var id = (
            await site.Given.MicroconferenceAsync("Draft name", MicroconferenceStatus.Draft, leads: ["Lena Drafter"])
        ).Id;
        await RenameAsync(id, "secret-name");
        using var hers = await site.AsAsync(lena);

        Assert.Equal(
            "/2022/mc/secret-name/history",
            (await hers.GetAsync("/2022/mc/draft-name/history")).Headers.Location?.OriginalString
        );
        Assert.Null((await site.Anonymous().GetAsync("/2022/mc/draft-name/history", Stop)).Headers.Location);
    }

    [Theory]
    [InlineData("taken")]
    [InlineData("Not a slug")]
    public async Task Rename_ToWhatCannotBe_IsRefusedAndChangesNothing(string slug)
    {
        await site.Given.MicroconferenceAsync("Taken");
        var id = (await site.Given.MicroconferenceAsync("Renamed in vain")).Id;

        await Assert.ThrowsAsync<RuleException>(() => RenameAsync(id, slug));

        await using var db = site.OpenDatabase();
        Assert.Equal("renamed-in-vain", (await db.Microconferences.SingleAsync(m => m.Id == id, Stop)).Slug);
        Assert.False(await db.Redirects.AnyAsync(r => r.From == "/2022/mc/renamed-in-vain", Stop));
    }

    private async Task<SaveResult> SaveAsync(
        int id,
        string title,
        string description,
        string results,
        int basedOn,
        string by = "Lena Lead",
        string? summary = null,
        Action? before = null,
        string? shown = null
    )
    {
        var person = (await site.Given.PersonAsync(by)).Id;
        await using var db = site.OpenDatabase();
        var microconference = await db.Microconferences.SingleAsync(m => m.Id == id, Stop);
        var me = await db.People.SingleAsync(p => p.Id == person, Stop);
        before?.Invoke();
        return await Revising(db)
            .SaveAsync(
                microconference,
                new WrittenText(title, shown ?? microconference.Title, description, results, basedOn, summary),
                me,
                Stop
            );
    }

    private async Task RenameAsync(int id, string slug)
    {
        var person = (await site.Given.PersonAsync("Lena Lead")).Id;
        await using var db = site.OpenDatabase();
        await Revising(db)
            .RenameAsync(
                await db.Microconferences.SingleAsync(m => m.Id == id, Stop),
                slug,
                await db.People.SingleAsync(p => p.Id == person, Stop),
                Stop
            );
    }

    private void Touch(int id)
    {
        using var db = site.OpenDatabase();
        db.Microconferences.Single(m => m.Id == id)
            .Touch(site.Clock.GetCurrentInstant() + NodaTime.Duration.FromSeconds(1));
        db.SaveChanges();
    }

    private ProposalRevisions Revising(LpcDbContext db) => new(db, new MarkdownRenderer(), site.Clock);

    private static int Field(string? json, string name) =>
        JsonDocument.Parse(json!).RootElement.GetProperty(name).GetInt32();
}
