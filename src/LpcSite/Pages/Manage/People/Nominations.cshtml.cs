using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Nominations;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Manage.People;

/// <summary>To whom the leads of a microconference give its passes and places.</summary>
public class NominationsModel(
    LpcDbContext db,
    IAuthorizationService authorization,
    NominationEditing nominationEditing,
    IClock clock
) : ManagePage(db, authorization), INamesPeople
{
    protected override bool HasOneForm => true;

    [BindProperty]
    public NominationInput Input { get; set; } = new();

    /// <summary>The one to change; 0 for a new one.</summary>
    [BindProperty]
    public int Id { get; set; }

    public IEnumerable<PersonInput> Named => Id == 0 ? [Input] : [];
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public int Passes { get; private set; }
    public int Places { get; private set; }

    /// <summary>Null while the organizers have not set it.</summary>
    public Instant? ClosesAt { get; private set; }

    public DateTimeZone? Zone { get; private set; }
    public bool IsOver { get; private set; }
    public bool MayChange => ClosesAt is not null && (!IsOver || User.IsOrganizer());

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        DoAsync(
            $"{Input.ToPerson().Name} is named.",
            me =>
                nominationEditing.NominateAsync(
                    Microconference,
                    Input.ToPerson(),
                    Input.Mail.Trim(),
                    Input.Kind,
                    me,
                    User.IsOrganizer(),
                    stop
                ),
            stop
        );

    public Task<IActionResult> OnPostChangeAsync(CancellationToken stop) =>
        DoAsync(
            "It is changed.",
            me =>
                nominationEditing.ChangeAsync(
                    Microconference,
                    Id,
                    Input.Mail.Trim(),
                    Input.Kind,
                    me,
                    User.IsOrganizer(),
                    stop
                ),
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(CancellationToken stop)
    {
        ModelState.Clear();
        return DoAsync(
            "It is taken back.",
            me => nominationEditing.TakeBackAsync(Microconference, Id, me, User.IsOrganizer(), stop),
            stop
        );
    }

    private Task<IActionResult> DoAsync(string sentence, Func<Person, Task> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await change(await Db.MeAsync(User, stop));
                return Done.Say(sentence).GoTo($"{Microconference.Path}/lead/nominations");
            },
            stop
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var allowances = await Db
            .Allowances.AsNoTracking()
            .Where(a =>
                a.ConferenceId == Microconference.ConferenceId
                && (a.MicroconferenceId == null || a.MicroconferenceId == Microconference.Id)
            )
            .ToListAsync(stop);
        var (all, own) = (
            allowances.Find(a => a.MicroconferenceId is null),
            allowances.Find(a => a.MicroconferenceId is not null)
        );
        (Passes, Places) = ((own ?? all)?.Passes ?? 0, (own ?? all)?.Places ?? 0);
        (ClosesAt, Zone, IsOver) = (all?.ClosesAt, all?.Zone, all?.ClosesAt <= clock.GetCurrentInstant());
        Lines = await Db
            .Nominations.AsNoTracking()
            .Where(n => n.MicroconferenceId == Microconference.Id)
            .OrderBy(n => n.Id)
            .Select(n => new Line(n.Id, n.Person.Name, n.Mail, n.Kind, n.By.Name, n.NominatedAt))
            .ToListAsync(stop);
    }

    public sealed record Line(int Id, string Name, string Mail, NominationKind Kind, string By, Instant NominatedAt);
}
