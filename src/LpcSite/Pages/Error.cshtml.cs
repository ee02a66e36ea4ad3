using System.Globalization;
using LpcSite.Infrastructure;
using LpcSite.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages;

/// <summary>What is shown instead of a page that cannot be: what happened, and what to do.</summary>
[IgnoreAntiforgeryToken]
public class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public string Heading => Status switch
    {
        StatusCodes.Status404NotFound => "There is no such page",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Back in a moment",
        >= 500 => "Something broke",
        _ => "This did not work",
    };

    public string Sentence => HttpContext.Features.Get<Refusal>()?.Sentence ?? Status switch
    {
        StatusCodes.Status404NotFound => "Nothing stands at this address, and nothing that was here has moved. Perhaps a letter is missing at its end?",
        StatusCodes.Status405MethodNotAllowed => "This address can be read, but not written to.",
        StatusCodes.Status413PayloadTooLarge => "What was sent is larger than the site takes.",
        StatusCodes.Status429TooManyRequests => "Your network asked for more pages than it may in so short a time. Wait a few seconds and try again.",
        StatusCodes.Status503ServiceUnavailable => "The database is out of reach just now. Pages that somebody read lately still work; the others come back with it.",
        >= 500 => "The fault is ours and has been written down. Trying again may help; if it does not, tell "
            + (User.IsOrganizer() ? "whoever runs the site what you did." : "the organizers what you did."),
        _ => "The request was not one that this page understands.",
    };

    public void OnGet(int status) => Show(status);

    // Not bound as above: a form that cannot be read, such as one with a NUL in it, may be the very reason to be here, and binds nothing.
    public void OnPost() => Show(int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture));

    // An outage is found out by the exception handler, which has set the status already.
    private void Show(int status) =>
        Response.StatusCode = Status = Response.StatusCode is >= 500 and < 600 ? Response.StatusCode : status;
}
