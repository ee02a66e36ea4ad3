using LpcSite.Microconferences.Results;
using LpcSite.Web.Forms;

namespace LpcSite.Pages.Shared;

/// <summary>What the pages of notes do with the form, whoever fills it.</summary>
internal static class NotesPages
{
    /// <summary>
    /// Leads on once they are saved; where somebody else was first, answers 409 with both texts in the field.
    /// </summary>
    /// <param name="fields">Which this person may fill, and their headings.</param>
    /// <param name="next">The path to which it leads.</param>
    public static async Task<Done> SaveAsync(
        this FormPage page,
        NotesInput input,
        IReadOnlyDictionary<NotesOf, string> fields,
        Func<IReadOnlyList<SessionNotes.Written>, Task<IReadOnlyList<SessionNotes.Overtaken>>> save,
        string next
    )
    {
        var overtaken = await save(input.ToWritten(fields));
        if (overtaken.Count == 0)
        {
            return Done.Say("The notes are saved.").GoTo(next);
        }

        input.ShowBoth(overtaken, page.ModelState);
        page.Response.StatusCode = StatusCodes.Status409Conflict;
        return Done.With(page.Page());
    }
}
