using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Net.Http.Headers;

namespace LpcSite.Web.Security;

/// <summary>
/// What browsers are told not to do. The policy allows the site's own files, and pictures that leads link by https. The
/// headers are set before the page is made, so that the cache keeps them with it, and once more before an error page
/// that began by clearing them.
/// </summary>
internal static class SecurityHeaders
{
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Under which an endpoint asks for a stricter policy of its own.</summary>
    public static readonly object PolicyKey = new();

    private const string Permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    private const string NotKept = "no-store";

    private static readonly (string Name, string Value)[] Always =
    [
        (HeaderNames.ContentSecurityPolicy, ContentPolicy),
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.XFrameOptions, "DENY"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", Permissions),
    ];

    public static void UseSiteSecurityHeaders(this WebApplication app)
    {
        (string Name, string Value)[] headers = app.Environment.IsDevelopment()
            ? Always
            : [.. Always, (HeaderNames.StrictTransportSecurity, "max-age=31536000; includeSubDomains")];
        app.Use(
            (context, next) =>
            {
                Set(context.Response, headers);
                context.Response.OnStarting(() =>
                {
                    Set(context.Response, headers);
                    if (context.Items.TryGetValue(PolicyKey, out var stricter))
                    {
                        context.Response.Headers[HeaderNames.ContentSecurityPolicy] = (string)stricter!;
                    }

                    // What was made for somebody is on no disk when they are gone. What other readers get alike says
                    // itself how long it is kept.
                    if (context.User.Identity is { IsAuthenticated: true } && !IsForEverybody(context))
                    {
                        context.Response.Headers.CacheControl = NotKept;
                    }

                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
    }

    private static bool IsForEverybody(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || context.Response.GetTypedHeaders().CacheControl is { Public: true };

    private static void Set(HttpResponse response, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }
    }
}
