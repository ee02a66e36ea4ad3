using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using LpcSite.Commands;
using LpcSite.Conferences.Settings;
using LpcSite.Microconferences;
using LpcSite.People.Merging;
using LpcSite.Rules;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling;
using LpcSite.Tests.Scheduling.Board;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Pages.Organize;

/// <summary>
/// Who is needed twice, for the organizers on a page, for programs and on the command line, and for leads as far as it
/// is theirs.
/// </summary>
public sealed class ClashesPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly Instant Ten = Instant.FromUtc(2022, 9, 12, 9, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OfOneWhoLeadsTwo_SaysWhoWhenWhereAndWhatWouldHelp()
    {
        var (one, other) = await TwoAsync("shown");
        using var olga = await OrganizerAsync();

        var main = (await olga.ReadAsync("/shown/organize/clashes")).QuerySelector("main")!;

        var clash = main.QuerySelector("h2:contains('Impossible (1)') ~ ul > li")!;
        Assert.Equal(
            "Tina Twice leads shown one and at the same time leads shown two.",
            clash.QuerySelector("p")!.TextContent
        );
        Assert.Equal("Monday 12 September 2022, 10:00–13:30 Europe/Dublin", clash.QuerySelector("time")!.TextContent);
        Assert.Equal(
            [
                "/shown/mc/shown-one",
                $"/shown/organize/schedule#slot-{one}",
                "/shown/mc/shown-two",
                $"/shown/organize/schedule#slot-{other}",
            ],
            clash.QuerySelectorAll("p.soft a").Select(a => a.GetAttribute("href")!)
        );
        var suggestions = clash.QuerySelectorAll("ul > li").ToList();
        Assert.Equal(ClashRepairs.MostMoves, suggestions.Count);
        Assert.StartsWith(
            "Move shown one to Herbert, Monday 12 September 2022, 15:00–18:30 Europe/Dublin. It mends this clash "
                + "and makes none.",
            Words(suggestions[0]),
            StringComparison.Ordinal
        );
        Assert.Equal($"/shown/organize/schedule?move={one}", suggestions[0].QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Suggestion_IsDoneAtOnceUnlessSomebodyMovedItMeanwhile()
    {
        var (one, _) = await TwoAsync("done");
        using var olga = await OrganizerAsync();
        var page = await olga.ReadAsync("/done/organize/clashes");
        const string Button = "Do it: Move done one to Herbert, Monday 12 September 2022, 15:00–18:30 Europe/Dublin.";

        using var done = await olga.SubmitAsync(page, [], Button);
        var board = await olga.ReadAsync("/done/organize/schedule");
        using var again = await olga.SubmitAsync(page, [], Button);

        Assert.Equal("/done/organize/schedule", done.Headers.Location?.OriginalString);
        Assert.Contains(
            "No longer: Tina Twice leads done one and at the same time leads done two.",
            board.QuerySelector(".said")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            Instant.FromUtc(2022, 9, 12, 14, 0),
            (await db.Slots.SingleAsync(s => s.Id == one, Stop)).During.Start
        );
    }

    [Fact]
    public async Task Matrix_NamesThePeopleInTheCellAndBelow()
    {
        await TwoAsync("matrix");
        await site.Given.MicroconferenceAsync(
            "matrix three",
            conference: "matrix",
            leads: ["Nobody Else"],
            keyAttendees: ["Tina Twice"]
        );
        using var olga = await OrganizerAsync();

        var page = await olga.ReadAsync("/matrix/organize/clashes");

        Assert.Equal(
            ["matrix one", "matrix two", "matrix three"],
            page.QuerySelectorAll(".matrix thead th")
                .Select(th => th.TextContent)
                .OrderBy(t =>
                    t[^1] == 'e'
                        ? t[7] == 'o'
                            ? 0
                            : 2
                        : 1
                )
        );
        Assert.Equal("1: Tina Twice", page.QuerySelector(".matrix tbody tr td a")!.TextContent);
        Assert.Contains(
            page.QuerySelectorAll(".matrix tbody th"),
            th => th.TextContent == "matrix three (no place yet)"
        );
        Assert.Equal(6, page.QuerySelectorAll(".matrix td a").Length);
        Assert.All(
            page.QuerySelectorAll(".matrix td a"),
            a => Assert.NotNull(page.QuerySelector($".index li[id='{a.GetAttribute("href")![1..]}']"))
        );
    }

    [Fact]
    public async Task Accept_AndTakeBack_MovesItThereAndBackAndIsRecorded()
    {
        await TwoAsync("stays");
        using var olga = await OrganizerAsync();

        using var accepted = await olga.SubmitAsync(
            "/stays/organize/clashes",
            new() { ["Input.Reason"] = "  She sends a deputy.  " }
        );
        var stays = await olga.ReadAsync("/stays/organize/clashes");
        using var taken = await olga.SubmitAsync(stays, new() { }, "Take the reason back: Tina Twice");
        var back = await olga.ReadAsync("/stays/organize/clashes");

        Assert.Equal("/stays/organize/clashes", accepted.Headers.Location?.OriginalString);
        Assert.Equal("It can stay, for the reason that you gave.", stays.QuerySelector(".said")?.TextContent);
        Assert.Contains(
            "Because: She sends a deputy. Olga Organizer, Friday 3 June 2022, 13:00 Europe/Dublin",
            Words(stays.QuerySelector("h2:contains('They can stay') ~ ul")!),
            StringComparison.Ordinal
        );
        Assert.Null(stays.QuerySelector("h2:contains('Impossible')"));
        Assert.NotNull(back.QuerySelector("h2:contains('Impossible')"));
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["let a clash stay", "took back why a clash can stay"],
            await db
                .AuditEntries.Where(e => e.Subject == "/stays/organize/clashes")
                .OrderBy(e => e.Id)
                .Select(e => e.Verb)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task OrganizersIndex_CountsWhatNobodyAcceptedWithTheSameStatementsAlways()
    {
        await TwoAsync("counted");
        using var olga = await OrganizerAsync();
        await olga.ReadAsync("/counted/organize");

        var (open, whenOpen) = await CountedAsync(olga);
        using var accepted = await olga.SubmitAsync(
            "/counted/organize/clashes",
            new() { ["Input.Reason"] = "They send a deputy." }
        );
        await olga.ReadAsync("/counted/organize");
        var (none, whenNone) = await CountedAsync(olga);

        Assert.Equal("Clashes 1 open; who is needed in two places at once, and what would help", open);
        Assert.Equal("Clashes none open; who is needed in two places at once, and what would help", none);
        Assert.Equal(whenOpen, whenNone);
    }

    private async Task<(string Line, int Statements)> CountedAsync(Browsing olga)
    {
        site.Statements.Clear();
        var page = await olga.ReadAsync("/counted/organize");
        var statements = site.Statements.Texts.Count;
        return (Words(page.QuerySelector("li:has(a[href='/counted/organize/clashes'])")!), statements);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ClashReason.ReasonMaxLength + 1)]
    public async Task Accept_WithoutAFitReason_Answers400BesideTheFieldAndKeepsIt(int length)
    {
        await TwoAsync("refused");
        using var olga = await OrganizerAsync();
        var reason = new string('r', length);

        using var refused = await olga.SubmitAsync("/refused/organize/clashes", new() { ["Input.Reason"] = reason });
        var page = await Browsing.ParseAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var field = page.QuerySelector("li [name='Input.Reason']")!;
        Assert.Equal(reason, field.GetAttribute("value") ?? "");
        Assert.Equal(
            "Say in 1 to 500 characters why this clash can stay.",
            page.GetElementById(field.GetAttribute("aria-describedby")!.Split(' ')[0])?.TextContent
        );
    }

    [Fact]
    public async Task Accept_WhereAnotherWasFirst_Answers409AndShowsWhatWasTyped()
    {
        await TwoAsync("raced");
        using var olga = await OrganizerAsync();
        using var oscar = await site.AsAsync(await site.Given.OrganizerAsync("Oscar Organizer"));
        var page = await oscar.ReadAsync("/raced/organize/clashes");

        using var first = await olga.SubmitAsync(
            "/raced/organize/clashes",
            new() { ["Input.Reason"] = "Olga's reason." }
        );
        using var second = await oscar.SubmitAsync(page, new() { ["Input.Reason"] = "Oscar's reason." });
        var raced = await Browsing.ParseAsync(second);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Equal(
            "Somebody else has just said why this clash can stay.",
            raced.QuerySelector("[role=alert]")!.TextContent.Trim()
        );
        Assert.Equal("You had written: “Oscar's reason.”", raced.QuerySelector(".note")!.TextContent);
        Assert.Contains("Olga's reason.", raced.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_AtTheSameMoment_SavesOneReason()
    {
        await TwoAsync("moment");
        using var olga = await OrganizerAsync();
        var page = await olga.ReadAsync("/moment/organize/clashes");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => olga.SubmitAsync(page, new() { ["Input.Reason"] = $"Reason {i}." }))
        );

        Assert.Equal(1, answers.Count(a => a.StatusCode is HttpStatusCode.Redirect));
        Assert.Equal(5, answers.Count(a => a.StatusCode is HttpStatusCode.Conflict));
        await using var db = site.OpenDatabase();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Subject == "/moment/organize/clashes", Stop));
    }

    [Fact]
    public async Task Reason_WhoseClashIsGone_IsNoLongerNeededAndTakenBackOnce()
    {
        var (one, _) = await TwoAsync("gone");
        using var olga = await OrganizerAsync();
        var open = await olga.ReadAsync("/gone/organize/clashes");
        await olga.SubmitAsync(open, new() { ["Input.Reason"] = "For a while." });
        await MoveAsync(one, 300);
        var page = await olga.ReadAsync("/gone/organize/clashes");
        var button = Words(page.QuerySelector("h2:contains('No longer needed') ~ ul button")!);

        using var late = await olga.SubmitAsync(open, new() { ["Input.Reason"] = "Too late." });
        using var removed = await olga.SubmitAsync(page, [], button);
        using var again = await olga.SubmitAsync(page, [], button);

        Assert.Equal("No clash among 2 people. To the board", Words(page.QuerySelector("h1 ~ p:not(.note)")!));
        Assert.Contains(
            "Tina Twice in gone one and gone two. Because: For a while.",
            Words(page.QuerySelector("h2:contains('No longer needed') ~ ul")!),
            StringComparison.Ordinal
        );
        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.Redirect, HttpStatusCode.Conflict),
            (late.StatusCode, removed.StatusCode, again.StatusCode)
        );
        Assert.Equal(
            "Somebody has taken this reason back already.",
            (await Browsing.ParseAsync(again)).QuerySelector("[role=alert]")!.TextContent.Trim()
        );
        Assert.Null((await olga.ReadAsync("/gone/organize/clashes")).QuerySelector("h2:contains('No longer needed')"));
    }

    [Fact]
    public async Task Reason_ThatThePublicScheduleStillNeeds_SaysSo()
    {
        var (one, _) = await TwoAsync("public");
        using var olga = await OrganizerAsync();
        await olga.SubmitAsync("/public/organize/clashes", new() { ["Input.Reason"] = "For a while." });
        await using (var scope = site.Services.CreateAsyncScope())
        {
            await using var db = site.OpenDatabase();
            await scope
                .ServiceProvider.GetRequiredService<ScheduleReleases>()
                .ReleaseAsync(
                    await db.Conferences.SingleAsync(c => c.Slug == "public", Stop),
                    "First",
                    by: null,
                    "test",
                    origin: null,
                    Stop
                );
        }

        await MoveAsync(one, 300);

        Assert.Contains(
            "What is public still has this clash.",
            (await olga.ReadAsync("/public/organize/clashes"))
                .QuerySelector("h2:contains('No longer needed') ~ ul")!
                .TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Reason_OfSomebodyWithTwoSpellings_StaysWhenTheyAreOne()
    {
        await TwoAsync("spelled", "Tina Tvice");
        await site.Given.PersonAsync("Tina Kept");
        using var olga = await OrganizerAsync();
        await olga.SubmitAsync("/spelled/organize/clashes", new() { ["Input.Reason"] = "She sends a deputy." });
        await using (var scope = site.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<PersonMerge>()
                .MergeAsync("tina-kept", "tina-tvice", "test", by: null, Stop);
        }

        var stays = (await olga.ReadAsync("/spelled/organize/clashes"))
            .QuerySelector("h2:contains('They can stay') ~ ul")!
            .TextContent;

        Assert.Contains("Tina Kept leads spelled one", stays, StringComparison.Ordinal);
        Assert.Contains("She sends a deputy.", stays, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiAndVerb_ForTheSameDraft_SayWhatThePageSays()
    {
        await ManyAsync("same", 3);
        using var olga = await OrganizerAsync();

        var page = (await olga.ReadAsync("/same/organize/clashes"))
            .QuerySelectorAll("li [name='Input.Key']")
            .Select(i => i.GetAttribute("value")!)
            .ToList();
        var json = JsonDocument
            .Parse(await olga.Client.GetStringAsync("/api/v1/same/clashes", Stop))
            .RootElement.GetProperty("clashes")
            .EnumerateArray()
            .ToList();
        var (code, lines) = await VerbAsync("same");

        Assert.Equal(3, page.Count);
        Assert.Equal(page, json.Select(c => c.GetProperty("key").GetString()!));
        Assert.Equal(page, lines.Select(l => l.Split('\t')[3]));
        Assert.Equal(1, code);
        Assert.Equal(("hard", "open"), (lines[0].Split('\t')[0], lines[0].Split('\t')[4]));
        Assert.Equal("Monday 12 September 2022, 10:00–13:30 Europe/Dublin", lines[0].Split('\t')[1]);
        Assert.Equal(
            ("hard", JsonValueKind.Null),
            (json[0].GetProperty("severity").GetString(), json[0].GetProperty("accepted").ValueKind)
        );
        Assert.Equal(
            Words((await olga.ReadAsync("/same/organize/clashes")).QuerySelector("main ul ul > li")!)
                .Split(" It mends")[0],
            json[0].GetProperty("suggestions")[0].GetProperty("sentence").GetString()
        );
    }

    [Fact]
    public async Task Verb_WithoutAnOpenHardClash_ExitsWith0()
    {
        await TwoAsync("accepted");
        using var olga = await OrganizerAsync();
        await olga.SubmitAsync("/accepted/organize/clashes", new() { ["Input.Reason"] = "She sends\ta deputy." });
        await site.Given.ConferenceAsync("nothing");

        var (code, lines) = await VerbAsync("accepted");
        var (none, said) = await VerbAsync("nothing");

        Assert.Equal((0, "can stay: She sends a deputy."), (code, Assert.Single(lines).Split('\t')[4]));
        Assert.Equal((0, "No clash among 0 people."), (none, Assert.Single(said)));
        Assert.Equal(
            "There is no conference 'never'.",
            (await Assert.ThrowsAsync<OperatorException>(() => VerbAsync("never"))).Message
        );
    }

    [Fact]
    public async Task PageAndApi_OfFewAndManyClashes_AskTheSameNumberOfStatements()
    {
        await ManyAsync("few", 3);
        await ManyAsync("many", 30);
        using var olga = await OrganizerAsync();
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Tina 0 Twice"));

        Assert.Equal(
            30,
            (await olga.ReadAsync("/many/organize/clashes")).QuerySelectorAll("li [name='Input.Reason']").Length
        );
        foreach (
            var (reader, address) in new[]
            {
                (olga, "/{0}/organize/clashes"),
                (olga, "/api/v1/{0}/clashes"),
                (lead, "/{0}/mc/{0}-one/lead"),
            }
        )
        {
            Assert.Equal(
                await StatementsAsync(reader, string.Format(null, address, "few")),
                await StatementsAsync(reader, string.Format(null, address, "many"))
            );
        }
    }

    [Fact]
    public async Task LeadsDesk_ShowsTheirOwnClashesAmongWhatIsAccepted()
    {
        await PlacedAsync("desk", "Mine", 0, ["Mia Mine"], ["Kay Key"], speakers: ["Sue Speaker"]);
        await PlacedAsync("desk", "Theirs", 60, ["Mia Mine", "Sue Speaker"]);
        await PlacedAsync("desk", "Others", 60, ["Otto Others"], ["Otto Others"]);
        await PlacedAsync("desk", "Far", 60, ["Otto Others"]);
        await PlacedAsync("desk", "Tried", 0, ["Kay Key"], status: MicroconferenceStatus.Proposed);
        using var mia = await site.AsAsync(await site.Given.PersonAsync("Mia Mine"));
        using var otto = await site.AsAsync(await site.Given.PersonAsync("Otto Others"));

        var mine = (await mia.ReadAsync("/desk/mc/mine/lead")).QuerySelector("#clashes ~ ul")!.Children.Select(Words);
        await site.Given.MicroconferenceAsync(
            "Homeless",
            MicroconferenceStatus.Accepted,
            "desk",
            leads: ["Otto Others"]
        );
        var homeless = await otto.ReadAsync("/desk/mc/homeless/lead");

        Assert.Equal(
            [
                "Mia Mine leads Mine and at the same time leads Theirs. Monday 12 September 2022, 11:00–13:30 "
                    + "Europe/Dublin",
                "In parallel: Sue Speaker may speak about “Pin” in Mine and at the same time leads Theirs. Monday "
                    + "12 September 2022, 11:00–13:30 Europe/Dublin",
            ],
            mine
        );
        Assert.Null(homeless.QuerySelector("#clashes"));
    }

    [Fact]
    public async Task LeadsDesk_OfAnyMicroconference_AgreesWithTheDraft()
    {
        await ManyAsync("agrees", 9);
        await PlacedAsync("agrees", "Arranged", 30, ["Tina 1 Twice"], ["Tina 2 Twice"], speakers: ["Tina 3 Twice"]);
        await PlacedAsync("agrees", "Split", 30, ["Tina 4 Twice"], [], speakers: ["Tina 5 Twice"], minutes: 60);
        await using var db = site.OpenDatabase();
        var conference = await db.Conferences.SingleAsync(c => c.Slug == "agrees", Stop);
        var arranged = await db
            .Microconferences.Include(m => m.Topics)
            .SingleAsync(m => m.ConferenceId == conference.Id && m.Title == "Arranged", Stop);
        var split = await db.Microconferences.SingleAsync(
            m => m.ConferenceId == conference.Id && m.Title == "Split",
            Stop
        );
        db.Add(
            SessionItem.Of(
                arranged,
                await db.Slots.SingleAsync(s => s.MicroconferenceId == arranged.Id, Stop),
                arranged.Topics.Single(),
                15,
                30
            )
        );
        db.Add(
            new Slot(
                conference.Id,
                split,
                new Interval(Ten + Duration.FromMinutes(120), Ten + Duration.FromMinutes(180)),
                null
            )
        );
        await db.SaveChangesAsync(Stop);
        var all = ClashFinder.Find(await db.DraftAsync(conference.Id, withTexts: false, Stop), Circumstances.None);

        foreach (
            var microconference in await db
                .Microconferences.Where(m => m.ConferenceId == conference.Id)
                .ToListAsync(Stop)
        )
        {
            var where = $"mc-{microconference.Id}";
            var expected = all.Where(c => c.One.Where == where || c.Other.Where == where)
                .Select(c => (c.Key, c.Sentence, c.During))
                .ToList();
            Assert.NotEmpty(expected);
            Assert.Equal(
                expected,
                (await db.ClashesOfAsync(microconference, Stop)).Select(c => (c.Key, c.Sentence, c.During))
            );
        }
    }

    [Fact]
    public async Task Accept_OneOfTwoDays_LeavesTheOtherOpenEverywhere()
    {
        await TwoAsync("twice");
        await AgainAsync("twice", 1440);
        using var olga = await OrganizerAsync();
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Tina Twice"));
        var both = await VerbAsync("twice");

        await olga.SubmitAsync("/twice/organize/clashes", new() { ["Input.Reason"] = "Only on Monday." });
        var (page, board, desk) = (
            await olga.ReadAsync("/twice/organize/clashes"),
            await olga.ReadAsync("/twice/organize/schedule"),
            await lead.ReadAsync("/twice/mc/twice-one/lead")
        );
        var one = await VerbAsync("twice");
        var api = JsonDocument.Parse(await olga.Client.GetStringAsync("/api/v1/twice/clashes", Stop)).RootElement;
        await olga.SubmitAsync("/twice/organize/clashes", new() { ["Input.Reason"] = "And on Tuesday." });
        var none = await VerbAsync("twice");

        Assert.Equal(
            (1, 2, 1, 2, 0, 2),
            (both.Code, both.Lines.Length, one.Code, one.Lines.Length, none.Code, none.Lines.Length)
        );
        Assert.Equal(2, both.Lines.Select(l => l.Split('\t')[3]).Distinct().Count());
        Assert.Equal(
            "Tuesday 13 September 2022, 10:00–13:30 Europe/Dublin",
            page.QuerySelector("h2:contains('Impossible (1)') ~ ul time")!.TextContent
        );
        Assert.Equal(
            "Monday 12 September 2022, 10:00–13:30 Europe/Dublin",
            page.QuerySelector("h2:contains('They can stay') ~ ul time")!.TextContent
        );
        Assert.Contains(
            "1 clash is in the way of a release.",
            Words(board.QuerySelector(".above")!),
            StringComparison.Ordinal
        );
        Assert.Single(desk.QuerySelector("#clashes ~ ul")!.Children);
        Assert.Equal((1, 2), (api.GetProperty("open").GetInt32(), api.GetProperty("clashes").GetArrayLength()));
        Assert.DoesNotContain(
            "clash",
            Words((await olga.ReadAsync("/twice/organize/schedule")).QuerySelector(".above > .soft")!),
            StringComparison.Ordinal
        );
        Assert.Null((await lead.ReadAsync("/twice/mc/twice-one/lead")).QuerySelector("#clashes"));
    }

    [Fact]
    public async Task Reason_OfTwoThatMoveTogether_StaysWhateverTheBoardDoes()
    {
        var (one, other) = await TwoAsync("kept-reason");
        using var olga = await OrganizerAsync();
        await olga.SubmitAsync("/kept-reason/organize/clashes", new() { ["Input.Reason"] = "They send a deputy." });
        await MoveAsync(one, 300);
        await MoveAsync(other, 330);
        Assert.Equal(0, (await VerbAsync("kept-reason")).Code);

        // Taken out by mistake and placed again, it is another slot.
        var board = "/kept-reason/organize/schedule";
        var page = await olga.ReadAsync(board);
        page.GetElementById($"slot-{one}")!.Remove();
        await Boards.SaidAsync(olga, await olga.SubmitAsync(page, [], "Take out"));
        await using (var db = site.OpenDatabase())
        {
            (await db.Conferences.Include(c => c.HalfDays).SingleAsync(c => c.Slug == "kept-reason", Stop)).Divide([
                .. HalfDay.Usual().Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
            ]);
            await db.SaveChangesAsync(Stop);
        }

        var said = await Boards.SaidAsync(
            olga,
            await Boards.PlaceAsync(olga, board, "kept-reason-two", "2022-09-12", 1, "Herbert")
        );

        Assert.DoesNotContain("Clashes now", said, StringComparison.Ordinal);
        var (code, lines) = await VerbAsync("kept-reason");
        Assert.Equal((0, "can stay: They send a deputy."), (code, Assert.Single(lines).Split('\t')[4]));
    }

    [Fact]
    public async Task Parallel_IsToldOnEveryPageAndStopsNoRelease()
    {
        await PlacedAsync("parallel", "Upper", 0, ["Una Upper"], ["Paul Parallel"]);
        await PlacedAsync("parallel", "Lower", 60, ["Lou Lower"], ["Paul Parallel"]);
        using var olga = await OrganizerAsync();
        using var una = await site.AsAsync(await site.Given.PersonAsync("Una Upper"));
        const string Sentence =
            "Paul Parallel is a key attendee of Upper and at the same time is a key attendee of Lower.";

        var page = await olga.ReadAsync("/parallel/organize/clashes");
        var api = JsonDocument
            .Parse(await olga.Client.GetStringAsync("/api/v1/parallel/clashes", Stop))
            .RootElement.GetProperty("clashes")[0];
        var (code, lines) = await VerbAsync("parallel");

        Assert.Equal(Sentence, page.QuerySelector("h2:contains('Half a day in parallel (1)') ~ ul p")!.TextContent);
        Assert.Contains("they clash now", page.QuerySelector(".matrix tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "In parallel: Paul Parallel Monday 12 September 2022, 11:00–13:30 Europe/Dublin: Paul Parallel",
            Words(page.QuerySelector("#shared ~ .index")!),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"In parallel: {Sentence}",
            Words((await olga.ReadAsync("/parallel/organize/schedule")).QuerySelector(".days .clashes")!),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("parallel", Sentence),
            (api.GetProperty("severity").GetString(), api.GetProperty("sentence").GetString())
        );
        Assert.Equal((0, "parallel"), (code, Assert.Single(lines).Split('\t')[0]));
        Assert.StartsWith(
            $"In parallel: {Sentence}",
            Words((await una.ReadAsync("/parallel/mc/upper/lead")).QuerySelector("#clashes ~ ul > li")!),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"In parallel: {Sentence}",
            Words((await olga.ReadAsync("/parallel/organize/releases")).QuerySelector("main")!),
            StringComparison.Ordinal
        );
        using var released = await olga.SubmitAsync("/parallel/organize/releases", []);
        Assert.Equal(HttpStatusCode.Redirect, released.StatusCode);
    }

    [Fact]
    public async Task Plenary_BesideAMicroconference_IsAClashAndCanStay()
    {
        await PlacedAsync("plenary", "Beside", 0, ["Bea Beside"]);
        await site.StandsAsync("plenary", SlotKind.Plenary, "Opening", null, new(2022, 9, 12, 10, 0), 60);
        using var olga = await OrganizerAsync();
        using var bea = await site.AsAsync(await site.Given.PersonAsync("Bea Beside"));

        var clash = (await olga.ReadAsync("/plenary/organize/clashes")).QuerySelector(
            "h2:contains('Beside a plenary (1)') ~ ul > li"
        )!;
        Assert.Equal("Beside goes on during Opening, which is for everybody.", clash.QuerySelector("p")!.TextContent);
        Assert.Contains(
            "Move Beside to Herbert, Monday 12 September 2022, 15:00–18:30 Europe/Dublin.",
            Words(clash),
            StringComparison.Ordinal
        );
        Assert.NotNull((await bea.ReadAsync("/plenary/mc/beside/lead")).QuerySelector("#clashes"));
        await olga.SubmitAsync("/plenary/organize/clashes", new() { ["Input.Reason"] = "It is shown there." });

        Assert.Contains(
            "It is shown there.",
            Words(
                (await olga.ReadAsync("/plenary/organize/clashes")).QuerySelector("h2:contains('They can stay') ~ ul")!
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Swap_ThatIsSuggested_IsDoneAtOnce()
    {
        await TwoAsync("full");
        await PlacedAsync("full", "full three", 300, ["Tom Three"]);
        await using (var db = site.OpenDatabase())
        {
            var here = await db.Conferences.Include(c => c.Rooms).SingleAsync(c => c.Slug == "full", Stop);
            var slots = await db.Slots.Where(s => s.ConferenceId == here.Id).OrderBy(s => s.Id).ToListAsync(Stop);
            foreach (var (slot, room) in slots.Zip([0, 1, 0]))
            {
                slot.Move(slot.During, here.Rooms.OrderBy(r => r.Position).ElementAt(room));
            }

            await db.SaveChangesAsync(Stop);
        }

        using var olga = await OrganizerAsync();
        var page = await olga.ReadAsync("/full/organize/clashes");
        var button = page.QuerySelectorAll("li form button")
            .Select(b => Words(b))
            .First(b => b.StartsWith("Do it: Let full one and full three change places", StringComparison.Ordinal));

        var said = await Boards.SaidAsync(olga, await olga.SubmitAsync(page, [], button));

        Assert.Contains(
            "No longer: Tina Twice leads full one and at the same time leads full two.",
            said,
            StringComparison.Ordinal
        );
        Assert.Equal(0, (await VerbAsync("full")).Code);
    }

    /// <returns>The numbers of their slots.</returns>
    private async Task<(int One, int Other)> TwoAsync(string conference, string lead = "Tina Twice") =>
        (
            await PlacedAsync(conference, $"{conference} one", 0, [lead, "Lena Lead"]),
            await PlacedAsync(conference, $"{conference} two", 0, [lead])
        );

    private async Task ManyAsync(string conference, int count)
    {
        string[] people = [.. Enumerable.Range(0, count).Select(i => $"Tina {i} Twice")];
        await PlacedAsync(conference, $"{conference} one", 0, people);
        await PlacedAsync(conference, $"{conference} two", 0, people);
    }

    private async Task<int> PlacedAsync(
        string conference,
        string title,
        int after,
        string[] leads,
        string[]? attendees = null,
        string[]? speakers = null,
        MicroconferenceStatus status = MicroconferenceStatus.Accepted,
        int minutes = 210
    )
    {
        var given = await site.Given.MicroconferenceAsync(
            title,
            status,
            conference,
            leads: leads,
            keyAttendees: attendees,
            topics: speakers is null ? null : ["Pin"],
            speakers: speakers
        );
        await using var db = site.OpenDatabase();
        var here = await db.Conferences.Include(c => c.Rooms).SingleAsync(c => c.Slug == conference, Stop);
        here.Arrange([("Herbert", null, null), ("Ulster", null, null)]);
        var during = new Interval(Ten + Duration.FromMinutes(after), Ten + Duration.FromMinutes(after + minutes));
        if (await db.Slots.FirstOrDefaultAsync(s => s.MicroconferenceId == given.Id, Stop) is not { } slot)
        {
            db.Add(
                slot = new Slot(
                    here.Id,
                    await db.Microconferences.SingleAsync(m => m.Id == given.Id, Stop),
                    during,
                    null
                )
            );
        }

        await db.SaveChangesAsync(Stop);
        return slot.Id;
    }

    /// <summary>All that a conference has stands there a second time.</summary>
    private async Task AgainAsync(string conference, int after)
    {
        await using var db = site.OpenDatabase();
        var slots = await db
            .Slots.Include(s => s.Microconference)
            .Where(s => s.Microconference!.Conference.Slug == conference)
            .ToListAsync(Stop);
        db.AddRange(
            slots.Select(s => new Slot(
                s.ConferenceId,
                s.Microconference!,
                new Interval(s.During.Start + Duration.FromMinutes(after), s.During.End + Duration.FromMinutes(after)),
                null
            ))
        );
        await db.SaveChangesAsync(Stop);
    }

    private async Task MoveAsync(int slot, int after)
    {
        await using var db = site.OpenDatabase();
        var moved = await db.Slots.SingleAsync(s => s.Id == slot, Stop);
        moved.Move(new Interval(Ten + Duration.FromMinutes(after), Ten + Duration.FromMinutes(after + 210)), null);
        await db.SaveChangesAsync(Stop);
    }

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

    private async Task<(int Code, string[] Lines)> VerbAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        using var output = new StringWriter();
        var code = await ClashesCommand.PrintAsync(db, conference, output, Stop);
        return (code, output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.Client.GetStringAsync(path, Stop));
    }

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
