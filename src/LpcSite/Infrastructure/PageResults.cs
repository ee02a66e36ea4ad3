using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Infrastructure;

/// <summary>Answers that pages give in common.</summary>
public static class PageResults
{
    /// <summary>Under which a sentence waits for the next page that this reader opens.</summary>
    public const string SaidKey = "Said";

    /// <summary>One sentence about what was just done, shown once on the page to which the answer leads.</summary>
    public static void Say(this PageModel page, string sentence) => page.TempData[SaidKey] = sentence;

    /// <summary>The same page with what was typed, status 400 and the sentences beside the fields.</summary>
    public static PageResult Invalid(this PageModel page)
    {
        page.Response.StatusCode = StatusCodes.Status400BadRequest;
        return page.Page();
    }

    /// <summary>The same page with what was typed, status 409 and the sentence; saving once more is meant to be done knowingly.</summary>
    /// <param name="version">The name of the field that holds the version, which a page that was posted would otherwise keep.</param>
    public static PageResult Raced(this PageModel page, Data.RaceException raced, string version)
    {
        page.ModelState.Remove(version);
        page.ModelState.AddModelError("", raced.Message);
        page.Response.StatusCode = StatusCodes.Status409Conflict;
        return page.Page();
    }
}
