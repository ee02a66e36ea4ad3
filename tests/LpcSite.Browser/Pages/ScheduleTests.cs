using System.Globalization;
using LpcSite.Browser.Fixture;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace LpcSite.Browser.Pages;

/// <summary>
/// What script adds to the schedule for those who have it: their own time, what is on now, and their stars.
/// </summary>
public sealed class ScheduleTests(BrowserFixture browser)
{
    private const string Boot = "#mc-boot-and-everything-before-the-kernel";
    private const string Memory = "#mc-kernel-memory-management";
    private const string Rust = "#mc-rust";

    [Theory]
    [InlineData(
        "America/New_York",
        "10:00–13:30 IST 05:00–08:30 EDT",
        "10:00 05:00",
        "; yours, America/New_York, beside them"
    )]
    [InlineData(
        "Pacific/Auckland",
        "10:00–13:30 IST 21:00–00:30 GMT+12",
        "10:00 21:00",
        "; yours, Pacific/Auckland, beside them"
    )]
    [InlineData(
        "Pacific/Kiritimati",
        "10:00–13:30 IST 23:00–02:30 GMT+14",
        "10:00 23:00",
        "; yours, Pacific/Kiritimati, beside them"
    )]
    [InlineData("Europe/London", "10:00–13:30 IST", "10:00", "")]
    public async Task Times_ReadInAnotherZone_HaveTheReadersBesideThemAndKeepTheirDays(
        string zone,
        string heading,
        string topic,
        string named
    )
    {
        await using var reader = await browser.ReaderAsync(choose: options =>
            (options.TimezoneId, options.Locale) = (zone, "en-US")
        );
        await reader.OpenAsync(PublicPages.Schedule);

        Assert.Equal(heading, await TextAsync(reader.Page.Locator("#\\32 022-09-13 .slot h3").First));
        Assert.Equal(topic, await TextAsync(reader.Page.Locator("#\\32 022-09-13 li time").First));
        Assert.Equal(named, await reader.Page.Locator(".zones").TextContentAsync());

        // Days that nobody looks at are not laid out, so that they have no text on the screen.
        var days = await reader.Page.Locator(".day > h2").AllTextContentsAsync();
        Assert.Equal(
            ["Monday 12 September", "Tuesday 13 September", "Wednesday 14 September"],
            days.Select(day => day.Trim())
        );
        Assert.Empty(reader.Complaints);
    }

    [Fact]
    public async Task Times_OnAnotherDayForTheReader_NameIt()
    {
        await using var reader = await browser.ReaderAsync(choose: options =>
            (options.TimezoneId, options.Locale) = ("Pacific/Honolulu", "en-US")
        );
        await reader.OpenAsync(PublicPages.Schedule);

        Assert.Equal(
            "09:00–09:45 IST Sun 11 Sept, 22:00–22:45 HST",
            await TextAsync(reader.Page.Locator(".slot h3").First)
        );
    }

