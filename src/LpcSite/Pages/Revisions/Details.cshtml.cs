using LpcSite.Accounts;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Revisions;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Revisions;

/// <summary>
/// One revision for ever: the text as it was, and what had changed since another one. Its writers can make it the
/// newest again.
/// </summary>
[PublicPage(Kept = false)]
public class DetailsModel(LpcDbContext db, IAuthorizationService authorization, ProposalRevisions proposalRevisions)
    : PageModel
{
    [FromRoute]
    public required string Slug { get; init; }

    [FromRoute]
    public int Number { get; init; }

    /// <summary>The revision to compare with; the one before if none is named.</summary>
    [FromQuery]
    public int? Against { get; init; }

    [FromQuery(Name = "view")]
    public string? Layout { get; init; }

    /// <summary>The newest revision when the reader decided to restore this one.</summary>
    [BindProperty]
    public int BasedOn { get; set; }

    public RevisionHistory History { get; private set; } = null!;
    public RevisionEntry Shown { get; private set; } = null!;

    /// <summary>Null when nothing comes before it that the reader may read.</summary>
    public RevisionEntry? Other { get; private set; }

    public bool IsSideBySide => Layout == "side";
    public bool CanRestore =>
        History.IsOwn && Number < History.Number && History.Status is not MicroconferenceStatus.Withdrawn;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await ReadAsync(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await ReadAsync(stop))
        {
            return NotFound();
        }

        var microconference = await db
            .Microconferences.Include(m => m.Conference)
            .Include(m => m.Leads)
            .SingleAsync(m => m.Id == History.Id, stop);
        if (!(await authorization.AuthorizeAsync(User, microconference, CanEditMicroconference.Requirement)).Succeeded)
        {
            return User.Identity is { IsAuthenticated: true } ? Forbid() : Challenge();
        }

        if (!CanRestore)
        {
            return Refuse(
                "This revision cannot be restored: it is the newest one, or the microconference was withdrawn.",
                StatusCodes.Status400BadRequest
            );
        }

        switch (
            await proposalRevisions.RestoreAsync(microconference, Number, BasedOn, await db.MeAsync(User, stop), stop)
        )
        {
            case SaveResult.Conflict conflict:
                return Refuse(
                    $"Somebody saved revision {conflict.Number} meanwhile. Look at it, and restore this one again "
                        + "if you still want to.",
                    StatusCodes.Status409Conflict
                );
            case SaveResult.Unchanged:
                this.Say($"Revision {Number} says the same as the newest one, so nothing was changed.");
                break;
            default:
                this.Say($"The text of revision {Number} is the newest again.");
                break;
        }

        return Redirect(History.Path);
    }

    public string AddressOf(bool side)
    {
        var against = Against is null ? "" : $"against={Against}&";
        return $"{History.AddressOf(Number)}?{against}view={(side ? "side" : "inline")}";
    }

    private PageResult Refuse(string sentence, int status)
    {
        ModelState.AddModelError("", sentence);
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> ReadAsync(CancellationToken stop)
    {
        var history = await db.HistoryAsync(HttpContext.Conference().Id, Slug, User, stop);
        if (history is null || !history.Holds(Number) || Against is { } named && !history.Holds(named))
        {
            return false;
        }

        var against = Against ?? Number - 1;
        var found = await db
            .Revisions.AsNoTracking()
            .Of(history)
            .Where(r => r.Number == Number || r.Number == against)
            .AsEntries()
            .ToListAsync(stop);
        if (found.Find(r => r.Number == Number) is not { } shown)
        {
            return false;
        }

        (History, Shown, Other) = (history, shown, found.Find(r => r.Number == against && against != Number));
        return true;
    }
}
