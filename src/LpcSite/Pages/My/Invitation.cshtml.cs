using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.My;

/// <summary>
/// Answers an invitation without its letter: who is signed in is the one whom it names, or whose address it went to.
/// </summary>
public class InvitationModel(LpcDbContext db, PersonInvitations invitations, IClock clock) : FormPage
{
    [FromRoute]
    public required int Id { get; init; }

    public Invitation Invitation { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(Attendance attendance, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await invitations.AcceptAsync(Invitation, await db.MeAsync(User, stop), attendance, stop);
                return Done.Say(InvitationAnswers.Yes(Invitation)).GoTo(InvitationAnswers.Next(Invitation));
            },
            stop
        );

    // Whoever's address the letter went to was named in another spelling, or answers for nobody but themselves.
    public Task<IActionResult> OnPostDeclineAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await invitations.DeclineAsync(Invitation, isHis: true, HttpContext.Origin(), stop);
                return Done.Say("You declined. Whoever invited you sees it.").GoTo("/my");
            },
            stop
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var found = await db
            .Invitations.WaitingFor(db, User.PersonId(), clock.GetCurrentInstant())
            .Where(i => i.Id == Id)
            .WithWhatItIsFor()
            .SingleOrDefaultAsync(stop);
        Invitation = found!;
        return found is not null ? null : NotFound();
    }
}
