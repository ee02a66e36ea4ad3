using LpcSite.Conferences;
using LpcSite.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Web.Frame;

/// <summary>
/// Marks what may be done to an archived conference: opening it again, and what is somebody's own and changes nothing
/// of it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WritesToArchivedAttribute : Attribute;

/// <summary>Why a request was refused, for the page that says so.</summary>
public sealed record Refusal(string Sentence);

/// <summary>
/// Keeps archived conferences as they are: whatever would write to an address of one is refused, page or not, and also
/// what is added to the site later.
/// </summary>
internal static class ArchivedConferences
{
    /// <summary>
    /// Goes after authorization, so that strangers learn nothing, and inside the error pages, which say it.
    /// </summary>
    public static void UseArchivedConferences(this WebApplication app) =>
        app.Use(
            static async (context, next) =>
            {
                var endpoint = context.GetEndpoint();
                if (
                    IsSafe(context.Request.Method)
                    || endpoint is null
                    || endpoint.Metadata.GetMetadata<WritesToArchivedAttribute>() is not null
                    || context.Request.RouteValues["conference"] is not string slug
                )
                {
                    await next(context);
                    return;
                }

                var services = context.RequestServices;
                var frame = await services
                    .GetRequiredService<ConferenceFrames>()
                    .FindAsync(services.GetRequiredService<LpcDbContext>(), slug, context.User, context.RequestAborted);
                if (frame?.State is not ConferenceState.Archived)
                {
                    await next(context);
                    return;
                }

                var sentence = Conference.ArchivedSentence(frame.ShortName);
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                context.Features.Set(frame);
                context.Features.Set(new Refusal(sentence));
                if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null)
                {
                    context.Response.ContentType = "text/plain; charset=utf-8";
                    await context.Response.WriteAsync(sentence, context.RequestAborted);
                }
            }
        );

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
