using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Microconferences.Leads;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage.People;

/// <summary>Who leads a microconference: invite another, take an invitation back, put somebody first, leave.</summary>
public class PeopleModel(
    LpcDbContext db,
    IAuthorizationService authorization,
    PersonInvitations invitations,
    LeadInvitations leadInvitations
) : ManagePage(db, authorization), INamesPeople
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Invitation> Invited { get; private set; } = [];
    public IEnumerable<PersonInput> Named => [Input];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await LoadAsync(stop) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (await LoadAsync(stop) is { } refusal)
        {
            return refusal;
        }

        return ModelState.IsValid
            ? await DoAsync(
                $"A letter is on its way to {Input.Mail.Trim()}.",
                "Input.Name",
                me =>
                    leadInvitations.InviteAsync(
                        Microconference,
                        Input.ToPerson(),
                        Input.Mail.Trim(),
                        me,
                        HttpContext.Origin(),
                        stop
                    ),
                stop
            )
            : this.Invalid();
    }

    public Task<IActionResult> OnPostRemoveAsync(int person, CancellationToken stop) =>
        ChangeAsync(
            "The list of leads is changed.",
            me => leadInvitations.RemoveAsync(Microconference, person, me, stop),
            stop
        );

    public Task<IActionResult> OnPostFirstAsync(int person, CancellationToken stop) =>
        ChangeAsync(
            "The list of leads is changed.",
            me => leadInvitations.PutFirstAsync(Microconference, person, me, stop),
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(int invitation, CancellationToken stop) =>
        ChangeAsync(
            "The invitation is taken back.",
            me => invitations.WithdrawAsync(Invited.Single(i => i.Id == invitation), me, stop),
            stop,
            () => Invited.Any(i => i.Id == invitation)
        );

    private async Task<IActionResult> ChangeAsync(
        string sentence,
        Func<Person, Task> change,
        CancellationToken stop,
        Func<bool>? isThere = null
    )
    {
        var refusal = await LoadAsync(stop);
        ModelState.Clear();
        return refusal ?? (isThere?.Invoke() is false ? NotFound() : await DoAsync(sentence, "", change, stop));
    }

    private async Task<IActionResult> DoAsync(
        string sentence,
        string field,
        Func<Person, Task> change,
        CancellationToken stop
    )
    {
        try
        {
            await change(await Db.MeAsync(User, stop));
        }
        catch (RuleException broken)
        {
            ModelState.Refuse(field, broken);
            return this.Invalid();
        }

        // Whoever left has no way back to this page.
        this.Say(sentence);
        return Redirect(
            User.IsOrganizer() || Microconference.Leads.Any(l => l.PersonId == User.PersonId())
                ? $"{Microconference.Path}/lead/people"
                : "/my"
        );
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken stop)
    {
        if (await RefusalAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Invited = await Db
            .Invitations.Include(i => i.Person)
            .Include(i => i.Letter)
            .Include(i => i.Microconference!.Conference)
            .Where(i =>
                i.MicroconferenceId == Microconference.Id
                && i.Kind == InvitationKind.Lead
                && i.AcceptedAt == null
                && i.WithdrawnAt == null
            )
            .OrderBy(i => i.Id)
            .ToListAsync(stop);
        return null;
    }

    public class InputModel : PersonInput
    {
        [Required(ErrorMessage = "Say who.")]
        public override string? Name { get; set; }

        [Required(ErrorMessage = "Say where the letter goes."), MailAddress]
        public string Mail { get; set; } = "";
    }
}
