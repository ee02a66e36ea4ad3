using System.Globalization;
using LpcSite.People;
using LpcSite.Web.Errors;
using LpcSite.Web.Frame;
using LpcSite.Web.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace LpcSite.Pages;

/// <summary>What is shown instead of a page that cannot be: what happened, and what to do.</summary>
[IgnoreAntiforgeryToken]
[ShowsErrors]
[DisableRateLimiting]
public class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public string Heading => ErrorWords.Heading(Status);

    public string Sentence =>
        HttpContext.Features.Get<Refusal>()?.Sentence ?? ErrorWords.Sentence(Status, User.IsOrganizer());

    // Whatever the method: it is that of the request that failed, and the page has no handler for most. Nothing is
    // bound, as a form that cannot be read may be the very reason to be here. An outage is found out by the exception
    // handler, which has set the status already.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        Response.StatusCode = Status = Response.StatusCode is >= 500 and < 600 ? Response.StatusCode : status;
    }
}
