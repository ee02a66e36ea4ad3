using Ical.Net;
using LpcSite.Browser.Fixture;
using LpcSite.Imports;
using LpcSite.Imports.Folder;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>
/// The conference of 2022 from nothing to what attendees read, by mouse, by keyboard and without script: half-days,
/// seventeen places, each known clash made and taken back, the release, a lead who publishes their own part after it,
/// and an attendee who takes that part home.
/// </summary>
public sealed class LayingOutTests(BrowserFixture browser)
{
    private static readonly string[] Rooms =
    [
        "Herbert",
        "Lansdowne",
        "Meeting 1&2",
        "Meeting 6",
        "Meeting 9",
        "Pembroke",
        "Ulster & Munster",
    ];

    // The three of each half-day have these rooms, in this order; the others are free.
    private static readonly string[] Taken = ["Herbert", "Meeting 1&2", "Ulster & Munster"];

    private static readonly string[][] HalfDays =
    [
        ["kernel-memory-management", "vfio-iommu-pci", "system-boot-and-security"],
        ["kernel-testing-and-dependability", "service-management-and-systemd"],
        ["confidential-computing", "cpu-isolation", "linux-arch"],
        ["android", "real-time", "risc-v"],
        ["containers-and-checkpoint-restore", "iots-a-4-letter-word", "zoned-storage-devices-smr-hdds-and-zns-ssds"],
        ["compute-express-link", "open-printing", "power-management-and-thermal-control"],
    ];

