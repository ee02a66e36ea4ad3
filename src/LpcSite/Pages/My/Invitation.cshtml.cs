using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.My;

/// <summary>
/// Answers an invitation without its letter: who is signed in is the one whom it names, or whose address it went to.
/// </summary>
public class InvitationModel(LpcDbContext db, PersonInvitations invitations, IClock clock) : PageModel
{
    [FromRoute]
    public required int Id { get; init; }

    public Invitation Invitation { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await LoadAsync(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Attendance attendance, CancellationToken stop) =>
        await LoadAsync(stop)
            ? await AnswerAsync(
                async () => await invitations.AcceptAsync(Invitation, await db.MeAsync(User, stop), attendance, stop),
                InvitationAnswers.Yes(Invitation),
                InvitationAnswers.Next(Invitation)
            )
            : NotFound();

    // Whoever's address the letter went to was named in another spelling, or answers for nobody but themselves.
    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken stop) =>
        await LoadAsync(stop)
            ? await AnswerAsync(
                () => invitations.DeclineAsync(Invitation, isHis: true, HttpContext.Origin(), stop),
                "You declined. Whoever invited you sees it.",
                "/my"
            )
            : NotFound();

    private async Task<IActionResult> AnswerAsync(Func<Task> answer, string sentence, string then)
    {
        try
        {
            ModelState.RequireFields();
            await answer();
        }
        catch (RuleException broken)
        {
            ModelState.Refuse("", broken);
            return this.Invalid();
        }

        this.Say(sentence);
        return LocalRedirect(then);
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        var found = await db
            .Invitations.WaitingFor(db, User.PersonId(), clock.GetCurrentInstant())
            .Where(i => i.Id == Id)
            .WithWhatItIsFor()
            .SingleOrDefaultAsync(stop);
        Invitation = found!;
        return found is not null;
    }
}
