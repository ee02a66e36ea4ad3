using Microsoft.AspNetCore.Mvc;
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

    /// <summary>Saves, and answers as forms do: the page anew with a sentence, or with what was typed and what is wrong with it.</summary>
    /// <param name="version">The name of the field that holds the version on which a save is based.</param>
    /// <param name="renew">Puts what the other one saved into that field, so that the next save is based on it.</param>
    public static async Task<IActionResult> SaveAsync(this PageModel page, Func<Task> save, string sentence, string version, Func<Task> renew)
    {
        try
        {
            await save();
        }
        catch (RuleException broken)
        {
            page.ModelState.AddModelError("", broken.Message);
            return page.Invalid();
        }
        catch (Data.RaceException raced)
        {
            await renew();
            return page.Raced(raced, version);
        }

        page.Say(sentence);
        return page.RedirectToPage();
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