    // What moves beside what, and the people who would then be needed twice.
    private static readonly (string Moves, string Beside, string[] People)[] Pairs =
    [
        ("compute-express-link", "vfio-iommu-pci", ["Dan Williams"]),
        ("confidential-computing", "vfio-iommu-pci", ["Jörg Roedel"]),
        ("containers-and-checkpoint-restore", "linux-arch", ["Mike Rapoport"]),
        ("cpu-isolation", "real-time", ["Daniel Bristot de Oliveira", "Steven Rostedt"]),
        ("cpu-isolation", "vfio-iommu-pci", ["Peter Zijlstra", "Thomas Gleixner"]),
        ("linux-arch", "vfio-iommu-pci", ["Arnd Bergmann"]),
        ("open-printing", "real-time", ["Kate Stewart"]),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData("mouse"), InlineData("keyboard"), InlineData("buttons")]
    public async Task Grid_Of2022_IsLaidOutReleasedAndArranged(string by)
    {
        var conference = $"laid-out-by-{by}";
        var titles = await WithoutAGridAsync(conference);
        await using var organizer = await browser.ReaderAsync(choose: options =>
            options.JavaScriptEnabled = by != "buttons"
        );
        await organizer.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.OrganizerAsync("Oda Order")),
            Given.Password
        );
        await DivideAsync(organizer, conference, by);

        await organizer.OpenAsync($"/{conference}/organize/schedule");
        foreach (
            var (slug, room, half) in HalfDays.SelectMany(
                (slugs, half) => slugs.Zip(Taken, (slug, room) => (slug, room, half))
            )
        )
        {
            await MoveAsync(
                organizer.Page,
                by,
                $"Place {titles[slug]}",
                $".card[data-choose$='place={slug}']",
                room,
                half
            );
            await Assertions.Expect(Said(organizer)).ToContainTextAsync($"{titles[slug]} stands in {room} on ");
        }

        await ProvokeAsync(organizer, by, conference, titles);
        await organizer.OpenAsync($"/{conference}/organize/releases");
        await PressAsync(organizer.Page, by, "Release");
        await using var attendee = await browser.ReaderAsync(
            Screen.Phone,
            options => options.JavaScriptEnabled = by != "buttons"
        );
        await attendee.OpenAsync($"/{conference}/schedule");
        await Assertions.Expect(attendee.Page.Locator("#mc-open-printing")).ToContainTextAsync("Meeting 1&2");
        Assert.Equal(17, await attendee.Page.Locator(".cell h4").CountAsync());

        await ArrangeAsync($"/{conference}/mc/open-printing/lead/session", by);
        await attendee.OpenAsync($"/{conference}/schedule");
        Assert.Equal(5, await attendee.Page.Locator("#mc-open-printing li[id^=topic-] time").CountAsync());
        var feed =
            by == "buttons"
                ? await SubscribeWithAnAccountAsync(attendee, conference, titles["open-printing"])
                : await SubscribeAsync(attendee, by, conference);
        await SubscribedAsync(feed, titles["open-printing"]);
        Findings.None(organizer.Complaints);
        Findings.None(attendee.Complaints);
    }

    private static ILocator Said(Reader reader) => reader.Page.Locator(".said");

    private static async Task DivideAsync(Reader organizer, string conference, string by)
    {
        await organizer.OpenAsync($"/{conference}/organize/grid");
        await PressAsync(organizer.Page, by, "Fill in the usual ones");
        await Assertions.Expect(organizer.Page.Locator("[name='Input.HalfDays[1].Ends']")).ToHaveValueAsync("18:30");
        await organizer
            .Page.Locator("main .actions")
            .GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })
            .ClickAsync();
        await Assertions.Expect(organizer.Page.Locator(".said")).ToBeVisibleAsync();
    }

    private async Task ProvokeAsync(Reader organizer, string by, string conference, Dictionary<string, string> titles)
    {
        await using var db = browser.Site.OpenDatabase();
        var slots = await db
            .Slots.Where(s => s.Microconference!.Conference.Slug == conference)
            .Select(s => new { s.Id, s.Microconference!.Slug })
            .ToDictionaryAsync(s => s.Slug, s => s.Id, Stop);
        foreach (var (moves, beside, people) in Pairs)
        {
            await MoveAsync(
                organizer.Page,
                by,
                $"Move {titles[moves]}",
                $"#slot-{slots[moves]}",
                "Lansdowne",
                Array.FindIndex(HalfDays, slugs => slugs.Contains(beside))
            );
            await Assertions.Expect(Said(organizer)).ToContainTextAsync("Clashes now: ");
            var made = await Said(organizer).InnerTextAsync();
            await PressAsync(organizer.Page, by, $"Undo: moved {titles[moves]}");
            await Assertions.Expect(Said(organizer)).ToContainTextAsync("No longer: ");
            Assert.All(people, person => Assert.Contains(person, made, StringComparison.Ordinal));
            Assert.Equal(people.Length, made.Split(" at the same time ").Length - 1);
        }

        await organizer.OpenAsync($"/{conference}/organize/clashes");
        await Assertions.Expect(organizer.Page.Locator("main")).ToContainTextAsync("No clash among ");
    }

    private async Task ArrangeAsync(string session, string by)
    {
        await using var db = browser.Site.OpenDatabase();
        await using var lead = await browser.ReaderAsync(choose: options =>
            options.JavaScriptEnabled = by != "buttons"
        );
        await lead.SignInAsync(
            await browser.Site.Given.AccountAsync(await db.People.SingleAsync(p => p.Name == "Till Kamppeter", Stop)),
            Given.Password
        );
        await lead.OpenAsync(session);
        await PressAsync(lead.Page, by, "Fit to the slot");
        await Assertions.Expect(lead.Page.Locator("main li[data-row]")).ToHaveCountAsync(6);
        await lead
            .Page.Locator("form[data-session] .actions")
            .GetByRole(AriaRole.Button, new() { Name = "Save the session", Exact = true })
            .ClickAsync();
        await PressAsync(lead.Page, by, "Publish this session");
        await Assertions
            .Expect(lead.Page.GetByText("It is public as it is arranged here (release 2).", new() { Exact = true }))
            .ToBeVisibleAsync();
        Findings.None(lead.Complaints);
    }

    /// <summary>
    /// Stars in their browser alone, reads them without a network, and takes the calendar that follows them.
    /// </summary>
    private static async Task<string> SubscribeAsync(Reader attendee, string by, string conference)
    {
        var page = attendee.Page;
        await DoAsync(page.Locator("#mc-open-printing > .star"), by);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await attendee.Context.SetOfflineAsync(true);
        await page.GotoAsync($"/{conference}/schedule");
        await Assertions.Expect(page.Locator("main .note").First).ToContainTextAsync("There is no network.");
        await PressAsync(page, by, "My schedule (1)");
        await Assertions.Expect(page.Locator(".cell:visible h4")).ToHaveTextAsync(["Open Printing"]);
        Assert.Equal(5, await page.Locator("#mc-open-printing li[id^=topic-] time:visible").CountAsync());

        await attendee.Context.SetOfflineAsync(false);
        await DoAsync(page.GetByRole(AriaRole.Link, new() { Name = "Share", Exact = true }), by);
        return await WhereToSubscribeAsync(page, "Calendar feed");
    }

    /// <summary>The same for who has no script: chosen from a list, and kept in their account.</summary>
    private async Task<string> SubscribeWithAnAccountAsync(Reader attendee, string conference, string title)
    {
        await attendee.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync("Ada Attends")),
            Given.Password
        );
        await attendee.OpenAsync($"/my/stars/{conference}/choose");
        await attendee
            .Page.GetByRole(AriaRole.Group, new() { Name = title, Exact = true })
            .GetByRole(AriaRole.Checkbox)
            .First.CheckAsync();
        await PressAsync(attendee.Page, "buttons", "Save");
        await PressAsync(attendee.Page, "buttons", "Make an address for your calendar");
        return await WhereToSubscribeAsync(attendee.Page, "Subscribe to it");
    }

    private static async Task<string> WhereToSubscribeAsync(IPage page, string link)
    {
        var address = await page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true })
            .GetAttributeAsync("href");
        Assert.StartsWith("webcal://", address, StringComparison.Ordinal);
        return new Uri(address!).PathAndQuery;
    }

    // As a calendar asks, which knows nothing but the address.
    private async Task SubscribedAsync(string feed, string title)
    {
        await using var calendar = await browser.ReaderAsync();
        var answer = await calendar.Context.APIRequest.GetAsync(feed);
        Assert.Equal((200, "text/calendar"), (answer.Status, answer.Headers["content-type"].Split(';')[0]));
        var starred = Assert.Single(Calendar.Load(await answer.TextAsync())!.Events);

        // The afternoon of the third day in Dublin, from three to half past six by summer time.
        Assert.Equal((title, "Meeting 1&2"), (starred.Summary, starred.Location));
        Assert.Equal(
            (
                new DateTime(2022, 9, 14, 14, 0, 0, DateTimeKind.Utc),
                new DateTime(2022, 9, 14, 17, 30, 0, DateTimeKind.Utc)
            ),
            (starred.Start!.AsUtc, starred.End!.AsUtc)
        );
    }

    private static async Task MoveAsync(IPage page, string by, string link, string card, string room, int half)
    {
        var cell = page.Locator(".board tbody")
            .Nth(half / 2)
            .Locator("tr")
            .Nth(Array.IndexOf(Rooms, room))
            .Locator("td")
            .Nth(half % 2);
        if (by == "mouse")
        {
            // As a hand does it: the card is in it before the page scrolls to where it goes.
            await page.Locator(card).HoverAsync();
            var from = (await page.Locator(card).BoundingBoxAsync())!;
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(from.X + (from.Width / 2) + 9, from.Y + (from.Height / 2), new() { Steps = 3 });
            await cell.HoverAsync(new() { Force = true });
            await cell.HoverAsync(new() { Force = true });
            await page.Mouse.UpAsync();
            return;
        }

        await DoAsync(page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }), by);
        await DoAsync(cell.Locator("button.here").First, by);
    }

    private static Task PressAsync(IPage page, string by, string button) =>
        DoAsync(page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }), by);

    private static async Task DoAsync(ILocator what, string by)
    {
        if (by == "keyboard")
        {
            await what.PressAsync("Enter");
        }
        else
        {
            await what.ClickAsync();
        }
    }

    /// <returns>The titles of its microconferences by their slugs.</returns>
    private async Task<Dictionary<string, string>> WithoutAGridAsync(string conference)
    {
        using var folder = FolderOnDisk.Small().Without("bends.md");
        foreach (
            var file in Directory.EnumerateFiles(
                SampleConference.FindFolder(FolderOnDisk.SitePath, AppContext.BaseDirectory)!
            )
        )
        {
            folder.With(Path.GetFileName(file), await File.ReadAllBytesAsync(file, Stop));
        }

        folder.Replace(ConferenceFolder.FileName, "slug: '2022'", $"slug: {conference}");
        await using var scope = browser.Site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<ConferenceImport>()
            .ImportAsync(folder.Path, progress: null, Stop);
        await using var db = browser.Site.OpenDatabase();
        var id = await db.Conferences.Where(c => c.Slug == conference).Select(c => c.Id).SingleAsync(Stop);
        await db.SessionItems.Where(i => i.Microconference.ConferenceId == id).ExecuteDeleteAsync(Stop);
        await db.Slots.Where(s => s.ConferenceId == id).ExecuteDeleteAsync(Stop);
        await db.HalfDays.Where(h => h.ConferenceId == id).ExecuteDeleteAsync(Stop);
        return await db
            .Microconferences.Where(m => m.Conference.Slug == conference)
            .InPageOrder()
            .ToDictionaryAsync(m => m.Slug, m => m.Title, Stop);
    }
}
