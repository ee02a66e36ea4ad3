using Microsoft.Net.Http.Headers;
using NodaTime;

namespace LpcSite.Caching;

/// <summary>
/// Finishes what is marked <see cref="PublicPageAttribute"/>: compressed and tagged (RFC 9110, section 8.8.3), with
/// what may be kept of it and by whom, and handed over to those who wait for it before whoever asked reads the first
/// byte.
/// </summary>
internal static class EntityTags
{
    /// <summary>Goes before what makes pages; nothing behind it compresses them.</summary>
    public static void UseEntityTags(this WebApplication app) =>
        app.Use(
            static async (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is not { } page)
                {
                    await next(context);
                    return;
                }

                var body = context.Response.Body;
                using var rendered = new MemoryStream();
                context.Response.Body = rendered;
                try
                {
                    await next(context);
                }
                finally
                {
                    context.Response.Body = body;
                }

                if (context.Response.StatusCode == StatusCodes.Status200OK)
                {
                    await AnswerAsync(context, page, rendered.ToArray());
                    return;
                }

                PageCache.HandOver(context, page: null);

                // An answer without a body is left to the error pages.
                if (rendered.Length > 0)
                {
                    context.Response.ContentLength = rendered.Length;
                }

                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    rendered.Position = 0;
                    await rendered.CopyToAsync(body, context.RequestAborted);
                }
            }
        );

    private static Task AnswerAsync(HttpContext context, PublicPageAttribute page, byte[] body)
    {
        var headers = context.Response.Headers;
        // Kept by the client, shown only after asking whether it still holds: a save is visible at the next request.
        headers.CacheControl = context.User.Identity is { IsAuthenticated: true } ? "no-store" : "public, no-cache";
        headers.Append(HeaderNames.Vary, HeaderNames.Cookie);

        // Where nobody knows when it changed, it was not after it was made: a program that asks by that date may get
        // again what it has, and never keeps what is old.
        if (
            headers.LastModified.Count == 0
            && context.GetEndpoint()?.Metadata.GetMetadata<ForProgramsAttribute>() is not null
        )
        {
            context.Response.GetTypedHeaders().LastModified = context
                .RequestServices.GetRequiredService<IClock>()
                .GetCurrentInstant()
                .ToDateTimeOffset();
        }

        var finished = new CachedPage(headers, body);
        PageCache.HandOver(context, page.Kept && !headers.ContainsKey(HeaderNames.SetCookie) ? finished : null);
        return finished.WriteAsync(context);
    }
}
