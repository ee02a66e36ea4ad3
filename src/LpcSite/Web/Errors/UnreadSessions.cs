using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Diagnostics;

namespace LpcSite.Web.Errors;

/// <summary>
/// Who is signed in is asked before the error pages, which greet them by name. While the database is out of reach
/// nobody can be recognized: that failure is carried into the error pages, so that the signed-in read the same words as
/// everybody else instead of an empty answer.
/// </summary>
internal static class UnreadSessions
{
    public static void UseAuthenticationOrOutage(this WebApplication app)
    {
        RequestDelegate? further = null;
        app.Use(next => context => ReadAsync(context, next, further!));
        app.UseAuthentication();
        app.Use(next => further = Entered(next));
    }

    /// <summary>Goes right inside the error pages.</summary>
    public static void UseOutagesOfSessions(this WebApplication app) =>
        app.Use(
            static (context, next) =>
            {
                if (
                    context.Features.Get<Reading>() is { Failure: { } failure }
                    && context.Features.Get<IExceptionHandlerFeature>() is null
                )
                {
                    failure.Throw();
                }

                return next(context);
            }
        );

    private static async Task ReadAsync(HttpContext context, RequestDelegate next, RequestDelegate further)
    {
        var reading = new Reading();
        context.Features.Set(reading);
        try
        {
            await next(context);
            return;
        }
        catch (Exception outage) when (!reading.IsDone && ErrorPages.IsOutage(outage))
        {
            reading.Failure = ExceptionDispatchInfo.Capture(outage);
        }

        await further(context);
    }

    private static RequestDelegate Entered(RequestDelegate next) =>
        context =>
        {
            context.Features.Get<Reading>()!.IsDone = true;
            return next(context);
        };

    private sealed class Reading
    {
        public bool IsDone { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
