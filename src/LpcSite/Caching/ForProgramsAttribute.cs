namespace LpcSite.Caching;

/// <summary>
/// Marks what is made for programs: it tells when it changed, and everybody's programs may read it, also those that run
/// in the page of another site. Nothing in it depends on who asks.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForProgramsAttribute : Attribute;

/// <summary>How endpoints become public, and how programs meet them.</summary>
internal static class PublicEndpoints
{
    /// <summary>What every address that can be read knows (RFC 9110, section 9.1).</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>What is the same for everybody. Who asks for its headers alone gets them.</summary>
    public static IEndpointConventionBuilder MapPublic(this WebApplication app, string pattern, Delegate handler) =>
        app.MapMethods(pattern, Reading, handler).WithMetadata(new PublicPageAttribute());

    /// <summary>
    /// The same for programs, at an address of its own. Browsers ask first where a program sends a header such as
    /// If-None-Match itself.
    /// </summary>
    public static IEndpointConventionBuilder MapForPrograms(
        this WebApplication app,
        string pattern,
        Delegate handler
    ) =>
        app.MapPublic(pattern, handler)
            .WithMetadata(new ForProgramsAttribute(), new HttpMethodMetadata(Reading, acceptCorsPreflight: true));

    /// <summary>
    /// Says who may read (Fetch Standard, section 3.3); goes before what makes and keeps the answers, so that it is
    /// kept with them.
    /// </summary>
    public static void UsePrograms(this WebApplication app) =>
        app.Use(
            static (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<ForProgramsAttribute>() is null)
                {
                    return next(context);
                }

                var headers = context.Response.Headers;
                headers.AccessControlAllowOrigin = "*";
                if (!HttpMethods.IsOptions(context.Request.Method))
                {
                    headers.AccessControlExposeHeaders = "ETag";
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status204NoContent;
                headers.AccessControlAllowMethods = "GET, HEAD";
                headers.AccessControlAllowHeaders = "If-None-Match, If-Modified-Since";
                headers.AccessControlMaxAge = "86400";
                return Task.CompletedTask;
            }
        );
}
