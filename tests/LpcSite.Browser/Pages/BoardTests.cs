using LpcSite.Browser.Fixture;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>A microconference gets its place by mouse, by keyboard and without script, and the way back is the same for all.</summary>
public sealed class BoardTests(BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData("mouse"), InlineData("keyboard"), InlineData("buttons")]
    public async Task Place_IsSavedAndCanBeUndone(string by)
    {
        var conference = $"board-by-{by}";
        await browser.Site.Given.MicroconferenceAsync("Pipes", MicroconferenceStatus.Accepted, conference, form: SessionForm.Full);
        await using var db = browser.Site.OpenDatabase();
        var known = await db.Conferences.Include(c => c.Rooms).Include(c => c.HalfDays).AsSplitQuery().SingleAsync(c => c.Slug == conference, Stop);
        known.Arrange([("Hall", 300, null), ("Cellar", 20, null)]);
        known.Divide([.. HalfDay.Usual().Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes))]);
        await db.SaveChangesAsync(Stop);
        await using var organizer = await browser.ReaderAsync(choose: options => options.JavaScriptEnabled = by != "buttons");
        await organizer.SignInAsync(await browser.Site.Given.AccountAsync(await browser.Site.Given.OrganizerAsync("Oda Order")), Given.Password);
        await organizer.OpenAsync($"/{conference}/organize/schedule");

        await PlaceAsync(organizer.Page, by);
        await Assertions.Expect(organizer.Page.Locator(".said")).ToContainTextAsync("Pipes stands in Cellar on Monday 12 September 2022, 15:00–18:30 Europe/Dublin.");
        var standing = await db.Slots.Where(s => s.ConferenceId == known.Id).Select(s => s.Room!.Name).ToListAsync(Stop);
        await organizer.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: placed Pipes", Exact = true }).ClickAsync();
        await Assertions.Expect(organizer.Page.Locator(".said")).ToContainTextAsync("Undone: placed Pipes.");

        Assert.Equal(["Cellar"], standing);
        Assert.Equal(0, await db.Slots.CountAsync(s => s.ConferenceId == known.Id, Stop));
        Findings.None(organizer.Complaints);
    }

    private static async Task PlaceAsync(IPage page, string by)
    {
        if (by == "mouse")
        {
            await page.Locator(".waiting .card").First.DragToAsync(page.Locator("tbody").First.Locator("tr").Nth(1).Locator("td").Nth(1));
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
            await page.GetByRole(AriaRole.Button, new() { Name = "Place here: Pipes, Cellar, Monday Afternoon, 15:00–18:30", Exact = true }).ClickAsync();
        }
    }
}
