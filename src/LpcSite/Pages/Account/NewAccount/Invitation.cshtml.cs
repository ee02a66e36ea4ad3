using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Account.NewAccount;

/// <summary>Where the link of an invitation leads: says who invites to what, and asks for the answer.</summary>
public class InvitationModel(LpcDbContext db, PersonInvitations invitations, SignInManager<Accounts.Account> signIn)
    : FormPage
{
    protected override bool HasOneForm => true;

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

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(Attendance attendance, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var claims = MayClaim && (!MayAnswer || !string.IsNullOrEmpty(Password));
                if (!claims && !MayAnswer && User.PersonId() is null)
                {
                    return Done.With(Challenge());
                }

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

                var said = Done.Say(InvitationAnswers.Yes(Invitation));
                return claims || User.PersonId() is not null || !MayAnswer
                    ? said.GoTo(InvitationAnswers.Next(Invitation))
                    : said;
            },
            stop,
            nameof(Password)
        );

    public Task<IActionResult> OnPostDeclineAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await invitations.DeclineAsync(
                    Invitation,
                    isHis: MayAnswer || User.PersonId() == Invitation.PersonId,
                    HttpContext.Origin(),
                    stop
                );
                return Done.Say("You declined. Whoever invited you sees it.").GoTo("/");
            },
            stop,
            nameof(Password)
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var found = await invitations.FindAsync(Key, stop);
        if (found is null)
        {
            return NotFound();
        }

        Invitation = found;
        MayClaim = User.PersonId() is null && await invitations.MayClaimAsync(found, stop);
        MayAnswer = User.PersonId() is null && await invitations.MayAnswerByKeyAsync(found, stop);
        return null;
    }
}
