using LpcSite.Browser.Fixture;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>
/// Lists of the organizers' set-up by mouse, by keyboard and without script: the order that was made is the order that
/// is saved.
/// </summary>
public sealed class SetupTests(BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData("mouse"), InlineData("keyboard"), InlineData("buttons")]
    public async Task Rooms_Moved_AreSavedInTheirNewOrder(string by)
    {
        var conference = $"rooms-by-{by}";
        await browser.Site.Given.ConferenceAsync(conference);
        await using var db = browser.Site.OpenDatabase();
        (await db.Conferences.Include(c => c.Rooms).SingleAsync(c => c.Slug == conference, Stop)).Arrange([
            ("Hall", 300, null),
            ("Cellar", null, null),
            ("Attic", 20, null),
        ]);
        await db.SaveChangesAsync(Stop);
        await using var organizer = await OrganizerAsync(script: by != "buttons");
        await organizer.OpenAsync($"/{conference}/organize/setup");

        await MoveLastUpAsync(organizer.Page, by, "Rooms");
        await organizer
            .Page.Locator("main .actions")
            .GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })
            .ClickAsync();
        await Assertions
            .Expect(organizer.Page.GetByRole(AriaRole.Status).GetByText("Saved.", new() { Exact = true }))
            .ToBeVisibleAsync();

        Assert.Equal(
            ["Hall", "Attic", "Cellar"],
            await db
                .Rooms.Where(r => db.Conferences.Any(c => c.Id == r.ConferenceId && c.Slug == conference))
                .OrderBy(r => r.Position)
                .Select(r => r.Name)
                .ToListAsync(Stop)
        );
        Findings.None(organizer.Complaints);
    }

    [Theory, InlineData("mouse"), InlineData("keyboard"), InlineData("buttons")]
    public async Task Pages_Moved_AreSavedInTheirNewOrder(string by)
    {
        var conference = $"pages-by-{by}";
        foreach (var slug in new[] { "attend", "policy", "faq" })
        {
            await browser.Site.Given.PageAsync(slug, slug, conference: conference);
        }

        await using var organizer = await OrganizerAsync(script: by != "buttons");
        await organizer.OpenAsync($"/{conference}/organize/pages");

        await MoveLastUpAsync(organizer.Page, by, "Order");
        if (by != "buttons")
        {
            await organizer
                .Page.GetByRole(AriaRole.Button, new() { Name = "Save the order", Exact = true })
                .ClickAsync();
        }

        await Assertions
            .Expect(organizer.Page.GetByRole(AriaRole.Status).GetByText("The order is saved.", new() { Exact = true }))
            .ToBeVisibleAsync();
        await Assertions.Expect(organizer.Page.Locator("footer nav a")).ToHaveTextAsync(["attend", "faq", "policy"]);
        Findings.None(organizer.Complaints);
    }

    private static async Task MoveLastUpAsync(IPage page, string by, string list)
    {
        var rows = page.Locator("ol.editable > li");
        if (by == "mouse")
        {
            await rows.Nth(2).ScrollIntoViewIfNeededAsync();
            var (from, to) = (
                await rows.Nth(2).Locator(".handle").BoundingBoxAsync(),
                await rows.Nth(1).BoundingBoxAsync()
            );
            await page.Mouse.MoveAsync(from!.X + from.Width / 2, from.Y + from.Height / 2);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(from.X, to!.Y + to.Height / 4, new() { Steps = 8 });
            await page.Mouse.UpAsync();
        }
        else if (by == "keyboard")
        {
            await rows.Nth(2).Locator("input:not([type=hidden]), a").First.FocusAsync();
            await page.Keyboard.PressAsync("Alt+ArrowUp");
        }
        else
        {
            await page.Locator($"button[value='up {list} 2']").ClickAsync();
        }
    }

    private async Task<Reader> OrganizerAsync(bool script)
    {
        var reader = await browser.ReaderAsync(choose: options => options.JavaScriptEnabled = script);
        await reader.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.OrganizerAsync("Oda Order")),
            Given.Password
        );
        return reader;
    }
}
