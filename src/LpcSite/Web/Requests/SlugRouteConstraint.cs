using LpcSite.Conferences;
using Microsoft.AspNetCore.Routing.Matching;

namespace LpcSite.Web.Requests;

/// <summary>
/// <c>{conference:slug}</c>: an address part that could be a slug, in whatever case, so that <c>/favicon.ico</c> asks
/// no database; what is not in lower case is led to what is.
/// </summary>
/// <remarks>
/// Routing asks it about the literals of other routes too, when the first request builds its table: without an answer
/// every page of a conference would be entered once more below each file and each address of the site itself, and that
/// request would take a second longer.
/// </remarks>
public sealed class SlugRouteConstraint : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection
    ) =>
        values.TryGetValue(routeKey, out var value)
        && value?.ToString() is { } slug
        && Slug.IsValid(slug.ToLowerInvariant());

    // No conference can have an address that the site itself uses.
    public bool MatchesLiteral(string parameterName, string literal) =>
        Slug.IsValid(literal) && !(parameterName == "conference" && Conference.IsTaken(literal));
}
