using System.Net;
using AngleSharp.Dom;
using LpcSite.Conferences.Settings;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Sessions;

/// <summary>
/// What leads do inside their own slot. Every microconference of these tests has the morning of the first day in
/// Dublin, from 10 to half past 1.
/// </summary>
public sealed class SessionPlanTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly Instant Ten = Instant.FromUtc(2022, 9, 12, 9, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Topics_AddedOrderedAndSaved_HaveTheirTimes()
    {
        var (path, slot) = await PlacedAsync("Ordered", ["First", "Second", "Third"], 40);
        using var lead = await LeadAsync();

        var page = await PressAsync(lead, await lead.ReadAsync($"{path}/lead/session"), "fit", slot);
        page = await PressAsync(lead, page, $"up Rows {RowOf(page, "Second")}");
        using var saved = await lead.SubmitAsync(page, Fields(page, "First", minutes: 45), "Save the session");

        Assert.Equal($"{path}/lead/session", saved.Headers.Location?.OriginalString);
        Assert.Equal(["0+40 Second", "40+45 First", "90+30 Break", "120+40 Third"], await SavedAsync(path));
        Assert.Equal(
            ["10:00–10:40", "10:40–11:25", "11:30–12:00", "12:00–12:40"],
            Times(await lead.ReadAsync($"{path}/lead/session"))
        );
        await using var db = site.OpenDatabase();
        var entry = Assert.Single(
            await db.AuditEntries.Where(a => a.Subject == path && a.Verb == "arranged the session").ToListAsync(Stop)
        );
        Assert.Equal("[]", entry.Before);
        Assert.Contains(
            "Monday 12 September 2022, 10:40 Europe/Dublin: First, 45 minutes",
            entry.After,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Lengthening_MovesAllThatComesAfter_AndGapsCanBeClosed()
    {
        var (path, slot) = await PlacedAsync("Shifting", ["One", "Two", "Three"], 20);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);

        await lead.SubmitAsync(
            page,
            new(Fields(page, "One", minutes: 30).Concat(Fields(page, "Three", gap: 15))),
            "Save the session"
        );
        var gapped = await SavedAsync(path);
        page = await PressAsync(lead, await lead.ReadAsync($"{path}/lead/session"), $"close Rows 2");
        await lead.SubmitAsync(page, [], "Save the session");

        Assert.Equal(["0+30 One", "30+20 Two", "65+20 Three"], gapped);
        Assert.Equal(["0+30 One", "30+20 Two", "50+20 Three"], await SavedAsync(path));
    }

    [Fact]
    public async Task Rows_DroppedBesideOthers_StandThereAndTopicsBecomeRows()
    {
        var (path, slot) = await PlacedAsync("Dropped", ["One", "Two", "Three"], 20);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);
        var three = page.QuerySelector("[name='Input.Rows[2].Topic']")!.GetAttribute("value");

        page = await PressAsync(lead, page, "remove Rows 2");
        page = await WishAsync(lead, page, $"take {three} {slot} before 1");
        page = await WishAsync(lead, page, "after Rows 0 2");
        page = await WishAsync(lead, page, "before Rows 1 9");
        await lead.SubmitAsync(page, [], "Save the session");

        Assert.Equal(["0+20 Three", "20+20 Two", "40+20 One"], await SavedAsync(path));
    }

    [Fact]
    public async Task NotBefore_AtATimeOfTheVenue_HoldsWhileThereIsRoomBeforeIt()
    {
        var (path, slot) = await PlacedAsync("Guest at noon", ["Early", "Guest"], 30);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);

        await lead.SubmitAsync(page, new() { ["Input.Rows[1].NotBefore"] = "12:00" }, "Save the session");
        using var outside = await lead.SubmitAsync(
            page,
            new() { ["Input.Rows[1].NotBefore"] = "19:00" },
            "Save the session"
        );

        Assert.Equal(["0+30 Early", "120+30 Guest"], await SavedAsync(path));
        Assert.Equal(HttpStatusCode.BadRequest, outside.StatusCode);
        var refused = await Browsing.ParseAsync(outside);
        Assert.Contains(
            "from 10:00 to 13:30",
            refused.QuerySelector("#problem-1")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("19:00", refused.QuerySelector("[name='Input.Rows[1].NotBefore']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task TitledItemsAndBreaks_StandWhereTheyArePut_AndHostileTitlesAreText()
    {
        const string Hostile = "</script><b>\"O'Neill\" & Söhne</b>";
        var (path, slot) = await PlacedAsync("Welcoming", [Hostile], 30);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);
        page = await PressAsync(lead, page, "item", slot);
        page = await PressAsync(lead, page, "up Rows 1");
        page = await PressAsync(lead, page, "break", slot);

        using var untitled = await lead.SubmitAsync(page, [], "Save the session");
        await lead.SubmitAsync(page, new() { ["Input.Rows[0].Title"] = $" {Hostile} " }, "Save the session");

        Assert.Contains(
            "Say what it is",
            (await Browsing.ParseAsync(untitled)).QuerySelector("#problem-0")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal([$"0+10 {Hostile}", $"10+30 {Hostile}", "90+30 Break"], await SavedAsync(path));
        var shown = await lead.ReadAsync($"{path}/lead/session");
        Assert.Empty(shown.QuerySelectorAll("main b"));
        Assert.Equal(Hostile, shown.QuerySelector("main .rows strong")!.TextContent);
    }

    [Theory]
    [InlineData("240", "after the session")]
    [InlineData("0", "takes from 1 to 240 minutes")]
    [InlineData("", "how many minutes")]
    [InlineData("soon", "soon")]
    public async Task Minutes_ThatCannotBe_AreRefusedBesideTheRowWithWhatWasTyped(string minutes, string sentence)
    {
        var (path, slot) = await PlacedAsync("Overrunning", ["Long"], 30);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);

        using var refused = await lead.SubmitAsync(
            page,
            new() { ["Input.Rows[0].Minutes"] = minutes },
            "Save the session"
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var shown = await Browsing.ParseAsync(refused);
        Assert.Contains(sentence, shown.QuerySelector("#problem-0")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(minutes, shown.QuerySelector("[name='Input.Rows[0].Minutes']")!.GetAttribute("value"));
        Assert.Empty(await SavedAsync(path));
    }

    [Fact]
    public async Task Fit_OfMoreThanThereIs_IsRefusedAndChangesNothing()
    {
        var (path, slot) = await PlacedAsync("Crowded", [.. Enumerable.Range(1, 37).Select(n => $"Topic {n}")], 30);
        using var lead = await LeadAsync();

        using var refused = await lead.SubmitAsync(await lead.ReadAsync($"{path}/lead/session"), [], $"fit {slot}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "does not fit into this slot",
            (await Browsing.ParseAsync(refused)).QuerySelector("main [role=alert]")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Save_WithoutAChange_WritesNothing()
    {
        var (path, slot) = await PlacedAsync("Unchanged", ["Only"], 30);
        using var lead = await LeadAsync();
        await lead.SubmitAsync(await TakeAllAsync(lead, path, slot), [], "Save the session");
        var (before, entries) = (await IdsAsync(path), await EntriesAsync(path));

        using var again = await lead.SubmitAsync($"{path}/lead/session", [], "Save the session");

        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal((before[0], entries), ((await IdsAsync(path))[0], await EntriesAsync(path)));
    }

    [Fact]
    public async Task TwoLeads_AtOnce_TheSecondSeesBothAndMaySaveAgain()
    {
        var (path, slot) = await PlacedAsync("Contested", ["Mine", "Yours"], 30);
        using var lead = await LeadAsync();
        using var other = await site.AsAsync(await site.Given.PersonAsync("Otto Lead"));
        var mine = await TakeAllAsync(lead, path, slot);
        var yours = await PressAsync(
            other,
            await other.ReadAsync($"{path}/lead/session"),
            $"take {await TopicAsync("Yours")}",
            slot
        );

        using var first = await other.SubmitAsync(yours, [], "Save the session");
        using var second = await lead.SubmitAsync(mine, Fields(mine, "Mine", minutes: 40), "Save the session");
        var raced = await Browsing.ParseAsync(second);
        using var third = await lead.SubmitAsync(raced, [], "Save the session");

        Assert.Equal(
            (HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.Redirect),
            (first.StatusCode, second.StatusCode, third.StatusCode)
        );
        Assert.Contains(
            "10:00–10:30 Europe/Dublin: Yours",
            raced.QuerySelector("section.note")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "40",
            raced.QuerySelector($"[name='Input.Rows[{RowOf(raced, "Mine")}].Minutes']")!.GetAttribute("value")
        );
        Assert.Equal(["0+40 Mine", "40+30 Yours"], await SavedAsync(path));
    }

    [Fact]
    public async Task Save_AtTheSameInstant_OneWinsAndTheOtherIsTold()
    {
        var (path, slot) = await PlacedAsync("Simultaneous", ["Left", "Right"], 30);
        using var lead = await LeadAsync();
        var pages = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async n =>
                {
                    var page = await TakeAllAsync(lead, path, slot);
                    return (Page: page, Fields: Fields(page, "Left", minutes: 30 + n));
                })
        );

        var answers = await Task.WhenAll(pages.Select(p => lead.SubmitAsync(p.Page, p.Fields, "Save the session")));

        Assert.Equal(
            [HttpStatusCode.Redirect, .. Enumerable.Repeat(HttpStatusCode.Conflict, 5)],
            answers.Select(a => a.StatusCode).Order()
        );
        Assert.Equal(2, (await SavedAsync(path)).Count);
    }

    [Fact]
    public async Task Slot_MovedByTheOrganizers_KeepsItsSessionAndAShorterOneIsTold()
    {
        var (path, slot) = await PlacedAsync("Moved", ["Kept"], 30);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);
        await lead.SubmitAsync(page, [], "Save the session");

        await MoveAsync(slot, Ten + Duration.FromHours(24), 90);
        var moved = await lead.ReadAsync($"{path}/lead/session");
        using var refused = await lead.SubmitAsync(moved, Fields(moved, "Kept", minutes: 95), "Save the session");

        Assert.Equal(["0+30 Kept"], await SavedAsync(path));
        Assert.Contains(
            "Tuesday 13 September 2022, 10:00 Europe/Dublin",
            moved.QuerySelector("main h2")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "5 minutes after the session",
            (await Browsing.ParseAsync(refused)).QuerySelector("#problem-0")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Slot_TakenAwayWhileTyping_KeepsTheRowsAndWhatWasSavedWaits()
    {
        var (path, slot) = await PlacedAsync("Displaced", ["Stays", "Added"], 30);
        using var lead = await LeadAsync();
        var page = await PressAsync(
            lead,
            await lead.ReadAsync($"{path}/lead/session"),
            $"take {await TopicAsync("Stays")}",
            slot
        );
        page = await PressAsync(lead, page, "item", slot);
        await lead.SubmitAsync(page, new() { ["Input.Rows[1].Title"] = "Farewell" }, "Save the session");
        page = await PressAsync(
            lead,
            await lead.ReadAsync($"{path}/lead/session"),
            $"take {await TopicAsync("Added")}",
            slot
        );

        await using (var db = site.OpenDatabase())
        {
            await db.Slots.Where(s => s.Id == slot).ExecuteDeleteAsync(Stop);
        }

        using var refused = await lead.SubmitAsync(page, [], "Save the session");
        var without = (await lead.ReadAsync($"{path}/lead/session")).QuerySelector("main")!.TextContent;
        var next = await PlaceAsync(path, Ten, 90);
        page = await PressAsync(lead, await lead.ReadAsync($"{path}/lead/session"), "again", next);
        await lead.SubmitAsync(page, [], "Save the session");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "Its slot is gone",
            (await Browsing.ParseAsync(refused)).QuerySelector("#problem-2")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("have not given Displaced a place yet", without, StringComparison.Ordinal);
        Assert.Contains("Farewell", without, StringComparison.Ordinal);
        Assert.Equal(["0+30 Stays", "30+10 Farewell"], await SavedAsync(path));
        await using var after = site.OpenDatabase();
        Assert.False(await after.SessionItems.AnyAsync(i => i.SlotId == null && i.Title == "Farewell", Stop));
    }

    // The organizers have taken the slot out, and commit while the lead's rows wait for it.
    [Fact]
    public async Task Save_WhileTheSlotIsBeingTakenAway_IsToldAndNotAnError()
    {
        var (path, slot) = await PlacedAsync("Pulled away", ["One", "Two"], 30);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);
        await using var organizers = site.OpenDatabase();
        await using var transaction = await organizers.Database.BeginTransactionAsync(Stop);
        await organizers.Slots.Where(s => s.Id == slot).ExecuteDeleteAsync(Stop);

        var saving = lead.SubmitAsync(page, [], "Save the session");
        await WaitingAsync();
        await transaction.CommitAsync(Stop);

        using var saved = await saving;
        Assert.Equal(HttpStatusCode.Conflict, saved.StatusCode);
        Assert.Empty(await SavedAsync(path));
    }

    [Fact]
    public async Task WhatWaits_StaysUntilItIsLetGo()
    {
        var (path, slot) = await PlacedAsync("Waiting on", ["Here"], 30);
        using var lead = await LeadAsync();
        var page = await PressAsync(lead, await TakeAllAsync(lead, path, slot), "item", slot);
        await lead.SubmitAsync(page, new() { ["Input.Rows[1].Title"] = "Old words" }, "Save the session");
        await using (var db = site.OpenDatabase())
        {
            await db
                .SessionItems.Where(i => i.Title == "Old words")
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.SlotId, (int?)null), Stop);
        }

        page = await lead.ReadAsync($"{path}/lead/session");
        await lead.SubmitAsync(page, Fields(page, "Here", minutes: 45), "Save the session");
        var kept = await WaitingAsync();
        await lead.SubmitAsync($"{path}/lead/session", new() { ["Input.LetGo"] = "true" }, "Save the session");

        Assert.Equal((1, 0), (kept, await WaitingAsync()));

        async Task<int> WaitingAsync()
        {
            await using var db = site.OpenDatabase();
            return await db.SessionItems.CountAsync(i => i.SlotId == null && i.Title == "Old words", Stop);
        }
    }

    [Fact]
    public async Task SessionOfTwoSlots_HasBothOnThePage_AndATopicGoesFromOneToTheOther()
    {
        var (path, morning) = await PlacedAsync("Split", ["Fore", "Noon"], 30);
        var afternoon = await PlaceAsync(path, Ten + Duration.FromHours(5), 90);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, morning);

        page = await PressAsync(lead, page, $"down Rows {RowOf(page, "Noon")}");
        await lead.SubmitAsync(page, [], "Save the session");
        var walked = await PlacesAsync();
        page = await lead.ReadAsync($"{path}/lead/session");
        await lead.SubmitAsync(
            page,
            new() { [$"Input.Rows[{RowOf(page, "Fore")}].Slot"] = $"{afternoon}" },
            "Save the session"
        );

        Assert.Equal([(morning, "Fore"), (afternoon, "Noon")], walked);
        Assert.Equal([(afternoon, "Fore"), (afternoon, "Noon")], await PlacesAsync());

        async Task<List<(int, string)>> PlacesAsync()
        {
            await using var db = site.OpenDatabase();
            return
            [
                .. (
                    await db
                        .SessionItems.Where(i => i.Microconference.Title == "Split")
                        .OrderBy(i => i.SlotId)
                        .ThenBy(i => i.Topic!.Title)
                        .Select(i => new { i.SlotId, i.Topic!.Title })
                        .ToListAsync(Stop)
                ).Select(i => (i.SlotId!.Value, i.Title)),
            ];
        }
    }

    [Fact]
    public async Task Slot_OfAnotherMicroconference_IsNotTakenFromTheForm()
    {
        var (path, slot) = await PlacedAsync("Modest", ["Own"], 30);
        var (_, foreign) = await PlacedAsync("Foreign", ["Theirs"], 30);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);

        using var refused = await lead.SubmitAsync(
            page,
            new() { ["Input.Rows[0].Slot"] = $"{foreign}" },
            "Save the session"
        );
        using var stolen = await lead.SubmitAsync(
            page,
            new() { ["Input.Rows[0].Topic"] = $"{await TopicAsync("Theirs")}" },
            "Save the session"
        );

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (refused.StatusCode, stolen.StatusCode));
        Assert.Empty(await SavedAsync(path));
    }

    [Fact]
    public async Task Speaker_WhoIsNeededElsewhere_IsSaidAndSavingIsNotRefused()
    {
        var (path, slot) = await PlacedAsync("Here at ten", ["Torn"], 30, speaker: "Tess Torn");
        await site.Given.MicroconferenceAsync(
            "There at ten",
            MicroconferenceStatus.Accepted,
            leads: ["Tess Torn"],
            form: SessionForm.Full
        );
        await PlaceAsync("/2022/mc/there-at-ten", Ten + Duration.FromHours(2), 90);
        await site.Given.MicroconferenceAsync("Secretly tried", MicroconferenceStatus.Proposed, leads: ["Tess Torn"]);
        await PlaceAsync("/2022/mc/secretly-tried", Ten, 90);
        using var lead = await LeadAsync();

        var page = await TakeAllAsync(lead, path, slot);
        var early = Clashes(page);
        using var saved = await lead.SubmitAsync(
            page,
            new() { ["Input.Rows[0].NotBefore"] = "12:00" },
            "Save the session"
        );

        Assert.Empty(early);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(
            [
                "Tess Torn leads There at ten and at the same time speaks about “Torn” in Here at ten. (12:00–13:30 "
                    + "Europe/Dublin)",
            ],
            Clashes(await lead.ReadAsync($"{path}/lead/session"))
        );

        static string[] Clashes(IDocument page) => [.. page.QuerySelectorAll("main .clash").Select(p => p.TextContent)];
    }

    [Fact]
    public async Task Topic_ThatLeavesTheMicroconference_LeavesAGapThatIsClosed()
    {
        var (path, slot) = await PlacedAsync("Leaving", ["Goes", "Remains"], 30);
        using var lead = await LeadAsync();
        await lead.SubmitAsync(await TakeAllAsync(lead, path, slot), [], "Save the session");
        await ChangeAsync("Goes", topic => topic.Withdraw());

        var page = await lead.ReadAsync($"{path}/lead/session");
        var closed = await PressAsync(lead, page, "close", slot);
        await lead.SubmitAsync(closed, [], "Save the session");

        Assert.Contains(
            "“Goes” is withdrawn now and leaves 30 minutes free",
            page.QuerySelector("main .note")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(["10:30–11:00"], Times(page));
        Assert.Equal(["0+30 Remains"], await SavedAsync(path));
    }

    [Fact]
    public async Task Topic_WithdrawnWhileItIsArranged_IsRefusedBesideItsRow()
    {
        var (path, slot) = await PlacedAsync("Slipping", ["Slips"], 30);
        using var lead = await LeadAsync();
        var page = await TakeAllAsync(lead, path, slot);
        await ChangeAsync("Slips", topic => topic.Withdraw());

        using var refused = await lead.SubmitAsync(page, [], "Save the session");

        Assert.Contains(
            "not in the microconference any more",
            (await Browsing.ParseAsync(refused)).QuerySelector("#problem-0")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Merging_OfAPlacedMicroconference_LeavesNoTimesOfThePart()
    {
        var (path, slot) = await PlacedAsync("Part of it", ["Comes along"], 30);
        var (whole, _) = await PlacedAsync("The whole", ["Was there"], 30);
        using var lead = await LeadAsync();
        await lead.SubmitAsync(await TakeAllAsync(lead, path, slot), [], "Save the session");
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcSite.Data.LpcDbContext>();
        var both = await db
            .Microconferences.Include(m => m.Conference)
            .Where(m => m.Title == "Part of it" || m.Title == "The whole")
            .ToDictionaryAsync(m => m.Title, Stop);

        await scope
            .ServiceProvider.GetRequiredService<ProposalMerge>()
            .MergeAsync(
                both["Part of it"],
                both["The whole"],
                await db.People.FirstAsync(Stop),
                site.Clock.GetCurrentInstant(),
                Stop
            );
        await db.SaveChangesAsync(Stop);

        Assert.Empty(await SavedAsync(path));
        Assert.Contains(
            "Comes along",
            (await lead.ReadAsync($"{whole}/lead/session")).QuerySelector("[aria-labelledby=unplaced]")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Publish_ChangesThisPartAlone_AndSaysWhatDiffers()
    {
        var (path, slot) = await PlacedAsync("Published", ["Aired"], 30, lead: "Pat Lead", conference: "2021");
        var (other, otherSlot) = await PlacedAsync(
            "Unpublished",
            ["Kept back"],
            30,
            lead: "Una Lead",
            conference: "2021"
        );
        using var lead = await LeadAsync("Pat Lead");
        using var una = await LeadAsync("Una Lead");
        var before = await lead.ReadAsync($"{path}/lead/session");
        var token = before.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var early = await lead.Client.PostAsync(
            $"{path}/lead/session?handler=Publish",
            new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]),
            Stop
        );
        await ReleaseAsync();
        await lead.SubmitAsync(await TakeAllAsync(lead, path, slot), [], "Save the session");
        await una.SubmitAsync(await TakeAllAsync(una, other, otherSlot), [], "Save the session");

        var changed = await lead.ReadAsync($"{path}/lead/session");
        using var published = await lead.SubmitAsync(
            changed,
            new() { ["Comment"] = "Times are there." },
            "Publish this session"
        );
        using var again = await lead.SubmitAsync(changed, [], "Publish this session");

        Assert.Null(before.QuerySelector("[aria-labelledby=public] form"));
        Assert.Equal(HttpStatusCode.BadRequest, early.StatusCode);
        Assert.Contains(
            "“Aired”: 10:00–10:30 instead of no time",
            changed.QuerySelector("[aria-labelledby=public]")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.BadRequest), (published.StatusCode, again.StatusCode));
        Assert.Contains(
            "public as it is arranged",
            (await Browsing.ParseAsync(again)).QuerySelector("[aria-labelledby=public] .problem")!.TextContent,
            StringComparison.Ordinal
        );
        await using var db = site.OpenDatabase();
        var latest = (await db.ReleasedAsync((await site.Given.ConferenceAsync("2021")).Id, Stop))!;
        Assert.Equal(
            (true, false),
            (
                latest.Entries.Single(e => e.Title == "Published").IsArranged,
                latest.Entries.Single(e => e.Title == "Unpublished").IsArranged
            )
        );
        Assert.Contains(
            "It is public as it is arranged here",
            (await lead.ReadAsync($"{path}/lead/session")).QuerySelector("[aria-labelledby=public]")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Page_WithManyTopics_AsksAsOftenAsWithFew()
    {
        var (few, fewSlot) = await PlacedAsync(
            "Small session",
            [.. Enumerable.Range(1, 4).Select(n => $"Small {n}")],
            5,
            speaker: "Sam Speaker"
        );
        var (many, manySlot) = await PlacedAsync(
            "Large session",
            [.. Enumerable.Range(1, 36).Select(n => $"Large {n}")],
            5,
            speaker: "Sam Speaker"
        );
        using var lead = await LeadAsync();
        foreach (var (path, slot) in new[] { (few, fewSlot), (many, manySlot) })
        {
            var fitted = await PressAsync(lead, await lead.ReadAsync($"{path}/lead/session"), "fit", slot);
            using var saved = await lead.SubmitAsync(fitted, [], "Save the session");
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }

        Assert.Equal(
            await StatementsAsync(lead, $"{few}/lead/session"),
            await StatementsAsync(lead, $"{many}/lead/session")
        );
        Assert.Equal(await StatementsAsync(lead, $"{few}/lead"), await StatementsAsync(lead, $"{many}/lead"));
    }

    [Fact]
    public async Task Desk_SaysHowManyTopicsHaveNoTime()
    {
        var (path, slot) = await PlacedAsync("Half done", ["Timed", "Untimed one", "Untimed two"], 30);
        using var lead = await LeadAsync();
        await lead.SubmitAsync(
            await PressAsync(
                lead,
                await lead.ReadAsync($"{path}/lead/session"),
                $"take {await TopicAsync("Timed")}",
                slot
            ),
            [],
            "Save the session"
        );

        Assert.Contains(
            "2 topics have no time yet",
            (await lead.ReadAsync($"{path}/lead")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Session_OfWhatIsOnlyProposed_SaysNothingOfThePlaceThatIsTried()
    {
        var path = (
            await site.Given.MicroconferenceAsync(
                "Tried out",
                MicroconferenceStatus.Proposed,
                leads: ["Lena Lead"],
                topics: ["Perhaps"]
            )
        ).Path;
        await PlaceAsync(path, Ten, 90);
        using var lead = await LeadAsync();

        var page = (await lead.ReadAsync($"{path}/lead/session")).QuerySelector("main")!;

        Assert.Contains("once Tried out is accepted", page.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("10:00", page.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form"));
    }

    private async Task<Browsing> LeadAsync(string name = "Lena Lead") =>
        await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<(string Path, int Slot)> PlacedAsync(
        string title,
        string[] topics,
        int minutes,
        string? speaker = null,
        string lead = "Lena Lead",
        string conference = "2022"
    )
    {
        var path = (
            await site.Given.MicroconferenceAsync(
                title,
                MicroconferenceStatus.Accepted,
                conference,
                leads: lead == "Lena Lead" ? [lead, "Otto Lead"] : [lead],
                topics: topics,
                speakers: speaker is null ? null : [speaker],
                form: SessionForm.Full
            )
        ).Path;
        await using var db = site.OpenDatabase();
        foreach (
            var topic in await db.Topics.Where(t => topics.Contains(t.Title) && t.Minutes == null).ToListAsync(Stop)
        )
        {
            topic.Arrange(minutes, null);
        }

        var divided = await db.Conferences.Include(c => c.HalfDays).SingleAsync(c => c.Slug == conference, Stop);
        if (divided.HalfDays.Count == 0)
        {
            divided.Divide([
                .. HalfDay.Usual().Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
            ]);
        }

        await db.SaveChangesAsync(Stop);
        return (path, await PlaceAsync(path, Ten, 210));
    }

    private async Task<int> PlaceAsync(string path, Instant starts, int minutes)
    {
        await using var db = site.OpenDatabase();
        var microconference = await db.Microconferences.SingleAsync(
            m => m.Slug == path.Substring(path.LastIndexOf('/') + 1),
            Stop
        );
        if (
            await db.Slots.FirstOrDefaultAsync(
                s =>
                    s.MicroconferenceId == microconference.Id
                    && s.During == new Interval(starts, starts + Duration.FromMinutes(minutes)),
                Stop
            ) is
            { } known
        )
        {
            return known.Id;
        }

        var slot = db.Add(
            new Slot(
                microconference.ConferenceId,
                microconference,
                new Interval(starts, starts + Duration.FromMinutes(minutes)),
                null
            )
        ).Entity;
        await db.SaveChangesAsync(Stop);
        return slot.Id;
    }

    private async Task MoveAsync(int slot, Instant starts, int minutes)
    {
        await using var db = site.OpenDatabase();
        (await db.Slots.SingleAsync(s => s.Id == slot, Stop)).Move(
            new Interval(starts, starts + Duration.FromMinutes(minutes)),
            null
        );
        await db.SaveChangesAsync(Stop);
    }

    private async Task ChangeAsync(string title, Action<Topic> change)
    {
        await using var db = site.OpenDatabase();
        change(await db.Topics.SingleAsync(t => t.Title == title, Stop));
        await db.SaveChangesAsync(Stop);
    }

    // Until somebody waits for a lock that another holds.
    private async Task WaitingAsync()
    {
        await using var db = site.OpenDatabase();
        while (
            !await db
                .Database.SqlQuery<bool>(
                    $"""
                    SELECT EXISTS (
                        SELECT 1 FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock') AS "Value"
                    """
                )
                .SingleAsync(Stop)
        )
        {
            await Task.Delay(20, Stop);
        }
    }

    private async Task ReleaseAsync()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcSite.Data.LpcDbContext>();
        await scope
            .ServiceProvider.GetRequiredService<ScheduleReleases>()
            .ReleaseAsync(
                await db.Conferences.SingleAsync(c => c.Slug == "2021", Stop),
                "All",
                null,
                "test",
                origin: null,
                Stop
            );
    }

    private async Task<int> TopicAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db.Topics.Where(t => t.Title == title).Select(t => t.Id).SingleAsync(Stop);
    }

    // Every topic at the end, one button after the other; what has a time already stays.
    private static async Task<IDocument> TakeAllAsync(Browsing lead, string path, int slot)
    {
        var page = await lead.ReadAsync($"{path}/lead/session");
        while (
            page.QuerySelectorAll("main button")
                .Select(b => b.GetAttribute("value"))
                .FirstOrDefault(v =>
                    v is not null
                    && v.StartsWith("take ", StringComparison.Ordinal)
                    && v.EndsWith($" {slot}", StringComparison.Ordinal)
                )
                is { } take
        )
        {
            page = await PressAsync(lead, page, take);
        }

        return page;
    }

    private static Task<IDocument> PressAsync(Browsing lead, IDocument page, string verb, int slot) =>
        PressAsync(lead, page, $"{verb} {slot}");

    private static async Task<IDocument> PressAsync(Browsing lead, IDocument page, string button)
    {
        using var answer = await lead.SubmitAsync(page, [], button);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await Browsing.ParseAsync(answer);
    }

    // What a mouse drops has no button.
    private static async Task<IDocument> WishAsync(Browsing lead, IDocument page, string wish)
    {
        using var answer = await lead.SubmitAsync(page, new() { ["change"] = wish }, "Save the session");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await Browsing.ParseAsync(answer);
    }

    private static int RowOf(IDocument page, string title) =>
        int.Parse(
            page.QuerySelectorAll("main [data-row]")
                .Single(li => li.GetAttribute("data-title") == title)
                .GetAttribute("data-row")!,
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static Dictionary<string, string> Fields(IDocument page, string title, int? minutes = null, int? gap = null)
    {
        var name = $"Input.Rows[{RowOf(page, title)}]";
        return new(
            new[] { ("Minutes", minutes), ("Gap", gap) }
                .Where(f => f.Item2 is not null)
                .Select(f => KeyValuePair.Create($"{name}.{f.Item1}", $"{f.Item2}"))
        );
    }

    private static string[] Times(IDocument page) =>
        [.. page.QuerySelectorAll("main .times").Select(t => t.TextContent)];

    private async Task<List<string>> SavedAsync(string path)
    {
        await using var db = site.OpenDatabase();
        var items = await db
            .SessionItems.Where(i =>
                i.Microconference.Slug == path.Substring(path.LastIndexOf('/') + 1) && i.SlotId != null
            )
            .OrderBy(i => i.StartsAfter)
            .Select(i => new
            {
                i.StartsAfter,
                i.Minutes,
                Title = i.Topic!.Title ?? i.Title,
            })
            .ToListAsync(Stop);
        return items.ConvertAll(i => $"{i.StartsAfter}+{i.Minutes} {i.Title}");
    }

    private async Task<List<int>> IdsAsync(string path)
    {
        await using var db = site.OpenDatabase();
        return await db
            .SessionItems.Where(i => i.Microconference.Slug == path.Substring(path.LastIndexOf('/') + 1))
            .Select(i => i.Id)
            .ToListAsync(Stop);
    }

    private async Task<int> EntriesAsync(string path)
    {
        await using var db = site.OpenDatabase();
        return await db.AuditEntries.CountAsync(a => a.Subject == path, Stop);
    }

    private async Task<int> StatementsAsync(Browsing lead, string path)
    {
        return await site.StatementsOfAsync(() => lead.ReadAsync(path));
    }
}
