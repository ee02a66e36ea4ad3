using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LpcSite.Web.Errors;

/// <summary>
/// What happens when there is nothing to answer with: an old address leads on, programs are told as RFC 9457 says, and
/// anything else gets a page in the house style.
/// </summary>
internal static class ErrorPages
{
    private const string Api = "/api";

    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error/500",
                StatusCodeSelector = StatusOf,
                SuppressDiagnosticsCallback = static failed => IsOfTheClient(failed.Exception),
            }
        );
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseWhen(
            IsForPrograms,
            static api =>
            {
                api.UseExceptionHandler(
                    new ExceptionHandlerOptions
                    {
                        ExceptionHandler = WriteProblemAsync,
                        StatusCodeSelector = StatusOf,
                        SuppressDiagnosticsCallback = static failed => IsOfTheClient(failed.Exception),
                    }
                );
                api.UseStatusCodePages(static code => WriteProblemAsync(code.HttpContext));
            }
        );
        app.Use(FollowRedirectAsync);
    }

    public static void MapHealth(this WebApplication app)
    {
        var reading = new HttpMethodMetadata(PublicEndpoints.Reading);
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(reading);
        app.MapHealthChecks(
                "/readyz",
                new HealthCheckOptions { Predicate = check => check.Tags.Contains(DatabaseReadiness.Tag) }
            )
            .WithMetadata(reading);
    }

    /// <summary>Whether who asks is a program, which reads problems and no pages.</summary>
    public static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the database, not the site, is what failed.</summary>
    public static bool IsOutage(Exception? failure) =>
        failure is NpgsqlException { IsTransient: true } || (failure is not null && IsOutage(failure.InnerException));

    private static int StatusOf(Exception failure) =>
        IsOutage(failure) ? StatusCodes.Status503ServiceUnavailable
        : failure is BadHttpRequestException bad ? bad.StatusCode
        : StatusCodes.Status500InternalServerError;

    // A request that is too large or ends too early is answered, and nothing is wrong here.
    private static bool IsOfTheClient(Exception failure) => failure is BadHttpRequestException;

    private static Task WriteProblemAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return Results
            .Problem(context.Features.Get<Refusal>()?.Sentence ?? ErrorWords.Sentence(status), statusCode: status)
            .ExecuteAsync(context);
    }

    // Only when no page answered is the table of old addresses asked, so that it costs living addresses nothing.
    private static async Task FollowRedirectAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (
            context.Response is not { HasStarted: false, StatusCode: StatusCodes.Status404NotFound } response
            || context.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
        )
        {
            return;
        }

        var path = context.Request.Path.Value!.ToLowerInvariant();
        // PostgreSQL takes no text with a NUL in it, and no address that ever was had one.
        if (path.Length > Redirect.PathMaxLength || path.Contains('\0'))
        {
            return;
        }

        // What moved took everything below it along, and its twins: the longest old address with which this one begins
        // leads on.
        var beginnings = Beginnings(path);
        var db = context.RequestServices.GetRequiredService<LpcDbContext>();
        var found = await db
            .Redirects.AsNoTracking()
            .Where(r => beginnings.Contains(r.From))
            .OrderByDescending(r => r.From.Length)
            .FirstOrDefaultAsync(context.RequestAborted);
        if (
            found is null
            || found.From.Length < path.Length
                && (found.To + "/").StartsWith(found.From + "/", StringComparison.Ordinal)
        )
        {
            return;
        }

        var to = found.To + path[found.From.Length..];
        if (await MayKnowAsync(db, to, context))
        {
            response.Redirect(to + context.Request.QueryString, permanent: true);
        }
    }

    // The path itself, and what stands before each "/" and "." in it.
    private static string[] Beginnings(string path) =>
        [
            path,
            .. Enumerable
                .Range(1, Math.Max(0, path.Length - 1))
                .Where(i => path[i] is '/' or '.')
                .Select(i => path[..i]),
        ];

    // The address of a draft names it, so that only those are led there who may open it.
    private static async Task<bool> MayKnowAsync(LpcDbContext db, string to, HttpContext context)
    {
        if (to.Split('/', '.') is not ["", var conference, "mc", var slug, ..])
        {
            return true;
        }

        var there = db.Microconferences.Where(m => m.Conference.Slug == conference && m.Slug == slug);
        return await there.VisibleTo(context.User).AnyAsync(context.RequestAborted)
            || !await there.AnyAsync(context.RequestAborted);
    }
}
