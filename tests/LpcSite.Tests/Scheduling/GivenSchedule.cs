using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Scheduling;

/// <summary>A schedule as its organizers and leads made it, and what they made public of it.</summary>
internal static class GivenSchedule
{
    /// <param name="rooms">With their seats.</param>
    public static async Task RoomsAsync(
        this SiteFixture site,
        string conference,
        params (string Name, int? Seats)[] rooms
    )
    {
        await site.Given.ConferenceAsync(conference);
        await using var db = site.OpenDatabase();
        var found = await db.Conferences.Include(c => c.Rooms).AsSingleQuery().SingleAsync(c => c.Slug == conference);
        found.Arrange([.. rooms.Select(room => (room.Name, room.Seats, (string?)null))]);
        await db.SaveChangesAsync();
    }

    /// <summary>An accepted microconference in a room, at a time on the venue's clock.</summary>
    public static async Task<Microconference> PlacedAsync(
        this SiteFixture site,
        string conference,
        string title,
        string? room,
        LocalDateTime starts,
        int minutes = 210,
        SessionForm form = SessionForm.Full,
        string[]? topics = null,
        string[]? speakers = null,
        string[]? leads = null
    )
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            conference,
            topics: topics,
            speakers: speakers,
            form: form,
            leads: leads ?? [$"{title} Lead"]
        );
        await using var db = site.OpenDatabase();
        var found = await db.Conferences.Include(c => c.Rooms).AsSingleQuery().SingleAsync(c => c.Slug == conference);
        db.Add(
            new Slot(
                found.Id,
                await db.Microconferences.SingleAsync(m => m.Id == mc.Id),
                During(found, starts, minutes),
                found.Rooms.FirstOrDefault(r => r.Name == room)
            )
        );
        await db.SaveChangesAsync();
        return mc;
    }

    /// <summary>Something else in a room.</summary>
    public static async Task StandsAsync(
        this SiteFixture site,
        string conference,
        SlotKind kind,
        string title,
        string? room,
        LocalDateTime starts,
        int minutes
    )
    {
        await using var db = site.OpenDatabase();
        var found = await db.Conferences.Include(c => c.Rooms).AsSingleQuery().SingleAsync(c => c.Slug == conference);
        db.Add(
            new Slot(
                found.Id,
                kind,
                title,
                During(found, starts, minutes),
                found.Rooms.FirstOrDefault(r => r.Name == room)
            )
        );
        await db.SaveChangesAsync();
    }

    /// <param name="items">
    /// Titles of its topics, or of coffee; minutes after the start of the slot, and how many it takes.
    /// </param>
    public static async Task ArrangedAsync(
        this SiteFixture site,
        Microconference microconference,
        params (string Title, int After, int Minutes)[] items
    )
    {
        await using var db = site.OpenDatabase();
        var mc = await db
            .Microconferences.Include(m => m.Topics)
            .AsSingleQuery()
            .SingleAsync(m => m.Id == microconference.Id);
        var slot = await db.Slots.Where(s => s.MicroconferenceId == mc.Id).OrderBy(s => s.During).FirstAsync();
        db.AddRange(
            items.Select(item =>
                mc.Topics.FirstOrDefault(t => t.Title == item.Title) is { } topic
                    ? SessionItem.Of(mc, slot, topic, item.After, item.Minutes)
                    : SessionItem.Titled(
                        mc,
                        slot,
                        item.Title,
                        item.Title.StartsWith("Coffee", StringComparison.Ordinal),
                        item.After,
                        item.Minutes
                    )
            )
        );
        await db.SaveChangesAsync();
    }

    /// <summary>In the draft alone.</summary>
    public static async Task MovedAsync(this SiteFixture site, Microconference microconference, LocalDateTime starts)
    {
        await using var db = site.OpenDatabase();
        var conference = await db.Conferences.SingleAsync(c => c.Id == microconference.ConferenceId);
        var slot = await db.Slots.Include(s => s.Room).FirstAsync(s => s.MicroconferenceId == microconference.Id);
        slot.Move(During(conference, starts, slot.Minutes), slot.Room);
        await db.SaveChangesAsync();
    }

    /// <summary>Makes the draft public, as organizers do.</summary>
    public static async Task ReleasedAsync(this SiteFixture site, string conference)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var found = await scope
            .ServiceProvider.GetRequiredService<LpcDbContext>()
            .Conferences.SingleAsync(c => c.Slug == conference);
        await scope
            .ServiceProvider.GetRequiredService<ScheduleReleases>()
            .ReleaseAsync(found, "", by: null, "test", origin: null, CancellationToken.None);
    }

    private static Interval During(Conference conference, LocalDateTime starts, int minutes) =>
        new(conference.FromVenueTime(starts), conference.FromVenueTime(starts) + Duration.FromMinutes(minutes));
}
