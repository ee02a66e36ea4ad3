using System.Net;
using LpcSite.People.Merging;
using LpcSite.Rules;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Exports.Calendars;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;

namespace LpcSite.Tests.Scheduling.Releases;

/// <summary>The way of the draft into public: by the organizers, by the leads, and back; and who is told.</summary>
public sealed class ScheduleReleasesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Release_First_IsPublicAndTellsEverybodyWhoHasATime()
    {
        var given = new GivenReleases(site, "first");
        using var olga = await given.OrganizerAsync();
        await given.PlaceAsync(
            "Rust",
            "Lena Lead",
            "Herbert",
            0,
            ("Pinning", "Suse Speaker", 0),
            ("Later", "No Address", null)
        );
        var preview = (await olga.ReadAsync("/first/organize/releases/preview")).QuerySelector("main")!.TextContent;
        var page = await olga.ReadAsync("/first/organize/releases");

        using var released = await olga.SubmitAsync(page, new() { ["Input.Comment"] = "Here it is." }, "Release");
        var after = await olga.ReadAsync("/first/organize/releases");

        Assert.Contains("Pinning (30 min) by Suse Speaker", preview.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains(
            "2 letters would be written",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "One person gets none",
            page.QuerySelector("main details")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("/first/organize/releases", released.Headers.Location?.OriginalString);
        Assert.Equal("Release 1 is public. 2 letters are on their way.", after.QuerySelector(".said")?.TextContent);
        Assert.Contains(
            "nothing has changed since release 1",
            after.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        var letters = await given.LettersAsync(1);
        Assert.Equal(["Lena Lead", "Suse Speaker"], letters.Select(l => l.To));
        Assert.Contains(
            "You lead Rust: Monday 12 September 2022, 10:00 to 13:30, in Herbert.",
            letters[0].Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "You speak about \"Pinning\" in Rust: Monday 12 September 2022, 10:00 to 10:30, in Herbert.",
            letters[1].Text,
            StringComparison.Ordinal
        );
        Assert.All(letters, l => Assert.Contains("(Europe/Dublin)", l.Text, StringComparison.Ordinal));
        Assert.All(
            letters,
            l => Assert.Contains("http://localhost/first/mc/rust.ics", l.Text, StringComparison.Ordinal)
        );
        Assert.All(letters, l => Assert.Contains("About this release: Here it is.", l.Text, StringComparison.Ordinal));
        await using var db = site.OpenDatabase();
        Assert.Equal(
            "released the schedule",
            await db.AuditEntries.Where(e => e.Subject == "/first/schedule").Select(e => e.Verb).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Release_Second_TellsThoseAloneWhoseOwnTimeOrRoomChanged()
    {
        var given = new GivenReleases(site, "second");
        await given.PlaceAsync(
            "Stays",
            "Stan Stays",
            "Herbert",
            0,
            ("Rests", "Rea Rests", 0),
            ("Swaps", "Swen Swaps", 30),
            ("Turns", "Tom Turns", 60)
        );
        await given.PlaceAsync("Moves", "Mia Moves", "Meeting 6", 0, ("Along", "Alf Along", 0));
        await given.ReleaseAsync();
        using var olga = await given.OrganizerAsync();
        await given.PlaceAsync(
            "Stays",
            "Stan Stays",
            "Herbert",
            0,
            ("Rests", "Rea Rests", 0),
            ("Swaps", "Swen Swaps", 60),
            ("Turns", "Tom Turns", 90)
        );
        await given.PlaceAsync("Moves", "Mia Moves", "Herbert", 1740, ("Along", "Alf Along", 0));

        var page = await olga.ReadAsync("/second/organize/releases");
        using var released = await olga.SubmitAsync(page, [], "Release");

        Assert.Equal(
            [
                "Moves moved from Monday 10:00 in Meeting 6 to Tuesday 15:00 in Herbert.",
                "“Swaps” moved from Monday 10:30 to 11:00.",
                "“Turns” moved from Monday 11:00 to 11:30.",
            ],
            page.QuerySelectorAll("main h3 + ul li").Select(li => li.TextContent)
        );
        var letters = await given.LettersAsync(2);
        Assert.Equal(["Alf Along", "Mia Moves", "Swen Swaps", "Tom Turns"], letters.Select(l => l.To));
        Assert.Equal(
            ["mc-", "topic-"],
            (await CalendarAsync("Mia Moves"))
                .Concat(await CalendarAsync("Tom Turns"))
                .Select(e => $"{e["UID"].Split('-')[0]}-")
        );
        Assert.Equal(
            ("20220913T140000Z", "1", "Herbert", "CONFIRMED"),
            (await CalendarAsync("Mia Moves"))
                .Select(e => (e["DTSTART"], e["SEQUENCE"], e["LOCATION"], e["STATUS"]))
                .Single()
        );
        Assert.Contains("The attached file schedule.ics", letters[1].Text, StringComparison.Ordinal);
        await LookAtAsync("Mia Moves");
        Assert.Contains(
            "You lead Moves: now Tuesday 13 September 2022, 15:00 to 18:30, in Herbert. Before it was Monday 12 "
                + "September 2022, 10:00 to 13:30, in Meeting 6.",
            letters[1].Text,
            StringComparison.Ordinal
        );
    }

    private async Task<List<Dictionary<string, string>>> CalendarAsync(string name)
    {
        await using var db = site.OpenDatabase();
        return new CalendarLines(
            (await db.Letters.Where(l => l.ToName == name).OrderBy(l => l.Id).Select(l => l.Calendar).LastAsync(Stop))!
        ).Events;
    }

    // Who may read the letter may have its calendar, and nobody else.
    private async Task LookAtAsync(string name)
    {
        await using var db = site.OpenDatabase();
        var email = await db.Letters.Where(l => l.ToName == name).OrderBy(l => l.Id).LastAsync(Stop);
        using var olga = await new GivenReleases(site, "second").OrganizerAsync();
        var path = $"/second/organize/letters/{email.Id}";
        var page = await olga.ReadAsync(path);
        var link = page.QuerySelectorAll("main a")
            .Single(a => a.TextContent == "Download schedule.ics")
            .GetAttribute("href")!;
        using var file = await olga.GetAsync(link);
        using var refused = await site.Anonymous().GetAsync(link, Stop);

        Assert.Contains("UID:mc-", page.QuerySelector("main details pre")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ("text/calendar; charset=utf-8", "schedule.ics"),
            (file.Content.Headers.ContentType?.ToString(), file.Content.Headers.ContentDisposition?.FileName)
        );
        Assert.Equal(email.Calendar, await file.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    [Fact]
    public async Task Release_WithAHardClash_NeedsAReasonAndKeepsTheComment()
    {
        var given = new GivenReleases(site, "clash");
        using var olga = await given.OrganizerAsync();
        await given.PlaceAsync("Here", "Tina Twice", "Herbert", 0);
        await given.PlaceAsync("There", "Tina Twice", "Meeting 6", 0);

        var page = await olga.ReadAsync("/clash/organize/releases");
        using var refused = await olga.SubmitAsync(page, new() { ["Input.Comment"] = "My words." }, "Release");
        var shown = await Browsing.ParseAsync(refused);
        await AcceptAsync(await given.DraftAsync());
        using var released = await olga.SubmitAsync(shown, [], "Release");

        Assert.Equal("/clash/organize/clashes", page.QuerySelector(".note a")?.GetAttribute("href"));
        Assert.Equal(
            "Tina Twice leads Here and at the same time leads There.",
            page.QuerySelector(".note li")?.TextContent
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "Tina Twice leads Here and at the same time leads There. Move one of them",
            shown.QuerySelector(".problem li")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("My words.", shown.QuerySelector("textarea")?.TextContent.Trim());
        Assert.Equal(HttpStatusCode.Redirect, released.StatusCode);
        Assert.Equal([1], await given.NumbersAsync());
    }

    [Fact]
    public async Task Release_OfAnEmptyOrUnchangedDraft_SaysSo()
    {
        var given = new GivenReleases(site, "empty");
        using var olga = await given.OrganizerAsync();
        Assert.Contains(
            "Nothing that is accepted stands in the schedule yet",
            (await Assert.ThrowsAsync<RuleException>(() => given.ReleaseAsync())).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Nothing that is accepted stands in the schedule yet",
            (await olga.ReadAsync("/empty/organize/releases")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        await given.PlaceAsync("Rust", "Lena Lead", "Herbert", 0);
        await given.ReleaseAsync();
        await LockAsync();

        Assert.Equal(
            "Nothing has changed since the last release.",
            (await Assert.ThrowsAsync<RuleException>(() => given.ReleaseAsync())).Message
        );
        Assert.Equal([1], await given.NumbersAsync());

        // What organizers lock on their board is nothing that the public knows.
        async Task LockAsync()
        {
            await using var db = site.OpenDatabase();
            (
                await db.Slots.SingleAsync(
                    s => s.Microconference!.Title == "Rust" && s.Microconference.Conference.Slug == "empty",
                    Stop
                )
            ).Lock(true);
            await db.SaveChangesAsync(Stop);
        }
    }

    [Fact]
    public async Task Release_ByTwoAtOnce_IsOneReleaseAndASentence()
    {
        var given = new GivenReleases(site, "race");
        using var olga = await given.OrganizerAsync();
        using var otto = await given.OrganizerAsync("Otto Organizer");
        await given.PlaceAsync("Rust", "Lena Lead", "Herbert", 0);
        var (one, other) = (
            await olga.ReadAsync("/race/organize/releases"),
            await otto.ReadAsync("/race/organize/releases")
        );

        var answers = await Task.WhenAll(olga.SubmitAsync(one, [], "Release"), otto.SubmitAsync(other, [], "Release"));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        Assert.Contains(
            "Somebody else has released this a moment ago.",
            (await Browsing.ParseAsync(answers.Single(a => a.StatusCode is HttpStatusCode.Conflict)))
                .QuerySelector(".problem li")
                ?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal([1], await given.NumbersAsync());
        Assert.Single(await given.LettersAsync(1));
    }

    [Fact]
    public async Task Release_OfADraftThatMovedSinceItWasLookedAt_IsAskedForAgain()
    {
        var given = new GivenReleases(site, "seen");
        using var olga = await given.OrganizerAsync();
        await given.PlaceAsync("Rust", "Lena Lead", "Herbert", 0);
        var page = await olga.ReadAsync("/seen/organize/releases");
        await given.PlaceAsync("Rust", "Lena Lead", "Meeting 6", 300);

        using var asked = await olga.SubmitAsync(page, new() { ["Input.Comment"] = "Kept." }, "Release");
        var again = await Browsing.ParseAsync(asked);
        using var released = await olga.SubmitAsync(again, [], "Release");

        Assert.Equal(
            (HttpStatusCode.Conflict, "Kept."),
            (asked.StatusCode, again.QuerySelector("textarea")?.TextContent.Trim())
        );
        Assert.Equal(
            (HttpStatusCode.Redirect, "Kept."),
            (
                released.StatusCode,
                (await olga.ReadAsync("/seen/organize/releases")).QuerySelector("main .index .lines")?.TextContent
            )
        );
    }

    [Fact]
    public async Task Publish_ByFourLeadsAtOnce_MakesFourReleasesWithoutGapsAndLosesNothing()
    {
        var given = new GivenReleases(site, "four");
        (string Title, string Room, int After)[] places =
        [
            ("A", "Herbert", 0),
            ("B", "Meeting 6", 0),
            ("C", "Herbert", 300),
            ("D", "Meeting 6", 300),
        ];
        var placed = new List<LpcSite.Microconferences.Microconference>();
        foreach (var (title, room, after) in places)
        {
            placed.Add(
                await given.PlaceAsync(
                    title,
                    $"{title} Lead",
                    room,
                    after,
                    ($"{title} topic", $"{title} Speaker", null)
                )
            );
        }

        await given.ReleaseAsync();
        foreach (var (title, room, after) in places)
        {
            await given.PlaceAsync(title, $"{title} Lead", room, after, ($"{title} topic", $"{title} Speaker", 60));
        }

        await Task.WhenAll(placed.Select(mc => given.PublishAsync(mc, $"{mc.Title} Lead")));

        Assert.Equal([1, 2, 3, 4, 5], await given.NumbersAsync());
        Assert.All(
            (await given.DocumentAsync()).Entries,
            e => Assert.Equal(e.Starts + Duration.FromMinutes(60), Assert.Single(e.Items).Starts)
        );
    }

    [Fact]
    public async Task Publish_OfOnePart_TakesNothingOfAnotherAlongAndTellsItsSpeakersAlone()
    {
        var given = new GivenReleases(site, "part");
        var mine = await given.PlaceAsync(
            "Mine",
            "Mona Mine",
            "Herbert",
            0,
            ("One", "Olaf One", 0),
            ("Two", "Tea Two", 30)
        );
        await given.PlaceAsync("Theirs", "Theo Theirs", "Meeting 6", 0, ("Else", "Elsa Else", 0));
        await given.ReleaseAsync();
        await given.PlaceAsync("Mine", "Mona Mine", "Herbert", 0, ("One", "Olaf One", 0), ("Two", "Tea Two", 60));
        await given.PlaceAsync("Theirs", "Theo Theirs", "Meeting 6", 300, ("Else", "Elsa Else", 120));

        await given.PublishAsync(mine, "Mona Mine", "Two comes later.");

        var document = await given.DocumentAsync();
        Assert.Equal(
            (GivenReleases.Ten, GivenReleases.Ten),
            (document.Entries[1].Starts, document.Entries[1].Items[0].Starts!.Value)
        );
        Assert.Equal(GivenReleases.Ten + Duration.FromMinutes(60), document.Entries[0].Items[1].Starts);
        var (to, text) = Assert.Single(await given.LettersAsync(2));
        Assert.Equal("Tea Two", to);
        Assert.Contains("The leads of Mine have changed its session", text, StringComparison.Ordinal);
        Assert.Contains("https://plumbing.example/part/mc/mine.ics", text, StringComparison.Ordinal);
        Assert.Equal(
            "It is public as it is arranged here.",
            (await Assert.ThrowsAsync<RuleException>(() => given.PublishAsync(mine, "Mona Mine"))).Message
        );
        Assert.Contains(
            "Release 2, the part of Mine",
            (await (await given.OrganizerAsync()).ReadAsync("/part/organize/releases"))
                .QuerySelector("main .index li")!
                .TextContent.Trim(),
            StringComparison.Ordinal
        );
    }

    // That two spellings are one human changes nobody's time: nobody gets a letter, nothing is left to release, and
    // their calendar has all of it.
    [Fact]
    public async Task Release_AfterTwoOfItsPeopleBecameOne_ChangesNothingAndNamesTheOne()
    {
        var given = new GivenReleases(site, "spelled-twice");
        await given.PlaceAsync("Led", "Josephine Spelled", "Herbert", 0);
        await given.PlaceAsync("Spoken", "Anna Other", "Meeting 6", 300, ("A topic", "No Spelled", 0));
        await given.ReleaseAsync();
        using (var scope = site.Services.CreateScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<PersonMerge>()
                .MergeAsync("josephine-spelled", "no-spelled", "test", by: null, Stop);
        }

        Assert.Equal(
            "Nothing has changed since the last release.",
            (await Assert.ThrowsAsync<RuleException>(() => given.ReleaseAsync())).Message
        );
        await given.PlaceAsync("Elsewhere", "Berta Else", "Herbert", 600);
        var second = await given.ReleaseAsync();
        Assert.Equal(["Berta Else"], (await given.LettersAsync(second.Number)).Select(l => l.To));
        using var stranger = site.Browse();
        Assert.Contains(
            "A topic",
            await (await stranger.GetAsync("/spelled-twice/people/josephine-spelled.ics")).Content.ReadAsStringAsync(
                Stop
            ),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "No Spelled",
            (await stranger.ReadAsync("/spelled-twice/schedule")).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Publish_OfWhatHasNoPublicPlace_SaysSo()
    {
        var given = new GivenReleases(site, "unplaced");
        var mc = await given.PlaceAsync("Early", "Eva Early", "Herbert", 0);

        Assert.Contains(
            "The place of Early is not public yet.",
            (await Assert.ThrowsAsync<RuleException>(() => given.PublishAsync(mc, "Eva Early"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task RollBack_MakesAnEarlierReleasePublicAgainAndLeavesTheDraft()
    {
        var given = new GivenReleases(site, "back");
        await given.PlaceAsync("Rust", "Lena Lead", "Herbert", 0);
        await given.ReleaseAsync();
        await given.PlaceAsync("Rust", "Lena Lead", "Meeting 6", 300);
        await given.ReleaseAsync();
        using var olga = await given.OrganizerAsync();
        var link = (await olga.ReadAsync("/back/organize/releases"))
            .QuerySelectorAll("main .index a")
            .Single(a => a.TextContent == "Make this public again")
            .GetAttribute("href")!;

        site.Clock.AdvanceMinutes(1);
        var page = await olga.ReadAsync(link);
        using var back = await olga.SubmitAsync(page, [], "Make it public again");
        using var same = await olga.SubmitAsync(page, [], "Make it public again");

        Assert.Contains(
            "Rust moved from Monday 15:00 in Meeting 6 to Monday 10:00 in Herbert.",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, same.StatusCode);
        Assert.Equal([1, 2, 3], await given.NumbersAsync());
        var document = await given.DocumentAsync();
        Assert.Equal((GivenReleases.Ten, 2), (document.Entries[0].Starts, document.Entries[0].Sequence));
        Assert.Equal(["Lena Lead"], (await given.LettersAsync(3)).Select(l => l.To));
        var after = await olga.ReadAsync("/back/organize/releases");
        Assert.Contains(
            "What has changed since release 3",
            after.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Back to release 1.", after.QuerySelector("main .index .lines")?.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await olga.GetAsync("/back/organize/releases/9")).StatusCode);
    }

    [Theory]
    [InlineData("UPDATE releases SET comment = 'Other.'")]
    [InlineData("UPDATE releases SET document = '[]'")]
    [InlineData("UPDATE releases SET number = 7")]
    [InlineData("DELETE FROM releases")]
    public async Task Release_InTheDatabase_IsNeverChangedAndNeverDeleted(string statement)
    {
        await new GivenReleases(site, "frozen").ManyAsync(await CountAsync() == 0 ? 1 : 0);
        await using var db = site.OpenDatabase();

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            db.Database.ExecuteSqlRawAsync(statement, Stop)
        );

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);

        async Task<int> CountAsync()
        {
            await using var first = site.OpenDatabase();
            return await first.Releases.CountAsync(
                r => first.Conferences.Any(c => c.Id == r.ConferenceId && c.Slug == "frozen"),
                Stop
            );
        }
    }

    // PostgreSQL shows a release the site as it was when its turn began; that its conference was changed meanwhile is
    // no reason to fail.
    [Fact]
    public async Task Release_WhileItsConferenceIsChanged_IsNotRefused()
    {
        var given = new GivenReleases(site, "busy");
        await given.PlaceAsync("Rust", "Lena Lead", "Herbert", 0);
        await using var mine = site.OpenDatabase();
        await using var theirs = site.OpenDatabase();
        await using var transaction = await mine.Database.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            Stop
        );
        var id = await mine.Conferences.Where(c => c.Slug == "busy").Select(c => c.Id).SingleAsync(Stop);
        await theirs
            .Conferences.Where(c => c.Id == id)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.City, "Cork"), Stop);

        mine.Add(
            new Release(id, 1, Some.Schedule(Some.Session(1, 1, 0, 90)), "", null, null, site.Clock.GetCurrentInstant())
        );
        await mine.SaveChangesAsync(Stop);
        await transaction.CommitAsync(Stop);

        Assert.Equal([1], await given.NumbersAsync());
    }

    private async Task AcceptAsync(ScheduleDocument draft)
    {
        await using var db = site.OpenDatabase();
        var conference = await db.Conferences.SingleAsync(c => c.Slug == draft.Conference.Slug, Stop);
        var by = await db.People.FirstAsync(p => p.Name == "Olga Organizer", Stop);
        db.AddRange(
            ClashFinder
                .Find(draft, Circumstances.None)
                .Where(c => c.Severity is ClashSeverity.Hard)
                .Select(c => new ClashReason(
                    conference.Id,
                    c.Key,
                    "She has a deputy.",
                    by,
                    site.Clock.GetCurrentInstant()
                ))
        );
        await db.SaveChangesAsync(Stop);
    }
}
