using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Scheduling.Stars;
using LpcSite.Tests.Exports.Calendars;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Scheduling.Stars;

/// <summary>
/// What somebody stars, on pages, in browsers and in their calendar: it is theirs alone, and nothing of it gets lost
/// between two windows.
/// </summary>
public sealed class StarListTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Choose_InTwoWindows_ChangesOnlyWhatEachChanged()
    {
        var (pipes, pumps) = await PlacedAsync("windows");
        using var anna = await SignedInAsync("Anna Windows");
        var page = await anna.ReadAsync("/my/stars/windows/choose");
        var (first, second) = (page, await anna.ReadAsync("/my/stars/windows/choose"));
        Assert.Equal(["Pipes windows", "Pumps windows"], page.QuerySelectorAll("legend").Select(l => l.TextContent));
        Assert.Equal(5, page.QuerySelectorAll("input[name=star]").Length);

        using var one = await anna.SubmitAsync(first, Ticks(Uid(pipes), Topic(pumps, "Valve")));
        using var other = await anna.SubmitAsync(second, Ticks(Uid(pumps)));
        var mine = await anna.ReadAsync(other.Headers.Location!.OriginalString);

        Assert.Equal("1 star more.", mine.QuerySelector(".said")?.TextContent);
        Assert.Equal(["Monday 12 September"], mine.QuerySelectorAll("form h2").Select(Text));
        Assert.Equal(
            [
                "Pipes windows 10:00–13:30 IST, Herbert At the same time as Pumps windows in your schedule Unstar "
                    + "Pipes windows",
                "Pumps windows 10:00–13:30 IST, Meeting 6 At the same time as Pipes windows in your schedule Unstar "
                    + "Pumps windows",
                "Valve in Pumps windows 10:30–11:00 IST, Meeting 6 Unstar Valve",
            ],
            mine.QuerySelectorAll(".starred li").Select(Text)
        );

        using var unstarred = await anna.SubmitAsync(mine, [], "Unstar Pipes windows");
        var after = await anna.ReadAsync(unstarred.Headers.Location!.OriginalString);
        Assert.Equal("Pipes windows has no star any more. Star it again", Text(after.QuerySelector("main .said")!));
        Assert.Equal(2, after.QuerySelectorAll(".starred li").Length);
        using var again = await anna.SubmitAsync(after, [], "Star it again");
        Assert.Equal(3, (await anna.ReadAsync("/my/stars/windows")).QuerySelectorAll(".starred li").Length);
    }

    [Fact]
    public async Task Stars_OfATopicThatIsCancelled_LeadToThePageThatSaysSo()
    {
        var (_, pumps) = await PlacedAsync("called-off");
        using var anna = await SignedInAsync("Anna Called Off");
        var choose = await anna.ReadAsync("/my/stars/called-off/choose");
        using var starred = await anna.SubmitAsync(choose, Ticks(Topic(pumps, "Valve")));
        await using (var db = site.OpenDatabase())
        {
            var valve = await db.Topics.SingleAsync(t => t.MicroconferenceId == pumps.Id && t.Title == "Valve", Stop);
            valve.Withdraw();
            await db.SaveChangesAsync(Stop);
        }

        await site.ReleasedAsync("called-off");
        var line = Assert.Single((await anna.ReadAsync("/my/stars/called-off")).QuerySelectorAll(".starred li"));
        var page = await anna.ReadAsync(line.QuerySelector("a")!.GetAttribute("href")!);

        Assert.StartsWith("Cancelled: Valve", Text(line), StringComparison.Ordinal);
        Assert.StartsWith(
            "Cancelled. This topic was withdrawn",
            Text(page.QuerySelector("main .note")!),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Stars_BeforeTheFirstRelease_WaitForATimeAndHideWhatIsNotPublic()
    {
        var early = await site.Given.MicroconferenceAsync("Early", conference: "early", topics: ["Soon"]);
        var secret = await site.Given.MicroconferenceAsync(
            "Quicksilver",
            MicroconferenceStatus.Draft,
            "early",
            topics: ["Quicksilver topic"]
        );
        var elsewhere = await site.Given.MicroconferenceAsync("Elsewhere", conference: "elsewhere");
        using var anna = await SignedInAsync("Anna Early");
        var empty = await anna.ReadAsync("/my/stars/early");
        Assert.Equal("/my/stars/early/choose", empty.QuerySelector("main .act")?.GetAttribute("href"));
        Assert.StartsWith(
            "You have starred nothing of P early yet.",
            empty.QuerySelector("main .prose > p:not(.trail)")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Quicksilver",
            (await anna.ReadAsync("/my/stars/early/choose")).Body!.TextContent,
            StringComparison.Ordinal
        );

        await SyncAsync(
            anna,
            "early",
            [
                Uid(early),
                Topic(early, "Soon"),
                Uid(secret),
                Topic(secret, "Quicksilver topic"),
                Uid(elsewhere),
                "mc-99999",
                "slot-1",
                "nonsense",
                "mc-1\0",
            ],
            []
        );
        var mine = await anna.ReadAsync("/my/stars/early");

        Assert.Equal(["No time yet"], mine.QuerySelectorAll("form h2").Select(Text));
        Assert.Equal(
            ["Early no time yet Unstar Early", "Soon in Early no time yet Unstar Soon"],
            mine.QuerySelectorAll(".starred li").Select(Text)
        );
        Assert.Equal(["early"], await ConferencesAsync("Anna Early"));
        using var calendar = await site.Anonymous().GetAsync($"/early/stars.ics?of={Uid(early)}", Stop);
        Assert.Equal(
            (HttpStatusCode.OK, "text/calendar"),
            (calendar.StatusCode, calendar.Content.Headers.ContentType?.MediaType)
        );
    }

    [Fact]
    public async Task Sync_OfTwoBrowsers_TakesOverWhatEachChangedAndIsHisAlone()
    {
        var (pipes, pumps) = await PlacedAsync("sync");
        using var anna = await SignedInAsync("Anna Sync");
        using var phone = await SignedInAsync("Anna Sync");
        using var ben = await SignedInAsync("Ben Sync");

        var first = await SyncAsync(anna, "sync", [Uid(pipes)], []);
        var second = await SyncAsync(phone, "sync", [Uid(pumps), Topic(pumps, "Valve")], [Uid(pipes), "mc-99999"]);
        var read = JsonNode.Parse(await anna.Client.GetStringAsync("/my/stars/sync.json", Stop))!;
        var his = JsonNode.Parse(await ben.Client.GetStringAsync("/my/stars/sync.json", Stop))!;

        Assert.Equal([Uid(pipes)], Stars(first));
        Assert.Equal([Uid(pumps), Topic(pumps, "Valve")], Stars(second).Order(StringComparer.Ordinal));
        Assert.Equal(Stars(second), Stars(read));
        Assert.Empty(Stars(his));
        Assert.Equal((string)first["owner"]!, (string)read["owner"]!);
        Assert.NotEqual((string)first["owner"]!, (string)his["owner"]!);
        Assert.DoesNotContain(
            "Pumps",
            (await ben.ReadAsync("/my/stars/sync")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        using var nobody = await site.Anonymous().GetAsync("/my/stars/sync.json", Stop);
        using var unproven = await anna.Client.PostAsJsonAsync(
            "/my/stars/sync.json",
            new { add = new[] { Uid(pipes) } },
            Stop
        );
        using var broken = await anna.SendAsync(
            HttpMethod.Post,
            "/my/stars/sync.json",
            await anna.TokenAsync(),
            new StringContent("{\"add\":[{}]}", System.Text.Encoding.UTF8, "application/json")
        );
        using var none = await anna.GetAsync("/my/stars/no-such.json");
        Assert.Equal(
            (
                HttpStatusCode.Unauthorized,
                HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest,
                HttpStatusCode.NotFound
            ),
            (nobody.StatusCode, unproven.StatusCode, broken.StatusCode, none.StatusCode)
        );
    }

    [Fact]
    public async Task Star_ByManyRequestsAtOnce_IsOneStarAndKeptPagesStay()
    {
        var (pipes, pumps) = await PlacedAsync("once");
        using var anna = await SignedInAsync("Anna Once");
        using var reader = site.Anonymous();
        var token = await anna.TokenAsync();
        await site.KeptAsync(reader, "/once/mc");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i =>
                    anna.SendAsync(
                        HttpMethod.Post,
                        "/my/stars/once.json",
                        token,
                        JsonContent.Create(
                            i % 3 == 2
                                ? new { add = new[] { Uid(pumps) }, remove = new[] { Uid(pipes) } }
                                : new { add = new[] { Uid(pipes), Uid(pumps) }, remove = Array.Empty<string>() }
                        )
                    )
                )
        );

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        await using var db = site.OpenDatabase();
        Assert.Equal(1, await db.Stars.CountAsync(s => s.Person.Name == "Anna Once" && s.Uid == Uid(pumps), Stop));
        site.Statements.Clear();
        await reader.GetStringAsync("/once/mc", Stop);
        Assert.Empty(site.Statements.Texts);
    }

    [Fact]
    public async Task Star_BeyondTheMost_IsRefusedWithASentence()
    {
        var (pipes, _) = await PlacedAsync("most");
        using var anna = await SignedInAsync("Anna Most");
        await using (var db = site.OpenDatabase())
        {
            var me = await db.People.SingleAsync(p => p.Name == "Anna Most", Stop);
            db.AddRange(
                Enumerable
                    .Range(1, Star.Most)
                    .Select(i => new Star(
                        me,
                        pipes.ConferenceId,
                        $"slot-{500_000 + i}",
                        site.Clock.GetCurrentInstant()
                    ))
            );
            await db.SaveChangesAsync(Stop);
        }

        using var refused = await anna.SubmitAsync("/my/stars/most/choose", Ticks(Uid(pipes)));
        using var synced = await anna.SendAsync(
            HttpMethod.Post,
            "/my/stars/most.json",
            await anna.TokenAsync(),
            JsonContent.Create(new { add = new[] { Uid(pipes) } })
        );
        var page = await Browsing.ParseAsync(refused);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (refused.StatusCode, synced.StatusCode));
        Assert.Contains(
            "more than 2000 things",
            page.QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.True(page.QuerySelector($"input[value={Uid(pipes)}]")!.HasAttribute("checked"));
        Assert.Contains(
            "2000 things that you starred are not public any more.",
            (await anna.ReadAsync("/my/stars/most")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Feed_FollowsStarsAndReleases_UntilItGetsANewAddress()
    {
        var given = new GivenReleases(site, "feed");
        var (pipes, pumps) = await PlacedAsync("feed");
        using var anna = await SignedInAsync("Anna Feed");
        await SyncAsync(anna, "feed", [Uid(pipes), Topic(pumps, "Valve"), Topic(pumps, "Leak")], []);
        using var opened = await anna.SubmitAsync("/my/stars/feed", [], "Make an address for your calendar");
        var page = await anna.ReadAsync("/my/stars/feed");
        var address = page.QuerySelectorAll("main a").Single(a => a.TextContent == "As a file").GetAttribute("href")!;
        Assert.Equal(
            address.Replace("http:", "webcal:", StringComparison.Ordinal),
            page.QuerySelector("main .address")?.TextContent
        );
        Assert.Equal("img", page.QuerySelector("main svg.qr")?.GetAttribute("role"));

        using var client = site.Anonymous();
        using var answer = await client.GetAsync(address, Stop);
        Assert.Equal(
            (HttpStatusCode.OK, "private, no-cache", "noindex"),
            (
                answer.StatusCode,
                string.Join(
                    ", ",
                    answer
                        .Headers.GetValues("Cache-Control")
                        .Single()
                        .Split(", ")
                        .Order(StringComparer.Ordinal)
                        .Reverse()
                ),
                answer.Headers.GetValues("X-Robots-Tag").Single()
            )
        );
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(client, address, answer.Headers.ETag!)).StatusCode);
        // A topic without a time stands for its session until it has one.
        Assert.Equal(
            [Uid(pipes), Uid(pumps)],
            (await CalendarAsync(client, address)).Uids.Order(StringComparer.Ordinal)
        );

        await SyncAsync(anna, "feed", [], [Topic(pumps, "Leak")]);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client, address, answer.Headers.ETag!)).StatusCode);
        Assert.Equal(
            [Uid(pipes), Topic(pumps, "Valve")],
            (await CalendarAsync(client, address)).Uids.Order(StringComparer.Ordinal)
        );

        await using (var db = site.OpenDatabase())
        {
            await db.Slots.Where(s => s.MicroconferenceId == pipes.Id).ExecuteDeleteAsync(Stop);
        }

        await given.ReleaseAsync();
        site.ForgetPages();
        Assert.Equal(
            ("CANCELLED", "CONFIRMED"),
            (
                (await CalendarAsync(client, address)).Of(Uid(pipes))["STATUS"],
                (await CalendarAsync(client, address)).Of(Topic(pumps, "Valve"))["STATUS"]
            )
        );

        using var renewed = await anna.SubmitAsync("/my/stars/feed", [], "Give it a new address");
        using var old = await client.GetAsync(address, Stop);
        using var unknown = await client.GetAsync("/feed/stars/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics", Stop);
        var now = (await anna.ReadAsync("/my/stars/feed"))
            .QuerySelectorAll("main a")
            .Single(a => a.TextContent == "As a file")
            .GetAttribute("href")!;
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (old.StatusCode, unknown.StatusCode));
        Assert.Equal(2, (await CalendarAsync(client, now)).Events.Count);
        await using var record = site.OpenDatabase();
        var entries = await record
            .AuditEntries.Where(e => e.By!.Name == "Anna Feed")
            .OrderBy(e => e.Id)
            .ToListAsync(Stop);
        Assert.Equal(
            ["gave the calendar of the stars an address", "gave the calendar of the stars a new address"],
            entries.Where(e => e.Via == "my/stars").Select(e => e.Verb)
        );
        Assert.All(entries, e => Assert.Equal((null, null, null), (e.Before, e.After, e.ConferenceId)));
    }

    [Fact]
    public async Task Feed_MadeByTwoRequestsAtOnce_HasOneAddress()
    {
        await site.Given.ConferenceAsync("race");
        using var anna = await SignedInAsync("Anna Race");
        var pages = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => anna.ReadAsync("/my/stars/race")));

        var answers = await Task.WhenAll(
            pages.Select(page => anna.SubmitAsync(page, [], "Make an address for your calendar"))
        );

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        await using var db = site.OpenDatabase();
        Assert.Equal(1, await db.StarFeeds.CountAsync(f => f.Person.Name == "Anna Race", Stop));
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.By!.Name == "Anna Race" && e.Via == "my/stars", Stop));
    }

    [Theory]
    [InlineData("", 0, "This page shows what its address names")]
    [InlineData(
        "mc-1'%20OR%201=1--.%3Cscript%3E.topic-999999999.mc--1.slot-0",
        0,
        "7 things that this address names are"
    )]
    [InlineData("{0}.{1}.nonsense", 2, "One thing that this address names is")]
    [InlineData("{0},{0},{1}", 2, "What the address of this page names")]
    public async Task Own_OfAnyAddress_ShowsWhatIsThereAndSaysWhatIsNot(string of, int count, string sentence)
    {
        var (pipes, pumps) = await PlacedAsync("own");
        var secret = await site.Given.MicroconferenceAsync("Quicksilver", MicroconferenceStatus.Draft, "own");
        of = of.Replace("{0}", Uid(pipes), StringComparison.Ordinal)
            .Replace("{1}", Topic(pumps, "Valve"), StringComparison.Ordinal);

        var page = await site.ReadAsync($"/own/stars?of={of}");
        using var calendar = await site.Anonymous().GetAsync($"/own/stars.ics?of={of}", Stop);
        var hidden = await site.ReadAsync($"/own/stars?of={Uid(secret)}");

        Assert.Equal(count, page.QuerySelectorAll(".starred li").Length);
        Assert.Contains(sentence, Text(page.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Equal(count > 0, page.QuerySelector("svg.qr") is not null);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")?.GetAttribute("content"));
        Assert.Equal(HttpStatusCode.OK, calendar.StatusCode);
        Assert.Equal(count, new CalendarLines(await calendar.Content.ReadAsStringAsync(Stop)).Events.Count);
        Assert.DoesNotContain("Quicksilver", hidden.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_OfWhoIsSignedIn_IsAddedToHis()
    {
        var (pipes, pumps) = await PlacedAsync("added");
        using var anna = await SignedInAsync("Anna Added");

        using var added = await anna.SubmitAsync(
            $"/added/stars?of={Uid(pipes)}.{Topic(pumps, "Valve")}",
            [],
            "Add these to mine"
        );

        Assert.Equal("/my/stars/added", added.Headers.Location?.OriginalString);
        Assert.Equal(
            ["Pipes added", "Valve"],
            (await anna.ReadAsync("/my/stars/added")).QuerySelectorAll(".starred a.quiet").Select(Text)
        );
    }

    [Fact]
    public async Task Stars_OfWhatWasMerged_MeanWhatItBecame()
    {
        var (pipes, _) = await PlacedAsync("merged");
        var part = await site.Given.MicroconferenceAsync(
            "Part",
            MicroconferenceStatus.Merged,
            "merged",
            mergedInto: pipes
        );
        using var anna = await SignedInAsync("Anna Merged");
        await using (var db = site.OpenDatabase())
        {
            db.Add(
                new Star(
                    await db.People.SingleAsync(p => p.Name == "Anna Merged", Stop),
                    part.ConferenceId,
                    Uid(part),
                    site.Clock.GetCurrentInstant()
                )
            );
            await db.SaveChangesAsync(Stop);
        }

        var mine = await anna.ReadAsync("/my/stars/merged");
        Assert.Equal(["Pipes merged"], mine.QuerySelectorAll(".starred a.quiet").Select(Text));

        using var gone = await anna.SubmitAsync(mine, [], "Unstar Pipes merged");
        Assert.Empty(await ConferencesAsync("Anna Merged"));
    }

    [Fact]
    public async Task Counts_OfWhatWasMergedTwice_AreThoseOfWhatItBecame()
    {
        var (pipes, _) = await PlacedAsync("chained");
        var between = await site.Given.MicroconferenceAsync(
            "Between",
            MicroconferenceStatus.Merged,
            "chained",
            mergedInto: pipes
        );
        var first = await site.Given.MicroconferenceAsync(
            "First of three",
            MicroconferenceStatus.Merged,
            "chained",
            mergedInto: between
        );
        await using var db = site.OpenDatabase();
        for (var i = 0; i < Star.FewestCounted; i++)
        {
            db.Add(
                new Star(
                    new Person(
                        FormattableString.Invariant($"Chained {i}"),
                        FormattableString.Invariant($"chained-{i}")
                    ),
                    first.ConferenceId,
                    Uid(first),
                    site.Clock.GetCurrentInstant()
                )
            );
        }

        await db.SaveChangesAsync(Stop);

        Assert.Equal(
            [KeyValuePair.Create(pipes.Id, Star.FewestCounted)],
            await db.StarCountsAsync(first.ConferenceId, Stop)
        );
    }

    [Fact]
    public async Task Pages_WithFewAndWithManyStars_AskTheSameNumberOfStatements()
    {
        await ManyAsync("few", 1);
        await ManyAsync("many", 25);
        foreach (var page in new[] { "/my/stars/{0}", "/my/stars/{0}/choose", "/my/stars/{0}.json" })
        {
            Assert.Equal(await StatementsAsync(page, "few"), await StatementsAsync(page, "many"));
        }
    }

    [Fact]
    public async Task Counts_BelowFive_AreToldToNobody()
    {
        var (pipes, pumps) = await PlacedAsync("counts");
        var part = await site.Given.MicroconferenceAsync(
            "Elbows",
            MicroconferenceStatus.Merged,
            "counts",
            mergedInto: pipes
        );
        await using (var db = site.OpenDatabase())
        {
            await db.Conferences.Where(c => c.Id == pipes.ConferenceId).Include(c => c.Rooms).LoadAsync(Stop);
            db.Conferences.Local.Single(c => c.Id == pipes.ConferenceId)
                .Arrange([("Herbert", 4, null), ("Meeting 6", null, null)]);
            for (var i = 0; i < 6; i++)
            {
                var person = new Person($"Star Gazer {i}", $"star-gazer-{i}");
                db.Add(
                    new Star(
                        person,
                        pipes.ConferenceId,
                        i < 2 ? Uid(pipes)
                            : i < 4 ? Uid(part)
                            : Topic(pipes, "Bend"),
                        site.Clock.GetCurrentInstant()
                    )
                );
                db.AddRange(
                    i < 4
                        ? [new Star(person, pipes.ConferenceId, Uid(pumps), site.Clock.GetCurrentInstant())]
                        : Array.Empty<Star>()
                );
            }

            await db.SaveChangesAsync(Stop);
        }

        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        var page = await olga.ReadAsync("/counts/organize/stars");

        Assert.Equal(
            [
                "Pipes counts 6 people Herbert, 4 seats too small by 2",
                "Pumps counts fewer than 5 Meeting 6, seats not known –",
            ],
            page.QuerySelectorAll("tbody tr").Select(Text)
        );
        Assert.Contains("One room is too small.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Gazer", page.Body!.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("4 people", page.Body!.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stars_LeadToThePagesWhereTheyAre()
    {
        var (pipes, _) = await PlacedAsync("links");
        using var anna = await SignedInAsync("Anna Links");

        Assert.Contains(
            "/my/stars",
            (await anna.ReadAsync("/my")).QuerySelectorAll("main a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal(
            "/my/stars/links.json",
            (await anna.ReadAsync("/links/schedule")).QuerySelector("main")?.GetAttribute("data-sync")
        );
        Assert.Equal("", (await site.ReadAsync("/links/schedule")).QuerySelector("main")?.GetAttribute("data-sync"));
        foreach (
            var path in new[]
            {
                $"/links/mc/{pipes.Slug}",
                $"/links/mc/{pipes.Slug}/topics/{Topic(pipes, "Bend")[6..]}-bend",
            }
        )
        {
            var (his, anybodys) = (
                (await anna.ReadAsync(path)).QuerySelector(".starring")!,
                (await site.ReadAsync(path)).QuerySelector(".starring")!
            );
            Assert.Equal(
                ("/my/stars/links", "/my/stars/links.json", false),
                (
                    his.QuerySelector("a")?.GetAttribute("href"),
                    his.GetAttribute("data-sync"),
                    his.HasAttribute("hidden")
                )
            );
            Assert.Equal(
                (0, "", true),
                (anybodys.ChildElementCount, anybodys.GetAttribute("data-sync"), anybodys.HasAttribute("hidden"))
            );
        }
    }

    private async Task<(Microconference Pipes, Microconference Pumps)> PlacedAsync(string conference)
    {
        var given = new GivenReleases(site, conference);
        var pipes = await given.PlaceAsync(
            $"Pipes {conference}",
            $"Pia {conference}",
            "Herbert",
            0,
            ("Bend", "Ben Speaker", 0)
        );
        var pumps = await given.PlaceAsync(
            $"Pumps {conference}",
            $"Pal {conference}",
            "Meeting 6",
            0,
            ("Valve", "Val Speaker", 30),
            ("Leak", "Lea Speaker", null)
        );
        await using var db = site.OpenDatabase();
        if (!await db.Releases.AnyAsync(r => r.ConferenceId == pipes.ConferenceId, Stop))
        {
            await given.ReleaseAsync();
            site.ForgetPages();
        }

        return (pipes, pumps);
    }

    private async Task ManyAsync(string conference, int count)
    {
        string[] topics = [.. Enumerable.Range(0, count).Select(i => $"Topic {i}")];
        var person = await site.Given.PersonAsync("Anna Many");
        await using var db = site.OpenDatabase();
        var me = await db.People.SingleAsync(p => p.Id == person.Id, Stop);
        for (var i = 0; i < count; i++)
        {
            var mc = await site.Given.MicroconferenceAsync($"Wanted {i}", conference: conference, topics: topics);
            db.AddRange(
                mc.Topics.Select(t => Starrables.UidOfTopic(t.Id))
                    .Prepend(Uid(mc))
                    .Select(uid => new Star(me, mc.ConferenceId, uid, site.Clock.GetCurrentInstant()))
            );
        }

        await db.SaveChangesAsync(Stop);
    }

    private async Task<int> StatementsAsync(string page, string conference)
    {
        using var anna = await SignedInAsync("Anna Many");
        var path = page.Replace("{0}", conference, StringComparison.Ordinal);
        using var first = await anna.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        site.Statements.Clear();
        using var second = await anna.GetAsync(path);
        return site.Statements.Texts.Count;
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<List<string>> ConferencesAsync(string name)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Stars.Where(s => s.Person.Name == name)
            .Join(db.Conferences, s => s.ConferenceId, c => c.Id, (s, c) => c.Slug)
            .Distinct()
            .ToListAsync(Stop);
    }

    private static async Task<JsonNode> SyncAsync(Browsing browsing, string conference, string[] add, string[] remove)
    {
        using var answer = await browsing.SendAsync(
            HttpMethod.Post,
            $"/my/stars/{conference}.json",
            await browsing.TokenAsync(),
            JsonContent.Create(new { add, remove })
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string address, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request, Stop);
    }

    private static async Task<CalendarLines> CalendarAsync(HttpClient client, string address) =>
        new(await client.GetStringAsync(address, Stop));

    private static Dictionary<string, string> Ticks(params string[] uids) =>
        new() { ["star"] = string.Join(Browsing.SameName, uids) };

    private static string[] Stars(JsonNode answer) => [.. answer["stars"]!.AsArray().Select(s => (string)s!)];

    private static string Uid(Microconference microconference) => Starrables.UidOf(microconference.Id);

    private string Topic(Microconference microconference, string title)
    {
        using var db = site.OpenDatabase();
        return Starrables.UidOfTopic(
            db.Topics.Single(t => t.MicroconferenceId == microconference.Id && t.Title == title).Id
        );
    }

    private static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
