using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using LpcSite.Commands;
using LpcSite.Conferences.Settings;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.People.Merging;
using LpcSite.Rules;
using LpcSite.Scheduling.Availability;
using LpcSite.Scheduling.Sessions;
using LpcSite.Scheduling.Stars;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Availability;

/// <summary>
/// People say when they cannot be there; absences, nights and crowds are then clashes for everybody who asks, and
/// nobody reads what is private.
/// </summary>
public sealed class AvailabilityEditingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Monday = "2022-09-12T09:00:00Z 2022-09-12T12:30:00Z";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Say_HalfDaysAndAnotherTime_ListsThemAndTakesThemBack()
    {
        await site.Given.MicroconferenceAsync("Rust", conference: "say", keyAttendees: ["Kay Key"]);
        using var kay = await AsAsync("Kay Key");
        var link = (await kay.ReadAsync("/my")).QuerySelector("a[href='/my/times/say']")!.ParentElement!;

        using var said = await kay.SubmitAsync(
            "/my/times/say",
            new()
            {
                ["Input.HalfDays"] = Monday,
                ["Input.Day"] = "2022-09-13",
                ["Input.From"] = "16:00",
                ["Input.Until"] = "17:00",
                ["Input.Note"] = " My  train. ",
            }
        );
        var page = await kay.ReadAsync("/my/times/say");
        using var again = await kay.SubmitAsync(
            page,
            new()
            {
                ["Input.Day"] = "2022-09-13",
                ["Input.From"] = "16:00",
                ["Input.Until"] = "17:00",
            }
        );
        using var taken = await kay.SubmitAsync(
            page,
            [],
            "Take back: Monday 12 September 2022, 10:00–13:30 Europe/Dublin"
        );

        Assert.Equal("Say when you cannot be at P say you have said nothing", Words(link));
        Assert.Equal(
            ("/my/times/say", "Noted. Nobody plans with you then."),
            (said.Headers.Location?.OriginalString, page.QuerySelector(".said")?.TextContent)
        );
        Assert.Equal(
            [
                "Monday 12 September 2022, 10:00–13:30 Europe/Dublin My train.",
                "Tuesday 13 September 2022, 16:00–17:00 Europe/Dublin My train.",
            ],
            page.QuerySelectorAll("main .index li > span").Select(Words)
        );
        Assert.Equal(6, page.QuerySelectorAll("[name='Input.HalfDays']").Length);
        Assert.Equal(
            [Monday],
            page.QuerySelectorAll("[name='Input.HalfDays'][disabled][checked]").Select(i => i.GetAttribute("value")!)
        );
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (again.StatusCode, taken.StatusCode));
        await using var db = site.OpenDatabase();
        var left = Assert.Single(
            await db
                .Absences.Include(a => a.Person)
                .Include(a => a.By)
                .Where(a => db.Conferences.Any(c => c.Id == a.ConferenceId && c.Slug == "say"))
                .ToListAsync(Stop)
        );
        Assert.Equal(
            ("Kay Key", "Kay Key", Instant.FromUtc(2022, 9, 13, 15, 0)),
            (left.Person.Name, left.By.Name, left.During.Start)
        );
        var audit = await db
            .AuditEntries.Where(e => e.Subject == "/say/organize/absences")
            .OrderBy(e => e.Id)
            .ToListAsync(Stop);
        Assert.Equal(["said who cannot be there", "took back who cannot be there"], audit.Select(e => e.Verb));
        Assert.Contains("2022-09-12T09:00:00Z to 2022-09-12T12:30:00Z", audit[1].Before, StringComparison.Ordinal);
        Assert.DoesNotContain("train", audit[0].After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "", 0, "Choose a half-day, or say from when until when.")]
    [InlineData("2022-09-13", "17:00", "16:00", 0, "It must end after it starts.")]
    [InlineData("2022-09-13", "", "16:00", 0, "Say from when, like 10:00.")]
    [InlineData("", "15:00", "16:00", 0, "Say on which day, like 2022-09-12.")]
    [InlineData("2023-01-01", "15:00", "16:00", 0, "P bad is on 12–14 September 2022. Say a time of those days.")]
    [InlineData("2022-09-13", "15:00", "16:00", Absence.NoteMaxLength + 1, "A note has at most 200 characters.")]
    public async Task Say_WhatIsNoTime_Answers400AndKeepsWhatWasTyped(
        string day,
        string from,
        string until,
        int note,
        string sentence
    )
    {
        await site.Given.ConferenceAsync("bad");
        using var kay = await AsAsync("Kay Key");
        var words = note == 0 ? "Typed." : new string('n', note);

        using var refused = await kay.SubmitAsync(
            "/my/times/bad",
            new()
            {
                ["Input.Day"] = day,
                ["Input.From"] = from,
                ["Input.Until"] = until,
                ["Input.Note"] = words,
            }
        );
        var page = await Browsing.ParseAsync(refused);

        Assert.Equal(
            (HttpStatusCode.BadRequest, sentence),
            (refused.StatusCode, page.QuerySelector("form .problem")?.TextContent)
        );
        Assert.Equal((from, until, words), (Value("From"), Value("Until"), Value("Note")));
        await using var db = site.OpenDatabase();
        Assert.False(
            await db.Absences.AnyAsync(a => db.Conferences.Any(c => c.Id == a.ConferenceId && c.Slug == "bad"), Stop)
        );

        string Value(string field) => page.QuerySelector($"[name='Input.{field}']")!.GetAttribute("value") ?? "";
    }

    [Fact]
    public async Task Say_TheSameAtTheSameMoment_IsSaidOnce()
    {
        await site.Given.ConferenceAsync("moment");
        using var kay = await AsAsync("Kay Key");
        var page = await kay.ReadAsync("/my/times/moment");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => kay.SubmitAsync(page, new() { ["Input.HalfDays"] = Monday }))
        );

        Assert.All(
            answers,
            a => Assert.True(a.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Conflict, $"{a.StatusCode}")
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Subject == "/moment/organize/absences", Stop));
    }

    [Fact]
    public async Task TakeBack_OfSomebodyElse_AnswersThatItIsGoneAndLeavesIt()
    {
        await site.Given.MicroconferenceAsync("Rust", conference: "theirs", keyAttendees: ["Kay Key"]);
        using var kay = await AsAsync("Kay Key");
        using var eve = await AsAsync("Eve Other");
        using var olga = await OrganizerAsync();
        await kay.SubmitAsync("/my/times/theirs", new() { ["Input.HalfDays"] = Monday });
        await eve.SubmitAsync(
            "/my/times/theirs",
            new()
            {
                ["Input.Day"] = "2022-09-13",
                ["Input.From"] = "16:00",
                ["Input.Until"] = "17:00",
            }
        );
        await using var db = site.OpenDatabase();
        var id = (
            await db.Absences.SingleAsync(
                a =>
                    a.Person.Name == "Kay Key" && db.Conferences.Any(c => c.Id == a.ConferenceId && c.Slug == "theirs"),
                Stop
            )
        ).Id;
        var own = await eve.ReadAsync("/my/times/theirs");
        own.QuerySelector("button[name=absence]")!.SetAttribute("value", $"{id}");

        using var refused = await eve.SubmitAsync(own, [], $"{id}");
        var seen = own.QuerySelector("main")!.TextContent;
        var organizers = await olga.ReadAsync("/theirs/organize/absences");
        using var taken = await olga.SubmitAsync(organizers, [], $"{id}");
        using var again = await olga.SubmitAsync(organizers, [], $"{id}");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.DoesNotContain("Kay", seen, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (taken.StatusCode, again.StatusCode));
        Assert.Equal(
            "That was taken back already. Here is what is said now.",
            Words((await Browsing.ParseAsync(again)).QuerySelector("[role=alert]")!)
        );
    }

    [Fact]
    public async Task Organizer_WritesDownForAnother_WhoSeesByWhom()
    {
        await site.Given.MicroconferenceAsync("Rust", conference: "told", keyAttendees: ["Kay Key"]);
        using var kay = await AsAsync("Kay Key");
        using var olga = await OrganizerAsync();
        var page = await olga.ReadAsync("/told/organize/absences");
        var who = page.QuerySelectorAll("option").Single(o => o.TextContent == "Kay Key").GetAttribute("value")!;

        using var nobody = await olga.SubmitAsync(
            page,
            new()
            {
                ["Input.Person"] = "",
                ["Input.Day"] = "2022-09-13",
                ["Input.From"] = "16:00",
                ["Input.Until"] = "17:00",
            }
        );
        using var noted = await olga.SubmitAsync(
            page,
            new()
            {
                ["Input.Person"] = who,
                ["Input.Day"] = "2022-09-13",
                ["Input.From"] = "16:00",
                ["Input.Until"] = "17:00",
                ["Input.Note"] = "She rang.",
            }
        );
        var after = await olga.ReadAsync("/told/organize/absences");

        Assert.Equal(
            (HttpStatusCode.BadRequest, "Choose who cannot be there."),
            (nobody.StatusCode, (await Browsing.ParseAsync(nobody)).QuerySelector("form .problem")?.TextContent)
        );
        Assert.Equal(HttpStatusCode.Redirect, noted.StatusCode);
        Assert.StartsWith(
            "Tuesday 13 September 2022, 16:00–17:00 Europe/Dublin She rang. · written down by Olga Organizer, "
                + "Friday 3 June 2022",
            Words(after.QuerySelector($"#person-{who} ~ ul li > span")!),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Tuesday 13 September 2022, 16:00–17:00 Europe/Dublin She rang. · written down by Olga Organizer",
            Words((await kay.ReadAsync("/my/times/told")).QuerySelector("main .index li > span")!)
        );
    }

    [Fact]
    public async Task Conference_ThatIsArchived_IsReadAndNotChanged()
    {
        var id = (await site.Given.ConferenceAsync("past")).Id;
        using var kay = await AsAsync("Kay Key");
        await kay.SubmitAsync("/my/times/past", new() { ["Input.HalfDays"] = Monday });
        var before = await kay.ReadAsync("/my/times/past");
        await using var db = site.OpenDatabase();
        (await db.Conferences.SingleAsync(c => c.Id == id, Stop)).Archive();
        await db.SaveChangesAsync(Stop);
        site.ForgetPages();

        using var refused = await kay.SubmitAsync(
            before,
            [],
            "Take back: Monday 12 September 2022, 10:00–13:30 Europe/Dublin"
        );
        var page = await kay.ReadAsync("/my/times/past");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("is archived", page.QuerySelector("main .note")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("main .index li"));
        Assert.Equal(
            (0, 0),
            (
                page.QuerySelectorAll("[name='Input.HalfDays']").Length,
                page.QuerySelectorAll("button[name=absence]").Length
            )
        );
    }

    [Fact]
    public async Task Everybody_WhoAsks_HearsOfAbsenceNightAndCrowd()
    {
        var (given, mc) = await CrowdedAsync("all");
        using var mia = await AsAsync("Mia Lead all");
        using var olga = await given.OrganizerAsync();
        await mia.SubmitAsync("/my/times/all", new() { ["Input.HalfDays"] = Monday, ["Input.Note"] = "A pangolin." });
        string[] ofPeople =
        [
            "Mia Lead all leads Crowded, and cannot be there at that time.",
            "Naoko Night all speaks about “Sleep” in Crowded remotely, at 02:30–03:00 America/Los_Angeles.",
        ];
        string[] expected = [ofPeople[0], "5 people starred Crowded, and Closet has 4 seats.", ofPeople[1]];

        var page = await olga.ReadAsync("/all/organize/clashes");
        var json = JsonDocument
            .Parse(await olga.Client.GetStringAsync("/api/v1/all/clashes", Stop))
            .RootElement.GetProperty("clashes")
            .EnumerateArray()
            .ToList();
        var lines = await VerbAsync("all");
        var board = await olga.ReadAsync("/all/organize/schedule");
        var desk = await mia.ReadAsync($"{mc.Path}/lead");
        var session = await mia.ReadAsync($"{mc.Path}/lead/session");

        Assert.Equal(
            expected,
            page.QuerySelectorAll("main .decisions > li > p:first-child").Select(p => p.TextContent)
        );
        Assert.Equal(
            ["Impossible (1)", "Too small a room (1)", "At night (1)"],
            page.QuerySelectorAll("main h2").Take(3).Select(h => h.TextContent)
        );
        Assert.All(
            page.QuerySelectorAll("main .decisions > li")
                .Where(li => !li.TextContent.Contains("Naoko", StringComparison.Ordinal)),
            li => Assert.NotNull(li.QuerySelector("ul > li a[href^='/all/organize/schedule?move=']"))
        );
        Assert.Equal(expected, json.Select(c => c.GetProperty("sentence").GetString()!));
        Assert.Equal(["away", "seats", "night"], json.Select(c => c.GetProperty("kind").GetString()!));
        Assert.Equal(expected, lines.Select(l => l.Split('\t')[2]));
        Assert.Equal(
            expected,
            board.QuerySelectorAll(".card .clashes li").Select(li => li.TextContent.Split(": ")[1].Trim())
        );
        Assert.Contains("5 people starred it", board.QuerySelector(".card")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ofPeople,
            desk.QuerySelectorAll("#clashes ~ ul > li").Take(2).Select(li => li.FirstChild!.TextContent.Trim())
        );
        Assert.Equal(
            [
                "Naoko Night all speaks about “Sleep” in Crowded remotely, at 02:30–03:00 America/Los_Angeles. "
                    + "(10:30–11:00 Europe/Dublin)",
            ],
            session.QuerySelectorAll(".clash").Select(p => p.TextContent)
        );
        Assert.DoesNotContain("starred", desk.QuerySelector("#clashes ~ ul")!.TextContent, StringComparison.Ordinal);
        Assert.All(
            new[] { page, board, desk, session },
            p => Assert.DoesNotContain("pangolin", p.DocumentElement.OuterHtml, StringComparison.Ordinal)
        );
        Assert.Contains(
            "A pangolin.",
            (await olga.ReadAsync("/all/organize/absences")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Release_OfWhatSomebodyLeadsWhileAway_NeedsAReasonAndShowsNobodyWhy()
    {
        var (given, mc) = await CrowdedAsync("rel");
        using var mia = await AsAsync("Mia Lead rel");
        using var olga = await given.OrganizerAsync();
        await given.ReleaseAsync("Before.");
        await mia.SubmitAsync("/my/times/rel", new() { ["Input.HalfDays"] = Monday, ["Input.Note"] = "A pangolin." });
        await MoveTopicAsync(mc, 60);

        var forecast = await olga.ReadAsync("/rel/organize/releases");
        var refused = await Assert.ThrowsAsync<RuleException>(() => given.ReleaseAsync());
        var lead = await Assert.ThrowsAsync<RuleException>(() => given.PublishAsync(mc, "Mia Lead rel"));
        using var accepted = await olga.SubmitAsync(
            "/rel/organize/clashes",
            new() { ["Input.Reason"] = "She has a deputy." }
        );
        var release = await given.ReleaseAsync("Then.");

        Assert.Equal(
            "Mia Lead rel leads Crowded, and cannot be there at that time.",
            forecast.QuerySelector(".note li")?.TextContent
        );
        Assert.Equal(
            "Mia Lead rel leads Crowded, and cannot be there at that time. Move it, or say among the clashes why it "
                + "can stay.",
            refused.Message
        );
        Assert.Equal(
            "Mia Lead rel leads Crowded, and cannot be there at that time. Give the topic another time, or have an "
                + "organizer say among the clashes why it can stay.",
            lead.Message
        );
        Assert.Equal(2, release.Number);
        Assert.DoesNotContain("pangolin", release.Document, StringComparison.Ordinal);
        Assert.DoesNotContain("Los_Angeles", release.Document, StringComparison.Ordinal);
        Assert.DoesNotContain("absence", release.Document, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Move_IntoAnAbsence_SaysSoAndOutOfItToo()
    {
        var (given, mc) = await CrowdedAsync("move");
        using var mia = await AsAsync("Mia Lead move");
        using var olga = await given.OrganizerAsync();
        await mia.SubmitAsync("/my/times/move", new() { ["Input.HalfDays"] = Monday });
        await using var db = site.OpenDatabase();
        var slot = await db.Slots.SingleAsync(s => s.MicroconferenceId == mc.Id, Stop);
        var page = await olga.ReadAsync($"/move/organize/schedule?move={slot.Id}");

        Assert.NotNull(page.QuerySelector("th:contains('Closet') .small:contains('Too small: 5 people starred it')"));
        Assert.Null(page.QuerySelector("th:contains('Herbert') .small"));
        using var moved = await olga.SubmitAsync(
            page,
            [],
            page.QuerySelectorAll("button.here")
                .First(b =>
                    b.GetAttribute("aria-label")!.Contains("Herbert, Tuesday Morning", StringComparison.Ordinal)
                )
                .GetAttribute("value")
        );
        var said = (await olga.ReadAsync("/move/organize/schedule")).QuerySelector(".said")!.TextContent;

        Assert.Equal(
            "Crowded stands in Herbert on Tuesday 13 September 2022, 10:00–13:30 Europe/Dublin. No longer: Mia Lead "
                + "move leads Crowded, and cannot be there at that time. 5 people starred Crowded, and Closet has 4 "
                + "seats.",
            said
        );
    }

    [Fact]
    public async Task Reason_ForAnAbsence_SurvivesAMergeAndIsNoLongerNeededAfterwards()
    {
        var (given, mc) = await CrowdedAsync("merge");
        using var mia = await AsAsync("Mia Lead merge");
        using var olga = await given.OrganizerAsync();
        await mia.SubmitAsync("/my/times/merge", new() { ["Input.HalfDays"] = Monday });
        await site.Given.PersonAsync("Mia Kept");
        foreach (var reason in new[] { "She has a deputy.", "There is a screen outside.", "She is used to it." })
        {
            using var accepted = await olga.SubmitAsync("/merge/organize/clashes", new() { ["Input.Reason"] = reason });
            Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        }

        await using (var scope = site.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<PersonMerge>()
                .MergeAsync("mia-kept", "mia-lead-merge", "test", by: null, Stop);
        }

        var stays = (await olga.ReadAsync("/merge/organize/clashes"))
            .QuerySelectorAll("h2:contains('They can stay') ~ ul > li")
            .Select(Words)
            .ToList();
        await using var db = site.OpenDatabase();
        (await db.Slots.SingleAsync(s => s.MicroconferenceId == mc.Id, Stop)).Move(
            new(GivenReleases.Ten + Duration.FromHours(30), GivenReleases.Ten + Duration.FromHours(33)),
            null
        );
        await db.SaveChangesAsync(Stop);
        var settled = (await olga.ReadAsync("/merge/organize/clashes"))
            .QuerySelectorAll("h2:contains('No longer needed') ~ ul > li > p:first-child")
            .Select(p => Words(p).Split(". Because")[0]);

        Assert.Equal(3, stays.Count);
        Assert.Contains(
            "Mia Kept leads Crowded, and cannot be there at that time.",
            stays[0],
            StringComparison.Ordinal
        );
        Assert.Contains("Because: She has a deputy.", stays[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "Mia Kept in Crowded and an absence",
                "Crowded and the seats of Closet",
                "Naoko Night merge in Crowded and the night",
            ],
            settled
        );
    }

    [Fact]
    public async Task Pages_OfFewAndManyAbsences_AskTheSameNumberOfStatements()
    {
        foreach (var (conference, count) in new[] { ("few", 2), ("many", 30) })
        {
            var (_, mc) = await CrowdedAsync(conference, count);
            await using var db = site.OpenDatabase();
            var people = await db
                .Microconferences.Where(m => m.Id == mc.Id)
                .SelectMany(m => m.Leads)
                .Select(l => l.Person)
                .ToListAsync(Stop);
            db.AddRange(
                people.SelectMany(p =>
                    Enumerable
                        .Range(0, 3)
                        .Select(i => new Absence(
                            mc.ConferenceId,
                            p,
                            new(
                                GivenReleases.Ten + Duration.FromHours(i),
                                GivenReleases.Ten + Duration.FromHours(i + 1)
                            ),
                            "Away.",
                            p,
                            site.Clock.GetCurrentInstant()
                        ))
                )
            );
            await db.SaveChangesAsync(Stop);
        }

        using var olga = await OrganizerAsync();
        using var few = await AsAsync("Lead 0 few");
        using var many = await AsAsync("Lead 0 many");

        Assert.Equal(30, (await olga.ReadAsync("/many/organize/absences")).QuerySelectorAll("main form h2[id]").Length);
        foreach (
            var (one, other, address) in new[]
            {
                (olga, olga, "/{0}/organize/absences"),
                (olga, olga, "/{0}/organize/clashes"),
                (olga, olga, "/{0}/organize/schedule"),
                (olga, olga, "/{0}/organize/releases"),
                (few, many, "/my/times/{0}"),
                (few, many, "/{0}/mc/crowded/lead"),
                (few, many, "/{0}/mc/crowded/lead/session"),
                (few, many, "/my"),
            }
        )
        {
            Assert.Equal(
                (address, await StatementsAsync(one, string.Format(null, address, "few"))),
                (address, await StatementsAsync(other, string.Format(null, address, "many")))
            );
        }
    }

    // Whoever leads it says what they like; Naoko speaks at half past two in the morning, and one more starred it than
    // the room has seats.
    private async Task<(GivenReleases Given, Microconference Crowded)> CrowdedAsync(string conference, int leads = 0)
    {
        var given = new GivenReleases(site, conference);
        var naoko = $"Naoko Night {conference}";
        await site.Given.MicroconferenceAsync(
            "Crowded",
            MicroconferenceStatus.Accepted,
            conference,
            leads: leads == 0
                ? [$"Mia Lead {conference}"]
                : [.. Enumerable.Range(0, leads).Select(i => $"Lead {i} {conference}")],
            topics: ["Sleep"],
            form: SessionForm.Full
        );
        var mc = await given.PlaceAsync("Crowded", $"Mia Lead {conference}", "Herbert", 0, ("Sleep", naoko, 30));
        await using var db = site.OpenDatabase();
        var here = await db
            .Conferences.Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .AsSplitQuery()
            .SingleAsync(c => c.Slug == conference, Stop);
        here.Arrange([("Herbert", 120, null), ("Closet", 4, null)]);
        here.Divide([
            .. HalfDay.Usual().Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
        ]);
        await db.SaveChangesAsync(Stop);
        (await db.Slots.SingleAsync(s => s.MicroconferenceId == mc.Id, Stop)).Move(
            new(GivenReleases.Ten, GivenReleases.Ten + Duration.FromMinutes(210)),
            here.Rooms.Single(r => r.Name == "Closet")
        );
        var speaker = await db
            .Microconferences.Where(m => m.Id == mc.Id)
            .SelectMany(m => m.Topics)
            .SelectMany(t => t.Speakers)
            .Include(s => s.Person)
            .SingleAsync(Stop);
        speaker.Plan(Attendance.Remote, isAlternative: false, inviteAt: null);
        speaker.Person.Prefer(DateTimeZoneProviders.Tzdb["America/Los_Angeles"], speaker.Person.Mail);
        for (var i = 0; i < Star.FewestCounted; i++)
        {
            var fan = await site.Given.PersonAsync($"Fan {i}");
            db.Add(
                new Star(
                    await db.People.SingleAsync(p => p.Id == fan.Id, Stop),
                    here.Id,
                    $"mc-{mc.Id}",
                    site.Clock.GetCurrentInstant()
                )
            );
        }

        await db.SaveChangesAsync(Stop);
        return (given, await db.Microconferences.Include(m => m.Conference).SingleAsync(m => m.Id == mc.Id, Stop));
    }

    private async Task MoveTopicAsync(Microconference microconference, int startsAfter)
    {
        await using var db = site.OpenDatabase();
        var item = await db
            .SessionItems.Include(i => i.Slot)
            .SingleAsync(i => i.MicroconferenceId == microconference.Id, Stop);
        var mc = await db.Microconferences.Include(m => m.Topics).SingleAsync(m => m.Id == microconference.Id, Stop);
        db.Remove(item);
        await db.SaveChangesAsync(Stop);
        db.Add(SessionItem.Of(mc, item.Slot!, mc.Topics.Single(), startsAfter, 30));
        await db.SaveChangesAsync(Stop);
    }

    private async Task<Browsing> AsAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

    private async Task<string[]> VerbAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        await using var output = new StringWriter();
        await ClashesCommand.PrintAsync(db, conference, output, Stop);
        return output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.Client.GetStringAsync(path, Stop));
    }

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
