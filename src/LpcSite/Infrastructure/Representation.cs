using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace LpcSite.Infrastructure;

/// <summary>The form in which an endpoint answers at an address that has several: HTML is the page itself, and its twins say theirs.</summary>
public sealed record Representation(string MediaType);

/// <summary>
/// Chooses between a page and its twins at the same address by what the client accepts (RFC 9110, section 12.5.1); HTML when it
/// accepts that just as gladly, as browsers, text browsers and plain <c>curl</c> do.
/// </summary>
public sealed class RepresentationSelector : MatcherPolicy, IEndpointSelectorPolicy
{
    private const string Html = "text/html";

    // After routing has compared paths and methods, before it would call two endpoints at one address ambiguous.
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(e => e.Metadata.GetMetadata<Representation>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        httpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (!MediaTypeHeaderValue.TryParseList(httpContext.Request.Headers.Accept, out var accepted))
        {
            accepted = [];
        }

        var (best, bestQuality) = (-1, -1.0);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i))
            {
                continue;
            }

            var offered = candidates[i].Endpoint.Metadata.GetMetadata<Representation>()?.MediaType ?? Html;
            var quality = Quality(accepted, offered) + (offered == Html ? 0.0001 : 0);
            if (quality > bestQuality)
            {
                (best, bestQuality) = (i, quality);
            }
        }

        for (var i = 0; i < candidates.Count; i++)
        {
            candidates.SetValidity(i, i == best);
        }

        return Task.CompletedTask;
    }

    // The most exact range that names the type decides; nothing accepted at all means anything is.
    private static double Quality(IList<MediaTypeHeaderValue> accepted, string offered)
    {
        var range = accepted
            .Where(range => new MediaTypeHeaderValue(offered).IsSubsetOf(range))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return range is null ? (accepted.Count == 0 && offered == Html ? 1 : 0) : range.Quality ?? 1;
    }
}
