using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Where the link of an invitation leads: says who invites to what, and asks for the answer.</summary>
public class InvitationModel(LpcDbContext db, PersonInvitations invitations, SignInManager<Accounts.Account> signIn)
    : PageModel
{
    [FromRoute]
    public required string Key { get; init; }

    [DataType(DataType.Password)]
    [BindProperty]
    public string? Password { get; set; }

    public Invitation Invitation { get; private set; } = null!;

    /// <summary>Whether the invited person may make an account here.</summary>
    public bool MayClaim { get; private set; }

    /// <summary>Whether whoever has the link may answer without signing in.</summary>
    public bool MayAnswer { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await LoadAsync(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Attendance attendance, CancellationToken stop)
    {
        if (!await LoadAsync(stop))
        {
            return NotFound();
        }

        var claims = MayClaim && (!MayAnswer || !string.IsNullOrEmpty(Password));
        if (!claims && !MayAnswer && User.PersonId() is null)
        {
            return Challenge();
        }

        try
        {
            if (claims)
            {
                await signIn.SignInAsync(
                    await invitations.ClaimAsync(Invitation, Password ?? "", attendance, stop),
                    isPersistent: true
                );
            }
            else
            {
                await invitations.AcceptAsync(
                    Invitation,
                    User.PersonId() is null ? Invitation.Person : await db.MeAsync(User, stop),
                    attendance,
                    stop
                );
            }
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError(nameof(Password), broken.Message);
            return this.Invalid();
        }

        this.Say(InvitationAnswers.Yes(Invitation));
        return LocalRedirect(
            claims || User.PersonId() is not null || !MayAnswer
                ? InvitationAnswers.Next(Invitation)
                : HttpContext.Request.Path
        );
    }

    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop))
        {
            return NotFound();
        }

        try
        {
            await invitations.DeclineAsync(
                Invitation,
                isHis: MayAnswer || User.PersonId() == Invitation.PersonId,
                HttpContext.Origin(),
                stop
            );
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError(nameof(Password), broken.Message);
            return this.Invalid();
        }

        this.Say("You declined. Whoever invited you sees it.");
        return LocalRedirect("/");
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        var found = await invitations.FindAsync(Key, stop);
        if (found is null)
        {
            return false;
        }

        Invitation = found;
        MayClaim = User.PersonId() is null && await invitations.MayClaimAsync(found, stop);
        MayAnswer = User.PersonId() is null && await invitations.MayAnswerByKeyAsync(found, stop);
        return true;
    }
}
