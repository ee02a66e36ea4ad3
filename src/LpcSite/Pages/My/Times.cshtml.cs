using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Scheduling.Availability;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.My;

/// <summary>
/// Where somebody says at which times of a conference they cannot be there, so that nobody plans with them then.
/// </summary>
public class TimesModel(LpcDbContext db, AvailabilityEditing availabilityEditing) : FormPage
{
    private const string Via = "my/times";

    [BindProperty]
    public AbsenceInput Input { get; set; } = new();

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyList<AbsenceInput.HalfDayChoice> Choices { get; private set; } = [];
    public IReadOnlyList<LocalDate> Days { get; private set; } = [];

    /// <summary>Whether they said that they are away for all of it.</summary>
    public bool IsAway(Interval during) => Lines.Any(l => l.During.Start <= during.Start && during.End <= l.During.End);

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var (id, me) = (HttpContext.Conference().Id, User.PersonId());
        var conference = await db
            .Conferences.AsNoTracking()
            .Include(c => c.HalfDays)
            .AsSingleQuery()
            .SingleAsync(c => c.Id == id, stop);
        (Choices, Days) = (AbsenceInput.ChoicesOf(conference), [.. AbsenceInput.DaysOf(conference)]);
        Lines = await db
            .Absences.Where(a => a.ConferenceId == id && a.PersonId == me)
            .OrderBy(a => a.During)
            .ThenBy(a => a.Id)
            .Select(a => new Line(a.Id, a.During, a.Note, a.ById == me ? null : a.By.Name))
            .ToListAsync(stop);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            async (conference, me) =>
                await availabilityEditing.AddAsync(
                    conference,
                    me,
                    Input.Read(ModelState, HttpContext.Conference(), Choices),
                    Input.NoteOrNull,
                    me,
                    Via,
                    stop
                ) > 0
                    ? "Noted. Nobody plans with you then."
                    : "You had said that already.",
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(int absence, CancellationToken stop) =>
        ChangeAsync(
            async (conference, me) =>
            {
                await availabilityEditing.TakeBackAsync(conference, absence, me.Id, me, Via, stop);
                return "Taken back: you can be there.";
            },
            stop
        );

    private Task<IActionResult> ChangeAsync(Func<int, Person, Task<string>> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await ShowAsync(stop);
                return Done.Say(await change(HttpContext.Conference().Id, await db.MeAsync(User, stop)));
            },
            stop,
            nameof(Input)
        );

    /// <param name="SaidBy">The organizer who wrote it down; null for themselves.</param>
    public sealed record Line(int Id, Interval During, string? Note, string? SaidBy);
}
