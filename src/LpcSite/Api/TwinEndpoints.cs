using System.Security.Claims;
using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Exports.Feeds;
using LpcSite.Exports.Text;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Revisions;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Api;

/// <summary>
/// The twins of the pages that list microconferences: the same content at the same address for whoever accepts
/// Markdown, plain text or JSON, and at an address of its own for whoever would rather type it.
/// </summary>
internal static class TwinEndpoints
{
    private const string List = "/{conference:slug}/mc";
    private const string One = "/{conference:slug}/mc/{slug:slug}";

    // As many as a reader may have missed in some weeks; the page of the history has them all.
    private const int FeedLength = 20;

    private static readonly PublicPageAttribute ByStatus = new() { Choices = ["status"] };

    public static void MapTwins(this WebApplication app)
    {
        Twin(app, "md", "text/markdown", MicroconferenceMarkdown.Write, MicroconferenceMarkdown.Write);
        Twin(app, "txt", "text/plain", MicroconferencePlainText.Write, MicroconferencePlainText.Write);
        Twin(
            app,
            "json",
            "application/json",
            MicroconferenceJson.Write,
            (_, one, origin) => MicroconferenceJson.Write(one, origin)
        );
        app.MapForPrograms(
                List + ".atom",
                (HttpContext context, LpcDbContext db, CancellationToken stop) =>
                    ListAsync(context, db, "application/atom+xml", AtomFeed.Write, stop)
            )
            .WithMetadata(ByStatus);
        app.MapForPrograms(One + ".atom", RevisionsAsync);
    }

    // The public's part of the history, also for those who may read all of it: a feed reader passes on what it fetched.
    private static async Task<IResult> RevisionsAsync(
        HttpContext context,
        LpcDbContext db,
        string slug,
        CancellationToken stop
    )
    {
        if (
            await FrameAsync(context, db, stop) is not { } conference
            || await db.HistoryAsync(conference.Id, slug, new ClaimsPrincipal(), stop) is not { } history
        )
        {
            return Results.NotFound();
        }

        var revisions = await db
            .Revisions.AsNoTracking()
            .Of(history)
            .OrderByDescending(r => r.Number)
            .Take(FeedLength)
            .AsEntries()
            .ToListAsync(stop);
        return revisions.Count == 0
            ? Results.NotFound()
            : Results.Text(
                AtomFeed.Write(conference, history, revisions, context.Origin()),
                "application/atom+xml; charset=utf-8"
            );
    }

    private static void Twin(
        WebApplication app,
        string extension,
        string mediaType,
        Func<ConferenceFrame, MicroconferenceList, string, string> writeList,
        Func<ConferenceFrame, MicroconferenceDocument, string, string> writeOne
    )
    {
        var list = (HttpContext context, LpcDbContext db, CancellationToken stop) =>
            ListAsync(
                context,
                db,
                mediaType,
                (conference, all, origin) => writeList(conference, MicroconferenceList.Of(all), origin),
                stop
            );
        var one = (HttpContext context, LpcDbContext db, string slug, CancellationToken stop) =>
            OneAsync(context, db, slug, mediaType, writeOne, stop);
        app.MapForPrograms($"{List}.{extension}", list).WithMetadata(ByStatus);
        app.MapForPrograms($"{One}.{extension}", one);
        app.MapPublic(List, list).WithMetadata(ByStatus, new ForProgramsAttribute(), new Representation(mediaType));
        app.MapPublic(One, one).WithMetadata(new ForProgramsAttribute(), new Representation(mediaType));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        LpcDbContext db,
        string mediaType,
        Func<ConferenceFrame, IReadOnlyList<MicroconferenceDocument>, string, string> write,
        CancellationToken stop
    )
    {
        string? status = context.Request.Query["status"];
        if (status is not (null or "proposed" or "accepted"))
        {
            return Results.Text(
                "The status is proposed or accepted.\n",
                "text/plain",
                statusCode: StatusCodes.Status400BadRequest
            );
        }

        if (await FrameAsync(context, db, stop) is not { } conference)
        {
            return Results.NotFound();
        }

        var documents = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id)
            .Listed()
            .ToDocumentsAsync(db, stop);
        return Results.Text(
            write(conference, [.. documents.Where(m => m.Has(status))], context.Origin()),
            $"{mediaType}; charset=utf-8"
        );
    }

    private static async Task<IResult> OneAsync(
        HttpContext context,
        LpcDbContext db,
        string slug,
        string mediaType,
        Func<ConferenceFrame, MicroconferenceDocument, string, string> write,
        CancellationToken stop
    )
    {
        if (await FrameAsync(context, db, stop) is not { } conference)
        {
            return Results.NotFound();
        }

        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == slug)
            .Public()
            .ToDocumentAsync(db, stop);
        return found is null ? Results.NotFound()
            : found.MergedInto is not null
                ? Results.Redirect(
                    $"{conference.Path}/mc/{found.MergedInto}{Path.GetExtension(context.Request.Path)}",
                    permanent: true
                )
            : Results.Text(write(conference, found, context.Origin()), $"{mediaType}; charset=utf-8");
    }

    private static ValueTask<ConferenceFrame?> FrameAsync(
        HttpContext context,
        LpcDbContext db,
        CancellationToken stop
    ) =>
        context
            .RequestServices.GetRequiredService<ConferenceFrames>()
            .FindAsync(db, (string)context.Request.RouteValues["conference"]!, context.User, stop);
}
