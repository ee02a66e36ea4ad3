using System.Net;
using LpcSite.Calls;
using LpcSite.Nominations;
using LpcSite.Scheduling;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling.Board;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Tests.Calls;

/// <summary>A deadline moves when somebody moves it, and not when somebody saves what stands beside it.</summary>
public sealed class CallFormTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("seconds", "Etc/GMT+12", "2037-01-01T11:59:59Z")]
    [InlineData("parts", "Etc/GMT+12", "2037-01-01T11:59:59.999999Z")]
    [InlineData("first", "Europe/Dublin", "2031-10-26T00:30:00Z")]
    [InlineData("second", "Europe/Dublin", "2031-10-26T01:30:00Z")]
    [InlineData("elsewhere", "Pacific/Chatham", "2031-10-26T01:30:15Z")]
    public async Task Save_OfTheGuidanceAlone_LeavesTheDeadlineWhereItIs(string conference, string zone, string instant)
    {
        var closes = InstantPattern.ExtendedIso.Parse(instant).Value;
        await site.Given.CallAsync(closes - Duration.FromDays(400), closes, zone, conference: conference);
        var before = await CallAsync(conference);
        site.Clock.AdvanceHours(1);
        using var organizer = await Boards.OrganizerAsync(site);

        using var saved = await organizer.SubmitAsync(
            $"/{conference}/organize/call",
            new() { ["Input.Guidance"] = "Be brief." }
        );

        var after = await CallAsync(conference);
        Assert.Equal((HttpStatusCode.Redirect, "Be brief."), (saved.StatusCode, after.Guidance.Source));
        Assert.Equal((before.OpensAt, closes, zone), (after.OpensAt, after.ClosesAt, after.Zone.Id));
        Assert.Equal((before.Sequence, before.ChangedAt), (after.Sequence, after.ChangedAt));
    }

    [Theory]
    [InlineData("2031-10-26T01:30", "show 01:30 twice that night, at 00:30 and at 01:30 UTC")]
    [InlineData("2031-03-30T01:30", "skip that time")]
    [InlineData("9999-12-31T23:59", "Check the year")]
    [InlineData("0001-01-01T00:00", "Check the year")]
    [InlineData("2031-10-26", "Write date and time")]
    public async Task Save_WithATimeThatIsNotOneInstant_SaysSoBesideTheField(string typed, string sentence)
    {
        var conference = LpcSite.Conferences.Slug.From($"clocks {typed}", "clocks");
        await site.Given.CallAsync(
            Instant.FromUtc(2022, 1, 1, 0, 0),
            Instant.FromUtc(2022, 6, 15, 22, 59),
            "Europe/Dublin",
            conference: conference
        );
        using var organizer = await Boards.OrganizerAsync(site);

        using var answer = await organizer.SubmitAsync(
            $"/{conference}/organize/call",
            new() { ["Input.ClosesAt"] = typed, ["Input.Guidance"] = "Kept." }
        );
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            sentence,
            page.QuerySelector("[data-valmsg-for='Input.ClosesAt']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(sentence, page.QuerySelector("main [role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            (typed, "Kept."),
            (
                page.QuerySelector("[name='Input.ClosesAt']")?.GetAttribute("value"),
                page.QuerySelector("textarea")?.TextContent.Trim()
            )
        );
    }

    [Fact]
    public async Task Save_OfAFormThatWasOpenedBeforeSomebodyExtended_LeavesTheExtension()
    {
        await site.Given.CallAsync(
            Instant.FromUtc(2022, 1, 1, 0, 0),
            Instant.FromUtc(2022, 6, 15, 22, 59),
            "Europe/Dublin",
            conference: "extended"
        );
        using var organizer = await Boards.OrganizerAsync(site);
        var page = await organizer.ReadAsync("/extended/organize/call");
        using var extended = await organizer.SubmitAsync("/extended/organize/call", [], "7");

        using var raced = await organizer.SubmitAsync(
            page,
            new() { ["Input.Guidance"] = "Be brief." },
            "Save the call"
        );
        var shown = await Browsing.ParseAsync(raced);
        using var again = await organizer.SubmitAsync(shown, [], "Save the call");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (extended.StatusCode, raced.StatusCode));
        Assert.Equal("Be brief.", shown.QuerySelector("textarea")?.TextContent.Trim());
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task Save_OfTheNumbersOfPassesAlone_LeavesTheirDeadline()
    {
        var closes = Instant.FromUtc(2022, 6, 16, 11, 59, 59);
        var conference = await site.Given.ConferenceAsync("passes");
        await using (var db = site.OpenDatabase())
        {
            var allowance = new Allowance(conference.Id);
            allowance.Give(1, 1);
            allowance.CloseAt(closes, DateTimeZoneProviders.Tzdb["Pacific/Chatham"]);
            db.Add(allowance);
            await db.SaveChangesAsync(Stop);
        }

        using var organizer = await Boards.OrganizerAsync(site);
        using var saved = await organizer.SubmitAsync("/passes/organize/nominations", new() { ["Input.Passes"] = "3" });

        await using var after = site.OpenDatabase();
        var kept = await after.Allowances.SingleAsync(a => a.ConferenceId == conference.Id, Stop);
        Assert.Equal(
            (HttpStatusCode.Redirect, 3, closes, "Pacific/Chatham"),
            (saved.StatusCode, kept.Passes, kept.ClosesAt!.Value, kept.Zone!.Id)
        );
    }

    [Fact]
    public async Task Move_ToAnotherRoomAlone_LeavesTheTimesOfASlotToTheSecond()
    {
        var board = await Boards.BoardAsync(site, "night");
        var during = new Interval(Instant.FromUtc(2022, 9, 12, 21, 0, 30), Instant.FromUtc(2022, 9, 13, 0, 15, 15));
        await using (var db = site.OpenDatabase())
        {
            var conference = await db.Conferences.SingleAsync(c => c.Slug == "night", Stop);
            db.Add(new Slot(conference.Id, SlotKind.Plenary, "Night walk", during, null));
            await db.SaveChangesAsync(Stop);
        }

        using var organizer = await Boards.OrganizerAsync(site);
        var slot = await Boards.SlotAsync(site, "night", "Night walk");
        var page = await organizer.ReadAsync(board);
        var form = page.QuerySelector($"#slot-{slot} form:has([name='Input.Room'])")!;
        var room = form.QuerySelectorAll("option").First(o => o.TextContent.Trim() == "Ulster").GetAttribute("value")!;
        using var moved = await organizer.SubmitAsync(
            page,
            (AngleSharp.Html.Dom.IHtmlFormElement)form,
            (AngleSharp.Html.Dom.IHtmlButtonElement?)form.QuerySelector("button"),
            new() { ["Input.Room"] = room }
        );

        await using var after = site.OpenDatabase();
        var kept = await after.Slots.Include(s => s.Room).SingleAsync(s => s.Id == slot, Stop);
        Assert.Equal((HttpStatusCode.Redirect, during, "Ulster"), (moved.StatusCode, kept.During, kept.Room?.Name));
    }

    private async Task<Call> CallAsync(string conference)
    {
        await using var db = site.OpenDatabase();
        return await db.Calls.SingleAsync(
            c => db.Conferences.Any(known => known.Id == c.ConferenceId && known.Slug == conference),
            Stop
        );
    }
}
