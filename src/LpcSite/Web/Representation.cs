using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace LpcSite.Web;

/// <summary>
/// The form in which an endpoint answers at an address that has several: HTML is the page itself, and its twins say
/// theirs.
/// </summary>
public sealed record Representation(string MediaType);

/// <summary>
/// Chooses between a page and its twins at the same address by what the client accepts (RFC 9110, section 12.5.1); HTML
/// when it accepts that just as gladly, as browsers, text browsers and plain <c>curl</c> do.
/// </summary>
public sealed class RepresentationSelector : MatcherPolicy, IEndpointSelectorPolicy
{
    private const string Html = "text/html";

    // HTML first: of two that are accepted just as gladly the first is chosen.
    private static readonly string[] Offers = [Html, "text/markdown", "text/plain", "application/json"];

    // After routing has compared paths and methods, before it would call two endpoints at one address ambiguous.
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(e => e.Metadata.GetMetadata<Representation>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        httpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var best = Best(httpContext.Request.Headers.Accept.ToString());

        // Not every page has every twin: what it does not have is answered by the page itself.
        best = Enumerable.Range(0, candidates.Count).Any(i => OfferOf(candidates[i].Endpoint) == best) ? best : Html;
        for (var i = 0; i < candidates.Count; i++)
        {
            candidates.SetValidity(i, candidates.IsValidCandidate(i) && OfferOf(candidates[i].Endpoint) == best);
        }

        return Task.CompletedTask;

        static string OfferOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Representation>()?.MediaType ?? Html;
    }

    /// <returns>One of the forms that a page with twins has.</returns>
    public static string Best(string accept)
    {
        // What browsers and curl send, answered without parsing.
        if (
            accept.Length == 0
            || accept is "*/*" or Html
            || accept.StartsWith("text/html,", StringComparison.Ordinal)
            || !MediaTypeHeaderValue.TryParseList([accept], out var accepted)
        )
        {
            return Html;
        }

        return Offers.MaxBy(offered => Quality(accepted, offered))!;
    }

    // The most exact range that names the type decides.
    private static double Quality(IList<MediaTypeHeaderValue> accepted, string offered)
    {
        var range = accepted
            .Where(range => new MediaTypeHeaderValue(offered).IsSubsetOf(range))
            .OrderBy(range =>
                range.MatchesAllTypes ? 2
                : range.MatchesAllSubTypes ? 1
                : 0
            )
            .FirstOrDefault();
        return range is null ? 0 : range.Quality ?? 1;
    }
}
