using System.Globalization;
using LpcSite.Browser.Fixture;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>That pages need no script, and what it adds for those who have it.</summary>
public sealed class ScriptTests(BrowserFixture browser, Tabs tabs) : IClassFixture<Tabs>
{
    [Theory, MemberData(nameof(PublicPages.All), MemberType = typeof(PublicPages))]
    public async Task Page_WithoutScript_SaysTheSame(string page)
    {
        // In the zone of the calls, where script has no other time to add.
        var with = await tabs.OpenAsync(
            page,
            Screen.Desktop,
            name: "script",
            choose: options => options.TimezoneId = "Etc/GMT+12"
        );
        var without = await tabs.OpenAsync(
            page,
            Screen.Desktop,
            name: "no script",
            choose: options => options.JavaScriptEnabled = false
        );
        await with.Page.EvaluateAsync("() => document.querySelectorAll('.added').forEach(e => e.remove())");
        var text = await without.Page.Locator("body").InnerTextAsync();

        Assert.NotEmpty(text);
        Assert.Equal(text, await with.Page.Locator("body").InnerTextAsync());
    }

    [Fact]
    public async Task Search_WithoutScript_Finds()
    {
        await using var reader = await browser.ReaderAsync(choose: options => options.JavaScriptEnabled = false);
        await reader.OpenAsync("/crowded/search");

        await reader.Page.GetByRole(AriaRole.Searchbox).FillAsync("rodel");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await reader.Page.WaitForURLAsync("**/search?q=rodel");

        Assert.Contains("Jörg Rödel", await reader.Page.Locator(".found a").AllInnerTextsAsync());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Contents_Chosen_ShowTheHeadingOfTheArticle(bool script)
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone, options => options.JavaScriptEnabled = script);
        await reader.OpenAsync(PublicPages.Crowded);

        foreach (
            var (link, slug) in new[]
            {
                ("Linux/Arch", "linux-arch"),
                ("Android", "android"),
                ("Zoned Storage Devices (SMR HDDs & ZNS SSDs)", "zoned-storage-devices-smr-hdds-zns-ssds"),
            }
        )
        {
            await reader.Page.Locator(".contents").GetByText(link, new() { Exact = true }).ClickAsync();

            Assert.Equal($"#{slug}", new Uri(reader.Page.Url).Fragment);
            Assert.Equal(link, await reader.Page.Locator(":target h2").InnerTextAsync());
            await ShowsHeadingAsync(reader);
        }
    }

    [Fact]
    public async Task Anchor_FromAnotherPlace_ShowsTheHeadingOfTheArticle()
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone);

        await reader.OpenAsync($"{PublicPages.Crowded}#real-time-and-scheduling");

        Assert.Equal("Real-time and Scheduling", await reader.Page.Locator(":target h2").InnerTextAsync());
        await ShowsHeadingAsync(reader);
    }

    [Fact]
    public async Task Contents_WhileReading_MarkTheArticleInView()
    {
        await using var reader = await browser.ReaderAsync(Screen.Desktop);
        await reader.OpenAsync(PublicPages.Crowded);
        var marked = reader.Page.Locator(".contents a[aria-current]");
        var articles = reader.Page.Locator("article.mc");
        var count = await articles.CountAsync();
        Assert.Equal(17, count);

        for (var i = 0; i < count - 1; i++)
        {
            await articles.Nth(i).EvaluateAsync("article => article.scrollIntoView()");
            var title = await articles.Nth(i).Locator("h2").InnerTextAsync();

            await Assertions.Expect(marked).ToHaveTextAsync([title]);
        }
    }

    [Fact]
    public async Task Call_ReadInAnotherZone_ShowsTheReadersTimeBesideTheCalls()
    {
        await using var reader = await browser.ReaderAsync(choose: options =>
            (options.TimezoneId, options.Locale) = ("America/New_York", "en-US")
        );
        await reader.OpenAsync("/crowded/calls");
        var call = reader.Page.Locator("main .index").First.Locator("li").First;

        var text = await call.InnerTextAsync();
        var times = await call.Locator("time")
            .EvaluateAllAsync<string[]>(
                "times => times.map(time => `${time.textContent}${time.nextElementSibling.textContent}`)"
            );

        // The clock stands at 3 June 2022, 12:00 UTC; the call closes 13 days later.
        Assert.Contains("Thursday 16 June 2022, 00:00 AoE", text, StringComparison.Ordinal);
        Assert.Equal(
            "Thursday 16 June 2022, 00:00 AoE (Thu, Jun 16, 08:00 AM EDT for you)",
            times[1].Replace('\u202f', ' '),
            ignoreCase: false
        );
        Assert.Equal(2, times.Length);
        Assert.True(
            DateTimeOffset.TryParse(
                await call.Locator("time").First.GetAttributeAsync("datetime"),
                CultureInfo.InvariantCulture,
                out _
            )
        );
    }

    private static async Task ShowsHeadingAsync(Reader reader)
    {
        var box = await reader.Page.Locator(":target h2").BoundingBoxAsync();
        Assert.True(
            box is not null && box.Y >= 0 && box.Y + box.Height <= Screen.Phone.Height,
            $"The heading stands at {box?.Y}."
        );
    }
}
