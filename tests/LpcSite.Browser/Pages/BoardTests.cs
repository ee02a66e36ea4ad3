using LpcSite.Browser.Fixture;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>
/// A microconference gets its place by mouse, by keyboard and without script, and the way back is the same for all.
/// </summary>
public sealed class BoardTests(BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData("mouse"), InlineData("keyboard"), InlineData("buttons")]
    public async Task Place_IsSavedAndCanBeUndone(string by)
    {
        var conference = $"board-by-{by}";
        await using var db = browser.Site.OpenDatabase();
        var known = await DividedAsync(db, conference);
        await using var organizer = await browser.ReaderAsync(choose: options =>
            options.JavaScriptEnabled = by != "buttons"
        );
        await organizer.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.OrganizerAsync("Oda Order")),
            Given.Password
        );
        await organizer.OpenAsync($"/{conference}/organize/schedule");

        await PlaceAsync(organizer.Page, by);
        await Assertions
            .Expect(organizer.Page.Locator(".said"))
            .ToContainTextAsync("Pipes stands in Cellar on Monday 12 September 2022, 15:00–18:30 Europe/Dublin.");
        var standing = await db
            .Slots.Where(s => s.ConferenceId == known.Id)
            .Select(s => s.Room!.Name)
            .ToListAsync(Stop);
        await organizer
            .Page.GetByRole(AriaRole.Button, new() { Name = "Undo: placed Pipes", Exact = true })
            .ClickAsync();
        await Assertions.Expect(organizer.Page.Locator(".said")).ToContainTextAsync("Undone: placed Pipes.");

        Assert.Equal(["Cellar"], standing);
        Assert.Equal(0, await db.Slots.CountAsync(s => s.ConferenceId == known.Id, Stop));
        Findings.None(organizer.Complaints);
    }

    /// <summary>
    /// Who has no mouse goes on where the change was, and does not begin again at the top of the page.
    /// </summary>
    [Fact]
    public async Task Keys_StayWithWhatWasChanged()
    {
        const string Board = "/board-of-keys/organize/schedule";
        await using (var db = browser.Site.OpenDatabase())
        {
            await DividedAsync(db, "board-of-keys");
        }

        await using var oda = await OrganizerAsync("Oda Order", Board);
        var page = oda.Page;
        var place = page.GetByRole(AriaRole.Link, new() { Name = "Place Pipes", Exact = true });
        await place.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#chosen")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(place).ToBeFocusedAsync();

        await PlaceAsync(page, "keyboard");
        await Assertions.Expect(page.Locator("td .card .what a")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo: placed Pipes", Exact = true }).PressAsync("Enter");
        var redo = page.GetByRole(AriaRole.Button, new() { Name = "Redo: placed Pipes", Exact = true });
        await Assertions.Expect(redo).ToBeFocusedAsync();
        await redo.PressAsync("Enter");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo: placed Pipes", Exact = true }))
            .ToBeFocusedAsync();
        await page.Locator("td .card summary").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take out Pipes", Exact = true }).PressAsync("Enter");
        await Assertions.Expect(place).ToBeFocusedAsync();

        await page.Locator(".add summary").PressAsync("Enter");
        await page.Locator("#add-title").FillAsync("Lunch");
        await page.Locator("#add-title").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".add [role=alert]")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".add [role=alert]")).ToHaveTextAsync("Say from when, like 10:00.");
    }

    [Fact]
    public async Task Change_OfAnotherOrganizer_ShowsByItselfAndWaitsWhileSomethingIsChosen()
    {
        const string Board = "/board-of-two/organize/schedule";
        await using (var db = browser.Site.OpenDatabase())
        {
            await DividedAsync(db, "board-of-two");
        }

        await using var bea = await OrganizerAsync("Bea Board", Board);
        await using var anna = await OrganizerAsync("Anna Other", Board);
        var (shown, stale) = (anna.Page.Locator("td .card"), anna.Page.Locator(".stale"));
        await bea.Page.GetByRole(AriaRole.Link, new() { Name = "Place Pipes", Exact = true }).ClickAsync();
        var place = bea.Page.GetByRole(
            AriaRole.Button,
            new() { Name = "Place here: Pipes, Cellar, Monday Afternoon, 15:00–18:30", Exact = true }
        );
        await Assertions.Expect(place).ToBeVisibleAsync();
        await Task.WhenAll(place.ClickAsync(), shown.WaitForAsync());
        await Assertions
            .Expect(anna.Page.Locator(".line"))
            .ToHaveTextAsync("Bea Board placed Pipes: Monday 12 September 2022, 15:00–18:30 Europe/Dublin, Cellar.");

        // What somebody has chosen stays chosen.
        await anna.Page.Locator("td .card a[href*='move=']").First.ClickAsync();
        await Assertions.Expect(anna.Page.Locator("#chosen")).ToBeVisibleAsync();
        await Task.WhenAll(
            bea.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: placed Pipes", Exact = true }).ClickAsync(),
            stale.WaitForAsync()
        );
        await Assertions
            .Expect(stale)
            .ToHaveTextAsync("Somebody else has changed the board meanwhile. Bea Board undid: placed Pipes. Show it");
        await Assertions.Expect(anna.Page.Locator("#chosen")).ToBeVisibleAsync();
        await stale.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(shown).ToHaveCountAsync(0);

        // Nobody is told of what they did themselves.
        Assert.Equal(
            (0, ""),
            (await bea.Page.Locator(".stale").CountAsync(), await bea.Page.Locator(".line").InnerTextAsync())
        );
        Findings.None([.. bea.Complaints, .. anna.Complaints]);
    }

    [Fact]
    public async Task Board_WithoutAStream_SaysSoAndLooksByItself()
    {
        const string Board = "/board-cut-off/organize/schedule";
        await using var db = browser.Site.OpenDatabase();
        var known = await DividedAsync(db, "board-cut-off");
        await using var anna = await OrganizerAsync("Anna Other", null);
        await anna.Page.Clock.InstallAsync();
        await anna.Page.RouteAsync(
            "**/changes",
            route => route.Request.Headers["accept"] == "text/event-stream" ? route.AbortAsync() : route.ContinueAsync()
        );
        await anna.OpenAsync(Board);
        var line = anna.Page.Locator(".line");

        var during = HalfDay.Usual()[0].On(known.StartsOn, known);
        db.Add(new Slot(known.Id, SlotKind.Plenary, "Welcome", during, null));
        await db.SaveChangesAsync(Stop);
        await anna.Page.Clock.FastForwardAsync(6_000);
        await Assertions.Expect(anna.Page.Locator("td .card")).ToContainTextAsync("Welcome");
        await Assertions
            .Expect(line)
            .ToHaveTextAsync(
                "Somebody else has changed the board. What others change is looked for every ten seconds at the moment."
            );
        await anna.Page.UnrouteAllAsync();
        await anna.Page.Clock.FastForwardAsync(11_000);

        await Assertions.Expect(line).ToHaveTextAsync("Somebody else has changed the board.");
    }

    [Fact]
    public async Task Drag_BackToThoseWithoutAPlace_TakesItOut()
    {
        await using var db = browser.Site.OpenDatabase();
        var known = await DividedAsync(db, "board-taken-out");
        await using var oda = await OrganizerAsync("Oda Order", "/board-taken-out/organize/schedule");
        await PlaceAsync(oda.Page, "mouse");
        await Assertions.Expect(oda.Page.Locator("td .card")).ToHaveCountAsync(1);

        await oda.Page.Locator("td .card .what").DragToAsync(oda.Page.Locator(".waiting h2"));

        await Assertions.Expect(oda.Page.Locator(".said")).ToContainTextAsync("Pipes has no place any more.");
        await Assertions.Expect(oda.Page.Locator(".waiting .card")).ToContainTextAsync("Pipes");
        Assert.Equal(0, await db.Slots.CountAsync(s => s.ConferenceId == known.Id, Stop));
        await oda.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: took out Pipes", Exact = true }).ClickAsync();
        await Assertions.Expect(oda.Page.Locator("td .card")).ToHaveCountAsync(1);
        Findings.None(oda.Complaints);
    }

    [Fact]
    public async Task Drag_OfSomethingElseToThoseWithoutAPlace_SaysHowToRemoveIt()
    {
        await using var db = browser.Site.OpenDatabase();
        var known = await DividedAsync(db, "board-of-plenaries");
        db.Add(
            new Slot(
                known.Id,
                SlotKind.Plenary,
                "Welcome",
                HalfDay.Usual()[0].On(known.StartsOn, known),
                known.Rooms[0]
            )
        );
        await db.SaveChangesAsync(Stop);
        await using var oda = await OrganizerAsync("Oda Order", "/board-of-plenaries/organize/schedule");

        await oda.Page.Locator("td .card .what").DragToAsync(oda.Page.Locator(".waiting h2"));

        await Assertions
            .Expect(oda.Page.Locator(".told"))
            .ToContainTextAsync("Only microconferences wait here for a place.");
        Assert.Equal(1, await db.Slots.CountAsync(s => s.ConferenceId == known.Id, Stop));
    }

    /// <summary>
    /// Wherever a card is carried and dropped, the board looks afterwards as if nobody had touched it.
    /// </summary>
    [Theory]
    [InlineData("h1")]
    [InlineData("own cell")]
    [InlineData("Escape")]
    public async Task Drag_ThatComesToNothing_LeavesNoMark(string end)
    {
        await using var db = browser.Site.OpenDatabase();
        var known = await DividedAsync(db, "board-of-marks");
        if (!await db.Slots.AnyAsync(s => s.ConferenceId == known.Id, Stop))
        {
            db.Add(
                new Slot(
                    known.Id,
                    SlotKind.Plenary,
                    "Welcome",
                    HalfDay.Usual()[0].On(known.StartsOn, known),
                    known.Rooms[0]
                )
            );
            await db.SaveChangesAsync(Stop);
        }

        await using var oda = await OrganizerAsync("Oda Order", "/board-of-marks/organize/schedule");
        var (card, marks) = (
            oda.Page.Locator("td .card .what"),
            oda.Page.Locator(".over, #chosen, .card[aria-current=true], .told")
        );
        var other = oda.Page.Locator("tbody").First.Locator("tr").Nth(1).Locator("td").Nth(1);
        await card.HoverAsync();
        var from = (await card.BoundingBoxAsync())!;
        await oda.Page.Mouse.DownAsync();
        await oda.Page.Mouse.MoveAsync(from.X + 40, from.Y + 30, new() { Steps = 4 });
        await other.HoverAsync(new() { Force = true });
        await other.HoverAsync(new() { Force = true });
        await Assertions.Expect(oda.Page.Locator(".over")).ToHaveCountAsync(1);

        await oda.Page.Locator("h1").HoverAsync(new() { Force = true });
        await oda
            .Page.Locator("h1")
            .HoverAsync(
                new()
                {
                    Force = true,
                    Position = new() { X = 5, Y = 5 },
                }
            );
        await Assertions.Expect(marks).ToHaveCountAsync(0);
        if (end == "own cell")
        {
            var cell = oda.Page.Locator("td:has(.card)");
            await cell.HoverAsync(new() { Force = true });
            await cell.HoverAsync(
                new()
                {
                    Force = true,
                    Position = new() { X = 9, Y = 9 },
                }
            );
        }
        else if (end == "Escape")
        {
            await oda.Page.Keyboard.PressAsync("Escape");
        }

        await oda.Page.Mouse.UpAsync();

        await oda.Page.WaitForTimeoutAsync(300);
        await Assertions.Expect(marks).ToHaveCountAsync(0);
        Assert.Equal(
            "Welcome",
            await db
                .Slots.Where(s =>
                    s.ConferenceId == known.Id && s.During == HalfDay.Usual()[0].On(known.StartsOn, known)
                )
                .Select(s => s.Title)
                .SingleAsync(Stop)
        );
        Findings.None(oda.Complaints);
    }

    private async Task<Reader> OrganizerAsync(string name, string? board)
    {
        var organizer = await browser.ReaderAsync();
        await organizer.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.OrganizerAsync(name)),
            Given.Password
        );
        if (board is not null)
        {
            await organizer.OpenAsync(board);
        }

        return organizer;
    }

    // With one microconference that has no place yet.
    private async Task<Conference> DividedAsync(LpcDbContext db, string conference)
    {
        await browser.Site.Given.MicroconferenceAsync(
            "Pipes",
            MicroconferenceStatus.Accepted,
            conference,
            leads: ["Pia Pipes"],
            form: SessionForm.Full
        );
        var known = await db
            .Conferences.Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .AsSplitQuery()
            .SingleAsync(c => c.Slug == conference, Stop);
        known.Arrange([("Hall", 300, null), ("Cellar", 20, null)]);
        known.Divide([
            .. HalfDay.Usual().Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
        ]);
        await db.SaveChangesAsync(Stop);
        return known;
    }

    private static async Task PlaceAsync(IPage page, string by)
    {
        if (by == "mouse")
        {
            await page.Locator(".waiting .card")
                .First.DragToAsync(page.Locator("tbody").First.Locator("tr").Nth(1).Locator("td").Nth(1));
            return;
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Place Pipes", Exact = true }).ClickAsync();
        var first = page.Locator("td button[form=choose]").First;
        if (by == "keyboard")
        {
            await Assertions.Expect(first).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("Enter");
        }
        else
        {
            await page.GetByRole(
                    AriaRole.Button,
                    new() { Name = "Place here: Pipes, Cellar, Monday Afternoon, 15:00–18:30", Exact = true }
                )
                .ClickAsync();
        }
    }
}
