using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Texts;
using LpcSite.Web;
using LpcSite.Web.Frame;
using LpcSite.Web.Requests;
using LpcSite.Web.Security;

namespace LpcSite.Api;

/// <summary>
/// What the editor asks while somebody writes: how the text will look, and whether its links lead anywhere.
/// </summary>
internal static class WritingEndpoints
{
    public static void MapWriting(this WebApplication app)
    {
        var writing = app.MapGroup("/{conference:slug}/mc")
            .RequireAuthorization()
            .DisableCookieRedirect()
            .AddEndpointFilter<FormToken>();
        writing.MapPost("/preview", PreviewAsync).RequireRateLimiting(RateLimits.Preview);
        writing.MapPost("/links", LinksAsync).RequireRateLimiting(RateLimits.Links);
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext context,
        string conference,
        LpcDbContext db,
        ConferenceFrames frames,
        MarkdownRenderer renderer,
        CancellationToken stop
    )
    {
        if (await frames.FindAsync(db, conference, context.User, stop) is null)
        {
            return Results.NotFound();
        }

        var (text, refused) = await TextAsync(context, stop);
        return refused ?? Results.Text(renderer.Render(text, "preview").Html, "text/html; charset=utf-8");
    }

    private static async Task<IResult> LinksAsync(
        HttpContext context,
        string conference,
        LpcDbContext db,
        ConferenceFrames frames,
        MarkdownRenderer renderer,
        LinkCheck check,
        CancellationToken stop
    )
    {
        if (await frames.FindAsync(db, conference, context.User, stop) is null)
        {
            return Results.NotFound();
        }

        var (text, refused) = await TextAsync(context, stop);
        if (refused is not null)
        {
            return refused;
        }

        var (links, leftOut) = await check.CheckAsync(
            renderer.Render(text, "links").Html,
            new Uri($"{context.Origin()}/{conference}/mc/links"),
            stop
        );
        return Results.Json(new { links, leftOut });
    }

    private static async Task<(string Text, IResult? Refused)> TextAsync(HttpContext context, CancellationToken stop)
    {
        // Nobody's draft stays in a cache.
        context.Response.Headers.CacheControl = "no-store";
        var text = context.Request.HasFormContentType
            ? TextIn.Lines((await context.Request.ReadFormAsync(stop))["text"].ToString())
            : "";
        return MarkdownRenderer.Problem(text) is { } problem
            ? (text, Results.Text(problem, "text/plain", statusCode: StatusCodes.Status400BadRequest))
            : (text, null);
    }
}
