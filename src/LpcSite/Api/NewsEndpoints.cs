using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Exports.Feeds;
using LpcSite.News;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Api;

/// <summary>A conference's news for feed readers.</summary>
internal static class NewsEndpoints
{
    // As many as a reader may have missed in some weeks; the page has them all.
    private const int FeedLength = 30;

    public static void MapNews(this WebApplication app) =>
        app.MapForPrograms("/{conference:slug}/news.atom", FeedAsync);

    private static async Task<IResult> FeedAsync(
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

        var news = await db.NewsItems.PublicOf(frame.Id).AsLines().Take(FeedLength).ToListAsync(stop);
        return Results.Text(AtomFeed.Write(frame, news, context.Origin()), "application/atom+xml; charset=utf-8");
    }
}
