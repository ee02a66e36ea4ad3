using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.People.Merging;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Tests.Exports.Calendars;
using LpcSite.Tests.Fixture;
using LpcSite.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Api;

/// <summary>The released schedule as other programs fetch it.</summary>
public sealed class ScheduleEndpointsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly Instant Ten = Instant.FromUtc(2022, 9, 12, 9, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exports_BeforeTheFirstRelease_AreNotThereAndThenAre()
    {
        var rust = await PlaceAsync("2040", "Rust", 0, "Herbert", "Pin", "Unpin");
        var addresses = await AddressesAsync("2040", rust);
        using var reader = site.Anonymous();

        var before = await StatusesAsync(reader, addresses);
        await ReleaseAsync("2040");
        var after = await StatusesAsync(reader, addresses);

        Assert.Equal(addresses.Select(a => (a.Path, HttpStatusCode.NotFound)), before);
        Assert.Equal(addresses.Select(a => (a.Path, HttpStatusCode.OK)), after);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/1999/schedule.xml", Stop)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await reader.GetAsync("/2040/schedule/rooms/999999.ics", Stop)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await reader.GetAsync("/2040/mc/rust/topics/999999.ics", Stop)).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/2040/people/nobody-here.ics", Stop)).StatusCode);
    }

    [Fact]
    public async Task Exports_SayWhatTheyAreAndAnswer304WhenNothingChanged()
    {
        var rust = await PlaceAsync("2041", "Rust", 0, "Herbert", "Pin");
        var released = await ReleaseAsync("2041");
        using var reader = site.Anonymous();

        foreach (var (path, mediaType) in await AddressesAsync("2041", rust))
        {
            using var first = await reader.GetAsync(path, Stop);
            using var byTag = await AskAsync(reader, path, "If-None-Match", first.Headers.ETag!.ToString());
            using var byDate = await AskAsync(
                reader,
                path,
                "If-Modified-Since",
                released.At.ToDateTimeOffset().ToString("R")
            );
            using var before = await AskAsync(
                reader,
                path,
                "If-Modified-Since",
                (released.At - Duration.FromSeconds(1)).ToDateTimeOffset().ToString("R")
            );

            Assert.Equal((path, $"{mediaType}; charset=utf-8"), (path, first.Content.Headers.ContentType?.ToString()));
            Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal("*", Assert.Single(byTag.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal(released.At.ToDateTimeOffset(), first.Content.Headers.LastModified);
            Assert.Equal(
                [HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK],
                [byTag.StatusCode, byDate.StatusCode, before.StatusCode]
            );
        }
    }

    // Conference apps look for it in the page that people give them, some of them by searching the text.
    [Fact]
    public async Task SchedulePage_SaysWhereItsFileForAppsLies()
    {
        await PlaceAsync("2052", "Rust", 0, "Herbert", "Pin");
        await ReleaseAsync("2052");

        var html = await ReadAsync("/2052/schedule");

        Assert.Contains(
            "<link rel=\"alternate\" type=\"application/vnd.c3voc.schedule+xml\" href=\"/2052/schedule.xml\">",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Materials_OfATopic_AreInTheFilesForAppsAtOnce()
    {
        var rust = await PlaceAsync("2053", "Rust", 0, "Herbert", "Pin");
        await ReleaseAsync("2053");
        Assert.DoesNotContain("video.example.org", await ReadAsync("/2053/schedule.xml"), StringComparison.Ordinal);
        await using (var db = site.OpenDatabase())
        {
            var topic = await db.Topics.SingleAsync(t => t.MicroconferenceId == rust.Id, Stop);
            var person = await db.People.FirstAsync(Stop);
            db.Add(
                LpcSite.Materials.Material.OfRecording(
                    topic.Id,
                    1,
                    "https://video.example.org/1",
                    0,
                    person,
                    site.Clock.GetCurrentInstant()
                )
            );
            await db.SaveChangesAsync(Stop);
        }

        site.ForgetPages();

        Assert.Contains(
            "video.example.org",
            XDocument
                .Parse(await ReadAsync("/2053/schedule.xml"))
                .Descendants("recording")
                .Single()
                .Element("link")!
                .Value,
            StringComparison.Ordinal
        );
        Assert.Contains("video.example.org", await ReadAsync("/2053/schedule.json"), StringComparison.Ordinal);
    }

    // From the site's own list, so that a new one cannot be forgotten: what is public and no page is made for programs.
    [Fact]
    public async Task EveryExport_TellsProgramsOfOtherSitesWhatItIsAndWhetherItChanged()
    {
        string[] others = ["/sitemap.xml", "/robots.txt", "/{conference:slug}/schedule.webmanifest"];
        var rust = await PlaceAsync("2050", "Rust", 0, "Herbert", "Pin");
        await ReleaseAsync("2050");
        await using var db = site.OpenDatabase();
        var (room, topic) = (
            await db.Slots.Where(s => s.MicroconferenceId == rust.Id).Select(s => s.RoomId).SingleAsync(Stop),
            (await TopicAsync(rust))[6..]
        );
        var endpoints = site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<PublicPageAttribute>() is not null
                && e.Metadata.GetMetadata<PageActionDescriptor>() is null
                && !others.Contains(e.RoutePattern.RawText)
            )
            .ToList();
        using var reader = site.Anonymous();

        Assert.InRange(endpoints.Count, 23, 60);
        foreach (var endpoint in endpoints)
        {
            var pattern = endpoint.RoutePattern.RawText!;
            var form = endpoint.Metadata.GetMetadata<Representation>();
            var path = pattern
                .Replace("{conference:slug}", "2050", StringComparison.Ordinal)
                .Replace("{id:int}", $"{room}", StringComparison.Ordinal)
                .Replace("{topic:slug}", topic, StringComparison.Ordinal)
                .Replace(
                    "{slug:slug}",
                    pattern.Contains("/people/", StringComparison.Ordinal) ? "lead-of-rust-2050" : rust.Slug,
                    StringComparison.Ordinal
                );
            Assert.True(
                endpoint.Metadata.GetMetadata<ForProgramsAttribute>() is not null,
                $"{pattern} is not for programs"
            );
            site.ForgetPages();
            using var head = await AskAsync(reader, HttpMethod.Head, path, form);
            using var first = await AskAsync(reader, HttpMethod.Get, path, form);
            using var byTag = await AskAsync(
                reader,
                HttpMethod.Get,
                path,
                form,
                ("If-None-Match", first.Headers.ETag!.ToString())
            );
            using var byDate = await AskAsync(
                reader,
                HttpMethod.Get,
                path,
                form,
                ("If-Modified-Since", first.Content.Headers.LastModified!.Value.ToString("R"))
            );
            using var older = await AskAsync(
                reader,
                HttpMethod.Get,
                path,
                form,
                ("If-Modified-Since", first.Content.Headers.LastModified.Value.AddSeconds(-1).ToString("R"))
            );

            Assert.Equal(
                (
                    path,
                    HttpStatusCode.OK,
                    HttpStatusCode.OK,
                    HttpStatusCode.NotModified,
                    HttpStatusCode.NotModified,
                    HttpStatusCode.OK
                ),
                (path, head.StatusCode, first.StatusCode, byTag.StatusCode, byDate.StatusCode, older.StatusCode)
            );
            Assert.All(
                [head, first, byTag, byDate],
                answer =>
                    Assert.Equal(
                        ("*", "ETag"),
                        (
                            answer.Headers.GetValues("Access-Control-Allow-Origin").Single(),
                            answer.Headers.GetValues("Access-Control-Expose-Headers").Single()
                        )
                    )
            );
            Assert.Equal(
                (first.Headers.ETag, first.Content.Headers.LastModified, first.Content.Headers.ContentType),
                (head.Headers.ETag, head.Content.Headers.LastModified, head.Content.Headers.ContentType)
            );
            Assert.Equal((path, MediaTypeOf(path, form)), (path, first.Content.Headers.ContentType?.MediaType));
            if (form is null)
            {
                using var asked = await AskAsync(
                    reader,
                    HttpMethod.Options,
                    path,
                    null,
                    ("Origin", "https://other.example"),
                    ("Access-Control-Request-Method", "GET"),
                    ("Access-Control-Request-Headers", "if-none-match")
                );
                Assert.Equal(
                    (HttpStatusCode.NoContent, "*", "If-None-Match, If-Modified-Since"),
                    (
                        asked.StatusCode,
                        asked.Headers.GetValues("Access-Control-Allow-Origin").Single(),
                        string.Join(", ", asked.Headers.GetValues("Access-Control-Allow-Headers"))
                    )
                );
            }
        }

        using var page = await AskAsync(reader, HttpMethod.Get, "/2050/schedule", null);
        Assert.False(page.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static string MediaTypeOf(string path, Representation? form) =>
        form?.MediaType
        ?? System.IO.Path.GetExtension(path) switch
        {
            ".md" => "text/markdown",
            ".txt" => "text/plain",
            ".ics" => "text/calendar",
            ".atom" => "application/atom+xml",
            ".xml" => "application/xml",
            _ => "application/json",
        };

    private static async Task<HttpResponseMessage> AskAsync(
        HttpClient reader,
        HttpMethod method,
        string path,
        Representation? form,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers.Append(("Accept", form?.MediaType ?? "*/*")))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await reader.SendAsync(request, Stop);
    }

    [Fact]
    public async Task Exports_OfTheDraft_SayNothingUntilItIsReleasedAndNeverWhatIsHeld()
    {
        var rust = await PlaceAsync("2042", "Rust", 0, "Herbert", "Pin");
        await ReleaseAsync("2042");
        await PlaceAsync("2042", "Narwhal", 300, "Herbert", "Tusk");
        await HoldAsync("2042", "Walrus");
        await MoveAsync(rust, 600);
        site.ForgetPages();

        foreach (var (path, _) in await AddressesAsync("2042", rust))
        {
            var text = await ReadAsync(path);
            Assert.DoesNotContain("Narwhal", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("20220912T190000Z", text, StringComparison.Ordinal);
            Assert.DoesNotContain("2022-09-12T20:00", text, StringComparison.Ordinal);
        }

        await ReleaseAsync("2042");
        foreach (
            var path in new[]
            {
                "/2042/schedule.xml",
                "/2042/schedule.json",
                "/2042/schedule.ics",
                "/api/v1/2042/schedule",
            }
        )
        {
            var text = await ReadAsync(path);
            Assert.Contains("Narwhal", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Walrus", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task SecondRelease_ChangesOnlyWhatMovedAndCountsIt()
    {
        var rust = await PlaceAsync("2043", "Rust", 0, "Herbert", "Pin");
        var pipes = await PlaceAsync("2043", "Pipes", 120, "Ada", "Bend");
        await ReleaseAsync("2043");
        var (first, xml) = (
            new CalendarLines(await ReadAsync("/2043/schedule.ics")),
            await ReadAsync("/2043/schedule.xml")
        );
        site.Clock.AdvanceMinutes(5);
        await MoveAsync(rust, 60);
        await ReleaseAsync("2043");

        var (second, moved) = (
            new CalendarLines(await ReadAsync("/2043/schedule.ics")),
            await ReadAsync("/2043/schedule.xml")
        );
        site.Clock.AdvanceMinutes(-5);

        var (pin, bend) = (await TopicAsync(rust), await TopicAsync(pipes));
        Assert.Equal(
            ("0", "20220912T090000Z", "1", "20220912T100000Z"),
            (first.Of(pin)["SEQUENCE"], first.Of(pin)["DTSTART"], second.Of(pin)["SEQUENCE"], second.Of(pin)["DTSTART"])
        );
        Assert.Equal(Without(first.Of(bend)), Without(second.Of(bend)));
        Assert.Equal(first.Of(pin)["UID"], second.Of(pin)["UID"]);
        Assert.Equal(Ids(xml), Ids(moved));
        Assert.Equal(
            ("1", "2"),
            (
                XDocument.Parse(xml).Root!.Element("version")!.Value,
                XDocument.Parse(moved).Root!.Element("version")!.Value
            )
        );
    }

    [Fact]
    public async Task Cancellation_StaysInTheCalendarsAndLeavesTheApps()
    {
        var rust = await PlaceAsync("2044", "Rust", 0, "Herbert", "Pin");
        await PlaceAsync("2044", "Pipes", 120, "Ada", "Bend");
        await ReleaseAsync("2044");
        await using (var db = site.OpenDatabase())
        {
            await db.SessionItems.Where(i => i.MicroconferenceId == rust.Id).ExecuteDeleteAsync(Stop);
            await db.Slots.Where(s => s.MicroconferenceId == rust.Id).ExecuteDeleteAsync(Stop);
        }

        await ReleaseAsync("2044");

        var pin = await TopicAsync(rust);
        foreach (
            var path in new[]
            {
                "/2044/schedule.ics",
                "/2044/mc/rust.ics",
                $"/2044/mc/rust/topics/{pin[6..]}.ics",
                "/2044/people/suse-speaker.ics",
            }
        )
        {
            Assert.Equal(
                ("CANCELLED", "1"),
                (
                    new CalendarLines(await ReadAsync(path)).Of(pin)["STATUS"],
                    new CalendarLines(await ReadAsync(path)).Of(pin)["SEQUENCE"]
                )
            );
        }

        Assert.DoesNotContain("Pin", await ReadAsync("/2044/schedule.xml"), StringComparison.Ordinal);
        Assert.Equal(
            "Rust",
            (string)JsonNode.Parse(await ReadAsync("/api/v1/2044/schedule"))!["cancelled"]![0]!["title"]!
        );
    }

    [Fact]
    public async Task People_WhoWereJoinedSince_AreFoundAndLedTo()
    {
        await PlaceAsync("2045", "Rust", 0, "Herbert", "Pin");
        await site.Given.PersonAsync("Suse Other");
        await ReleaseAsync("2045");
        await using (var scope = site.Services.CreateAsyncScope())
        {
            await site.Given.MicroconferenceAsync("Elsewhere", conference: "2045", leads: ["Suse Kept"]);
            await scope
                .ServiceProvider.GetRequiredService<PersonMerge>()
                .MergeAsync("suse-kept", "suse-speaker-2045", "test", null, Stop);
        }

        using var reader = site.Anonymous();
        using var old = await reader.GetAsync("/2045/people/suse-speaker-2045.ics", Stop);

        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/2045/people/suse-kept.ics"),
            (old.StatusCode, old.Headers.Location?.OriginalString)
        );
        Assert.Equal(
            ["Pin"],
            new CalendarLines(await ReadAsync("/2045/people/suse-kept.ics")).Events.Select(e => e["SUMMARY"])
        );
    }

    [Fact]
    public async Task Microconference_ThatWasRenamedSince_IsFoundByBothNames()
    {
        var rust = await PlaceAsync("2046", "Rust", 0, "Herbert", "Pin");
        await ReleaseAsync("2046");
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
            await scope
                .ServiceProvider.GetRequiredService<ProposalRevisions>()
                .RenameAsync(
                    await db.Microconferences.WithLists().SingleAsync(m => m.Id == rust.Id, Stop),
                    "oxide",
                    await db.People.SingleAsync(p => p.Slug == "lena-lead", Stop),
                    Stop
                );
        }

        Assert.Equal(
            ["Pin"],
            new CalendarLines(await ReadAsync("/2046/mc/oxide.ics")).Events.Select(e => e["SUMMARY"])
        );
        Assert.Equal(["Pin"], new CalendarLines(await ReadAsync("/2046/mc/rust.ics")).Events.Select(e => e["SUMMARY"]));
        await MoveAsync(rust, 30);
        await ReleaseAsync("2046");
        using var reader = site.Anonymous();
        using var old = await reader.GetAsync("/2046/mc/rust.ics", Stop);
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/2046/mc/oxide.ics"),
            (old.StatusCode, old.Headers.Location?.OriginalString)
        );
    }

    [Fact]
    public async Task Exports_OfASmallAndALargeSchedule_AskForTheReleaseItsPeopleAndAtMostOneThingMore()
    {
        var small = await PlaceAsync("2047", "Rust", 0, "Herbert", "Pin");
        await ReleaseAsync("2047");
        var large = await PlaceAsync("2048", "Rust", 0, "Herbert", "Pin", "Unpin", "Again");
        for (var i = 1; i <= 12; i++)
        {
            await PlaceAsync("2048", $"Mc {i}", i * 120, "Ada", "One", "Two");
        }

        await ReleaseAsync("2048");

        foreach (var (path, _) in (await AddressesAsync("2047", small)).Concat(await AddressesAsync("2048", large)))
        {
            var (name, conference) = (path.Split('/')[^1], path.Split('/')[1]);
            var more =
                path.Contains("/people/", StringComparison.Ordinal)
                || conference != "api" && name is "schedule.xml" or "schedule.json"
                    ? 1
                    : 0;
            Assert.Equal((path, 2 + more), (path, await StatementsAsync(path)));
        }
    }

    // PostgreSQL tells the others which conference has changed, and the address of the interface begins with another
    // word.
    [Fact]
    public async Task Release_OnOneInstance_IsSeenByProgramsOnAnother()
    {
        var rust = await PlaceAsync("2049", "Rust", 0, "Herbert", "Pin");
        await ReleaseAsync("2049");
        await using var other = site.SecondInstance();
        await other.InitializeAsync();
        using var client = other.Anonymous();
        Assert.Contains(
            "\"number\": 1,",
            await client.GetStringAsync("/api/v1/2049/schedule", Stop),
            StringComparison.Ordinal
        );
        await MoveAsync(rust, 30);

        await ReleaseAsync("2049");

        for (
            var patience = 0;
            patience < 3000
                && !(await client.GetStringAsync("/api/v1/2049/schedule", Stop)).Contains(
                    "\"number\": 2,",
                    StringComparison.Ordinal
                );
            patience++
        )
        {
            await Task.Delay(50, Stop);
        }

        Assert.Contains(
            "\"number\": 2,",
            await client.GetStringAsync("/api/v1/2049/schedule", Stop),
            StringComparison.Ordinal
        );
    }

    private async Task<Release> ReleaseAsync(string conference)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        return await scope
            .ServiceProvider.GetRequiredService<ScheduleReleases>()
            .ReleaseAsync(
                await db.Conferences.SingleAsync(c => c.Slug == conference, Stop),
                "",
                by: null,
                "test",
                origin: null,
                Stop
            );
    }

    /// <param name="after">Minutes after ten o'clock in Dublin.</param>
    private async Task<Microconference> PlaceAsync(
        string conference,
        string title,
        int after,
        string room,
        params string[] topics
    )
    {
        var speaker = conference == "2044" ? "Suse Speaker" : $"Suse Speaker {conference}";
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            conference,
            leads: [$"Lead of {title} {conference}"],
            topics: topics,
            speakers: [speaker],
            form: SessionForm.Full
        );
        await site.Given.PersonAsync("Lena Lead");
        await using var db = site.OpenDatabase();
        var place = await db
            .Conferences.Include(c => c.Rooms)
            .AsSingleQuery()
            .SingleAsync(c => c.Slug == conference, Stop);
        if (place.Rooms.Count == 0)
        {
            place.Arrange([("Herbert", 100, null), ("Ada", null, null)]);
        }

        var placed = await db
            .Microconferences.Include(m => m.Topics)
            .AsSingleQuery()
            .SingleAsync(m => m.Id == mc.Id, Stop);
        var starts = Ten + Duration.FromMinutes(after);
        var slot = new Slot(
            place.Id,
            placed,
            new Interval(starts, starts + Duration.FromMinutes(110)),
            place.Rooms.Single(r => r.Name == room)
        );
        db.Add(slot);
        db.AddRange(
            placed.Topics.OrderBy(t => t.Id).Select((topic, i) => SessionItem.Of(placed, slot, topic, i * 30, 30))
        );
        await db.SaveChangesAsync(Stop);
        return mc;
    }

    private async Task HoldAsync(string conference, string title)
    {
        await using var db = site.OpenDatabase();
        db.Add(
            new Slot(
                (await db.Conferences.SingleAsync(c => c.Slug == conference, Stop)).Id,
                SlotKind.Hold,
                title,
                new Interval(Ten, Ten + Duration.FromHours(1)),
                null
            )
        );
        await db.SaveChangesAsync(Stop);
    }

    private async Task MoveAsync(Microconference mc, int after)
    {
        await using var db = site.OpenDatabase();
        var slot = await db.Slots.Include(s => s.Room).SingleAsync(s => s.MicroconferenceId == mc.Id, Stop);
        slot.Move(
            new Interval(Ten + Duration.FromMinutes(after), Ten + Duration.FromMinutes(after) + slot.During.Duration),
            slot.Room
        );
        await db.SaveChangesAsync(Stop);
    }

    private async Task<string> TopicAsync(Microconference mc)
    {
        await using var db = site.OpenDatabase();
        return $"topic-{await db.Topics.Where(t => t.MicroconferenceId == mc.Id).MinAsync(t => t.Id, Stop)}";
    }

    private async Task<IReadOnlyList<(string Path, string MediaType)>> AddressesAsync(
        string conference,
        Microconference mc
    )
    {
        await using var db = site.OpenDatabase();
        var room = await db.Slots.Where(s => s.MicroconferenceId == mc.Id).Select(s => s.RoomId).SingleAsync(Stop);
        var topic = (await TopicAsync(mc))[6..];
        return
        [
            ($"/{conference}/schedule.xml", "application/xml"),
            ($"/{conference}/schedule.json", "application/json"),
            ($"/api/v1/{conference}/schedule", "application/json"),
            ($"/{conference}/schedule.ics", "text/calendar"),
            ($"/{conference}/schedule/rooms/{room}.ics", "text/calendar"),
            ($"/{conference}/mc/{mc.Slug}.ics", "text/calendar"),
            ($"/{conference}/mc/{mc.Slug}/topics/{topic}.ics", "text/calendar"),
            ($"/{conference}/mc/{mc.Slug}/topics/{topic}-whatever.ics", "text/calendar"),
            ($"/{conference}/people/lead-of-rust-{conference}.ics", "text/calendar"),
        ];
    }

    private static async Task<List<(string, HttpStatusCode)>> StatusesAsync(
        HttpClient reader,
        IReadOnlyList<(string Path, string MediaType)> addresses
    )
    {
        var statuses = new List<(string, HttpStatusCode)>();
        foreach (var (path, _) in addresses)
        {
            using var answer = await reader.GetAsync(path, Stop);
            statuses.Add((path, answer.StatusCode));
        }

        return statuses;
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient reader, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await reader.SendAsync(request, Stop);
    }

    private async Task<string> ReadAsync(string path)
    {
        using var reader = site.Anonymous();
        return await reader.GetStringAsync(path, Stop);
    }

    // The frame of the conference is kept as well: the front page has asked for it before.
    private async Task<int> StatementsAsync(string path)
    {
        site.ForgetPages();
        await ReadAsync($"/{path.TrimStart('/').Replace("api/v1/", "", StringComparison.Ordinal).Split('/')[0]}");
        site.Statements.Clear();
        await ReadAsync(path);
        return site.Statements.Texts.Count;
    }

    private static IEnumerable<KeyValuePair<string, string>> Without(Dictionary<string, string> one) =>
        one.Where(p => p.Key is not ("DTSTAMP" or "LAST-MODIFIED"));

    private static IEnumerable<(string, string)> Ids(string xml) =>
        XDocument
            .Parse(xml)
            .Descendants("event")
            .Select(e => (e.Attribute("id")!.Value, e.Attribute("guid")!.Value))
            .Order();
}
