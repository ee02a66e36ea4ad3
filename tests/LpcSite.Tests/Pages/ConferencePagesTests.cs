using System.Buffers.Binary;
using System.Net;
using LpcSite.Tests.Fixture;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>
/// What stands around the microconferences: front page, people, sponsors, calls, and the way when there is nothing.
/// </summary>
public sealed class ConferencePagesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Root_LeadsToTheConferenceThatComesNext()
    {
        await site.Given.ConferenceAsync("over", startsOn: new LocalDate(2022, 5, 30));
        await site.Given.ConferenceAsync("next", startsOn: new LocalDate(2022, 6, 5));
        await site.Given.ConferenceAsync();
        using var client = site.Anonymous();

        var response = await client.GetAsync("/");

        Assert.Equal((HttpStatusCode.Found, "/next"), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task FrontPage_SaysWhenAndWhereAndWhatIsThere()
    {
        await site.Given.MicroconferenceAsync("Fittings", conference: "front", leads: ["Kate Stewart"]);

        var page = await site.ReadAsync("/front");

        Assert.Equal("Plumbing front", page.QuerySelector("h1")?.TextContent);
        Assert.Contains(
            "12–14 September 2022 in Dublin",
            page.QuerySelector(".lead")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("/front/mc/fittings", page.QuerySelector("main .index a")?.GetAttribute("href"));
        Assert.Equal(
            "Event",
            System
                .Text.Json.JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent)
                .RootElement.GetProperty("@type")
                .GetString()
        );
    }

    [Fact]
    public async Task People_HoldsEverybodyWithARoleAndWhatTheyDo()
    {
        await site.Given.MicroconferenceAsync(
            "Joints",
            conference: "people",
            leads: ["Till Kamppeter"],
            keyAttendees: ["Ira McDonald", "Till Kamppeter"],
            topics: ["Soldering"],
            speakers: ["Jörg Roedel"]
        );

        var index = await site.ReadAsync("/people/people");
        var person = await site.ReadAsync("/people/people/till-kamppeter");
        var speaker = await site.ReadAsync(index.QuerySelectorAll(".columns a")[1].GetAttribute("href")!);

        Assert.Equal(
            ["Ira McDonald", "Jörg Roedel", "Till Kamppeter"],
            index.QuerySelectorAll(".columns a").Select(a => a.TextContent)
        );
        Assert.Equal(
            ["key attendee", "speaker", "lead, key attendee"],
            index.QuerySelectorAll(".columns .soft").Select(a => a.TextContent)
        );
        Assert.Equal(["Leads", "Is needed at"], person.QuerySelectorAll("h2").Select(h => h.TextContent));
        Assert.Equal("Soldering", speaker.QuerySelector(".index a")?.TextContent);
    }

    [Fact]
    public async Task Person_OfAnotherConference_IsNotFound()
    {
        await site.Given.MicroconferenceAsync("Here", conference: "here", leads: ["Len Brown"]);
        await site.Given.ConferenceAsync("there");
        using var client = site.Anonymous();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/here/people/len-brown")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/there/people/len-brown")).StatusCode);
    }

    [Fact]
    public async Task Calls_StandUnderWhatTheyAreNow()
    {
        var now = site.Clock.GetCurrentInstant();
        var open = await site.Given.MicroconferenceAsync("Pumps", conference: "calls");
        await site.Given.CallAsync(
            now - Duration.FromDays(1),
            Instant.FromUtc(2022, 6, 16, 12, 0),
            "Etc/GMT+12",
            conference: "calls"
        );
        await site.Given.CallAsync(
            now - Duration.FromDays(9),
            now - Duration.FromDays(2),
            "Europe/Dublin",
            open,
            "calls"
        );

        var page = await site.ReadAsync("/calls/calls");

        Assert.Equal(["Open", "Closed"], page.QuerySelectorAll("h2").Select(h => h.TextContent));
        Assert.Contains(
            "closes Thursday 16 June 2022, 00:00 AoE",
            Folded(page.QuerySelectorAll(".index")[0].TextContent),
            StringComparison.Ordinal
        );
        Assert.Contains("Pumps", page.QuerySelectorAll(".index")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sponsors_StandByTierOnTheirPageAndUnderAllPages()
    {
        await site.Given.ConferenceAsync("thanks", tiers: [("Diamond Sponsor", 1), ("T-Shirt Sponsor", 2)]);
        await site.Given.SponsorAsync(
            "Pipeworks",
            "https://pipeworks.example/",
            Png(300, 100),
            "thanks",
            "Diamond Sponsor",
            "T-Shirt Sponsor"
        );
        using var client = site.Anonymous();

        var page = await site.ReadAsync("/thanks/sponsors");
        var other = await site.ReadAsync("/thanks/people");
        var logo = page.QuerySelector("main img")!;
        var image = await client.GetAsync(logo.GetAttribute("src"));

        Assert.Equal(
            ["Diamond Sponsor", "T-Shirt Sponsor"],
            page.QuerySelectorAll("main h2").Select(h => h.TextContent)
        );
        Assert.Equal(
            ("Pipeworks", "https://pipeworks.example/"),
            (logo.GetAttribute("alt"), logo.ParentElement!.GetAttribute("href"))
        );
        Assert.Equal(2, other.QuerySelectorAll("footer img").Length);
        Assert.Equal(
            ("image/png", true),
            (
                image.Content.Headers.ContentType?.MediaType,
                image.Headers.CacheControl!.ToString().Contains("immutable", StringComparison.Ordinal)
            )
        );
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/nowhere/mc")]
    [InlineData("/nowhere/mc.md")]
    [InlineData("/2022/mc/no-such")]
    [InlineData("/2022/Nothing/at/all")]
    [InlineData("/favicon.bmp")]
    public async Task Address_WhereNothingIs_GetsAPageThatSaysSo(string path)
    {
        await site.Given.ConferenceAsync();
        using var client = site.Anonymous();

        var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is no such page", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ThatMoved_LeadsOn()
    {
        await site.Given.ConferenceAsync();
        await using (var db = site.OpenDatabase())
        {
            db.Redirects.Add(
                new LpcSite.Conferences.Redirect("/event/16/page/200", "/2022/mc", site.Clock.GetCurrentInstant())
            );
            await db.SaveChangesAsync();
        }

        using var client = site.Anonymous();

        var response = await client.GetAsync("/event/16/Page/200?print=1");

        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/2022/mc?print=1"),
            (response.StatusCode, response.Headers.Location?.OriginalString)
        );
    }

    [Fact]
    public async Task Health_SaysAliveAndReady()
    {
        using var client = site.Anonymous();

        Assert.Equal("Healthy", await client.GetStringAsync("/healthz"));
        Assert.Equal("Healthy", await client.GetStringAsync("/readyz"));
    }

    private static string Folded(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static byte[] Png(int width, int height)
    {
        var bytes = new byte[40];
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13 }.CopyTo(bytes, 0);
        "IHDR"u8.CopyTo(bytes.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }
}