    [Fact]
    public async Task Clock_DuringASession_MarksNowAndNextAndMovesEachMinute()
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone);
        await reader.Page.Clock.InstallAsync(
            new() { TimeDate = new DateTime(2022, 9, 12, 9, 29, 30, DateTimeKind.Utc) }
        );
        await reader.OpenAsync(PublicPages.Schedule);
        var heads = reader.Page.Locator(".slot h3:has(.mark)");
        var topics = reader.Page.Locator($"{Boot} li:has(.mark)");
        var line = reader.Page.Locator(".line");

        Assert.Equal(["now, 10:29", "next"], (await heads.Locator(".mark").AllInnerTextsAsync()).Select(t => t.Trim()));
        Assert.Equal(["now", "next"], (await topics.Locator(".mark").AllInnerTextsAsync()).Select(t => t.Trim()));
        Assert.Contains("10:00", await topics.First.InnerTextAsync(), StringComparison.Ordinal);
        var before = (await line.BoundingBoxAsync())!.Y;
        Assert.Equal("Now", await reader.Page.Locator(".days a").First.InnerTextAsync());

        await reader.Page.Clock.RunForAsync(31_000);

        Assert.Equal(["now, 10:30", "next"], (await heads.Locator(".mark").AllInnerTextsAsync()).Select(t => t.Trim()));
        Assert.Contains("10:30", await topics.First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True((await line.BoundingBoxAsync())!.Y > before);
    }

    [Fact]
    public async Task Clock_LongBefore_MarksNothing()
    {
        await using var reader = await browser.ReaderAsync();
        await reader.Page.Clock.SetFixedTimeAsync(new DateTime(2022, 6, 3, 12, 0, 0, DateTimeKind.Utc));
        await reader.OpenAsync(PublicPages.Schedule);

        Assert.Equal(0, await reader.Page.Locator(".mark, .line").CountAsync());
        Assert.False(await reader.Page.Locator(".days a").First.IsVisibleAsync());
    }

    [Fact]
    public async Task Stars_SetByKeyboard_StayAndFillMySchedule()
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone);
        await reader.OpenAsync(PublicPages.Schedule);
        var mine = reader.Page.GetByRole(AriaRole.Button, new() { Name = "My schedule" });
        await mine.ClickAsync();
        Assert.StartsWith(
            "You have starred nothing here yet.",
            await reader.Page.GetByRole(AriaRole.Status).InnerTextAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await reader.Page.Locator(".cell:visible").CountAsync());
        await mine.ClickAsync();

        await reader.Page.Locator($"{Boot} > .star").FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        await reader.Page.Locator($"{Rust} > .star").ClickAsync();
        await reader.Page.Locator($"{Memory} li .star").First.ClickAsync();
        await reader.OpenAsync(PublicPages.Schedule);

        Assert.Equal("true", await reader.Page.Locator($"{Boot} > .star").GetAttributeAsync("aria-pressed"));
        Assert.Equal(
            "Star Boot and everything before the kernel",
            await reader.Page.Locator($"{Boot} > .star").GetAttributeAsync("aria-label")
        );
        Assert.Equal("My schedule (3)", await mine.InnerTextAsync());
        await mine.ClickAsync();
        Assert.Equal(
            ["Boot and everything before the kernel", "Kernel Memory Management", "Rust"],
            await reader.Page.Locator(".cell:visible h4").AllInnerTextsAsync()
        );
        Assert.Equal(1, await reader.Page.Locator($"{Memory} li:visible").CountAsync());
        Assert.Equal(0, await reader.Page.Locator(".glance:visible").CountAsync());
        Assert.Equal(
            ["Monday 12 September", "Wednesday 14 September"],
            await reader.Page.Locator(".day > h2:visible").AllInnerTextsAsync()
        );
        Assert.Equal(
            ["At the same time as Problem 2 of Kernel Memory Management in your schedule"],
            await reader.Page.Locator($"{Boot} .clash").AllInnerTextsAsync()
        );
        Assert.Equal(2, await reader.Page.Locator(".clash").CountAsync());

        await reader.Page.Locator($"{Boot} > .star").ClickAsync();
        Assert.Equal(0, await reader.Page.Locator(".clash").CountAsync());
        Assert.Equal(
            ["Kernel Memory Management", "Rust"],
            await reader.Page.Locator(".cell:visible h4").AllInnerTextsAsync()
        );
        Assert.Empty(await reader.WhatIsTooWideAsync());
        Assert.Empty(reader.Complaints);
    }

    [Fact]
    public async Task MySchedule_OnEveryScreen_FitsAndIsAccessible()
    {
        await using var reader = await browser.ReaderAsync(
            Screen.Phone,
            options => (options.TimezoneId, options.Locale) = ("America/New_York", "en-US")
        );
        await reader.Page.Clock.SetFixedTimeAsync(new DateTime(2022, 9, 12, 9, 40, 0, DateTimeKind.Utc));
        await reader.OpenAsync(PublicPages.Schedule);
        foreach (var star in new[] { $"{Boot} > .star", $"{Memory} > .star", $"{Rust} li .star" })
        {
            await reader.Page.Locator(star).First.ClickAsync();
        }

        var looking = new Looking(reader);
        await looking.LookAsync("schedule-now", ".line");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "My schedule" }).ClickAsync();
        await looking.LookAsync("schedule-mine", ".clash");

        Findings.None(looking.Findings);
    }

    [Fact]
    public async Task Anchor_OfATopic_ShowsItOnAPhoneBelowTheDays()
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone);
        await reader.OpenAsync("/placed/mc/rust");

        await reader.Page.Locator(".note a").ClickAsync();

        Assert.Equal(Rust, new Uri(reader.Page.Url).Fragment);
        var box = await reader.Page.Locator($"{Rust} h4").BoundingBoxAsync();
        var days = (await reader.Page.Locator(".days").BoundingBoxAsync())!;
        Assert.True(
            box is { Y: < 844 } && box.Y >= days.Y + days.Height && days.Y >= 0,
            $"It stands at {box?.Y}, the days at {days.Y}."
        );
    }

    [Fact]
    public async Task Print_OfTheSchedule_BeginsAPageForEachDay()
    {
        await using var reader = await browser.ReaderAsync();
        await reader.OpenAsync(PublicPages.Schedule);

        var pdf = await reader.Page.PdfAsync(new() { PreferCSSPageSize = true });
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.True(pdf.Length > 10_000);
        Assert.Equal(
            ["auto", "page", "page"],
            await reader.Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('.day')].map(d => getComputedStyle(d).breakBefore)"
            )
        );
        Assert.Equal(0, await reader.Page.Locator("button:visible, select:visible, nav:visible").CountAsync());
        if (Environment.GetEnvironmentVariable("LPCSITE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(folder, "schedule.pdf"),
                pdf,
                TestContext.Current.CancellationToken
            );
        }
    }

    // What introduces something keeps together with it: its title, its state, and who leads it.
    [Fact]
    public async Task Print_OfTheMicroconferences_EndsNoPageWithAHeadingAlone()
    {
        await using var reader = await browser.ReaderAsync();
        await reader.OpenAsync("/placed/mc");

        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });

        var breaks = await reader.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.mc > header, .mc > .led, .mc h2, .mc h3')].map(e => "
                + "getComputedStyle(e).breakAfter)"
        );
        Assert.NotEmpty(breaks);
        Assert.All(breaks, after => Assert.Equal("avoid", after));
    }

    /// <summary>
    /// Nobody takes a sheet to the conference on which only a heading is, or turns one over to see of what.
    /// </summary>
    [Theory]
    [InlineData(PublicPages.Schedule, "A4", 1)]
    [InlineData(PublicPages.Schedule, "A4", 1.4)]
    [InlineData(PublicPages.Schedule, "A5", 1)]
    [InlineData(PublicPages.Schedule, "Letter", 0.8)]
    [InlineData("/2022/schedule", "A4", 1)]
    public async Task Print_OfTheSchedule_LeavesNoHeadingAlone(string path, string paper, float scale)
    {
        // The paper is chosen by a style of the test's own, which the site's policy would refuse.
        await using var reader = await browser.ReaderAsync(null, options => options.BypassCSP = true);
        await reader.OpenAsync(path);
        await reader.Page.AddStyleTagAsync(new() { Content = $"@page {{ size: {paper} }}" });

        using var pdf = PdfDocument.Open(await reader.Page.PdfAsync(new() { PreferCSSPageSize = true, Scale = scale }));

        var pages = pdf.GetPages().Select(LinesOf).ToList();
        Assert.NotEmpty(pages);
        Assert.All(
            pages,
            lines => Assert.False(lines.TrueForAll(IsHeading), $"Nothing but {string.Join(" / ", lines)} is on a page.")
        );
        Assert.All(pages, lines => Assert.False(IsHeading(lines[^1]), $"{lines[^1]} is the last line of a page."));
    }

    // A day, or when something begins.
    private static bool IsHeading(string line) =>
        line is "Schedule"
        || line.StartsWith("Release ", StringComparison.Ordinal)
        || (line.EndsWith(" September", StringComparison.Ordinal) && line.Split(' ').Length == 3)
        || (line.EndsWith(" IST", StringComparison.Ordinal) && line.Split(' ').Length == 2 && char.IsDigit(line[0]));

    private static List<string> LinesOf(Page page) =>
        [
            .. page.GetWords()
                .GroupBy(word => Math.Round(word.BoundingBox.Bottom / 4))
                .OrderByDescending(line => line.Key)
                .Select(line =>
                    string.Join(' ', line.OrderBy(word => word.BoundingBox.Left).Select(word => word.Text))
                ),
        ];

    /// <summary>Who stars something goes on reading where they read: it stays, and so does everything else.</summary>
    [Theory]
    [InlineData(1440)]
    [InlineData(1024)]
    [InlineData(800)]
    public async Task Star_OnAWideScreen_LeavesEverySessionInItsColumn(int width)
    {
        await using var reader = await browser.ReaderAsync(
            null,
            options => options.ViewportSize = new() { Width = width, Height = 900 }
        );
        await reader.OpenAsync(PublicPages.Schedule);
        var before = await LeftsAsync(reader);

        foreach (var star in await reader.Page.Locator(".cell > .star").AllAsync())
        {
            await star.ClickAsync();
            Assert.Equal(before, await LeftsAsync(reader));
        }

        Assert.True(await reader.Page.Locator(".clash").CountAsync() > 9);
        Assert.True(before.Split(' ').Distinct().Count() > 1);
        await reader.Page.SetViewportSizeAsync(600, 900);
        Assert.Single((await LeftsAsync(reader)).Split(' ').Distinct());
    }

    private static async Task<string> LeftsAsync(Reader reader) =>
        string.Join(
            ' ',
            (
                await reader.Page.EvaluateAsync<double[]>(
                    "() => [...document.querySelectorAll('.cell')].map(cell => cell.getBoundingClientRect().left)"
                )
            ).Select(left => left.ToString("0", CultureInfo.InvariantCulture))
        );

    [Fact]
    public async Task Schedule_AfterOneVisit_OpensWithoutANetworkAndSaysHowOldItIs()
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone);
        await reader.OpenAsync(PublicPages.Schedule);
        await reader.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await reader.Context.SetOfflineAsync(true);

        await reader.Page.GotoAsync($"{PublicPages.Schedule}?room=Herbert");

        Assert.StartsWith(
            "There is no network. This is the copy that your browser took ",
            await reader.Page.Locator("main .note").First.InnerTextAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal("Boot and everything before the kernel", await reader.Page.Locator($"{Boot} h4").InnerTextAsync());
        Assert.True(await reader.Page.Locator($"{Boot} > .star").IsVisibleAsync());
        Assert.Equal(
            "grid",
            await reader.Page.Locator(".rooms").First.EvaluateAsync<string>("e => getComputedStyle(e).display")
        );
        await Assert.ThrowsAsync<PlaywrightException>(() => reader.Page.GotoAsync("/placed/mc"));

        await reader.Context.SetOfflineAsync(false);
        await reader.OpenAsync(PublicPages.Schedule);
        Assert.Equal(0, await reader.Page.Locator("main .note:visible").CountAsync());
    }

    [Fact]
    public async Task Copy_OfWhoIsSignedIn_HoldsNothingOfHim()
    {
        await using var reader = await browser.ReaderAsync();
        await reader.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync("Offline Olaf")),
            Tests.Fixture.Given.Password
        );
        await reader.OpenAsync(PublicPages.Schedule);
        await reader.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        Assert.Contains("Offline Olaf", await reader.Page.Locator("header").InnerTextAsync(), StringComparison.Ordinal);
        await reader.Context.SetOfflineAsync(true);

        await reader.Page.ReloadAsync();

        Assert.Equal("Schedule", await reader.Page.Locator("h1").InnerTextAsync());
        Assert.DoesNotContain("Offline Olaf", await reader.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(
            $"schedule:{PublicPages.Schedule}",
            Assert.Single(await reader.Page.EvaluateAsync<string[]>("() => caches.keys()"))
        );
        Assert.Empty(
            await reader.Page.EvaluateAsync<string[]>(
                "async () => (await (await caches.open('schedule:/placed/schedule')).keys()).map(r => new "
                    + "URL(r.url).pathname).filter(p => p !== '/placed/schedule' && !/\\.(css|js|svg)$/.test(p))"
            )
        );
    }

    [Fact]
    public async Task Stars_OfWhoIsSignedIn_AreTheSameInAllHisBrowsersAndNobodyElses()
    {
        await using var phone = await browser.ReaderAsync(Screen.Phone);
        await phone.OpenAsync(PublicPages.Schedule);
        await phone.Page.Locator($"{Boot} > .star").ClickAsync();
        await phone.OpenAsync("/placed/mc/rust");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Star Rust" }).ClickAsync();
        await SignInAsync(phone, "Stella Twice");
        await phone.OpenAsync(PublicPages.Schedule);
        await SyncedAsync(phone, 2);

        await using var laptop = await browser.ReaderAsync();
        await SignInAsync(laptop, "Stella Twice");
        await laptop.OpenAsync(PublicPages.Schedule);
        await SyncedAsync(laptop, 2);
        await Assertions.Expect(laptop.Page.Locator($"{Rust} > .star")).ToHaveAttributeAsync("aria-pressed", "true");
        await laptop.Page.Locator($"{Rust} > .star").ClickAsync();
        await laptop.Page.Locator($"{Memory} li .star").First.ClickAsync();
        await SyncedAsync(laptop, 2);
        await phone.OpenAsync(PublicPages.Schedule);
        await Assertions
            .Expect(phone.Page.Locator($"{Memory} li .star").First)
            .ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(phone.Page.Locator($"{Rust} > .star")).ToHaveAttributeAsync("aria-pressed", "false");

        await laptop.OpenAsync("/my/stars/placed");
        await laptop.Page.GetByRole(AriaRole.Button, new() { Name = "Make an address for your calendar" }).ClickAsync();
        var looking = new Looking(laptop);
        await looking.LookAsync("my-stars", ".qr");
        await laptop.Page.GetByRole(AriaRole.Link, new() { Name = "A page with exactly these" }).ClickAsync();
        await looking.LookAsync("stars", ".clash");
        Findings.None(looking.Findings);

        await SignInAsync(phone, "Nils Next");
        await phone.OpenAsync(PublicPages.Schedule);
        await SyncedAsync(phone, 0);
        await Assertions.Expect(phone.Page.Locator($"{Boot} > .star")).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Empty(phone.Complaints);
    }

    [Fact]
    public async Task Stars_ChangedWithoutANetwork_AreSentWhenThereIsOneAndLoseNothing()
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone);
        await SignInAsync(reader, "Otis Offline");
        await reader.OpenAsync(PublicPages.Schedule);
        await reader.Page.Locator($"{Boot} > .star").ClickAsync();
        await SyncedAsync(reader, 1);
        await reader.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await using var other = await browser.ReaderAsync();
        await SignInAsync(other, "Otis Offline");
        await other.OpenAsync(PublicPages.Schedule);
        await SyncedAsync(other, 1);

        await reader.Context.SetOfflineAsync(true);
        await reader.Page.ReloadAsync();
        await reader.Page.Locator($"{Boot} > .star").ClickAsync();
        await reader.Page.Locator($"{Rust} > .star").ClickAsync();
        await other.Page.Locator($"{Memory} > .star").ClickAsync();
        await SyncedAsync(other, 2);
        await reader.Context.SetOfflineAsync(false);
        await reader.OpenAsync(PublicPages.Schedule);
        await SyncedAsync(reader, 2);

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "My schedule" }).ClickAsync();
        Assert.Equal(
            ["Kernel Memory Management", "Rust"],
            await reader.Page.Locator(".cell:visible h4").AllInnerTextsAsync()
        );
        await reader.OpenAsync("/account/sign-out");
        await reader.Page.Locator("main").GetByRole(AriaRole.Button).ClickAsync();
        await reader.OpenAsync(PublicPages.Schedule);
        Assert.Equal(
            "My schedule (0)",
            await reader.Page.GetByRole(AriaRole.Button, new() { Name = "My schedule" }).InnerTextAsync()
        );
    }

    // What is here is what the account has, and so many.
    private static async Task SyncedAsync(Reader reader, int count) =>
        await reader.Page.WaitForFunctionAsync(
            """
            count => {
              const [stars, account] = ["/placed/schedule", "/placed/schedule#account"]
                .map(key => JSON.parse(localStorage.getItem(key)));
              return account && stars.length === count && stars.toSorted().join() === account.base.toSorted().join();
            }
            """,
            count
        );

    private async Task SignInAsync(Reader reader, string name) =>
        await reader.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync(name)),
            Tests.Fixture.Given.Password
        );

    private static async Task<string> TextAsync(ILocator locator) =>
        string.Join(
            ' ',
            (await locator.TextContentAsync() ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
