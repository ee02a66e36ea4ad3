using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Web.Requests;

/// <summary>
/// Which methods an address knows (RFC 9110, sections 9.1, 10.2.1, 15.5.6 and 15.6.2). Endpoints say their methods
/// where they are mapped, and pages by their handlers; all others are answered with 405 and Allow, OPTIONS with Allow
/// alone, and what is no method here with 501.
/// </summary>
internal static class RequestMethods
{
    // RFC 9110, section 9.3, and RFC 5789. Methods are told apart by case.
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "DELETE",
        "CONNECT",
        "OPTIONS",
        "TRACE",
        "PATCH"
    );

    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly string[] ReadingAndPosting = ["GET", "HEAD", "POST"];

    /// <summary>Goes inside the error pages, which have a sentence for each refusal.</summary>
    public static void UseRequestMethods(this WebApplication app) =>
        app.Use(
            static async (context, next) =>
            {
                var (method, response) = (context.Request.Method, context.Response);
                if (
                    !Known.Contains(method)
                    && context.GetEndpoint()?.Metadata.GetMetadata<ShowsErrorsAttribute>() is null
                )
                {
                    response.StatusCode = StatusCodes.Status501NotImplemented;
                    return;
                }

                await next(context);
                if (response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
                {
                    response.Headers.Allow = response.Headers.Allow.ToString() is { Length: > 0 } others
                        ? $"{others}, OPTIONS"
                        : "OPTIONS";
                    response.StatusCode = HttpMethods.IsOptions(method)
                        ? StatusCodes.Status204NoContent
                        : response.StatusCode;
                }
            }
        );

    /// <summary>
    /// Tells routing of each page which methods its model handles; left alone, routing sends every method to every
    /// page.
    /// </summary>
    public static void WithHandledMethods(this PageActionEndpointConventionBuilder pages, WebApplication app)
    {
        var views = new ViewsFeature();
        app.Services.GetRequiredService<ApplicationPartManager>().PopulateFeature(views);
        var models = views.ViewDescriptors.ToDictionary(
            view => view.RelativePath,
            view => ModelOf(view.Type),
            StringComparer.Ordinal
        );
        pages.Add(endpoint =>
        {
            // Its text twins say theirs. A page that shows errors is asked again with whatever method met one.
            if (
                endpoint.Metadata.OfType<PageActionDescriptor>().FirstOrDefault() is { } page
                && !endpoint.Metadata.OfType<IHttpMethodMetadata>().Any()
                && models.GetValueOrDefault(page.RelativePath) is var model
                && model?.IsDefined(typeof(ShowsErrorsAttribute)) is not true
            )
            {
                endpoint.Metadata.Add(
                    new HttpMethodMetadata(model is not null && HandlesPost(model) ? ReadingAndPosting : Reading)
                );
            }
        });
    }

    /// <summary>By the name that MVC looks for: OnPost, and what a button may add to it.</summary>
    private static bool HandlesPost(Type model) =>
        Array.Exists(
            model.GetMethods(BindingFlags.Public | BindingFlags.Instance),
            method => method.Name.StartsWith("OnPost", StringComparison.Ordinal)
        );

    private static Type? ModelOf(Type? view) =>
        view?.GetProperty("Model", BindingFlags.Public | BindingFlags.Instance)?.PropertyType;
}

/// <summary>Marks the page that stands in for others, whatever was asked of them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShowsErrorsAttribute : Attribute;
