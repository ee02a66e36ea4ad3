using System.Net;
using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Decisions;
using LpcSite.Markdown;
using LpcSite.Scheduling;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Conferences.Settings;

/// <summary>A conference from nothing or from last year's, in the browser, until everybody sees it.</summary>
public sealed class ConferenceSettingsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly Dictionary<string, string> Facts = new()
    {
        ["Input.Name"] = "Pipes 2031",
        ["Input.ShortName"] = "P 2031",
        ["Input.City"] = "Prague",
        ["Input.StartsOn"] = "2031-09-15",
        ["Input.EndsOn"] = "2031-09-17",
        ["Input.Zone"] = "Europe/Prague",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_WithNothing_IsThereForOrganizersAlone()
    {
        using var olga = await OrganizerAsync();
        using var anna = await site.AsAsync(await site.Given.PersonAsync("Anna Attendee"));

        var answer = await olga.SubmitAsync("/organize/conferences/new", new(Facts) { ["Input.Slug"] = "made-2031" });

        Assert.Equal("/made-2031/organize", answer.Headers.Location?.OriginalString);
        Assert.Contains(
            "Nobody but the organizers sees P 2031",
            (await olga.ReadAsync("/made-2031/organize")).Body!.TextContent,
            StringComparison.Ordinal
        );
        foreach (
            var path in new[]
            {
                "",
                "/mc",
                "/mc.md",
                "/mc.atom",
                "/people",
                "/calls",
                "/sponsors",
                "/search?q=a",
                "/mc/propose",
            }
        )
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await olga.GetAsync($"/made-2031{path}")).StatusCode));
            foreach (var reader in new[] { anna, site.Browse() })
            {
                var expected =
                    path == "/mc/propose" && reader != anna ? HttpStatusCode.Redirect : HttpStatusCode.NotFound;
                Assert.Equal((path, expected), (path, (await reader.GetAsync($"/made-2031{path}")).StatusCode));
            }
        }

        Assert.DoesNotContain(
            "made-2031",
            await (await site.Browse().GetAsync("/sitemap.xml")).Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        await site.Given.ConferenceAsync("made-other");
        Assert.DoesNotContain(
            "Pipes 2031",
            (await site.ReadAsync("/made-other")).Body!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(1, await AuditAsync("made-2031", "created"));
    }

    [Theory]
    [InlineData("account", "The site itself uses the address /account; choose another slug.")]
    [InlineData("Twenty", "The slug of a conference is made of lower-case letters, digits and single hyphens.")]
    [InlineData("2022", "There is a conference at /2022 already. Choose another slug.")]
    public async Task Create_AtAnAddressThatCannotBe_SaysWhyAndKeepsTheText(string slug, string sentence)
    {
        await site.Given.ConferenceAsync("2022");
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync("/organize/conferences/new", new(Facts) { ["Input.Slug"] = slug });

        var page = await Browsing.ParseAsync(answer);
        Assert.Equal(
            (HttpStatusCode.BadRequest, sentence, "Prague"),
            (
                answer.StatusCode,
                page.QuerySelector("[data-valmsg-for='Input.Slug']")!.TextContent,
                page.QuerySelector("[name='Input.City']")!.GetAttribute("value")
            )
        );
    }

    [Theory]
    [InlineData(
        "Input.Zone",
        "Bohemia",
        "There is no zone “Bohemia”. Zones are called by a large city, such as Europe/Prague or America/New_York."
    )]
    [InlineData("Input.StartsOn", "15.9.2031", "Write the day like 2027-09-13.")]
    [InlineData("Input.EndsOn", "2031-09-14", "A conference cannot end before it starts.")]
    [InlineData("Input.City", "", "Say in which city it is, or “online”.")]
    public async Task Create_WithAFactThatCannotBe_SaysItBesideTheField(string field, string typed, string sentence)
    {
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync(
            "/organize/conferences/new",
            new(Facts) { ["Input.Slug"] = "made-wrong", [field] = typed }
        );

        Assert.Equal(
            (HttpStatusCode.BadRequest, sentence),
            (
                answer.StatusCode,
                (await Browsing.ParseAsync(answer)).QuerySelector($"[data-valmsg-for='{field}']")!.TextContent
            )
        );
    }

    [Fact]
    public async Task Copy_FromLastYear_BringsAllButItsSponsorsAndMovesTheCallByWholeWeeks()
    {
        await LastYearAsync("copy-2030");
        using var olga = await OrganizerAsync();
        var form = await olga.ReadAsync("/organize/conferences/new?from=copy-2030");
        Assert.Equal("copy-2031", form.QuerySelector("[name='Input.Slug']")!.GetAttribute("value"));

        await olga.SubmitAsync(
            form,
            new()
            {
                ["Input.City"] = "Prague",
                ["Input.Zone"] = "Europe/Prague",
                ["Input.StartsOn"] = "2031-09-15",
                ["Input.EndsOn"] = "2031-09-17",
            }
        );

        await using var db = site.OpenDatabase();
        var made = await db
            .Conferences.Include(c => c.Rooms)
            .Include(c => c.SponsorTiers)
                .ThenInclude(t => t.Sponsorships)
            .Include(c => c.Pages)
            .AsSplitQuery()
            .SingleAsync(c => c.Slug == "copy-2031", Stop);
        Assert.Equal((ConferenceState.Preparing, "Plumbing copy-2031", "Prague"), (made.State, made.Name, made.City));
        Assert.Equal(
            [("Hall", 300), ("Cellar", null)],
            made.Rooms.OrderBy(r => r.Position).Select(r => (r.Name, r.Capacity))
        );
        Assert.Equal(
            [("Gold", 2, 0), ("Silver", 4, 0)],
            made.SponsorTiers.OrderBy(t => t.Position).Select(t => (t.Title, t.Places, t.Sponsorships.Count))
        );
        Assert.Equal(
            ("attend", "How to attend", "Come.", false),
            made.Pages.Select(p => (p.Slug, p.Title, p.Text.Source, p.IsPublished)).Single()
        );
        var call = await db.Calls.SingleAsync(c => c.ConferenceId == made.Id, Stop);

        // The conference starts on Monday 9 September 2030 and 15 September 2031: 53 weeks later, when the clocks stand
        // alike.
        Assert.Equal(
            (Instant.FromUtc(2031, 3, 12, 12, 0), Instant.FromUtc(2031, 6, 21, 11, 59), "Say what is open."),
            (call.OpensAt, call.ClosesAt, call.Guidance.Source)
        );
        Assert.Equal(
            "Yes, {title}",
            (
                await db.LetterTemplates.SingleAsync(
                    t => t.ConferenceId == made.Id && t.Verdict == Verdict.Accept,
                    Stop
                )
            ).Subject
        );
        Assert.Equal(0, await db.Sponsors.CountAsync(s => s.ConferenceId == made.Id, Stop));
        Assert.Contains(
            "closes Friday 20 June 2031",
            string.Join(
                ' ',
                (await olga.ReadAsync("/copy-2031/organize"))
                    .QuerySelector(".note")!
                    .TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Copy_WithItsSponsors_KeepsTiersOrderAndLogos()
    {
        await LastYearAsync("with-2030");
        using var olga = await OrganizerAsync();

        await olga.SubmitAsync(
            "/organize/conferences/new?from=with-2030",
            new()
            {
                ["Input.City"] = "Prague",
                ["Input.Zone"] = "Europe/Prague",
                ["Input.WithSponsors"] = "true",
            }
        );

        await using var db = site.OpenDatabase();
        var sponsor = await db
            .Sponsors.Include(s => s.Logo)
            .SingleAsync(s => db.Conferences.Any(c => c.Id == s.ConferenceId && c.Slug == "with-2031"), Stop);
        var old = await db
            .Sponsors.Include(s => s.Logo)
            .SingleAsync(s => db.Conferences.Any(c => c.Id == s.ConferenceId && c.Slug == "with-2030"), Stop);
        Assert.Equal((old.Name, old.Url, old.Logo!.Hash), (sponsor.Name, sponsor.Url, sponsor.Logo!.Hash));
        Assert.Equal(
            ["Gold"],
            await db
                .SponsorTiers.Where(t => t.Sponsorships.Any(s => s.SponsorId == sponsor.Id))
                .Select(t => t.Title)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Publish_ShowsItToEverybodyAtOnce_AndHidingTakesItBack()
    {
        using var olga = await OrganizerAsync();
        await olga.SubmitAsync("/organize/conferences/new", new(Facts) { ["Input.Slug"] = "shown" });
        Assert.Equal(HttpStatusCode.NotFound, (await site.Browse().GetAsync("/shown")).StatusCode);

        var answer = await olga.SubmitAsync("/shown/organize/visibility", new(), "Make it public");

        Assert.Equal("/shown/organize", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await site.Browse().GetAsync("/shown")).StatusCode);
        await olga.SubmitAsync("/shown/organize/visibility", new(), "Back into preparation");
        Assert.Equal(HttpStatusCode.NotFound, (await site.Browse().GetAsync("/shown")).StatusCode);
        Assert.Equal(
            (1, 1),
            (await AuditAsync("shown", "made the conference public"), await AuditAsync("shown", "hid the conference"))
        );
    }

    [Fact]
    public async Task Publish_InAnOlderWindow_IsToldOfTheOther()
    {
        await site.Given.ConferenceAsync("windows");
        using var olga = await OrganizerAsync();
        var older = await olga.ReadAsync("/windows/organize/visibility");
        await olga.SubmitAsync("/windows/organize/setup", new() { ["Input.City"] = "Cork" });

        var answer = await olga.SubmitAsync(older, new(), "Archive this conference");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(ConferenceState.Public, (await FindAsync("windows")).State);
    }

    [Fact]
    public async Task Hide_WithAProposal_IsRefused()
    {
        using var olga = await OrganizerAsync();
        await site.Given.ConferenceAsync("busy");
        var form = await olga.ReadAsync("/busy/organize/visibility");
        await site.Given.MicroconferenceAsync("Busy", conference: "busy");

        var answer = await olga.SubmitAsync(form, new(), "Back into preparation");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "Somebody has begun to write a proposal",
            (await Browsing.ParseAsync(answer)).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Setup_RoomsAddedRenamedMovedAndRemoved_AreSavedInTheirOrder()
    {
        await RoomsAsync("rooms", ("Hall", 300), ("Cellar", null), ("Attic", 20));
        using var olga = await OrganizerAsync();
        var page = await olga.ReadAsync("/rooms/organize/setup");

        // As without script: every button submits, and the page comes back with the list changed and nothing saved.
        page = await Browsing.ParseAsync(
            await olga.SubmitAsync(page, new() { ["Input.Rooms[0].Name"] = "Great Hall" }, "up Rooms 2")
        );
        page = await Browsing.ParseAsync(await olga.SubmitAsync(page, new(), "remove Rooms 2"));
        page = await Browsing.ParseAsync(await olga.SubmitAsync(page, new(), "add Rooms"));
        Assert.Equal(
            ["Hall", "Cellar", "Attic"],
            (await FindAsync("rooms")).Rooms.OrderBy(r => r.Position).Select(r => r.Name)
        );
        var answer = await olga.SubmitAsync(
            page,
            new() { ["Input.Rooms[2].Name"] = "Yard", ["Input.Rooms[2].Capacity"] = "50" },
            "Save"
        );

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(
            [("Great Hall", 300), ("Attic", 20), ("Yard", 50)],
            (await FindAsync("rooms")).Rooms.OrderBy(r => r.Position).Select(r => (r.Name, r.Capacity))
        );
        Assert.Equal(1, await AuditAsync("rooms", "changed facts or rooms"));
    }

    [Fact]
    public async Task Setup_RemovesARoomInUse_IsRefusedWithItsSlotsCounted()
    {
        await RoomsAsync("used", ("Hall", 300));
        await SlotAsync("used", "Hall", Instant.FromUtc(2022, 9, 12, 9, 0));
        using var olga = await OrganizerAsync();
        var page = await Browsing.ParseAsync(await olga.SubmitAsync("/used/organize/setup", new(), "remove Rooms 0"));

        var answer = await olga.SubmitAsync(page, new(), "Save");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "The room Hall cannot be removed: 1 slot of the schedule stands in it. Move it first.",
            (await Browsing.ParseAsync(answer)).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Cellar", "Hall", "“Cellar” is the name of another room until this is saved.")]
    [InlineData("Hall", "Hall", "Two rooms are called Hall.")]
    [InlineData("", "Cellar", "A room has a name of 1 to 30 characters.")]
    public async Task Setup_RoomsWithNamesThatCannotBe_IsRefused(string first, string second, string sentence)
    {
        await RoomsAsync("names", ("Hall", 300), ("Cellar", null));
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync(
            "/names/organize/setup",
            new() { ["Input.Rooms[0].Name"] = first, ["Input.Rooms[1].Name"] = second }
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, (await Browsing.ParseAsync(answer)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_DatesMove_SaysWhatStaysBehindBeforeItSaves()
    {
        await RoomsAsync("dates", ("Hall", 300));
        await SlotAsync("dates", "Hall", Instant.FromUtc(2022, 9, 12, 9, 0));
        await site.Given.CallAsync(
            Instant.FromUtc(2022, 5, 1, 0, 0),
            Instant.FromUtc(2022, 6, 16, 11, 59),
            "Etc/GMT+12",
            conference: "dates"
        );
        using var olga = await OrganizerAsync();

        var asked = await olga.SubmitAsync(
            "/dates/organize/setup",
            new()
            {
                ["Input.StartsOn"] = "2022-09-19",
                ["Input.EndsOn"] = "2022-09-21",
                ["Input.Zone"] = "Europe/Prague",
            }
        );

        var page = await Browsing.ParseAsync(asked);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Equal(
            [
                "1 slot of the schedule would lie outside of the new dates.",
                "1 slot of the schedule happens at the same instant as before, and so at another time of "
                    + "Europe/Prague.",
                "The call for microconferences still closes Wednesday 15 June 2022, 23:59 AoE.",
            ],
            page.QuerySelectorAll(".note li").Select(li => li.TextContent)
        );
        Assert.Equal(new LocalDate(2022, 9, 12), (await FindAsync("dates")).StartsOn);

        var saved = await olga.SubmitAsync(page, new() { ["Input.Sure"] = "true" }, "Save");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(
            (new LocalDate(2022, 9, 19), "Europe/Prague"),
            ((await FindAsync("dates")).StartsOn, (await FindAsync("dates")).TimeZone.Id)
        );
    }

    [Fact]
    public async Task Setup_TwoAtOnce_TellsTheSecondAndKeepsWhatHeTyped()
    {
        await RoomsAsync("races", ("Hall", 300));
        using var olga = await OrganizerAsync();
        var second = await olga.ReadAsync("/races/organize/setup");
        await olga.SubmitAsync("/races/organize/setup", new() { ["Input.Rooms[0].Capacity"] = "310" });

        var answer = await olga.SubmitAsync(second, new() { ["Input.City"] = "Galway" });

        var page = await Browsing.ParseAsync(answer);
        Assert.Equal(
            (HttpStatusCode.Conflict, "Galway"),
            (answer.StatusCode, page.QuerySelector("[name='Input.City']")!.GetAttribute("value"))
        );
        Assert.Equal(
            ("Dublin", 310),
            ((await FindAsync("races")).City, (await FindAsync("races")).Rooms.Single().Capacity)
        );
        Assert.Equal(HttpStatusCode.Redirect, (await olga.SubmitAsync(page, new(), "Save")).StatusCode);
        Assert.Equal("Galway", (await FindAsync("races")).City);
    }

    [Fact]
    public async Task List_With1And30Conferences_AsksTheSameNumberOfStatements()
    {
        await site.Given.ConferenceAsync("many-0");
        using var olga = await OrganizerAsync();
        var few = await StatementsAsync(olga);
        for (var i = 1; i <= 30; i++)
        {
            await site.Given.ConferenceAsync($"many-{i}");
        }

        Assert.Equal(few, await StatementsAsync(olga));
    }

    [Fact]
    public void TakenSlugs_AreWhatTheSiteAnswersAt()
    {
        var literals = site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern.PathSegments)
            .ToList();
        static string? Literal(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPathSegment segment) =>
            segment.IsSimple
            && segment.Parts[0]
                is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart { Content: var content }
            && Slug.IsValid(content)
                ? content
                : null;
        var first = literals
            .Where(s => s.Count > 0)
            .Select(s => Literal(s[0]))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var second = literals
            .Where(s => s.Count > 1 && Literal(s[0]) is null)
            .Select(s => Literal(s[1]))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.Contains("account", first);
        Assert.Contains("mc", second);
        Assert.Empty(first.Where(slug => !Conference.IsTaken(slug)));
        Assert.Empty(second.Where(slug => !ConferencePage.IsTaken(slug)));
    }

    private async Task<int> StatementsAsync(Browsing olga)
    {
        return await site.StatementsOfAsync(() => olga.ReadAsync("/organize/conferences"));
    }

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

    private async Task LastYearAsync(string slug)
    {
        await site.Given.ConferenceAsync(
            slug,
            startsOn: new LocalDate(2030, 9, 9),
            tiers: [("Gold", 2), ("Silver", 4)]
        );
        await RoomsAsync(slug, ("Hall", 300), ("Cellar", null));
        await site.Given.PageAsync("attend", "How to attend", "Come.", conference: slug);
        await site.Given.SponsorAsync(
            "Tin",
            "https://tin.example/",
            await File.ReadAllBytesAsync(Path.Combine(FolderOnDisk.GoldenPath, "logos", "tin-copper.png"), Stop),
            slug,
            "Gold"
        );
        await site.Given.CallAsync(
            Instant.FromUtc(2030, 3, 6, 12, 0),
            Instant.FromUtc(2030, 6, 15, 11, 59),
            "Etc/GMT+12",
            conference: slug
        );
        await using var db = site.OpenDatabase();
        var id = (await db.Conferences.SingleAsync(c => c.Slug == slug, Stop)).Id;
        (await db.Calls.SingleAsync(c => c.ConferenceId == id, Stop)).Guide(
            new MarkdownRenderer().Render("Say what is open.", "call"),
            "## Open\n"
        );
        var letter = new EmailTemplate(id, Verdict.Accept);
        letter.Write("Yes, {title}", "We take it.");
        db.Add(letter);
        await db.SaveChangesAsync(Stop);
    }

    private async Task RoomsAsync(string slug, params (string Name, int? Capacity)[] rooms)
    {
        await site.Given.ConferenceAsync(slug);
        await using var db = site.OpenDatabase();
        (await db.Conferences.Include(c => c.Rooms).SingleAsync(c => c.Slug == slug, Stop)).Arrange([
            .. rooms.Select(room => (room.Name, room.Capacity, (string?)null)),
        ]);
        await db.SaveChangesAsync(Stop);
        site.ForgetPages();
    }

    private async Task SlotAsync(string slug, string room, Instant from)
    {
        var held = await site.Given.MicroconferenceAsync($"Held at {slug}", conference: slug);
        await using var db = site.OpenDatabase();
        db.Add(
            new Slot(
                held.ConferenceId,
                await db.Microconferences.SingleAsync(m => m.Id == held.Id, Stop),
                new Interval(from, from + Duration.FromHours(3)),
                await db.Rooms.SingleAsync(r => r.Name == room && r.ConferenceId == held.ConferenceId, Stop)
            )
        );
        await db.SaveChangesAsync(Stop);
    }

    private async Task<Conference> FindAsync(string slug)
    {
        await using var db = site.OpenDatabase();
        return await db.Conferences.Include(c => c.Rooms).SingleAsync(c => c.Slug == slug, Stop);
    }

    private async Task<int> AuditAsync(string slug, string verb)
    {
        await using var db = site.OpenDatabase();
        return await db.AuditEntries.CountAsync(
            e =>
                e.Verb == verb
                && e.By!.Name == "Olga Organizer"
                && db.Conferences.Any(c => c.Slug == slug && c.Id == e.ConferenceId),
            Stop
        );
    }
}
