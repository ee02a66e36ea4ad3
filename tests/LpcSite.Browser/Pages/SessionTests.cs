using LpcSite.Browser.Fixture;
using LpcSite.Conferences.Settings;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;

namespace LpcSite.Browser.Pages;

/// <summary>The leads' board inside their slot: by keyboard, and without script.</summary>
public sealed class SessionTests(BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData("keyboard"), InlineData("mouse"), InlineData("buttons")]
    public async Task Topics_FittedAndMoved_AreSavedInTheirNewOrder(string by)
    {
        var path = await PlacedAsync($"by-{by}");
        await using var lead = await browser.ReaderAsync(null, options => options.JavaScriptEnabled = by != "buttons");
        await lead.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync("Lena Lead")),
            Given.Password
        );
        await lead.OpenAsync($"{path}/lead/session");
        var rows = lead.Page.Locator("main li[data-row]");

        await lead.Page.Locator("button[value^='fit ']").ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        if (by == "keyboard")
        {
            await rows.Nth(1).Locator("[name$='.Minutes']").FillAsync("40");
            await Assertions.Expect(rows.Nth(1).Locator(".times")).ToHaveTextAsync("10:30–11:10");
            await lead.Page.Keyboard.PressAsync("Alt+ArrowUp");
            await Assertions
                .Expect(lead.Page.Locator("main .told"))
                .ToHaveTextAsync("“Second thing” moved up, 10:00–10:40. Not saved yet.");
            await Assertions.Expect(lead.Page.Locator("button[value='up Rows 0']")).ToBeFocusedAsync();
        }
        else if (by == "mouse")
        {
            await rows.Nth(1).Locator("[name$='.Minutes']").FillAsync("40");
            await DragAsync(lead.Page, rows.Nth(1).Locator(".times"), rows.Nth(0));
            await Assertions
                .Expect(lead.Page.Locator("main .told"))
                .ToHaveTextAsync("“Second thing” moved, 10:00–10:40. Not saved yet.");
        }
        else
        {
            await rows.Nth(1).Locator("[name$='.Minutes']").FillAsync("40");
            await lead.Page.Locator("button[value='up Rows 1']").ClickAsync();
            await Assertions.Expect(rows.Nth(0).Locator(".times")).ToHaveTextAsync("10:00–10:40");
        }

        var looking = new Looking(lead);
        if (by == "keyboard")
        {
            await looking.LookAsync("session", "main .rows");
        }

        await lead
            .Page.Locator("form[data-session] .actions")
            .GetByRole(AriaRole.Button, new() { Name = "Save the session", Exact = true })
            .ClickAsync();
        await Assertions
            .Expect(lead.Page.GetByRole(AriaRole.Status).GetByText("The session is saved.", new() { Exact = true }))
            .ToBeVisibleAsync();

        await using var db = browser.Site.OpenDatabase();
        Assert.Equal(
            ["Second thing", "First thing", "Third thing"],
            await db
                .SessionItems.Where(i => i.Topic != null && i.Microconference.Conference.Slug == $"by-{by}")
                .OrderBy(i => i.StartsAfter)
                .Select(i => i.Topic!.Title)
                .ToListAsync(Stop)
        );
        Findings.None(looking.Findings);
    }

    /// <summary>Whoever is refused reads why, without looking for it.</summary>
    [Theory]
    [InlineData(1440, true)]
    [InlineData(390, true)]
    [InlineData(390, false)]
    public async Task Publish_ThatIsRefused_SaysWhyOnTheScreen(int width, bool hasScript)
    {
        var path = await PlacedAsync($"refused-{width}-{hasScript}".ToLowerInvariant());
        await using (var scope = browser.Site.Services.CreateAsyncScope())
        await using (var db = browser.Site.OpenDatabase())
        {
            var slug = path.Split('/')[1];
            await scope
                .ServiceProvider.GetRequiredService<ScheduleReleases>()
                .ReleaseAsync(
                    await db.Conferences.SingleAsync(c => c.Slug == slug, Stop),
                    "",
                    by: null,
                    "test",
                    origin: null,
                    Stop
                );
        }

        await using var lead = await browser.ReaderAsync(
            null,
            options =>
                (options.JavaScriptEnabled, options.ViewportSize) = (hasScript, new() { Width = width, Height = 844 })
        );
        await lead.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync("Lena Lead")),
            Given.Password
        );
        await lead.OpenAsync($"{path}/lead/session");
        await lead.Page.Locator("button[value^='fit ']").ClickAsync();
        await Assertions.Expect(lead.Page.Locator("main li[data-row]")).ToHaveCountAsync(4);
        await lead
            .Page.Locator("form[data-session] .actions")
            .GetByRole(AriaRole.Button, new() { Name = "Save the session", Exact = true })
            .ClickAsync();
        await lead.Page.EvaluateAsync(
            "() => { document.querySelector('#Comment').maxLength = 9999; document.querySelector('#Comment').value "
                + "= 'x'.repeat(5000); }"
        );

        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Publish this session", Exact = true }).ClickAsync();

        await Assertions.Expect(lead.Page.Locator("#problem-public")).ToBeInViewportAsync();
        await Assertions.Expect(lead.Page.Locator("#problem-public")).Not.ToBeEmptyAsync();
        await Assertions.Expect(lead.Page.Locator("main p[role=alert]")).ToContainTextAsync("Not published:");
    }

    [Fact]
    public async Task Session_ChangedByAnother_SaysSoByItselfAndKeepsWhatIsTyped()
    {
        var path = await PlacedAsync("changed-by-another");
        await using var lead = await browser.ReaderAsync();
        await lead.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync("Lena Lead")),
            Given.Password
        );
        await lead.OpenAsync($"{path}/lead/session");
        var (typed, stale) = (lead.Page.Locator("[name='Input.Rows[0].Minutes']"), lead.Page.Locator("main .stale"));
        await lead.Page.Locator("button[value^='fit ']").ClickAsync();
        await Assertions.Expect(lead.Page.Locator("main li[data-row]")).ToHaveCountAsync(4);
        await lead
            .Page.Locator("form[data-session] .actions")
            .GetByRole(AriaRole.Button, new() { Name = "Save the session", Exact = true })
            .ClickAsync();
        await Assertions
            .Expect(lead.Page.GetByRole(AriaRole.Status).GetByText("The session is saved.", new() { Exact = true }))
            .ToBeVisibleAsync();
        await typed.FillAsync("17");
        await lead.Page.WaitForTimeoutAsync(500);
        var ownSaid = await stale.CountAsync();

        await using var db = browser.Site.OpenDatabase();
        var slot = await db.Slots.SingleAsync(s => s.Microconference!.Conference.Slug == "changed-by-another", Stop);
        slot.Move(new Interval(slot.During.Start + Duration.FromDays(1), slot.During.End + Duration.FromDays(1)), null);
        await Task.WhenAll(db.SaveChangesAsync(Stop), stale.WaitForAsync());

        Assert.Equal((0, "17"), (ownSaid, await typed.InputValueAsync()));
        await Assertions.Expect(stale).ToHaveTextAsync("Somebody else has changed this session meanwhile. Show it");
        await stale.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions
            .Expect(lead.Page.Locator("main h2 time"))
            .ToHaveTextAsync("Tuesday 13 September 2022, 10:00 Europe/Dublin");
        Findings.None(lead.Complaints);
    }

    // As a hand does it: the row is in it before it goes to the upper half of another.
    private static async Task DragAsync(IPage page, ILocator grip, ILocator before)
    {
        await grip.HoverAsync();
        var from = (await grip.BoundingBoxAsync())!;
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(from.X + (from.Width / 2), from.Y + (from.Height / 2) - 9, new() { Steps = 3 });
        await before.HoverAsync(
            new()
            {
                Force = true,
                Position = new() { X = 30, Y = 5 },
            }
        );
        await before.HoverAsync(
            new()
            {
                Force = true,
                Position = new() { X = 32, Y = 6 },
            }
        );
        await page.Mouse.UpAsync();
    }

    [Fact]
    public async Task Link_WhereNothingWasChanged_LeadsAwayAtOnce()
    {
        var path = await PlacedAsync("left-alone");
        await using var lead = await browser.ReaderAsync();
        await lead.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync("Lena Lead")),
            Given.Password
        );
        await lead.OpenAsync($"{path}/lead/session");
        var asked = 0;
        lead.Page.Dialog += async (_, dialog) =>
        {
            asked++;
            await dialog.AcceptAsync();
        };

        // No browser asks for who has touched nothing.
        await lead.Page.Locator("h1").ClickAsync();
        await lead.Page.Locator("header a").First.ClickAsync();
        await Assertions.Expect(lead.Page.Locator("main.arranging")).ToHaveCountAsync(0);

        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Link_BesideWhatIsNotSaved_AsksFirst()
    {
        var path = await PlacedAsync("not-saved");
        await using var lead = await browser.ReaderAsync();
        await lead.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync("Lena Lead")),
            Given.Password
        );
        await lead.OpenAsync($"{path}/lead/session");
        await lead.Page.Locator("button[value^='fit ']").ClickAsync();
        await Assertions.Expect(lead.Page.Locator("main .saving strong")).ToBeVisibleAsync();
        var asked = new TaskCompletionSource<string>();
        lead.Page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };

        await lead.Page.Locator("header a").First.ClickAsync();

        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromMinutes(2), Stop));
        await Assertions.Expect(lead.Page.Locator("main li[data-row]")).ToHaveCountAsync(4);
    }

    private async Task<string> PlacedAsync(string conference)
    {
        var path = (
            await browser.Site.Given.MicroconferenceAsync(
                "Arranged",
                MicroconferenceStatus.Accepted,
                conference,
                leads: ["Lena Lead"],
                topics: ["First thing", "Second thing", "Third thing"],
                form: SessionForm.Full
            )
        ).Path;
        var ten = Instant.FromUtc(2022, 9, 12, 9, 0);
        await using var db = browser.Site.OpenDatabase();
        var microconference = await db.Microconferences.SingleAsync(
            m => m.Title == "Arranged" && m.Conference.Slug == conference,
            Stop
        );
        (await db.Conferences.Include(c => c.HalfDays).SingleAsync(c => c.Slug == conference, Stop)).Divide([
            .. HalfDay.Usual().Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
        ]);
        db.Add(
            new Slot(
                microconference.ConferenceId,
                microconference,
                new Interval(ten, ten + Duration.FromMinutes(210)),
                null
            )
        );
        await db.SaveChangesAsync(Stop);
        return path;
    }
}
