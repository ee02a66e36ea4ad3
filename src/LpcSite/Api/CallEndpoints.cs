using LpcSite.Caching;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Exports.Calendars;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Api;

/// <summary>A conference's deadlines for calendars.</summary>
internal static class CallEndpoints
{
    public static void MapCalls(this WebApplication app) =>
        app.MapForPrograms("/{conference:slug}/calls.ics", CalendarAsync);

    private static async Task<IResult> CalendarAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrames frames,
        string conference,
        CancellationToken stop
    )
    {
        if (await frames.FindAsync(db, conference, context.User, stop) is not { } frame)
        {
            return Results.NotFound();
        }

        var calls = await (
            from call in db.Calls.Where(c => c.ConferenceId == frame.Id)
            from m in db.Microconferences.Where(m => m.Id == call.MicroconferenceId).DefaultIfEmpty()
            orderby call.ClosesAt, call.Id
            select new CallDate(
                call.Id,
                m!.Slug,
                m.Title,
                m == null || db.Microconferences.Public().Any(p => p.Id == m.Id),
                m != null && !db.Microconferences.Listed().Any(l => l.Id == m.Id),
                call.ClosesAt,
                call.Zone,
                call.Sequence,
                call.ChangedAt,
                (Instant?)m.RevisedAt
            )
        ).ToListAsync(stop);

        // Also of those that are not public any more: with them the calendar changed.
        if (calls.Count > 0)
        {
            context.Response.GetTypedHeaders().LastModified = calls.Max(call => call.LastChange).ToDateTimeOffset();
        }

        var scheme = new UidScheme(frame.Slug, frame.UidDomain, await db.ImportedUids.NamesAsync(frame.Id, stop));
        return Results.Text(
            CallCalendar.Write(frame, scheme, calls.Where(call => call.IsPublic), context.Origin()),
            "text/calendar; charset=utf-8"
        );
    }
}
