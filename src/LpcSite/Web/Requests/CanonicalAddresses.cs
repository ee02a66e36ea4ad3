using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;

namespace LpcSite.Web.Requests;

/// <summary>
/// One address for each page (RFC 6596): routing finds a page whatever the case of its address and with a slash at its
/// end, and whoever asked so is led to the one address that its route spells. Keys and names that somebody else chose
/// stay as they are.
/// </summary>
internal static class CanonicalAddresses
{
    /// <summary>Goes after routing.</summary>
    public static void UseCanonicalAddresses(this WebApplication app) =>
        app.Use(
            static (context, next) =>
            {
                var request = context.Request;
                if (
                    !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
                    || context.GetEndpoint() is not RouteEndpoint { RoutePattern: var pattern }
                    || Of(pattern, request.RouteValues) is not { } canonical
                    || canonical == request.Path.Value
                )
                {
                    return next(context);
                }

                context.Response.Redirect(
                    new PathString(canonical).ToUriComponent() + request.QueryString,
                    permanent: true
                );
                return Task.CompletedTask;
            }
        );

    /// <returns>The address as its route spells it; null where a route takes whatever stands there.</returns>
    public static string? Of(RoutePattern pattern, RouteValueDictionary values)
    {
        var address = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            var start = address.Length;
            address.Append('/');
            foreach (var part in segment.Parts)
            {
                if (part is RoutePatternParameterPart parameter)
                {
                    if (parameter.IsCatchAll)
                    {
                        return null;
                    }

                    address.Append(Spelled(parameter, values[parameter.Name]));
                    continue;
                }

                address.Append(
                    part is RoutePatternLiteralPart literal
                        ? literal.Content
                        : ((RoutePatternSeparatorPart)part).Content
                );
            }

            // What may be left out was.
            if (address.Length == start + 1)
            {
                address.Length = start;
            }
        }

        return address.Length == 0 ? "/" : address.ToString();
    }

    private static string? Spelled(RoutePatternParameterPart parameter, object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        foreach (var policy in parameter.ParameterPolicies)
        {
            switch (policy.Content)
            {
                case "slug":
                    return text?.ToLowerInvariant();
                case "int" when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number):
                    return number.ToString(CultureInfo.InvariantCulture);
                case "long"
                    when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number):
                    return number.ToString(CultureInfo.InvariantCulture);
            }
        }

        return text;
    }
}
