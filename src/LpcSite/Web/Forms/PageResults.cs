using LpcSite.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Web.Forms;

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

    /// <summary>Says what was refused at the field that it is about, unless a field says so already.</summary>
    /// <param name="field">As the form calls it; empty for what is about no field.</param>
    public static void Refuse(this ModelStateDictionary state, string field, RuleException broken)
    {
        if (!state.Values.Any(entry => entry.Errors.Any(error => error.ErrorMessage == broken.Message)))
        {
            state.AddModelError(field, broken.Message);
        }
    }

    /// <summary>
    /// Refuses what a field sent and does not take, such as letters for a number; the field says so itself. A page has
    /// several forms, of which one was sent: what the fields of the others lack counts for nothing.
    /// </summary>
    /// <exception cref="RuleException">One of them is wrong.</exception>
    public static void RequireFields(this ModelStateDictionary state)
    {
        var sent = state.Where(field => field.Value?.AttemptedValue is not null).Select(field => field.Key).ToList();
        var wrong = state
            .Where(field => field.Value?.Errors.Count > 0)
            .ToLookup(field =>
                sent.Exists(key => key == field.Key || key.StartsWith($"{field.Key}[", StringComparison.Ordinal))
            );
        foreach (var field in wrong[false])
        {
            state.Remove(field.Key);
        }

        Rule.Require(!wrong[true].Any(), wrong[true].FirstOrDefault().Value?.Errors[0].ErrorMessage ?? "");
    }

    /// <summary>
    /// Saves, and answers as forms do: the page anew with a sentence, or with what was typed and what is wrong with it.
    /// </summary>
    /// <param name="version">The name of the field that holds the version on which a save is based.</param>
    /// <param name="renew">Puts what the other one saved into that field, so that the next save is based on it.</param>
    public static async Task<IActionResult> SaveAsync(
        this PageModel page,
        Func<Task> save,
        string sentence,
        string version,
        Func<Task> renew
    )
    {
        try
        {
            page.ModelState.RequireFields();
            await save();
        }
        catch (RuleException broken)
        {
            page.ModelState.Refuse("", broken);
            return page.Invalid();
        }
        catch (LpcSite.Rules.RaceException raced)
        {
            await renew();
            return page.Raced(raced, version);
        }

        page.Say(sentence);
        return page.RedirectToPage();
    }

    /// <summary>
    /// The same page with what was typed, status 409 and the sentence; saving once more is meant to be done knowingly.
    /// </summary>
    /// <param name="version">
    /// The name of the field that holds the version, which a page that was posted would otherwise keep.
    /// </param>
    public static PageResult Raced(this PageModel page, LpcSite.Rules.RaceException raced, string version)
    {
        page.ModelState.Remove(version);
        page.ModelState.AddModelError("", raced.Message);
        page.Response.StatusCode = StatusCodes.Status409Conflict;
        return page.Page();
    }
}
