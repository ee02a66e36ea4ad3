using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Scheduling.Availability;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>Who cannot be there when, as people said it themselves or told the organizers.</summary>
public class AbsencesModel(LpcDbContext db, AvailabilityEditing availabilityEditing) : FormPage
{
    private const string Via = "organize/absences";

    [BindProperty]
    public AbsenceInput Input { get; set; } = new();

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyList<Choice> People { get; private set; } = [];
    public IReadOnlyList<LocalDate> Days { get; private set; } = [];

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var id = conference.Id;
        Days = [.. Dates.Days(conference.StartsOn, conference.EndsOn)];
        People = await db
            .People.At(id, db)
            .OrderBy(p => p.Name)
            .ThenBy(p => p.Slug)
            .Select(p => new Choice(p.Id, p.Name, p.Slug, p.Affiliation))
            .ToListAsync(stop);
        Lines = await db
            .Absences.Where(a => a.ConferenceId == id)
            .OrderBy(a => a.Person.Name)
            .ThenBy(a => a.PersonId)
            .ThenBy(a => a.During)
            .ThenBy(a => a.Id)
            .Select(a => new Line(
                a.Id,
                a.PersonId,
                a.Person.Name,
                a.During,
                a.Note,
                a.ById == a.PersonId ? null : a.By.Name,
                a.At
            ))
            .ToListAsync(stop);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            async (conference, me) =>
            {
                var person = await db.People.At(conference, db).SingleOrDefaultAsync(p => p.Id == Input.Person, stop);
                if (person is null)
                {
                    ModelState.AddModelError("Input.Person", "Choose who cannot be there.");
                }

                var times = Input.Read(ModelState, HttpContext.Conference(), []);
                return
                    await availabilityEditing.AddAsync(conference, person!, times, Input.NoteOrNull, me, Via, stop) > 0
                    ? $"Noted: {person!.Name} cannot be there then."
                    : "That was said already.";
            },
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(int absence, CancellationToken stop) =>
        ChangeAsync(
            async (conference, me) =>
            {
                await availabilityEditing.TakeBackAsync(conference, absence, of: null, me, Via, stop);
                return "Taken back.";
            },
            stop
        );

    private Task<IActionResult> ChangeAsync(Func<int, Person, Task<string>> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                return Done.Say(await change(HttpContext.Conference().Id, await db.MeAsync(User, stop)));
            },
            stop,
            nameof(Input)
        );

    /// <param name="SaidBy">The organizer who wrote it down; null for the person themselves.</param>
    public sealed record Line(
        int Id,
        int PersonId,
        string Name,
        Interval During,
        string? Note,
        string? SaidBy,
        Instant At
    );

    /// <summary>Somebody who is needed at the conference.</summary>
    public sealed record Choice(int Id, string Name, string Slug, string? Affiliation)
    {
        /// <summary>What tells them from others of the same name.</summary>
        public string About => Affiliation is null ? $" ({Slug})" : $" ({Affiliation}, {Slug})";
    }
}
