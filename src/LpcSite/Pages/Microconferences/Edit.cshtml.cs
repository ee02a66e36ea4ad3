using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Microconferences;

/// <summary>Where leads write: texts and lists, saved as a revision; two who save at once are shown both.</summary>
[Authorize]
public class EditModel(
    LpcDbContext db,
    IAuthorizationService authorization,
    ProposalEditing proposalEditing,
    ProposalSubmission proposalSubmission
) : WritingPage
{
    [FromRoute]
    public required string Slug { get; init; }

    public Microconference Microconference { get; private set; } = null!;
    public Deadline Deadline { get; private set; } = null!;

    /// <summary>Somebody else saved first: both texts, and what they make together.</summary>
    public SaveResult.Conflict? Conflict { get; private set; }

    /// <summary>What the text was put together from, as long as nobody has gone on with it.</summary>
    public Joined? Joined { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = WritingInput.Of(Microconference);
        Joined = await db.JoinedAsync(Microconference.Id, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Change is not null)
        {
            return await FindAsync(stop) ?? Changed();
        }

        return await ActAsync(
            async () =>
            {
                var me = await db.MeAsync(User, stop);
                var saveResult = await proposalEditing.SaveAsync(
                    Microconference,
                    Input.ToText(),
                    Input.ToShown(),
                    Input.ToLists(),
                    me,
                    stop
                );
                return saveResult switch
                {
                    SaveResult.Conflict conflict => Done.With(ShowBoth(conflict)),
                    SaveResult.Refused refused => Done.With(Refused(refused)),
                    _ => await DoneAsync(me, stop),
                };
            },
            stop
        );
    }

    private async Task<Done> DoneAsync(Person me, CancellationToken stop) =>
        Done.Say(
                Then == "propose"
                    ? await proposalSubmission.TryAsync(Microconference, Late, me, HttpContext.Origin(), stop)
                    : "Saved."
            )
            .GoTo(Microconference.Path);

    // The merged text stands in the form, based on what the other one saved: saving again is all there is to do.
    private PageResult ShowBoth(SaveResult.Conflict conflict)
    {
        Conflict = conflict;
        (Input.Title, Input.TitleShown) = (conflict.Title.Merged, conflict.Title.Theirs);
        (Input.Description, Input.Results, Input.BasedOn) = (
            conflict.Description.Merged.Text,
            conflict.Results.Merged.Text,
            conflict.Number
        );
        ModelState.Clear();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == Slug)
            .VisibleTo(User)
            .WithLists()
            .SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return NotFound();
        }

        Microconference = found;
        Deadline = await proposalSubmission.DeadlineAsync(conference.Id, stop);
        return (await authorization.AuthorizeAsync(User, found, CanEditMicroconference.Requirement)).Succeeded
            ? null
            : Forbid();
    }
}
