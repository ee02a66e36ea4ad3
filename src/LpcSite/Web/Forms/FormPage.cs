using LpcSite.Data;
using LpcSite.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Web.Forms;

/// <summary>
/// A page from which something is changed, and the one way to do so: find what it is about, act, say so and lead on.
/// What breaks a rule (400) or comes too late (409) shows the page again with everything that was typed, and with the
/// sentence at the top and beside its field.
/// </summary>
public abstract class FormPage : PageModel
{
    /// <summary>
    /// Whether all fields of the page are in the one form that is sent. A page with several gets only some of them, and
    /// what the others lack counts for nothing.
    /// </summary>
    protected virtual bool HasOneForm => false;

    /// <summary>The field that holds the version on which a save is based; null for pages without.</summary>
    protected virtual string? VersionField => null;

    /// <summary>
    /// Finds what the page is about. What does not exist for the reader is 404, whether or not it exists.
    /// </summary>
    /// <returns>Null when the reader may be here, or else the answer to them.</returns>
    protected virtual Task<IActionResult?> FindAsync(CancellationToken stop) => Task.FromResult<IActionResult?>(null);

    /// <summary>Reads what the page shows beside what was typed.</summary>
    protected virtual Task ShowAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>
    /// Takes the version that is saved now into the form, after another one's save was told: the next save is meant.
    /// </summary>
    protected virtual Task RenewVersionAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>The page as it is opened.</summary>
    protected async Task<IActionResult> OpenAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        await ShowAsync(stop);
        return Page();
    }

    /// <param name="act">
    /// Does it and says what comes next. It throws <see cref="RuleException"/> or <see cref="RaceException"/>.
    /// </param>
    /// <param name="field">The one beside which a broken rule is told; empty for what is about no field.</param>
    /// <param name="check">
    /// Tells beside each field what is wrong with it, beyond what its own rules say; nothing is done then.
    /// </param>
    protected async Task<IActionResult> ActAsync(
        Func<Task<Done>> act,
        CancellationToken stop,
        string field = "",
        Action? check = null
    )
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        try
        {
            check?.Invoke();
            this.RequireFields(HasOneForm);
            var done = await act();
            if (done.Sentence is { } sentence)
            {
                this.Say(sentence);
            }

            return done.Answer ?? LocalRedirect(done.Path ?? Request.PathBase + Request.Path);
        }
        catch (RuleException broken)
        {
            ModelState.Refuse(field, broken);
            return await AgainAsync(StatusCodes.Status400BadRequest, stop);
        }
        catch (RaceException raced)
        {
            ModelState.AddModelError("", raced.Message);
            return await AgainAsync(StatusCodes.Status409Conflict, stop);
        }
    }

    // What was changed in memory and refused is neither shown nor saved with something else.
    private async Task<IActionResult> AgainAsync(int status, CancellationToken stop)
    {
        HttpContext.RequestServices.GetRequiredService<LpcDbContext>().ChangeTracker.Clear();
        if (await FindAsync(stop) is { } gone)
        {
            return gone;
        }

        if (status is StatusCodes.Status409Conflict && VersionField is { } version)
        {
            // A page that was posted would otherwise keep what was sent.
            ModelState.Remove(version);
            await RenewVersionAsync(stop);
        }

        // What a page shows may be a reason for another one, such as a file that is too large.
        Response.StatusCode = status;
        await ShowAsync(stop);
        return Page();
    }
}
