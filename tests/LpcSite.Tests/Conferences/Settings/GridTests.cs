using System.Net;
using LpcSite.Conferences;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling.Board;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Conferences.Settings;

/// <summary>The form of half-days and ways, without script.</summary>
public sealed class GridTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Usual_FilledInAndSaved_DividesTheDays()
    {
        await site.Given.ConferenceAsync("usual");
        using var olga = await Boards.OrganizerAsync(site);
        using var filled = await olga.SubmitAsync("/usual/organize/grid", [], "Fill in the usual ones");

        using var saved = await olga.SubmitAsync(
            await Browsing.ParseAsync(filled),
            new() { ["Input.WalkingMinutes"] = "12" },
            "Save"
        );

        var conference = await FindAsync("usual");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(12, conference.WalkingMinutes);
        Assert.Equal(
            [
                ("Morning", new LocalTime(10, 0), new LocalTime(13, 30), new LocalTime(11, 30), 30),
                ("Afternoon", new LocalTime(15, 0), new LocalTime(18, 30), new LocalTime(16, 30), 30),
            ],
            conference
                .HalfDays.OrderBy(h => h.Position)
                .Select(h => (h.Name, h.Starts, h.Ends, h.BreakStarts!.Value, h.BreakMinutes))
        );
        await using var db = site.OpenDatabase();
        var entry = await db.AuditEntries.SingleAsync(
            e => e.ConferenceId == conference.Id && e.Via == "organize/grid",
            Stop
        );
        Assert.Contains("\"walking_minutes\": 5", entry.Before, StringComparison.Ordinal);
        Assert.Contains("Morning", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_AddedAndRemoved_StandInTheOrderOfTheirTimesAndKeepTheirIdentity()
    {
        await Boards.BoardAsync(site, "rows");
        var afternoon = (await FindAsync("rows")).HalfDays.Single(h => h.Name == "Afternoon").Id;
        using var olga = await Boards.OrganizerAsync(site);

        using var removed = await olga.SubmitAsync("/rows/organize/grid", [], "remove HalfDays 0");
        using var added = await olga.SubmitAsync(await Browsing.ParseAsync(removed), [], "Add a half-day");
        using var saved = await olga.SubmitAsync(
            await Browsing.ParseAsync(added),
            new()
            {
                ["Input.HalfDays[1].Name"] = "Early",
                ["Input.HalfDays[1].Starts"] = "08:00",
                ["Input.HalfDays[1].Ends"] = "09:30",
            },
            "Save"
        );

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var halfDays = (await FindAsync("rows")).HalfDays.OrderBy(h => h.Position).ToList();
        Assert.Equal(
            [("Early", null), ("Afternoon", new LocalTime(16, 30))],
            halfDays.Select(h => (h.Name, h.BreakStarts))
        );
        Assert.Equal(afternoon, halfDays[1].Id);
    }

    [Theory]
    [InlineData("Input.HalfDays[0].Starts", "ten", "Input.HalfDays[0].Starts", "Say when it starts, like 10:00.")]
    [InlineData("Input.HalfDays[0].Ends", "09:00", "Input.HalfDays[0].Name", "Morning ends after it starts.")]
    [InlineData(
        "Input.HalfDays[0].BreakStarts",
        "13:20",
        "Input.HalfDays[0].Name",
        "The break of Morning lies inside it."
    )]
    [InlineData(
        "Input.HalfDays[0].Name",
        " ",
        "Input.HalfDays[0].Name",
        "A half-day has a name of 1 to 40 characters."
    )]
    [InlineData(
        "Input.WalkingMinutes",
        "61",
        "Input.WalkingMinutes",
        "The way between two rooms takes from 0 to 60 minutes."
    )]
    public async Task Save_OfWhatCannotBe_SaysItBesideTheFieldAndKeepsTheText(
        string field,
        string typed,
        string beside,
        string sentence
    )
    {
        await Boards.BoardAsync(site, "wrong");
        using var olga = await Boards.OrganizerAsync(site);

        using var answer = await olga.SubmitAsync("/wrong/organize/grid", new() { [field] = typed }, "Save");

        var page = await Browsing.ParseAsync(answer);
        Assert.Equal(
            (HttpStatusCode.BadRequest, sentence, typed),
            (
                answer.StatusCode,
                page.QuerySelector($"[data-valmsg-for='{beside}']")!.TextContent,
                page.QuerySelector($"[name='{field}']")!.GetAttribute("value")
            )
        );
        Assert.Equal(2, (await FindAsync("wrong")).HalfDays.Count);
    }

    [Fact]
    public async Task Save_OfHalfDaysThatOverlap_IsRefused()
    {
        await Boards.BoardAsync(site, "overlap");
        using var olga = await Boards.OrganizerAsync(site);

        using var answer = await olga.SubmitAsync(
            "/overlap/organize/grid",
            new() { ["Input.HalfDays[0].Ends"] = "15:30" },
            "Save"
        );

        Assert.Equal(
            (HttpStatusCode.BadRequest, "Afternoon begins before Morning is over."),
            (answer.StatusCode, (await Browsing.ParseAsync(answer)).QuerySelector("main .problem li")!.TextContent)
        );
    }

    [Fact]
    public async Task Save_InAnOlderWindow_IsToldOfTheOther()
    {
        await Boards.BoardAsync(site, "windows");
        using var olga = await Boards.OrganizerAsync(site);
        var older = await olga.ReadAsync("/windows/organize/grid");
        await olga.SubmitAsync("/windows/organize/grid", new() { ["Input.WalkingMinutes"] = "7" }, "Save");

        using var late = await olga.SubmitAsync(older, new() { ["Input.WalkingMinutes"] = "9" }, "Save");
        using var again = await olga.SubmitAsync(await Browsing.ParseAsync(late), [], "Save");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Redirect), (late.StatusCode, again.StatusCode));
        Assert.Equal(9, (await FindAsync("windows")).WalkingMinutes);
    }

    private async Task<Conference> FindAsync(string slug)
    {
        await using var db = site.OpenDatabase();
        return await db.Conferences.Include(c => c.HalfDays).SingleAsync(c => c.Slug == slug, Stop);
    }
}
