using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Leads;
using LpcSite.People;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Manage.People;

/// <summary>Whether the key attendees come: the leads ask by letter and see what each of them said.</summary>
public class AttendeesModel(
    LpcDbContext db,
    IAuthorizationService authorization,
    KeyAttendeeInvitations keyAttendeeInvitations,
    IClock clock
) : ManagePage(db, authorization)
{
    [BindProperty]
    public int Person { get; set; }

    [BindProperty, MailAddress]
    public string? Mail { get; set; }

    public IReadOnlyList<AttendeeLine> Lines { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        DoAsync(
            "A letter is on its way.",
            async me =>
            {
                ModelState.RequireFields();
                await keyAttendeeInvitations.AskAsync(
                    Microconference,
                    Person,
                    Mail?.Trim(),
                    me,
                    HttpContext.Origin(),
                    stop
                );
            },
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(CancellationToken stop) =>
        DoAsync(
            "The letter's link works no longer.",
            me => keyAttendeeInvitations.TakeBackAsync(Microconference, Person, me, stop),
            stop
        );

    private Task<IActionResult> DoAsync(string sentence, Func<Person, Task> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await Db
                    .KeyAttendees.Include(k => k.Person)
                    .Where(k => k.MicroconferenceId == Microconference.Id)
                    .LoadAsync(stop);
                await change(await Db.MeAsync(User, stop));

                return Done.Say(sentence).GoTo($"{Microconference.Path}/lead/attendees");
            },
            stop,
            nameof(Mail)
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var asked = await Db
            .Invitations.AsNoTracking()
            .Include(i => i.Letter)
            .Where(i =>
                i.MicroconferenceId == Microconference.Id && i.Kind == InvitationKind.Attend && i.WithdrawnAt == null
            )
            .OrderBy(i => i.Id)
            .ToListAsync(stop);
        var attendees = await Db
            .KeyAttendees.AsNoTracking()
            .Where(k => k.MicroconferenceId == Microconference.Id)
            .OrderBy(k => k.Position)
            .Select(k => new
            {
                k.PersonId,
                k.Person.Name,
                k.Person.ErasedAt,
                k.Attendance,
                k.ConfirmedAt,
                k.DeclinedAt,
                HasAccount = Db.Users.Any(a => a.PersonId == k.PersonId && a.EmailConfirmed),
            })
            .ToListAsync(stop);
        Lines = attendees.ConvertAll(k =>
            AttendeeLine.Of(
                new(k.PersonId, k.Name, k.HasAccount, k.Attendance, k.ConfirmedAt, k.DeclinedAt),
                asked.FindLast(i => i.PersonId == k.PersonId),
                k.ErasedAt is not null || Microconference.Status is not MicroconferenceStatus.Accepted,
                now
            )
        );
    }
}
