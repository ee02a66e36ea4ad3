using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace LpcSite.Infrastructure;

/// <summary>
/// The one policy of the output cache: pages marked <see cref="PublicPageAttribute"/>, for readers who are not signed in, kept until
/// their conference changes. Nothing else is ever kept.
/// <para>It is asked before routing, so that a kept page passes nothing else on its way out; whether a new one may be kept is
/// decided when it is made and its endpoint is known.</para>
/// </summary>
public sealed class PublicPagePolicy(ContentVersions versions) : IOutputCachePolicy
{
    // Changes are told, so time alone makes no page old; a day bounds what a lost notice could cost.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The page being rendered is right until then and no longer, as a call that closes changes it without any save.</summary>
    public static void ValidUntil(HttpContext context, Instant now, Instant until)
    {
        var remaining = (until - now).ToTimeSpan();
        if (remaining > TimeSpan.Zero && context.Features.Get<IOutputCacheFeature>()?.Context is { } kept && (kept.ResponseExpirationTimeSpan ?? Longest) > remaining)
        {
            kept.ResponseExpirationTimeSpan = remaining;
        }
    }

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var path = request.Path.Value ?? "/";
        var extension = Path.GetExtension(path.AsSpan());
        var kept = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Headers.Authorization.Count == 0
            && request.Headers.Cookie.Count == 0
            && (extension.IsEmpty || extension is ".md" or ".txt" or ".json" or ".atom" or ".xml");
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (kept, kept, kept, kept);
        if (!kept)
        {
            return ValueTask.CompletedTask;
        }

        var conference = FirstSegment(path);
        request.Headers.AcceptEncoding = AcceptedEncoding.Best(request.Headers.AcceptEncoding.ToString());
        context.Tags.Add(ContentVersions.Everything);
        context.Tags.Add(conference);
        context.CacheVaryByRules.QueryKeys = PublicPageAttribute.QueryKeys;
        context.CacheVaryByRules.VaryByValues["content"] = versions.Current(conference);
        context.CacheVaryByRules.VaryByValues["encoding"] = request.Headers.AcceptEncoding.ToString();
        context.CacheVaryByRules.VaryByValues["as"] = RepresentationSelector.Best(request.Headers.Accept.ToString());
        context.ResponseExpirationTimeSpan = Longest;
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        var page = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>();
        if (page is not { Kept: true } || response.StatusCode != StatusCodes.Status200OK || response.Headers.ContainsKey(HeaderNames.SetCookie))
        {
            context.AllowCacheStorage = false;
        }

        return ValueTask.CompletedTask;
    }

    // The conference that an address belongs to; for the site's own addresses whatever stands there, which no conference is called.
    private static string FirstSegment(string path)
    {
        var end = path.IndexOf('/', 1);
        return end < 0 ? path[1..] : path[1..end];
    }
}
