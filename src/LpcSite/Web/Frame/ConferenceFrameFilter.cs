using LpcSite.Conferences;
using LpcSite.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LpcSite.Web.Frame;

/// <summary>
/// Loads the conference that an address names before its page is asked; there is no page of a conference that does not
/// exist.
/// </summary>
public sealed class ConferenceFrameFilter(LpcDbContext db, ConferenceFrames frames) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        if (context.RouteData.Values.TryGetValue("conference", out var slug))
        {
            var frame = await frames.FindAsync(
                db,
                (string)slug!,
                context.HttpContext.User,
                context.HttpContext.RequestAborted
            );
            if (frame is null)
            {
                context.Result = new NotFoundResult();
                return;
            }

            context.HttpContext.Features.Set(frame);
        }

        await next();
    }
}

/// <summary>How pages and the layout get at the conference they belong to.</summary>
public static class ConferenceFrameExtensions
{
    /// <exception cref="InvalidOperationException">The address names no conference.</exception>
    public static ConferenceFrame Conference(this HttpContext context) =>
        context.Features.Get<ConferenceFrame>()
        ?? throw new InvalidOperationException("This address belongs to no conference.");
}
