using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using LpcSite.Conferences.Settings;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Board;

/// <summary>Boards to try things on, by the forms that stand there.</summary>
internal static class Boards
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Browsing> OrganizerAsync(SiteFixture site, string name = "Olga Organizer") =>
        await site.AsAsync(await site.Given.OrganizerAsync(name));

    /// <summary>A conference of three days with the usual half-days.</summary>
    /// <returns>The address of its board.</returns>
    public static async Task<string> BoardAsync(
        SiteFixture site,
        string conference,
        LocalDate? startsOn = null,
        params string[] rooms
    )
    {
        await site.Given.ConferenceAsync(conference, startsOn: startsOn);
        await using var db = site.OpenDatabase();
        var known = await db
            .Conferences.Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .AsSplitQuery()
            .SingleAsync(c => c.Slug == conference, Stop);
        known.Arrange([
            .. (rooms.Length == 0 ? ["Herbert", "Ulster"] : rooms).Select(room => (room, (int?)120, (string?)null)),
        ]);
        known.Divide([
            .. HalfDay.Usual().Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
        ]);
        await db.SaveChangesAsync(Stop);
        return $"/{conference}/organize/schedule";
    }

    /// <summary>Chooses a microconference and presses the button that stands in a cell.</summary>
    /// <param name="halfDay">Of the day; 0 is the morning.</param>
    /// <param name="half">Which of the places that the cell offers.</param>
    public static async Task<HttpResponseMessage> PlaceAsync(
        Browsing organizer,
        string board,
        string slug,
        string day,
        int halfDay,
        string room,
        int half = 0
    ) => await PressAsync(organizer, await organizer.ReadAsync($"{board}?place={slug}"), day, halfDay, room, half);

    public static async Task<HttpResponseMessage> PressAsync(
        Browsing organizer,
        IDocument page,
        string day,
        int halfDay,
        string room,
        int half = 0
    )
    {
        var row = page.QuerySelectorAll($"section[aria-labelledby='day-{day}'] tbody tr")
            .Single(r => r.QuerySelector("th")!.FirstChild!.TextContent.Trim() == room);
        var button = row.QuerySelectorAll("td")[halfDay]
            .QuerySelectorAll("button[form=choose]")
            .ElementAtOrDefault(half);
        Assert.True(button is not null, $"There is no place {half} for it on {day}, half-day {halfDay}, in {room}.");
        return await organizer.SubmitAsync(page, [], button.GetAttribute("value"));
    }

    /// <summary>What the site said after a change.</summary>
    public static async Task<string> SaidAsync(Browsing organizer, HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(
                answer.StatusCode is HttpStatusCode.Redirect,
                $"{(int)answer.StatusCode}: "
                    + $"{(await Browsing.ParseAsync(answer)).QuerySelector(".problem")?.TextContent}"
            );
            return (await organizer.ReadAsync(answer.Headers.Location!.OriginalString))
                .QuerySelector(".said")!
                .TextContent;
        }
    }

    public static async Task<(HttpStatusCode Status, string? Sentence)> RefusedAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return (
                answer.StatusCode,
                (await Browsing.ParseAsync(answer)).QuerySelector("[role=alert].problem")?.TextContent
            );
        }
    }

    /// <summary>Everything that stands, as "title, room, from, minutes" on the venue's clock.</summary>
    public static async Task<IReadOnlyList<string>> StandingAsync(SiteFixture site, string conference)
    {
        await using var db = site.OpenDatabase();
        var known = await db.Conferences.SingleAsync(c => c.Slug == conference, Stop);
        var slots = await db
            .Slots.Include(s => s.Room)
            .Include(s => s.Microconference)
            .Where(s => s.ConferenceId == known.Id)
            .OrderBy(s => s.During)
            .ThenBy(s => s.Id)
            .ToListAsync(Stop);
        return
        [
            .. slots.Select(s =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{s.Microconference?.Title ?? s.Title}, {s.Room?.Name ?? "nowhere"}, "
                        + $"{known.ToVenueTime(s.During.Start):dd HH:mm}, {s.Minutes}{(s.IsLocked ? ", locked" : "")}"
                )
            ),
        ];
    }

    public static async Task<int> SlotAsync(SiteFixture site, string conference, string title)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Slots.Where(s =>
                db.Conferences.Any(c => c.Slug == conference && c.Id == s.ConferenceId)
                && (s.Title == title || s.Microconference!.Title == title)
            )
            .OrderByDescending(s => s.Id)
            .Select(s => s.Id)
            .FirstAsync(Stop);
    }
}
