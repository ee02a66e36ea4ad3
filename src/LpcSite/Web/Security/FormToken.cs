using Microsoft.AspNetCore.Antiforgery;

namespace LpcSite.Web.Security;

/// <summary>
/// What changes something, or costs something, is taken only from a page of this site: the same proof as for forms, in
/// a header or a field.
/// </summary>
internal sealed class FormToken(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await antiforgery.IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : Results.Text(
                "Your sign-in has changed since this page was opened. Open the page again to go on.",
                "text/plain",
                statusCode: StatusCodes.Status400BadRequest
            );
}
