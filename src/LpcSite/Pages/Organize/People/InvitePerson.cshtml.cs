using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.People;

/// <summary>
/// Offers somebody whom the site knows by name alone, as an import brings people, the account of that name.
/// </summary>
public class InvitePersonModel(LpcDbContext db, PersonInvitations invitations) : FormPage
{
    protected override bool HasOneForm => true;

    [FromRoute]
    public required string Slug { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Person Person { get; private set; } = null!;
    public bool HasAccount { get; private set; }

    /// <summary>The one that was neither answered nor taken back; null for none.</summary>
    public Invitation? Open { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var stop = HttpContext.RequestAborted;
        if (
            await db.People.SingleOrDefaultAsync(
                p => p.Slug == Slug && p.MergedIntoId == null && p.ErasedAt == null,
                stop
            )
            is not { } person
        )
        {
            context.Result = NotFound();
            return;
        }

        Person = person;
        HasAccount = await db.Users.AnyAsync(a => a.PersonId == person.Id, stop);
        Open = await db
            .Invitations.Include(i => i.Person)
            .Include(i => i.Letter)
            .SingleOrDefaultAsync(
                i =>
                    i.PersonId == person.Id
                    && i.Kind == InvitationKind.Account
                    && i.AcceptedAt == null
                    && i.DeclinedAt == null
                    && i.WithdrawnAt == null,
                stop
            );
        await next();
    }

    public void OnGet() { }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                Rule.Require(!HasAccount, $"{Person.Name} has an account already.");
                await invitations.InviteAsync(
                    Person,
                    Input.Mail.Trim(),
                    InvitationPurpose.Account,
                    await db.MeAsync(User, stop),
                    HttpContext.Origin(),
                    stop
                );

                return Done.Say($"A letter is on its way to {Input.Mail.Trim()}.");
            },
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(CancellationToken stop)
    {
        ModelState.Clear();
        return ActAsync(
            async () =>
            {
                Rule.Require(Open is not null, "It was answered or taken back already.");
                await invitations.WithdrawAsync(Open, await db.MeAsync(User, stop), stop);

                return Done.Say("The invitation is taken back.");
            },
            stop
        );
    }

    public class InputModel
    {
        [Required(ErrorMessage = "Type the mail address."), MailAddress]
        public string Mail { get; set; } = "";
    }
}
