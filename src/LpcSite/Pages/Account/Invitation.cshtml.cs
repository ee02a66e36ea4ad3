using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Where the link of an invitation leads: says who invites to what, and asks for the answer.</summary>
public class InvitationModel(LpcDbContext db, Invitations invitations, SignInManager<Accounts.Account> signIn) : PageModel
{
    [FromRoute] public required string Key { get; init; }
    [BindProperty] public string? Password { get; set; }

    public Invitation Invitation { get; private set; } = null!;

    /// <summary>Whether the invited person has to make an account to accept.</summary>
    public bool NeedsAccount { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await LoadAsync(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop))
        {
            return NotFound();
        }

        if (!NeedsAccount && User.PersonId() is null)
        {
            return Challenge();
        }

        try
        {
            if (NeedsAccount)
            {
                await signIn.SignInAsync(await invitations.ClaimAsync(Invitation, Password ?? "", stop), isPersistent: true);
            }
            else
            {
                await invitations.AcceptAsync(Invitation, await db.MeAsync(User, stop), stop);
            }
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError(nameof(Password), broken.Message);
            return this.Invalid();
        }

        this.Say(Invitation.Microconference is { } led ? $"You lead {led.Title} now." : "The account is yours.");
        return LocalRedirect(Invitation.Microconference?.Path ?? "/my");
    }

    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop))
        {
            return NotFound();
        }

        try
        {
            await invitations.DeclineAsync(Invitation, stop);
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
        NeedsAccount = User.PersonId() is null && await invitations.MayClaimAsync(found, stop);
        return true;
    }
}
