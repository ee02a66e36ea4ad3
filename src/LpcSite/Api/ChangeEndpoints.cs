using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Live;
using LpcSite.Microconferences;
using LpcSite.Pages.Manage.Sessions;
using LpcSite.Pages.Organize.Schedule;
using LpcSite.People;
using LpcSite.Web.Frame;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Api;

/// <summary>
/// By which the organizers' board and the leads' session hear that somebody has changed them: server-sent events (HTML,
/// section 9.2) for who accepts them, and the stamp of the moment as text for everybody else. It says that something is
/// otherwise, never what: that is read from the page itself, by whoever may read it then.
/// </summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this WebApplication app)
    {
        app.MapMethods("/{conference:slug}/organize/schedule/changes", PublicEndpoints.Reading, OfBoardAsync)
            .RequireAuthorization(Policies.Organizers)
            .DisableCookieRedirect();
        app.MapMethods(
                "/{conference:slug}/mc/{slug:slug}/lead/session/changes",
                PublicEndpoints.Reading,
                OfSessionAsync
            )
            .RequireAuthorization()
            .DisableCookieRedirect();
    }

    private static async Task<IResult> OfBoardAsync(
        HttpContext context,
        string conference,
        LpcDbContext db,
        ConferenceFrames frames,
        LiveChanges live
    )
    {
        if (await frames.FindAsync(db, conference, context.User, context.RequestAborted) is not { } frame)
        {
            return Results.NotFound();
        }

        return await AnswerAsync(
            context,
            db,
            live,
            new(
                frame.Slug,
                $"board {frame.Id}",
                async (db, stop) => (await BoardReading.OfAsync(db, frame.Id, stop)).Stamp
            )
        );
    }

    // For everybody else there is no desk, also where the microconference itself is public.
    private static async Task<IResult> OfSessionAsync(
        HttpContext context,
        string slug,
        LpcDbContext db,
        ConferenceFrames frames,
        LiveChanges live,
        IAuthorizationService authorization
    )
    {
        var (conference, stop) = ((string)context.Request.RouteValues["conference"]!, context.RequestAborted);
        if (await frames.FindAsync(db, conference, context.User, stop) is not { } frame)
        {
            return Results.NotFound();
        }

        var found = await db
            .Microconferences.AsNoTracking()
            .Where(m => m.ConferenceId == frame.Id && m.Slug == slug)
            .VisibleTo(context.User)
            .Include(m => m.Leads)
            .AsSingleQuery()
            .FirstOrDefaultAsync(stop);
        if (
            found is null
            || !(await authorization.AuthorizeAsync(context.User, found, CanEditMicroconference.Requirement)).Succeeded
        )
        {
            return Results.NotFound();
        }

        var id = found.Id;
        return await AnswerAsync(
            context,
            db,
            live,
            new(frame.Slug, $"session {id}", (db, stop) => SessionBoard.StampAsync(db, id, stop))
        );
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        LpcDbContext db,
        LiveChanges live,
        LiveChanges.Watched watched
    )
    {
        var (stop, headers) = (context.RequestAborted, context.Response.Headers);
        headers.CacheControl = "no-store";
        // Who asks for the headers alone is sent no stream that would have to end some time.
        if (
            HttpMethods.IsHead(context.Request.Method)
            || !context
                .Request.Headers.Accept.ToString()
                .Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
        )
        {
            return Results.Text(await watched.ReadAsync(db, stop));
        }

        if (live.Enter(context.User.PersonId()!.Value) is not { } place)
        {
            headers.RetryAfter = "60";
            return Results.Text(
                "You have this open too often. Close some of its windows.",
                "text/plain",
                statusCode: StatusCodes.Status429TooManyRequests
            );
        }

        // A proxy that waits for the end would wait for minutes.
        context.Response.RegisterForDispose(place);
        headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(live.FollowAsync(watched, stop));
    }
}
