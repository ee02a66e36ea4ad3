using System.Net;
using LpcSite.Data;
using LpcSite.Imports;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Sessions;
using LpcSite.Tests.Fixture;
using LpcSite.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Board;

/// <summary>
/// The organizers' board by its plain forms: every change, what it says, who loses a race, and the way back.
/// </summary>
public sealed class ScheduleBoardTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Monday = "2022-09-12";
    private const string Tuesday = "2022-09-13";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Place_InACell_TakesAHalfDayOrAHalfOfItAndSaysWhoClashes()
    {
        var board = await Boards.BoardAsync(site, "place");
        await AcceptedAsync("place", "Whole", SessionForm.Full, "Ann Twice", "Kay Only");
        await AcceptedAsync("place", "Half of it", SessionForm.Half, "Ann Twice");
        using var olga = await Boards.OrganizerAsync(site);

        var first = await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "whole", Monday, 0, "Herbert"));
        var second = await Boards.SaidAsync(
            olga,
            await Boards.PlaceAsync(olga, board, "half-of-it", Monday, 0, "Ulster", half: 1)
        );

        Assert.Equal(
            "Whole stands in Herbert on Monday 12 September 2022, 10:00–13:30 Europe/Dublin. No clash came or went.",
            first
        );
        Assert.Equal(
            "Half of it stands in Ulster on Monday 12 September 2022, 12:00–13:30 Europe/Dublin. Clashes now: Ann "
                + "Twice leads Whole and at the same time leads Half of it.",
            second
        );
        Assert.Equal(
            ["Whole, Herbert, 12 10:00, 210", "Half of it, Ulster, 12 12:00, 90"],
            await Boards.StandingAsync(site, "place")
        );
        var page = await olga.ReadAsync(board);
        Assert.Equal(2, page.QuerySelectorAll("td .clashes .hard").Length);
        Assert.Contains(
            "Nothing: every microconference has one.",
            page.QuerySelector(".waiting")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(2, await AuditAsync("place", "placed"));
    }

    [Fact]
    public async Task Move_ToAnotherDay_KeepsWhatTheLeadsArrangedAndMendsTheClash()
    {
        var board = await Boards.BoardAsync(site, "move");
        await AcceptedAsync("move", "Moved", SessionForm.Full, "Mia Twice");
        await AcceptedAsync("move", "Stays", SessionForm.Full, "Mia Twice");
        using var olga = await Boards.OrganizerAsync(site);
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "moved", Monday, 0, "Herbert"));
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "stays", Monday, 0, "Ulster"));
        await ArrangeAsync("move", "Moved", (0, 30), (180, 30));

        var said = await Boards.SaidAsync(olga, await MoveAsync(olga, board, "move", "Moved", Tuesday, 1, "Herbert"));

        Assert.Equal(
            "Moved stands in Herbert on Tuesday 13 September 2022, 15:00–18:30 Europe/Dublin. No longer: Mia Twice "
                + "leads Moved and at the same time leads Stays.",
            said
        );
        Assert.Equal([(0, true), (180, true)], await SessionAsync("move", "Moved"));
    }

    [Fact]
    public async Task Resize_ByTimes_SaysWhenTheSessionIsLongerThanThat()
    {
        var board = await Boards.BoardAsync(site, "resize");
        await AcceptedAsync("resize", "Long talk", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "long-talk", Monday, 0, "Herbert"));
        await ArrangeAsync("resize", "Long talk", (100, 30));

        var shorter = await Boards.SaidAsync(
            olga,
            await TimesAsync(olga, board, "resize", "Long talk", "10:00", "12:10")
        );
        var tooShort = await Boards.RefusedAsync(
            await TimesAsync(olga, board, "resize", "Long talk", "10:00", "12:00")
        );
        var backwards = await Boards.RefusedAsync(
            await TimesAsync(olga, board, "resize", "Long talk", "12:00", "11:00")
        );
        var nothing = await Boards.RefusedAsync(await TimesAsync(olga, board, "resize", "Long talk", "", "11:00"));

        Assert.StartsWith(
            "Long talk stands in Herbert on Monday 12 September 2022, 10:00–12:10",
            shorter,
            StringComparison.Ordinal
        );
        Assert.Equal(
            (
                HttpStatusCode.BadRequest,
                "The session of Long talk is longer than that, as its leads arranged it. Give it more time, or ask "
                    + "them to shorten it."
            ),
            tooShort
        );
        Assert.Equal((HttpStatusCode.BadRequest, "It must end after it starts."), backwards);
        Assert.Equal((HttpStatusCode.BadRequest, "Say from when, like 10:00."), nothing);
        Assert.Equal(["Long talk, Herbert, 12 10:00, 130"], await Boards.StandingAsync(site, "resize"));
    }

    [Fact]
    public async Task Swap_OfEqualAndOfUnequalLengths_ExchangesThePlaces()
    {
        var board = await Boards.BoardAsync(site, "swap");
        await AcceptedAsync("swap", "One", SessionForm.Full);
        await AcceptedAsync("swap", "Two", SessionForm.Full);
        await AcceptedAsync("swap", "Short", SessionForm.Half);
        using var olga = await Boards.OrganizerAsync(site);
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "one", Monday, 0, "Herbert"));
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "two", Monday, 1, "Ulster"));
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "short", Tuesday, 1, "Herbert", half: 1));

        var equal = await Boards.SaidAsync(olga, await SwapAsync(olga, board, "swap", "One", "Two"));
        var unequal = await Boards.SaidAsync(olga, await SwapAsync(olga, board, "swap", "One", "Short"));

        Assert.StartsWith(
            "One stands in Ulster on Monday 12 September 2022, 15:00–18:30 Europe/Dublin. Two stands in Herbert on "
                + "Monday 12 September 2022, 10:00–13:30",
            equal,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "One stands in Herbert on Tuesday 13 September 2022, 15:00–18:30",
            unequal,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["Two, Herbert, 12 10:00, 210", "Short, Ulster, 12 15:00, 90", "One, Herbert, 13 15:00, 210"],
            await Boards.StandingAsync(site, "swap")
        );
        Assert.Equal(2, await AuditAsync("swap", "swapped"));
    }

    [Fact]
    public async Task Swap_OfTwoThatWouldOverlapInTheirRoom_IsRefusedForWhatItIs()
    {
        var board = await Boards.BoardAsync(site, "tight");
        await AcceptedAsync("tight", "Brief", SessionForm.Half);
        await AcceptedAsync("tight", "Broad", SessionForm.Half);
        using var olga = await Boards.OrganizerAsync(site);
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "brief", Monday, 0, "Herbert"));
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "broad", Monday, 0, "Herbert"));
        await Boards.SaidAsync(olga, await TimesAsync(olga, board, "tight", "Broad", "11:30", "14:00"));

        var refused = await Boards.RefusedAsync(await SwapAsync(olga, board, "tight", "Brief", "Broad"));

        Assert.Equal(
            (
                HttpStatusCode.BadRequest,
                "Brief and Broad would overlap in Herbert if they changed places. Move one of them elsewhere first."
            ),
            refused
        );
        Assert.Equal(
            ["Brief, Herbert, 12 10:00, 90", "Broad, Herbert, 12 11:30, 150"],
            await Boards.StandingAsync(site, "tight")
        );
    }

    [Fact]
    public async Task TakeOut_LeavesTheSessionWaiting_AndPlacingAttachesWhatFits()
    {
        var board = await Boards.BoardAsync(site, "out");
        await AcceptedAsync("out", "Arranged", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "arranged", Monday, 0, "Herbert"));
        await ArrangeAsync("out", "Arranged", (0, 30), (60, 30), (120, 30));

        var taken = await Boards.SaidAsync(olga, await ActAsync(olga, board, "out", "Arranged", "Take out"));
        var waiting = await SessionAsync("out", "Arranged");
        var placed = await Boards.SaidAsync(
            olga,
            await olga.SubmitAsync(
                $"{board}?place=arranged",
                new()
                {
                    ["Input.Date"] = Tuesday,
                    ["Input.From"] = "16:00",
                    ["Input.Until"] = "17:30",
                },
                "It goes there"
            )
        );

        Assert.StartsWith(
            "Arranged has no place any more. What its leads arranged waits for the next one.",
            taken,
            StringComparison.Ordinal
        );
        Assert.Equal([(0, false), (60, false), (120, false)], waiting);
        Assert.StartsWith(
            "Arranged stands without a room on Tuesday 13 September 2022, 16:00–17:30 Europe/Dublin. One part of "
                + "its session does not fit, and waits.",
            placed,
            StringComparison.Ordinal
        );
        Assert.Equal([(0, true), (60, true), (120, false)], await SessionAsync("out", "Arranged"));
    }

    [Fact]
    public async Task Split_IsASecondPlaceOfTheSame()
    {
        var board = await Boards.BoardAsync(site, "split");
        await AcceptedAsync("split", "In two parts", SessionForm.Half);
        using var olga = await Boards.OrganizerAsync(site);

        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "in-two-parts", Monday, 0, "Herbert"));
        await Boards.SaidAsync(
            olga,
            await Boards.PlaceAsync(olga, board, "in-two-parts", Tuesday, 0, "Ulster", half: 1)
        );
        var out1 = await Boards.SaidAsync(olga, await ActAsync(olga, board, "split", "In two parts", "Take out"));

        Assert.StartsWith("In two parts has one place less.", out1, StringComparison.Ordinal);
        Assert.Equal(["In two parts, Herbert, 12 10:00, 90"], await Boards.StandingAsync(site, "split"));
    }

    [Fact]
    public async Task Lock_KeepsItThere_UntilItIsUnlocked()
    {
        var board = await Boards.BoardAsync(site, "lock");
        await AcceptedAsync("lock", "Fixed", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "fixed", Monday, 0, "Herbert"));

        var said = await Boards.SaidAsync(olga, await ActAsync(olga, board, "lock", "Fixed", "Lock"));
        var moved = await Boards.RefusedAsync(await MoveAsync(olga, board, "lock", "Fixed", Tuesday, 0, "Ulster"));
        var standing = await Boards.StandingAsync(site, "lock");
        await Boards.SaidAsync(olga, await ActAsync(olga, board, "lock", "Fixed", "Unlock"));
        await Boards.SaidAsync(olga, await MoveAsync(olga, board, "lock", "Fixed", Tuesday, 0, "Ulster"));

        Assert.StartsWith("Fixed stays where it is until somebody unlocks it.", said, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "This slot is locked. Unlock it before you move it."), moved);
        Assert.Equal(["Fixed, Herbert, 12 10:00, 210, locked"], standing);
        Assert.Equal(["Fixed, Ulster, 13 10:00, 210"], await Boards.StandingAsync(site, "lock"));
    }

    [Theory]
    [InlineData("Track", "<script>alert(1)</script>")]
    [InlineData("Plenary", "\"Quotes\" & 'more' {braces} {0}")]
    [InlineData("Hold", "Ünïcödé ‮ مرحبا 🧰")]
    public async Task Add_AnythingElse_StandsThereUnderItsTitleAndCanBeRenamedAndRemoved(string kind, string title)
    {
        var conference = $"add-{kind.ToLowerInvariant()}";
        var board = await Boards.BoardAsync(site, conference);
        using var olga = await Boards.OrganizerAsync(site);
        var room = (await olga.ReadAsync(board))
            .QuerySelectorAll("#add-room option")
            .Single(o => o.TextContent == "Ulster")
            .GetAttribute("value")!;
        Dictionary<string, string> fields = new()
        {
            ["Input.Kind"] = kind,
            ["Input.Title"] = title,
            ["Input.Date"] = Monday,
            ["Input.From"] = "19:00",
            ["Input.Until"] = "20:00",
            ["Input.Room"] = room,
        };

        await Boards.SaidAsync(olga, await olga.SubmitAsync(board, fields, "Add it"));
        var page = await olga.ReadAsync(board);
        var slot = await Boards.SlotAsync(site, conference, TextIn.Line(title));
        var shown = string.Join(
            ' ',
            page.QuerySelector($"#slot-{slot} .what")!
                .TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        await Boards.SaidAsync(
            olga,
            await CardAsync(olga, board, slot, "Rename", new() { ["Input.Title"] = "Called otherwise" })
        );
        var renamed = await Boards.StandingAsync(site, conference);
        var removed = await Boards.SaidAsync(olga, await CardAsync(olga, board, slot, "Remove"));
        var tooLong = await Boards.RefusedAsync(
            await olga.SubmitAsync(board, new(fields) { ["Input.Title"] = new('x', Slot.TitleMaxLength + 1) }, "Add it")
        );

        Assert.Equal($"{TextIn.Name(title)} 19:00–20:00", shown);
        Assert.Empty(page.QuerySelectorAll("main script"));
        Assert.Equal(["Called otherwise, Ulster, 12 19:00, 60"], renamed);
        Assert.StartsWith("Called otherwise is removed from the schedule.", removed, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "Say in 1 to 120 characters what stands there."), tooLong);
        Assert.Empty(await Boards.StandingAsync(site, conference));
    }

    [Fact]
    public async Task Race_OfTwoForOneCell_ExactlyOneWins()
    {
        var board = await Boards.BoardAsync(site, "race");
        await AcceptedAsync("race", "First", SessionForm.Full);
        await AcceptedAsync("race", "Second", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        using var oscar = await Boards.OrganizerAsync(site, "Oscar Organizer");
        var (one, other) = (
            await olga.ReadAsync($"{board}?place=first"),
            await oscar.ReadAsync($"{board}?place=second")
        );

        var answers = await Task.WhenAll(
            Boards.PressAsync(olga, one, Monday, 0, "Herbert"),
            Boards.PressAsync(oscar, other, Monday, 0, "Herbert")
        );

        var lost = await Boards.RefusedAsync(Assert.Single(answers, a => a.StatusCode is not HttpStatusCode.Redirect));
        var winner = Assert.Single(await Boards.StandingAsync(site, "race")).Split(',')[0];
        Assert.Equal(
            (
                HttpStatusCode.Conflict,
                $"Herbert is taken on Monday 12 September 2022, 10:00–13:30 Europe/Dublin by {winner}. Choose "
                    + "another place, or move that one first."
            ),
            lost
        );
        Assert.Equal(1, await AuditAsync("race", "placed", null));
    }

    [Fact]
    public async Task Race_OfTwoForOneMicroconference_PlacesItOnce()
    {
        var board = await Boards.BoardAsync(site, "twice");
        await AcceptedAsync("twice", "Wanted", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        using var oscar = await Boards.OrganizerAsync(site, "Oscar Organizer");
        var (one, other) = (
            await olga.ReadAsync($"{board}?place=wanted"),
            await oscar.ReadAsync($"{board}?place=wanted")
        );

        var answers = await Task.WhenAll(
            Boards.PressAsync(olga, one, Monday, 0, "Herbert"),
            Boards.PressAsync(oscar, other, Monday, 0, "Ulster")
        );

        var lost = await Boards.RefusedAsync(Assert.Single(answers, a => a.StatusCode is not HttpStatusCode.Redirect));
        Assert.Equal(
            (
                HttpStatusCode.Conflict,
                "Somebody else has placed Wanted or taken it out since you opened the board. Here is how it stands now."
            ),
            lost
        );
        Assert.Single(await Boards.StandingAsync(site, "twice"));
    }

    [Fact]
    public async Task Move_OfWhatAnotherMovedMeanwhile_IsToldAndChangesNothing()
    {
        var board = await Boards.BoardAsync(site, "stale");
        await AcceptedAsync("stale", "Popular", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        using var oscar = await Boards.OrganizerAsync(site, "Oscar Organizer");
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "popular", Monday, 0, "Herbert"));
        var older = await oscar.ReadAsync($"{board}?move={await Boards.SlotAsync(site, "stale", "Popular")}");
        await Boards.SaidAsync(olga, await MoveAsync(olga, board, "stale", "Popular", Tuesday, 0, "Herbert"));

        var late = await Boards.RefusedAsync(await Boards.PressAsync(oscar, older, Monday, 1, "Ulster"));

        Assert.Equal(
            (
                HttpStatusCode.Conflict,
                "Somebody else has changed this place since you opened the board. Here is how it stands now."
            ),
            late
        );
        Assert.Equal(["Popular, Herbert, 13 10:00, 210"], await Boards.StandingAsync(site, "stale"));
    }

    [Fact]
    public async Task UndoAndRedo_GoBackAndForthStepByStep()
    {
        var board = await Boards.BoardAsync(site, "undo");
        await AcceptedAsync("undo", "Undone", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "undone", Monday, 0, "Herbert"));
        var slot = await Boards.SlotAsync(site, "undo", "Undone");
        await ArrangeAsync("undo", "Undone", (0, 30));
        await Boards.SaidAsync(olga, await MoveAsync(olga, board, "undo", "Undone", Tuesday, 0, "Ulster"));
        await Boards.SaidAsync(olga, await ActAsync(olga, board, "undo", "Undone", "Take out"));

        var said = await Boards.SaidAsync(olga, await olga.SubmitAsync(board, [], "Undo: took out Undone"));
        Assert.Equal("Undone: took out Undone. No clash came or went.", said);
        Assert.Equal(["Undone, Ulster, 13 10:00, 210"], await Boards.StandingAsync(site, "undo"));
        Assert.Equal(slot, await Boards.SlotAsync(site, "undo", "Undone"));
        Assert.Equal([(0, true)], await SessionAsync("undo", "Undone"));

        await Boards.SaidAsync(olga, await olga.SubmitAsync(board, [], "Undo: moved Undone"));
        Assert.Equal(["Undone, Herbert, 12 10:00, 210"], await Boards.StandingAsync(site, "undo"));
        await Boards.SaidAsync(olga, await olga.SubmitAsync(board, [], "Redo: moved Undone"));
        Assert.Equal(["Undone, Ulster, 13 10:00, 210"], await Boards.StandingAsync(site, "undo"));
        await Boards.SaidAsync(olga, await olga.SubmitAsync(board, [], "Redo: took out Undone"));
        Assert.Empty(await Boards.StandingAsync(site, "undo"));
        var end = await olga.ReadAsync(board);
        Assert.DoesNotContain("Redo", end.QuerySelector(".steps")!.TextContent, StringComparison.Ordinal);

        await Boards.SaidAsync(olga, await olga.SubmitAsync(end, [], "Undo: took out Undone"));
        var again = await Boards.RefusedAsync(await olga.SubmitAsync(end, [], "Undo: took out Undone"));
        Assert.Equal(
            (HttpStatusCode.Conflict, "You changed the board in another window meanwhile. Here is how it stands now."),
            again
        );
    }

    [Fact]
    public async Task Undo_OfWhatAnotherChangedSince_IsRefused()
    {
        var board = await Boards.BoardAsync(site, "undone");
        await AcceptedAsync("undone", "Shared", SessionForm.Full);
        await AcceptedAsync("undone", "Given away", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        using var oscar = await Boards.OrganizerAsync(site, "Oscar Organizer");
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "shared", Monday, 0, "Herbert"));
        await Boards.SaidAsync(oscar, await MoveAsync(oscar, board, "undone", "Shared", Tuesday, 0, "Herbert"));
        var moved = await Boards.RefusedAsync(await olga.SubmitAsync(board, [], "Undo: placed Shared"));
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "given-away", Monday, 1, "Herbert"));
        await Boards.SaidAsync(olga, await ActAsync(olga, board, "undone", "Given away", "Take out"));
        await Boards.SaidAsync(oscar, await Boards.PlaceAsync(oscar, board, "given-away", Tuesday, 1, "Herbert"));
        var placed = await Boards.RefusedAsync(await olga.SubmitAsync(board, [], "Undo: took out Given away"));

        Assert.Equal(
            (
                HttpStatusCode.Conflict,
                "Shared was changed by somebody else since, and going back would undo that, too. Change it by hand."
            ),
            moved
        );
        Assert.Equal(
            (
                HttpStatusCode.Conflict,
                "Given away was changed by somebody else since, and going back would undo that, too. Change it by hand."
            ),
            placed
        );
        Assert.Equal(
            ["Shared, Herbert, 13 10:00, 210", "Given away, Herbert, 13 15:00, 210"],
            await Boards.StandingAsync(site, "undone")
        );
    }

    // Ireland's clocks went back in the night to 30 October 2022.
    [Fact]
    public async Task Place_InAWeekWithAClockChange_StandsAtTheSameTimesOnTheWall()
    {
        var board = await Boards.BoardAsync(site, "clock", new LocalDate(2022, 10, 29));
        await AcceptedAsync("clock", "Before", SessionForm.Full);
        await AcceptedAsync("clock", "After", SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);

        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "before", "2022-10-29", 0, "Herbert"));
        await Boards.SaidAsync(olga, await Boards.PlaceAsync(olga, board, "after", "2022-10-30", 0, "Herbert"));
        await Boards.SaidAsync(olga, await MoveAsync(olga, board, "clock", "Before", "2022-10-31", 0, "Herbert"));

        Assert.Equal(
            ["After, Herbert, 30 10:00, 210", "Before, Herbert, 31 10:00, 210"],
            await Boards.StandingAsync(site, "clock")
        );
        await using var db = site.OpenDatabase();
        var slot = await Boards.SlotAsync(site, "clock", "After");
        Assert.Equal(
            Instant.FromUtc(2022, 10, 30, 10, 0),
            (await db.Slots.SingleAsync(s => s.Id == slot, Stop)).During.Start
        );
    }

    [Fact]
    public async Task Board_With3AndWith30_AsksTheSameNumberOfStatements()
    {
        var boards = new List<string>();
        foreach (var (conference, count) in new[] { ("few", 3), ("many", 30) })
        {
            boards.Add(await Boards.BoardAsync(site, conference));
            await using var db = site.OpenDatabase();
            for (var i = 0; i < count; i++)
            {
                await site.Given.MicroconferenceAsync(
                    $"{conference} {i}",
                    MicroconferenceStatus.Accepted,
                    conference,
                    leads: ["Lea Often", $"Lead {i}"],
                    topics: ["A", "B"],
                    speakers: ["Sue Speaker"]
                );
                var mc = await db.Microconferences.SingleAsync(m => m.Title == $"{conference} {i}", Stop);
                if (i % 3 > 0)
                {
                    db.Add(
                        new Slot(
                            mc.ConferenceId,
                            mc,
                            new Interval(Instant.FromUtc(2022, 9, 12, 9, 0), Instant.FromUtc(2022, 9, 12, 12, 30)),
                            null
                        )
                    );
                }
            }

            await db.SaveChangesAsync(Stop);
        }

        using var olga = await Boards.OrganizerAsync(site);

        Assert.Equal(await StatementsAsync(olga, boards[0]), await StatementsAsync(olga, boards[1]));
        Assert.Equal(
            await StatementsAsync(olga, $"{boards[0]}?place=few-0"),
            await StatementsAsync(olga, $"{boards[1]}?place=many-0")
        );
        Assert.NotEmpty((await olga.ReadAsync(boards[1])).QuerySelectorAll("td .clashes .hard"));
    }

    [Fact]
    public async Task Board_WithoutRoomsOrHalfDays_SaysWhatToDoFirst()
    {
        await site.Given.ConferenceAsync("empty");
        using var olga = await Boards.OrganizerAsync(site);

        var page = await olga.ReadAsync("/empty/organize/schedule");

        Assert.Equal(
            ["/empty/organize/setup", "/empty/organize/grid"],
            page.QuerySelectorAll("main .note li a").Select(a => a.GetAttribute("href"))
        );
        Assert.Empty(page.QuerySelectorAll("table"));
    }

    // The facts of the real event: rooms, half-days and groups. Its grouping keeps apart everybody who is needed twice.
    [Fact]
    public async Task Place_TheSeventeenOf2022AsTheyWereGrouped_MakesNoClash()
    {
        await using (var scope = site.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<ConferenceImport>()
                .ImportAsync(Path.Combine(FolderOnDisk.SitePath, "..", "..", "samples", "lpc2022"), null, Stop);
            var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
            await db
                .Slots.Where(s => db.Conferences.Any(c => c.Slug == "2022" && c.Id == s.ConferenceId))
                .ExecuteDeleteAsync(Stop);
        }

        string[][] groups =
        [
            ["kernel-memory-management", "system-boot-and-security", "vfio-iommu-pci"],
            ["kernel-testing-and-dependability", "service-management-and-systemd"],
            ["cpu-isolation", "confidential-computing", "linux-arch"],
            ["android", "risc-v", "real-time"],
            [
                "containers-and-checkpoint-restore",
                "iots-a-4-letter-word",
                "zoned-storage-devices-smr-hdds-and-zns-ssds",
            ],
            ["compute-express-link", "open-printing", "power-management-and-thermal-control"],
        ];
        string[] rooms =
        [
            "Herbert",
            "Lansdowne",
            "Meeting 1&2",
            "Meeting 6",
            "Meeting 9",
            "Pembroke",
            "Ulster & Munster",
        ];
        var board = await Boards.BoardAsync(site, "2022", rooms: rooms);
        using var olga = await Boards.OrganizerAsync(site);

        foreach (var (group, i) in groups.Select((group, i) => (group, i)))
        {
            foreach (var (slug, room) in group.Zip(["Meeting 1&2", "Meeting 9", "Pembroke"]))
            {
                Assert.EndsWith(
                    "No clash came or went.",
                    await Boards.SaidAsync(
                        olga,
                        await Boards.PlaceAsync(olga, board, slug, $"2022-09-{12 + i / 2}", i % 2, room)
                    ),
                    StringComparison.Ordinal
                );
            }
        }

        // Joerg Roedel leads one of them and is a key attendee of the other, each time spelt otherwise.
        var together = await Boards.SaidAsync(
            olga,
            await MoveAsync(olga, board, "2022", "Confidential Computing MC", Monday, 0, "Herbert")
        );

        Assert.Equal(17, (await Boards.StandingAsync(site, "2022")).Count);
        Assert.Contains("Clashes now: ", together, StringComparison.Ordinal);
        Assert.Contains("VFIO/IOMMU/PCI", together, StringComparison.Ordinal);
    }

    private Task<Microconference> AcceptedAsync(
        string conference,
        string title,
        SessionForm form,
        params string[] leads
    ) =>
        site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            conference,
            leads: leads.Length == 0 ? [$"Lead of {title}"] : leads,
            form: form
        );

    private async Task<HttpResponseMessage> MoveAsync(
        Browsing organizer,
        string board,
        string conference,
        string title,
        string day,
        int halfDay,
        string room
    ) =>
        await Boards.PressAsync(
            organizer,
            await organizer.ReadAsync($"{board}?move={await Boards.SlotAsync(site, conference, title)}"),
            day,
            halfDay,
            room
        );

    private async Task<HttpResponseMessage> SwapAsync(
        Browsing organizer,
        string board,
        string conference,
        string title,
        string other
    )
    {
        var page = await organizer.ReadAsync($"{board}?move={await Boards.SlotAsync(site, conference, title)}");
        return await organizer.SubmitAsync(
            page,
            [],
            page.QuerySelector($"#slot-{await Boards.SlotAsync(site, conference, other)} button[name='Input.With']")!
                .GetAttribute("value")
        );
    }

    private async Task<HttpResponseMessage> TimesAsync(
        Browsing organizer,
        string board,
        string conference,
        string title,
        string from,
        string until
    ) =>
        await CardAsync(
            organizer,
            board,
            await Boards.SlotAsync(site, conference, title),
            "Move or resize",
            new() { ["Input.From"] = from, ["Input.Until"] = until }
        );

    private async Task<HttpResponseMessage> ActAsync(
        Browsing organizer,
        string board,
        string conference,
        string title,
        string button
    ) => await CardAsync(organizer, board, await Boards.SlotAsync(site, conference, title), button);

    // Many cards have the same buttons: all others are taken off the page first.
    private static async Task<HttpResponseMessage> CardAsync(
        Browsing organizer,
        string board,
        int slot,
        string button,
        Dictionary<string, string>? fields = null
    )
    {
        var page = await organizer.ReadAsync(board);
        foreach (
            var form in page.QuerySelectorAll("main form")
                .Where(f => f.QuerySelector($"[name='Input.Slot'][value='{slot}']") is null)
                .ToList()
        )
        {
            form.Remove();
        }

        return await organizer.SubmitAsync(page, fields ?? [], button);
    }

    private async Task ArrangeAsync(string conference, string title, params (int After, int Minutes)[] parts)
    {
        var id = await Boards.SlotAsync(site, conference, title);
        await using var db = site.OpenDatabase();
        var slot = await db.Slots.Include(s => s.Microconference).SingleAsync(s => s.Id == id, Stop);
        db.AddRange(
            parts.Select(
                (part, i) =>
                    SessionItem.Titled(
                        slot.Microconference!,
                        slot,
                        $"Part {i}",
                        isBreak: false,
                        part.After,
                        part.Minutes
                    )
            )
        );
        await db.SaveChangesAsync(Stop);
    }

    private async Task<IReadOnlyList<(int After, bool HasPlace)>> SessionAsync(string conference, string title)
    {
        await using var db = site.OpenDatabase();
        return await db
            .SessionItems.Where(i =>
                i.Microconference.Title == title && i.Microconference.Conference.Slug == conference
            )
            .OrderBy(i => i.StartsAfter)
            .Select(i => new ValueTuple<int, bool>(i.StartsAfter, i.SlotId != null))
            .ToListAsync(Stop);
    }

    private async Task<int> AuditAsync(string conference, string verb, string? by = "Olga Organizer")
    {
        await using var db = site.OpenDatabase();
        return await db.AuditEntries.CountAsync(
            e =>
                e.Verb == verb
                && e.Via == BoardHistory.Via
                && (by == null || e.By!.Name == by)
                && db.Conferences.Any(c => c.Slug == conference && c.Id == e.ConferenceId),
            Stop
        );
    }

    private async Task<int> StatementsAsync(Browsing organizer, string path)
    {
        return await site.StatementsOfAsync(() => organizer.ReadAsync(path));
    }
}
