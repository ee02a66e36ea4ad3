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
    protected override bool HasOneForm => true;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Invitation> Invited { get; private set; } = [];
    public IEnumerable<PersonInput> Named => [Input];

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        DoAsync(
            $"A letter is on its way to {Input.Mail}.",
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
        );

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
            async me =>
            {
                await ShowAsync(stop);
                var open = Invited.FirstOrDefault(i => i.Id == invitation);
                Rule.Require(open is not null, "It was answered or taken back already.");
                await invitations.WithdrawAsync(open, me, stop);
            },
            stop
        );

    private Task<IActionResult> ChangeAsync(string sentence, Func<Person, Task> change, CancellationToken stop)
    {
        ModelState.Clear();
        return DoAsync(sentence, "", change, stop);
    }

    private Task<IActionResult> DoAsync(
        string sentence,
        string field,
        Func<Person, Task> change,
        CancellationToken stop
    ) =>
        ActAsync(
            async () =>
            {
                await change(await Db.MeAsync(User, stop));

                // Whoever left has no way back to this page.
                return Done.Say(sentence)
                    .GoTo(
                        User.IsOrganizer() || Microconference.Leads.Any(l => l.PersonId == User.PersonId())
                            ? $"{Microconference.Path}/lead/people"
                            : "/my"
                    );
            },
            stop,
            field
        );

    protected override async Task ShowAsync(CancellationToken stop) =>
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

    public class InputModel : PersonInput
    {
        [Required(ErrorMessage = "Say who.")]
        public override string? Name { get; set; }

        [Required(ErrorMessage = "Say where the letter goes."), MailAddress]
        public string Mail { get; set; } = "";
    }
}
