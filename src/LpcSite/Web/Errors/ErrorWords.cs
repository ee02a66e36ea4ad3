namespace LpcSite.Web.Errors;

/// <summary>
/// What is told of an answer that is none: what happened, and what to do. The same for pages and for programs.
/// </summary>
public static class ErrorWords
{
    public static string Heading(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => "Sign in first",
            StatusCodes.Status403Forbidden => "No access",
            StatusCodes.Status404NotFound => "There is no such page",
            StatusCodes.Status405MethodNotAllowed or StatusCodes.Status501NotImplemented => "Not available here",
            StatusCodes.Status409Conflict => "Someone was faster",
            StatusCodes.Status413PayloadTooLarge => "Too large",
            StatusCodes.Status429TooManyRequests => "Too many requests",
            StatusCodes.Status503ServiceUnavailable => "Back in a moment",
            >= 500 => "Something broke",
            _ => "This did not work",
        };

    /// <param name="status">Of the answer (RFC 9110, section 15).</param>
    /// <param name="toOrganizer">Who is not told to ask the organizers.</param>
    public static string Sentence(int status, bool toOrganizer = false) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => "This is for people who are signed in.",
            StatusCodes.Status403Forbidden =>
                "Your account does not have access to this page. If you have another account, sign out and use that "
                    + "one.",
            StatusCodes.Status404NotFound =>
                "Nothing stands at this address, and nothing that was here has moved. Perhaps a letter is missing "
                    + "at its end?",
            StatusCodes.Status405MethodNotAllowed => "This address does not take requests of this kind.",
            StatusCodes.Status408RequestTimeout => "The request took too long to arrive. Try again.",
            StatusCodes.Status409Conflict =>
                "This was changed by someone else in the meantime. Go back, reload the page and try again.",
            StatusCodes.Status412PreconditionFailed =>
                "This has changed since: what you asked for is not what is here now.",
            StatusCodes.Status413PayloadTooLarge => "What was sent is larger than the site takes.",
            StatusCodes.Status414UriTooLong => "The address is too long.",
            StatusCodes.Status415UnsupportedMediaType => "The site does not take data of this type.",
            StatusCodes.Status429TooManyRequests =>
                "Your network asked for more pages than it may in so short a time. Wait a few seconds and try again.",
            StatusCodes.Status501NotImplemented => "The site does not know this kind of request.",
            StatusCodes.Status503ServiceUnavailable =>
                "The database is out of reach just now. Pages that somebody read lately still work; the others come "
                    + "back with it.",
            >= 500 => "The fault is ours and has been written down. Trying again may help; if it does not, tell "
                + (toOrganizer ? "whoever runs the site what you did." : "the organizers what you did."),
            _ => "The request was not one that this page understands.",
        };
}
