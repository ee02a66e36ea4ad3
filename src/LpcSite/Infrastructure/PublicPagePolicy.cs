using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace LpcSite.Infrastructure;

/// <summary>
/// The one policy of the output cache: pages marked <see cref="PublicPageAttribute"/>, for readers who are not signed in, kept until
/// their conference changes. Nothing else is ever kept.
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
        var page = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>();
        var kept = page is { Kept: true }
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && StringValues.IsNullOrEmpty(request.Headers.Authorization)
            && context.HttpContext.User.Identity is not { IsAuthenticated: true };
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (kept, kept, kept, kept);
        if (!kept)
        {
            return ValueTask.CompletedTask;
        }

        var conference = request.RouteValues.TryGetValue("conference", out var slug) ? (string?)slug : null;
        context.Tags.Add(ContentVersions.Everything);
        context.Tags.Add(conference ?? ContentVersions.Everything);
        context.CacheVaryByRules.QueryKeys = page!.Query.Length == 0 ? StringValues.Empty : page.Query;
        context.CacheVaryByRules.VaryByValues["content"] = versions.Current(conference);
        context.CacheVaryByRules.VaryByValues["encoding"] = request.Headers.AcceptEncoding.ToString();
        context.CacheVaryByRules.VaryByValues["as"] = context.HttpContext.GetEndpoint()!.Metadata.GetMetadata<Representation>()?.MediaType ?? "";
        context.ResponseExpirationTimeSpan = Longest;
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.ContainsKey(HeaderNames.SetCookie))
        {
            context.AllowCacheStorage = false;
        }

        return ValueTask.CompletedTask;
    }
}
