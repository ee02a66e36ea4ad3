using LpcSite.Web.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LpcSite.Web.Forms;

/// <summary>
/// What asks a page for something that it does not know how to do, by method or by name, is refused (RFC 9110, section
/// 15.5.1); left to itself the page would be shown without anything having been loaded for it.
/// </summary>
public sealed class NoHandlerFilter : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var handlers = context.ActionDescriptor.HandlerMethods;
        var isReading =
            HttpMethods.IsGet(context.HttpContext.Request.Method)
            || HttpMethods.IsHead(context.HttpContext.Request.Method);

        // A page without a handler for reading has nothing to load.
        if (
            context.HandlerMethod is null
            && (!isReading || handlers.Any(handler => HttpMethods.IsGet(handler.HttpMethod)))
            && !context.ActionDescriptor.ModelTypeInfo!.IsDefined(typeof(ShowsErrorsAttribute), inherit: false)
        )
        {
            context.Result = new BadRequestResult();
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}
