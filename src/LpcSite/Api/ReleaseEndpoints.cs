using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Exports.Feeds;
using LpcSite.Scheduling.Releases;
using LpcSite.Web;
using LpcSite.Web.Frame;

namespace LpcSite.Api;

/// <summary>The changes of a conference's schedule for feed readers.</summary>
internal static class ReleaseEndpoints
{
    public static void MapReleases(this WebApplication app) =>
        app.MapForPrograms("/{conference:slug}/schedule/changes.atom", FeedAsync);

    private static async Task<IResult> FeedAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrames frames,
        string conference,
        CancellationToken stop
    ) =>
        await frames.FindAsync(db, conference, context.User, stop) is not { } frame
            ? Results.NotFound()
            : Results.Text(
                AtomFeed.Write(frame, await db.ReleaseLinesAsync(frame.Id, int.MaxValue, stop), context.Origin()),
                "application/atom+xml; charset=utf-8"
            );
}
