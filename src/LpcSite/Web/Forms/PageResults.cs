using LpcSite.Rules;
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

    /// <summary>The same for a page, all of whose fields may be in the one form that was sent.</summary>
    /// <exception cref="RuleException">One of them is wrong.</exception>
    internal static void RequireFields(this FormPage page, bool hasOneForm)
    {
        if (!hasOneForm)
        {
            page.ModelState.RequireFields();
        }

        Rule.Require(
            page.ModelState.IsValid,
            page.ModelState.Values.SelectMany(field => field.Errors).FirstOrDefault()?.ErrorMessage ?? ""
        );
    }

    /// <summary>Does what may break a rule, and tells a broken one beside its field.</summary>
    /// <returns>Whether no rule was broken.</returns>
    public static bool Accepts(this ModelStateDictionary state, string field, Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (RuleException broken)
        {
            state.Refuse(field, broken);
            return false;
        }
    }

    /// <summary>The same for what takes time.</summary>
    public static async Task<bool> AcceptsAsync(this ModelStateDictionary state, string field, Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (RuleException broken)
        {
            state.Refuse(field, broken);
            return false;
        }
    }
}
