using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports.Calendars;
using LpcSite.Exports.Feeds;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Stars;
using LpcSite.Web;
using LpcSite.Web.Frame;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace LpcSite.Api;

/// <summary>
/// Stars for programs: the browser, which keeps them beside the account's, and calendars, which know a secret address
/// or are told what to show.
/// </summary>
internal static class StarEndpoints
{
    private const string Calendar = "text/calendar; charset=utf-8";

    public static void MapStars(this WebApplication app)
    {
        var mine = app.MapGroup("/my/stars/{conference:slug}.json").RequireAuthorization().DisableCookieRedirect();
        mine.MapMethods("", PublicEndpoints.Reading, ReadAsync);
        mine.MapPost("", ChangeAsync).AddEndpointFilter<FormToken>().WithMetadata(new WritesToArchivedAttribute());
        app.MapMethods("/{conference:slug}/stars/{token}.ics", PublicEndpoints.Reading, FeedAsync);
        app.MapForPrograms("/{conference:slug}/stars.ics", TheseAsync)
            .WithMetadata(new PublicPageAttribute { Kept = false });
    }

    // The proof that it may change something comes along, so that pages need not hold it.
    private static async Task<IResult> ReadAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrames frames,
        IAntiforgery antiforgery,
        string conference,
        CancellationToken stop
    ) =>
        await frames.FindAsync(db, conference, context.User, stop) is not { } frame
            ? Results.NotFound()
            : Answer(
                context,
                await db.Stars.Of(context.User.PersonId()!.Value, frame.Id).ToListAsync(stop),
                antiforgery.GetAndStoreTokens(context).RequestToken
            );

    // Read by hand, so that what is no such list is told so in every environment.
    private static async Task<IResult> ChangeAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrames frames,
        StarList starList,
        string conference,
        CancellationToken stop
    )
    {
        if (await frames.FindAsync(db, conference, context.User, stop) is not { } frame)
        {
            return Results.NotFound();
        }

        if (!context.Request.HasJsonContentType())
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            var changes = await context.Request.ReadFromJsonAsync<Changes>(stop) ?? new(null, null);
            return Answer(
                context,
                await starList.ChangeAsync(
                    frame,
                    context.User.PersonId()!.Value,
                    (changes.Add ?? []).OfType<string>(),
                    (changes.Remove ?? []).OfType<string>(),
                    stop
                ),
                token: null
            );
        }
        catch (JsonException)
        {
            return Refused("Send {\"add\": [\"mc-1\"], \"remove\": [\"topic-2\"]}.");
        }
        catch (RuleException broken)
        {
            return Refused(broken.Message);
        }
    }

    private static IResult Refused(string sentence) =>
        Results.Text(sentence, "text/plain", statusCode: StatusCodes.Status400BadRequest);

    // By the owner a browser knows whether the stars that it holds are another's.
    private static IResult Answer(HttpContext context, IReadOnlyList<string> stars, string? token)
    {
        context.Response.Headers.CacheControl = "no-store";
        var owner = Convert.ToHexStringLower(
            SHA256
                .HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"stars of {context.User.PersonId()}")))
                .AsSpan(0, 8)
        );
        return Results.Json(
            new
            {
                owner,
                stars,
                token,
            }
        );
    }

    private static async Task<IResult> FeedAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrames frames,
        string conference,
        string token,
        CancellationToken stop
    )
    {
        var frame = await frames.FindAsync(db, conference, context.User, stop);
        var person =
            token.Length == StarFeed.TokenLength && !token.Contains('\0')
                ? await db
                    .StarFeeds.Where(f => f.Token == token)
                    .Select(f => (int?)f.PersonId)
                    .SingleOrDefaultAsync(stop)
                : null;
        if (frame is null || person is null)
        {
            return Results.NotFound();
        }

        var text = await WriteAsync(
            context,
            db,
            frame,
            await db.Stars.Of(person.Value, frame.Id).ToListAsync(stop),
            stop
        );
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        var bytes = Encoding.UTF8.GetBytes(text);
        return Results.Bytes(
            bytes,
            Calendar,
            entityTag: new EntityTagHeaderValue(
                $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"",
                isWeak: true
            )
        );
    }

    private static async Task<IResult> TheseAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrames frames,
        string conference,
        string? of,
        CancellationToken stop
    )
    {
        if (await frames.FindAsync(db, conference, context.User, stop) is not { } frame)
        {
            return Results.NotFound();
        }

        context.Response.Headers["X-Robots-Tag"] = "noindex";
        return Results.Text(await WriteAsync(context, db, frame, StarUids.Read(of).Uids, stop), Calendar);
    }

    // Before the first release a calendar has nothing in it, and is filled when it asks again.
    private static async Task<string> WriteAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrame frame,
        IReadOnlyList<string> stars,
        CancellationToken stop
    )
    {
        var things = await db.StarrablesAsync(frame, stop);
        var latestRelease =
            things.Release
            ?? new(
                0,
                default,
                new(
                    ScheduleDocument.NewestFormat,
                    new(
                        frame.Slug,
                        frame.Name,
                        frame.ShortName,
                        frame.StartsOn,
                        frame.EndsOn,
                        frame.TimeZone.Id,
                        frame.City,
                        0
                    )
                    {
                        UidDomain = frame.UidDomain,
                    },
                    [],
                    [],
                    []
                )
            );
        return ScheduleCalendar.Write(
            latestRelease,
            ScheduleFeed.OfStars(latestRelease.Document, stars, things.Now),
            context.Origin()
        );
    }

    /// <summary>What a browser sends: what became a star since it last asked, and what is none any more.</summary>
    internal sealed record Changes(string?[]? Add, string?[]? Remove);
}
