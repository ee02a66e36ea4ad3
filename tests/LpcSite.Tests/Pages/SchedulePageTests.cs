using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Dom;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>What attendees read of the schedule: the last release, and nothing that is newer or hidden.</summary>
public sealed class SchedulePageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly LocalDateTime Ten = new(2022, 9, 12, 10, 0);
    private static readonly string[] OfFilter =
    [
        "Opening",
        "Boot filter",
        "Memory filter",
        "Refereed filter",
        "Printing filter",
    ];

    [Fact]
    public async Task Person_WhoIsNowhereInTheSchedule_IsGivenNoCalendarOfIt()
    {
        await site.PlacedAsync("nowhere", "Placed", null, Ten, leads: ["Paula Placed"]);
        await site.Given.MicroconferenceAsync("Unplaced", conference: "nowhere", leads: ["Ulla Unplaced"]);
        await site.ReleasedAsync("nowhere");

        var placed = await site.ReadAsync("/nowhere/people/paula-placed");
        var unplaced = await site.ReadAsync("/nowhere/people/ulla-unplaced");
        using var reader = site.Anonymous();
        using var calendar = await reader.GetAsync("/nowhere/people/paula-placed.ics");
        using var none = await reader.GetAsync("/nowhere/people/ulla-unplaced.ics");

        Assert.Single(placed.QuerySelectorAll("main a[href='/nowhere/people/paula-placed.ics']"));
        Assert.Empty(unplaced.QuerySelectorAll("main a[href$='.ics']"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (calendar.StatusCode, none.StatusCode));
    }

    [Fact]
    public async Task Schedule_Released_StandsByDayAndTimeAndOrderOfRooms()
    {
        await MorningAsync("order");

        var page = await site.ReadAsync("/order/schedule");

        Assert.Equal(
            ["Monday 12 September", "Tuesday 13 September", "Wednesday 14 September"],
            Texts(page, ".day > h2")
        );
        Assert.Equal(
            ["#2022-09-12", "#2022-09-13", "#2022-09-14"],
            page.QuerySelectorAll(".days a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal(["09:00–09:45 IST", "10:00 IST", "15:00–16:30 IST"], Texts(page, ".slot h3"));
        Assert.Equal(
            ["Opening", "Boot order", "Memory order", "Refereed order", "Printing order"],
            Texts(page, ".cell h4")
        );
        Assert.Equal(
            [
                "Herbert · 120 seats · for everybody",
                "Herbert · 120 seats",
                "Meeting 1&2",
                "Lansdowne · 200 seats · track",
                "Room to follow",
            ],
            Texts(page, ".cell .room")
        );
        Assert.Equal(
            ["10:00–13:30 IST", "10:00–13:30 IST", "10:00–12:00 IST"],
            Texts(page, ".slot:nth-of-type(2) .cell > .soft").Where(t => t.Contains('–'))
        );
        Assert.Equal(
            "Nothing is in the schedule of this day yet.",
            page.GetElementById("2022-09-14")?.QuerySelector("p")?.TextContent
        );
        Assert.Contains(
            "Release 1, Friday 3 June 2022, 13:00 Europe/Dublin",
            Text(page.QuerySelector(".schedule > .soft")!),
            StringComparison.Ordinal
        );
        Assert.Equal("/order/schedule/changes", page.QuerySelector(".schedule > .people a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task Day_AtAGlance_LeadsToEachSessionByRoomAndTime()
    {
        await MorningAsync("glance");

        var page = await site.ReadAsync("/glance/schedule");
        var monday = page.GetElementById("2022-09-12")!.QuerySelector(".glance table")!;

        Assert.Equal(["Room", "09:00–09:45 IST", "10:00 IST"], monday.QuerySelectorAll("thead th").Select(Text));
        Assert.Equal(
            ["Herbert Opening Boot glance", "Meeting 1&2 Memory glance", "Lansdowne Refereed glance"],
            monday.QuerySelectorAll("tbody tr").Select(Text)
        );
        Assert.Equal(["Room to follow Printing glance"], Texts(page, "[id='2022-09-13'] .glance tbody tr"));
        Assert.Equal(
            page.QuerySelectorAll(".cell").Select(c => $"#{c.Id}").Order(),
            page.QuerySelectorAll(".glance a").Select(a => a.GetAttribute("href")).Order()
        );
        Assert.Empty((await site.ReadAsync("/glance/schedule?room=Herbert")).QuerySelectorAll(".glance"));
    }

    [Theory]
    [InlineData("?room=herbert", "/schedule/rooms/")]
    [InlineData("?mc=memory-feeds", "/mc/memory-feeds.ics")]
    [InlineData("?person=lukasz-o", "/people/lukasz-o.ics")]
    [InlineData("?person=lukasz-o&room=Herbert", null)]
    [InlineData("?person=nobody-at-all", null)]
    public async Task Schedule_Filtered_OffersTheCalendarOfWhatWasChosen(string query, string? address)
    {
        await MorningAsync("feeds");

        var feed = (await site.ReadAsync("/feeds/schedule" + query))
            .QuerySelector(".note a[href^=webcal]")
            ?.GetAttribute("href")
            ?["webcal://localhost".Length..];

        Assert.StartsWith(address is null ? "" : $"/feeds{address}", feed ?? "", StringComparison.Ordinal);
        Assert.Equal(address is null, feed is null);
        if (feed is not null)
        {
            Assert.Contains("BEGIN:VEVENT", await site.Anonymous().GetStringAsync(feed), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Session_Arranged_ListsTopicsWithTimesThenThoseWithout()
    {
        await MorningAsync("arranged");

        var boot = (await site.ReadAsync("/arranged/schedule")).GetElementById("mc-boot-arranged")!;

        Assert.Equal("/arranged/mc/boot-arranged", boot.QuerySelector("h4 a")?.GetAttribute("href"));
        Assert.Equal("Led by Boot arranged Lead", boot.QuerySelector(".who")?.TextContent);
        Assert.Equal(
            ["10:00 Roots of trust 30 min Łukasz Ø", "10:30 Coffee 30 min", "11:00 Welcome back 5 min"],
            boot.QuerySelectorAll("ol li").Select(Text)
        );
        Assert.Equal(["Measured boot Łukasz Ø"], boot.QuerySelectorAll("ul li").Select(Text));
        Assert.Equal("1 topic has no time yet", boot.QuerySelector("details[open] > summary:has(+ ul)")?.TextContent);
        Assert.Equal(["break"], boot.QuerySelectorAll("li[class]").Select(li => li.ClassName));
        Assert.Matches("^topic-[0-9]+$", boot.QuerySelector("ol li")!.Id!);
        Assert.Contains(
            "Programme to follow.",
            (await site.ReadAsync("/arranged/schedule")).GetElementById("mc-memory-arranged")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("?room=herbert", "Opening", "Boot filter")]
    [InlineData("?mc=memory-filter", "Memory filter")]
    [InlineData("?person=boot-filter-lead", "Boot filter")]
    [InlineData("?person=lukasz-o&room=", "Boot filter")]
    [InlineData("?room=Lansdowne&mc=memory-filter")]
    [InlineData("?person=nobody-at-all")]
    [InlineData("?unknown=key", "Opening", "Boot filter", "Memory filter", "Refereed filter", "Printing filter")]
    public async Task Schedule_Filtered_ShowsWhatWasChosenAlone(string query, params string[] titles)
    {
        await MorningAsync("filter");
        await site.ReadAsync("/filter/schedule");

        var page = await site.ReadAsync("/filter/schedule" + query);
        var text = await site.Anonymous().GetStringAsync("/filter/schedule.txt" + query);

        Assert.Equal(titles, Texts(page, ".cell h4"));
        Assert.Equal(titles, OfFilter.Where(title => text.Contains($"\n  {title}\n", StringComparison.Ordinal)));
        if (!query.StartsWith("?unknown", StringComparison.Ordinal))
        {
            Assert.StartsWith(
                titles.Length == 0 ? "Nothing in the schedule is" : "Only what is",
                Text(page.QuerySelector(".note")!),
                StringComparison.Ordinal
            );
            Assert.Equal("/filter/schedule", page.QuerySelector(".note a")?.GetAttribute("href"));
            Assert.True(page.QuerySelector("details")!.HasAttribute("open"));
            Assert.EndsWith(
                "/filter/schedule",
                page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Schedule_OfOneWhoSpeaks_ShowsHisTopicsAlone()
    {
        await MorningAsync("speaks");

        var page = await site.ReadAsync("/speaks/schedule?person=lukasz-o");

        Assert.Equal(
            ["10:00 Roots of trust 30 min Łukasz Ø", "Measured boot Łukasz Ø"],
            page.QuerySelectorAll(".cell li").Select(Text)
        );
        Assert.Equal("lukasz-o", page.QuerySelector("#person option[selected]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Schedule_BeforeTheFirstRelease_SaysWhatIsThereInstead()
    {
        await site.RoomsAsync("before", ("Herbert", 120));
        await site.PlacedAsync("before", "Placed in draft", "Herbert", Ten);

        var page = await site.ReadAsync("/before/schedule");
        var text = await site.Anonymous().GetStringAsync("/before/schedule.txt");

        Assert.Contains(
            "The schedule of P before is not public yet.",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["/before/mc", "/before/calls"],
            page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href"))
        );
        Assert.DoesNotContain("Placed in draft", page.Body!.TextContent + text, StringComparison.Ordinal);
        Assert.DoesNotContain("Schedule", Texts(page, "header nav a"));
        Assert.Empty((await site.ReadAsync("/before/mc/placed-in-draft")).QuerySelectorAll(".note"));
    }

    [Fact]
    public async Task Slot_MovedInTheDraft_StaysWhereItWasUntilTheNextRelease()
    {
        await site.RoomsAsync("moves", ("Herbert", 120));
        var mc = await site.PlacedAsync(
            "moves",
            "Moving",
            "Herbert",
            Ten,
            topics: ["Wheels"],
            speakers: ["Moritz Mover"]
        );
        await site.ArrangedAsync(mc, ("Wheels", 30, 20));
        await site.ReleasedAsync("moves");
        string[] places = ["/moves/schedule", "/moves/schedule.txt", "/moves/mc/moving", "/moves/people/moritz-mover"];
        var before = await ReadAllAsync(places);

        await site.MovedAsync(mc, new(2022, 9, 13, 15, 0));
        site.ForgetPages();
        var meanwhile = await ReadAllAsync(places);
        await site.ReleasedAsync("moves");
        var after = await ReadAllAsync(places);

        Assert.Equal(before, meanwhile);
        Assert.All(after.Zip(before), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.All(
            after,
            text =>
                Assert.Contains(
                    "15:00–18:30 IST",
                    text.Replace("15:30–15:50 IST", "15:00–18:30 IST", StringComparison.Ordinal),
                    StringComparison.Ordinal
                )
        );
        Assert.All(after, text => Assert.DoesNotContain("10:00", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hold_AndWhatIsOnlyTried_IsShownNowhere()
    {
        await site.RoomsAsync("hold", ("Herbert", 120), ("Lansdowne", 200));
        var mc = await site.PlacedAsync("hold", "Shown", "Herbert", Ten);
        var tried = await site.Given.MicroconferenceAsync("Only tried", MicroconferenceStatus.Proposed, "hold");
        await using (var db = site.OpenDatabase())
        {
            db.Add(
                new Slot(
                    mc.ConferenceId,
                    db.Microconferences.Single(m => m.Id == tried.Id),
                    new(Instant.FromUtc(2022, 9, 13, 9, 0), Instant.FromUtc(2022, 9, 13, 10, 0)),
                    null
                )
            );
            await db.SaveChangesAsync();
        }

        await site.StandsAsync("hold", SlotKind.Hold, "Board meeting", "Lansdowne", Ten, 60);
        await site.ReleasedAsync("hold");

        var all = string.Join(
            "\n",
            await ReadAllAsync(["/hold/schedule", "/hold/schedule.txt", "/hold/schedule?room=Lansdowne"])
        );

        Assert.Contains("Shown", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Board meeting", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Only tried", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_WithHostileTitles_ShowsThemAsText()
    {
        const string Hostile = "<script>alert(1)</script> \"><img src=x onerror=a> & ' {{7}}";
        await site.RoomsAsync("hostile", ("<b>Room</b> \"'&", 3));
        var mc = await site.PlacedAsync(
            "hostile",
            Hostile,
            "<b>Room</b> \"'&",
            Ten,
            topics: [Hostile],
            speakers: [$"{Hostile} P"]
        );
        await site.ArrangedAsync(mc, (Hostile, 0, 30), ($"Coffee {Hostile}", 30, 30));
        await site.ReleasedAsync("hostile");

        foreach (
            var path in new[]
            {
                "/hostile/schedule",
                $"/hostile/schedule?room={Uri.EscapeDataString("<b>Room</b> \"'&")}",
                $"/hostile/schedule?person={Uri.EscapeDataString(Hostile)}",
                mc.Path,
            }
        )
        {
            var page = await site.ReadAsync(path);
            Assert.Empty(page.QuerySelectorAll("main script, main img, main b:not(.accepted)"));
            Assert.DoesNotContain(
                page.All,
                e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal))
            );
        }

        var schedule = await site.ReadAsync("/hostile/schedule");
        Assert.Equal(Hostile, schedule.QuerySelector("h4")?.TextContent);
        Assert.Equal(Hostile, schedule.QuerySelector("li[id] a")?.TextContent);
        Assert.Equal("<b>Room</b> \"'&", schedule.QuerySelectorAll("#room option")[^1].GetAttribute("value"));
    }

    [Fact]
    public async Task Schedule_With3And30Sessions_AsksTheSameNumberOfStatements()
    {
        foreach (var (conference, count) in new[] { ("few", 3), ("many", 30) })
        {
            await site.RoomsAsync(conference, ("Herbert", 120));
            for (var i = 0; i < count; i++)
            {
                var mc = await site.PlacedAsync(
                    conference,
                    $"{conference} {i}",
                    null,
                    Ten.PlusMinutes(30 * i),
                    topics: ["One", "Two"],
                    speakers: [$"Speaker {i}"],
                    leads: [$"Lead {i}"]
                );
                await site.ArrangedAsync(mc, ("One", 0, 30), ("Coffee", 30, 30));
            }

            await site.ReleasedAsync(conference);
        }

        foreach (
            var place in new[]
            {
                "/{0}/schedule",
                "/{0}/schedule.txt",
                "/{0}/schedule?person=lead-1",
                "/{0}/mc/{0}-1",
                "/{0}/people/lead-1",
            }
        )
        {
            var (few, many) = (
                await StatementsAsync(place.Replace("{0}", "few", StringComparison.Ordinal)),
                await StatementsAsync(place.Replace("{0}", "many", StringComparison.Ordinal))
            );
            Assert.Equal((place, few.Count), (place, many.Count));
            Assert.Single(many, statement => statement.Contains("r.document", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/twice/schedule", "*/*", "text/html")]
    [InlineData("/twice/schedule", "text/plain", "text/plain")]
    [InlineData("/twice/schedule", "text/markdown", "text/html")]
    [InlineData("/twice/schedule.txt", "*/*", "text/plain")]
    [InlineData("/twice/schedule?room=Herbert", "*/*", "text/html")]
    public async Task Schedule_ThatTheClientHas_IsNotSentAgain(string path, string accept, string mediaType)
    {
        await MorningAsync("twice");
        using var client = site.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);

        var first = await client.GetAsync(path);
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        var kept = await client.GetAsync(path);
        site.ForgetPages();
        var anew = await client.GetAsync(path);
        client.DefaultRequestHeaders.IfNoneMatch.Clear();
        client.DefaultRequestHeaders.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));
        var other = await client.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, mediaType), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        Assert.Equal(
            (HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK),
            (kept.StatusCode, anew.StatusCode, other.StatusCode)
        );
        Assert.Equal(
            mediaType == "text/plain" ? "*" : null,
            first.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins.Single() : null
        );
    }

    [Theory]
    [InlineData("Europe/Dublin", "2022-09-12T10:00", 210, "10:00–13:30 IST", "10:30", "2022-09-12T09:30:00Z")]
    [InlineData("America/New_York", "2022-09-12T10:00", 210, "10:00–13:30 EDT", "10:30", "2022-09-12T14:30:00Z")]
    [InlineData("Asia/Kolkata", "2022-09-12T10:00", 210, "10:00–13:30 IST", "10:30", "2022-09-12T05:00:00Z")]
    [InlineData("Pacific/Auckland", "2022-09-12T10:00", 210, "10:00–13:30 NZST", "10:30", "2022-09-11T22:30:00Z")]
    [InlineData("Asia/Bangkok", "2022-09-12T10:00", 210, "10:00–13:30 UTC+07", "10:30", "2022-09-12T03:30:00Z")]
    [InlineData("Europe/Dublin", "2022-10-30T01:00", 120, "01:00 IST–02:00 GMT", "01:30", "2022-10-30T00:30:00Z")]
    [InlineData(
        "America/New_York",
        "2022-11-06T01:30",
        210,
        "01:30 EDT–04:00 EST",
        "01:00 EST",
        "2022-11-06T06:00:00Z"
    )]
    [InlineData(
        "Pacific/Auckland",
        "2022-09-25T01:30",
        90,
        "01:30 NZST–04:00 NZDT",
        "03:00 NZDT",
        "2022-09-24T14:00:00Z"
    )]
    public async Task Schedule_InAnyZone_ShowsTheMinutesOfItsClock(
        string zone,
        string starts,
        int minutes,
        string span,
        string topic,
        string utc
    )
    {
        var start = NodaTime
            .Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm")
            .Parse(starts)
            .Value;
        var slug = $"zone-{zone}-{starts}".ToLowerInvariant().Replace('/', '-').Replace('_', '-').Replace(':', '-');
        await site.Given.ConferenceAsync(slug, zone, start.Date);
        await site.RoomsAsync(slug, ("Hall", null));
        var mc = await site.PlacedAsync(slug, "Clocks", "Hall", start, minutes, topics: ["Ticks"]);
        await site.ArrangedAsync(mc, ("Ticks", 30, 20));
        await site.ReleasedAsync(slug);

        var page = await site.ReadAsync($"/{slug}/schedule");
        var text = await site.Anonymous().GetStringAsync($"/{slug}/schedule.txt");

        Assert.Equal(span, Text(page.QuerySelector(".slot h3")!));
        Assert.Equal(
            (topic, utc),
            (Text(page.QuerySelector("li time")!), page.QuerySelector("li time")!.GetAttribute("datetime"))
        );
        Assert.Contains($"{span}, Hall", text, StringComparison.Ordinal);
        Assert.Contains(
            $"All times are those of the venue, {zone}.",
            text.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
        Assert.Contains($"  {topic}  20 min", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PagesOfWhatIsScheduled_SayWhenAndWhere()
    {
        await MorningAsync("pages");

        var mc = await site.ReadAsync("/pages/mc/boot-pages");
        var topic = await site.ReadAsync(mc.QuerySelector(".topics.timed a")!.GetAttribute("href")!);
        var open = await site.ReadAsync(
            mc.QuerySelectorAll(".topics a").Single(a => a.TextContent == "Measured boot").GetAttribute("href")!
        );
        var lead = await site.ReadAsync("/pages/people/boot-pages-lead");
        var speaker = await site.ReadAsync("/pages/people/lukasz-o");

        Assert.Equal(
            ("Monday 12 September, 10:00–13:30 IST, Herbert", "/pages/schedule#mc-boot-pages"),
            Link(mc.QuerySelector(".note a")!)
        );
        Assert.Equal(
            ["10:00 Roots of trust 30 min", "10:30 Coffee 30 min", "11:00 Welcome back 5 min"],
            mc.QuerySelectorAll(".topics.timed[aria-label] li").Select(Text)
        );
        Assert.Equal("Monday 12 September, 10:00–10:30 IST, Herbert", topic.QuerySelector(".note a")?.TextContent);
        Assert.Equal(
            "without a time yet, in the session of Monday 12 September, 10:00–13:30 IST, Herbert",
            open.QuerySelector(".note a")?.TextContent
        );
        Assert.Equal("Monday 12 September, 10:00–13:30 IST, Herbert", lead.QuerySelector(".index .soft")?.TextContent);
        Assert.Contains("Boot pages: Monday 12 September, 10:00–10:30 IST, Herbert", Texts(speaker, ".index .soft"));
        Assert.Equal(
            ("Łukasz Ø in the schedule", "/pages/schedule?person=lukasz-o"),
            Link(speaker.QuerySelector("main a[href*='/schedule']")!)
        );
        Assert.Equal(
            ["/pages/mc/boot-pages.ics", "/pages/people/boot-pages-lead.ics", "/pages/people/lukasz-o.ics"],
            new[] { mc, lead, speaker }.Select(p => p.QuerySelector("main a[href$='.ics']")?.GetAttribute("href"))
        );
        Assert.Equal(["2022-09-12T10:00:00+01:00", "2022-09-12T10:00:00+01:00"], new[] { mc, topic }.Select(StartOf));
        Assert.Contains(
            "\"startDate\":\"2022-09-12T10:00:00\\u002B01:00\"",
            (await site.ReadAsync("/pages")).QuerySelector("script[type='application/ld+json']")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(["Microconferences", "Schedule", "People"], Texts(mc, "header nav a").Take(3));
        Assert.Contains(
            "http://localhost/pages/schedule<",
            await site.Anonymous().GetStringAsync("/sitemap.xml"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task PlainText_OfAMorning_ReadsLikeThis()
    {
        await MorningAsync("golden");

        var lines = (await site.Anonymous().GetStringAsync("/golden/schedule.txt")).Split('\n');

        Assert.Equal(
            """
            P golden: schedule
            ==================
            Release 1, Friday 3 June 2022, 13:00 Europe/Dublin. All times are those of the
            venue, Europe/Dublin.
            http://localhost/golden/schedule


            Monday 12 September
            -------------------

            09:00–09:45 IST, Herbert (120 seats), for everybody
              Opening

            10:00–13:30 IST, Herbert (120 seats)
              Boot golden
              led by Boot golden Lead
              10:00  30 min  Roots of trust
                             -- Łukasz Ø
              10:30  30 min  Coffee
              11:00  5 min   Welcome back
              Without a time yet:
                             Measured boot
                             -- Łukasz Ø

            10:00–13:30 IST, Meeting 1&2
              Memory golden
              led by Memory golden Lead

            10:00–12:00 IST, Lansdowne (200 seats), track
              Refereed golden


            Tuesday 13 September
            --------------------

            15:00–16:30 IST, room to follow
              Printing golden
              led by Printing golden Lead

            """.ReplaceLineEndings("\n").Split('\n'),
            lines
        );
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Manifest_ReachesNoFurtherThanTheSchedule()
    {
        await MorningAsync("phone");
        using var client = site.Anonymous();

        var answer = await client.GetAsync(
            (await site.ReadAsync("/phone/schedule")).QuerySelector("link[rel=manifest]")!.GetAttribute("href")!
        );
        using var manifest = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ("/phone/schedule", "/phone/schedule"),
            (
                manifest.RootElement.GetProperty("scope").GetString(),
                manifest.RootElement.GetProperty("start_url").GetString()
            )
        );
    }

    [Fact]
    public async Task Microconference_InTwoParts_HasAnAnchorForEach()
    {
        await site.RoomsAsync("parts", ("Herbert", 120));
        var mc = await site.PlacedAsync("parts", "Divided", "Herbert", Ten, 90);
        await using (var db = site.OpenDatabase())
        {
            db.Add(
                new Slot(
                    mc.ConferenceId,
                    db.Microconferences.Single(m => m.Id == mc.Id),
                    new(Instant.FromUtc(2022, 9, 13, 9, 0), Instant.FromUtc(2022, 9, 13, 10, 30)),
                    null
                )
            );
            await db.SaveChangesAsync();
        }

        await site.ReleasedAsync("parts");
        var page = await site.ReadAsync("/parts/schedule");

        Assert.Equal(["mc-divided", "mc-divided--2"], page.QuerySelectorAll(".cell").Select(c => c.Id));
        Assert.Equal(["Divided, part 1", "Divided, part 2"], Texts(page, ".cell h4"));
        Assert.Equal(
            ["/parts/schedule#mc-divided", "/parts/schedule#mc-divided--2"],
            (await site.ReadAsync("/parts/mc/divided")).QuerySelectorAll(".note a").Select(a => a.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task Session_Cancelled_IsSaidWhereItWouldHaveStood()
    {
        await site.RoomsAsync("gone", ("Herbert", 120));
        await site.PlacedAsync("gone", "First", "Herbert", Ten, 60);
        var gone = await site.PlacedAsync("gone", "Called <off>", "Herbert", Ten.PlusMinutes(90), 60);
        await site.PlacedAsync("gone", "Last", "Herbert", Ten.PlusMinutes(180), 60);
        await site.ReleasedAsync("gone");
        await using (var db = site.OpenDatabase())
        {
            db.RemoveRange(db.Slots.Where(s => s.MicroconferenceId == gone.Id));
            await db.SaveChangesAsync();
        }

        await site.ReleasedAsync("gone");
        var page = await site.ReadAsync("/gone/schedule");
        var text = await site.Anonymous().GetStringAsync("/gone/schedule.txt");

        Assert.Equal(
            ["First", "Cancelled: 11:30–12:30 IST Called <off>, Herbert", "Last"],
            Texts(page, ".day:first-of-type :is(h4, .cancelled)")
        );
        Assert.Empty(page.QuerySelectorAll(".cancelled button"));
        var link = Assert.Single(page.QuerySelectorAll(".cancelled a"));
        Assert.Equal(("Called <off>", gone.Path), (link.TextContent, link.GetAttribute("href")));
        Assert.Equal("Called <off>", (await site.ReadAsync(gone.Path)).QuerySelector("h1")!.TextContent.Trim());
        Assert.Contains(
            "  First\n  led by First Lead\n\nCANCELLED: 11:30–12:30 IST, Herbert\n  Called <off>\n\n13:00",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Called",
            (await site.ReadAsync("/gone/schedule?mc=first")).QuerySelector("main section")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "EventCancelled",
            (await site.ReadAsync("/gone")).QuerySelector("script[type='application/ld+json']")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Schedule_OfAConferenceInPreparation_IsNotThere()
    {
        await site.RoomsAsync("secret-year", ("Herbert", 120));
        await site.PlacedAsync("secret-year", "Hidden year", "Herbert", Ten);
        await site.ReleasedAsync("secret-year");
        await using (var db = site.OpenDatabase())
        {
            db.Conferences.Single(c => c.Slug == "secret-year").Hide();
            await db.SaveChangesAsync();
        }

        site.ForgetPages();

        foreach (
            var path in new[] { "/secret-year/schedule", "/secret-year/schedule.txt", "/no-such-year/schedule.txt" }
        )
        {
            Assert.Equal(HttpStatusCode.NotFound, (await site.Anonymous().GetAsync(path)).StatusCode);
        }
    }

    // Rooms in this order; what is placed last comes first in none of them.
    private async Task MorningAsync(string conference)
    {
        if ((await site.Anonymous().GetAsync($"/{conference}/mc/boot-{conference}")).IsSuccessStatusCode)
        {
            return;
        }

        await site.RoomsAsync(conference, ("Herbert", 120), ("Meeting 1&2", null), ("Lansdowne", 200));
        await site.PlacedAsync(
            conference,
            $"Printing {conference}",
            null,
            new(2022, 9, 13, 15, 0),
            90,
            SessionForm.Half
        );
        await site.PlacedAsync(conference, $"Memory {conference}", "Meeting 1&2", Ten);
        var boot = await site.PlacedAsync(
            conference,
            $"Boot {conference}",
            "Herbert",
            Ten,
            topics: ["Measured boot", "Roots of trust"],
            speakers: ["Łukasz Ø"]
        );
        await site.ArrangedAsync(boot, ("Welcome back", 60, 5), ("Coffee", 30, 30), ("Roots of trust", 0, 30));
        await site.StandsAsync(conference, SlotKind.Track, $"Refereed {conference}", "Lansdowne", Ten, 120);
        await site.StandsAsync(conference, SlotKind.Plenary, "Opening", "Herbert", Ten.PlusHours(-1), 45);
        await site.ReleasedAsync(conference);
    }

    private async Task<IReadOnlyList<string>> ReadAllAsync(IEnumerable<string> paths)
    {
        using var client = site.Anonymous();
        var texts = new List<string>();
        foreach (var path in paths)
        {
            texts.Add(await client.GetStringAsync(path));
        }

        return texts;
    }

    private async Task<IReadOnlyCollection<string>> StatementsAsync(string path)
    {
        using var client = site.Anonymous();
        await client.GetAsync(path);
        site.ForgetPages();
        site.Statements.Clear();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
        return [.. site.Statements.Texts];
    }

    private static string? StartOf(IDocument page) =>
        JsonDocument
            .Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent)
            .RootElement.GetProperty("startDate")
            .GetString();

    private static (string Text, string? Address) Link(IElement link) => (link.TextContent, link.GetAttribute("href"));

    private static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Texts(IDocument page, string selector) =>
        page.QuerySelectorAll(selector).Select(Text);
}
