using LpcSite.Microconferences.Results;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Shared;

/// <summary>What the pages of notes do with the form, whoever fills it.</summary>
internal static class NotesPages
{
    /// <summary>
    /// Leads on once it is saved; where somebody else was first, answers 409 with both texts in the field, and 400
    /// where a rule is broken.
    /// </summary>
    /// <param name="fields">Which this person may fill, and their headings.</param>
    /// <param name="next">The path to which it leads.</param>
    public static async Task<IActionResult> SaveAsync(
        this PageModel page,
        NotesInput input,
        IReadOnlyDictionary<NotesOf, string> fields,
        Func<IReadOnlyList<SessionNotes.Written>, Task<IReadOnlyList<SessionNotes.Overtaken>>> save,
        string next
    )
    {
        try
        {
            var written = input.ToWritten(fields);
            page.ModelState.RequireFields();
            var overtaken = await save(written);
            if (overtaken.Count > 0)
            {
                input.ShowBoth(overtaken, page.ModelState);
                page.Response.StatusCode = StatusCodes.Status409Conflict;
                return page.Page();
            }
        }
        catch (RuleException broken)
        {
            page.ModelState.Refuse("", broken);
            return page.Invalid();
        }

        page.Say("The notes are saved.");
        return new RedirectResult(next);
    }
}
