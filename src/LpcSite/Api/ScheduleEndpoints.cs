using System.Globalization;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Exports.Calendars;
using LpcSite.Exports.Feeds;
using LpcSite.Exports.Schedule;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Api;

/// <summary>
/// The released schedule for other programs: conference apps, calendars, and whoever wants all of it. There is none
/// before the first release.
/// </summary>
internal static class ScheduleEndpoints
{
    private const string Of = "/{conference:slug}";
    private const string Calendar = "text/calendar";

    public static void MapSchedule(this WebApplication app)
    {
        Map(app, $"{Of}/schedule.xml", "application/xml", ScheduleXml.Write, withMaterials: true);
        Map(app, $"{Of}/schedule.json", "application/json", ScheduleJson.Write, withMaterials: true);
        Map(app, $"/api/v1{Of}/schedule", "application/json", ScheduleApi.Write);
        Map(
            app,
            $"{Of}/schedule.ics",
            Calendar,
            (latestRelease, origin) =>
                ScheduleCalendar.Write(latestRelease, ScheduleFeed.Of(latestRelease.Document), origin)
        );
        app.MapForPrograms($"{Of}/schedule/rooms/{{id:int}}.ics", RoomAsync);
        app.MapForPrograms($"{Of}/mc/{{slug:slug}}.ics", MicroconferenceAsync);
        app.MapForPrograms($"{Of}/mc/{{slug:slug}}/topics/{{topic:slug}}.ics", TopicAsync);
        app.MapForPrograms($"{Of}/people/{{slug:slug}}.ics", PersonAsync);
    }

    private static void Map(
        WebApplication app,
        string pattern,
        string mediaType,
        Func<LatestRelease, string, string> write,
        bool withMaterials = false
    ) =>
        app.MapForPrograms(
            pattern,
            async (HttpContext context, LpcDbContext db, CancellationToken stop) =>
            {
                if (await ReleasedAsync(context, db, stop) is not { } latestRelease)
                {
                    return Results.NotFound();
                }

                if (withMaterials)
                {
                    var topics = latestRelease
                        .Document.Entries.SelectMany(e => e.Items)
                        .Select(i => i.Topic)
                        .OfType<int>()
                        .ToList();
                    var (materials, changedAt) = await db.MaterialLinesAsync(topics, stop);
                    latestRelease = latestRelease with
                    {
                        Materials = materials,
                        At = Instant.Max(latestRelease.At, changedAt ?? latestRelease.At),
                    };
                }

                return Answer(context, latestRelease, mediaType, write(latestRelease, context.Origin()));
            }
        );

    private static async Task<IResult> RoomAsync(
        HttpContext context,
        LpcDbContext db,
        int id,
        CancellationToken stop
    ) =>
        await ReleasedAsync(context, db, stop) is { } latestRelease
            ? Answer(context, latestRelease, ScheduleFeed.OfRoom(latestRelease.Document, id))
            : Results.NotFound();

    // A release calls a microconference as it was called then, so that only what it does not know is looked up.
    private static async Task<IResult> MicroconferenceAsync(
        HttpContext context,
        LpcDbContext db,
        string slug,
        CancellationToken stop
    )
    {
        if (await ReleasedAsync(context, db, stop) is not { Document: var document } latestRelease)
        {
            return Results.NotFound();
        }

        if (ScheduleFeed.OfMicroconference(document, slug) is { } feed)
        {
            return Answer(context, latestRelease, feed);
        }

        var conference = document.Conference.Slug;
        var now = await db
            .Microconferences.Where(m => m.Conference.Slug == conference && m.Slug == slug)
            .Public()
            .Select(m => new { m.Id, MergedInto = m.MergedInto!.Slug })
            .FirstOrDefaultAsync(stop);
        return now?.MergedInto is { } other ? Results.Redirect($"/{conference}/mc/{other}.ics", permanent: true)
            : now is not null && document.Of(now.Id).FirstOrDefault()?.Slug is { } then
                ? Answer(context, latestRelease, ScheduleFeed.OfMicroconference(document, then))
            : Results.NotFound();
    }

    // As on the topic's page, only the number counts: the rest of the address may have been another one.
    private static async Task<IResult> TopicAsync(
        HttpContext context,
        LpcDbContext db,
        string topic,
        CancellationToken stop
    ) =>
        int.TryParse(topic.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && await ReleasedAsync(context, db, stop) is { } latestRelease
            ? Answer(context, latestRelease, ScheduleFeed.OfTopic(latestRelease.Document, id))
            : Results.NotFound();

    // The address of whoever turned out to be somebody else leads to that one's.
    private static async Task<IResult> PersonAsync(
        HttpContext context,
        LpcDbContext db,
        string slug,
        CancellationToken stop
    ) =>
        await ReleasedAsync(context, db, stop) is { } latestRelease
        && await db
            .People.Where(p => p.MergedIntoId == null && p.Slug == slug)
            .Select(p => new { p.Id, p.Name })
            .SingleOrDefaultAsync(stop)
            is { } person
            ? Answer(context, latestRelease, ScheduleFeed.OfPerson(latestRelease.Document, person.Name, person.Id))
            : Results.NotFound();

    private static async Task<LatestRelease?> ReleasedAsync(
        HttpContext context,
        LpcDbContext db,
        CancellationToken stop
    )
    {
        var frames = context.RequestServices.GetRequiredService<ConferenceFrames>();
        return
            await frames.FindAsync(db, (string)context.Request.RouteValues["conference"]!, context.User, stop)
                is { } frame
            ? await db.LastReleaseAsync(frame.Id, stop)
            : null;
    }

    private static IResult Answer(HttpContext context, LatestRelease latestRelease, ScheduleFeed? feed) =>
        feed is null
            ? Results.NotFound()
            : Answer(context, latestRelease, Calendar, ScheduleCalendar.Write(latestRelease, feed, context.Origin()));

    private static IResult Answer(HttpContext context, LatestRelease latestRelease, string mediaType, string text)
    {
        context.Response.GetTypedHeaders().LastModified = latestRelease.At.ToDateTimeOffset();
        return Results.Text(text, $"{mediaType}; charset=utf-8");
    }
}
