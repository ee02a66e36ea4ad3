using LpcSite.Conferences;

namespace LpcSite.Infrastructure;

/// <summary><c>{conference:slug}</c>: an address part that could be a slug, so that <c>/favicon.ico</c> asks no database.</summary>
public sealed class SlugRouteConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && value?.ToString() is { } slug && Slug.IsValid(slug);
}
