using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews;
using LpcSite.Scheduling.Clashes;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>
/// Who is needed in two places in the draft of the schedule, what would help, and why some of it can stay.
/// </summary>
public class ClashesModel(LpcDbContext db, ClashReasons clashReasons) : FormPage
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ClashSheet Sheet { get; private set; } = null!;
    public PeopleMatrix Matrix { get; private set; } = null!;

    /// <summary>
    /// Of every slot, so that what would help is not done to a slot that somebody else has changed meanwhile.
    /// </summary>
    public IReadOnlyDictionary<int, uint> Versions { get; private set; } = null!;

    /// <summary>What was typed for a clash that is not on the page any more.</summary>
    public string? Lost =>
        Input.Reason is { Length: > 0 } && Sheet.Open.All(c => c.Key != Input.Key) ? Input.Reason : null;

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        Versions = await db
            .Slots.Where(s => s.ConferenceId == id)
            .Select(s => new { s.Id, s.RowVersion })
            .ToDictionaryAsync(s => s.Id, s => s.RowVersion, stop);
        Sheet = await ClashSheet.ReadAsync(db, id, stop);
        var waiting = db
            .Microconferences.Where(m => m.ConferenceId == id && !db.Slots.Any(s => s.MicroconferenceId == m.Id))
            .Listed();
        Matrix = PeopleMatrix.Of(
            Sheet.Draft,
            await waiting.Select(m => new PeopleMatrix.Row(m.Id, m.Slug, m.Title, false)).ToListAsync(stop),
            await waiting.PartsAsync(stop),
            Sheet.Open
        );
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            (conference, me) => clashReasons.AcceptAsync(conference, Input.Key ?? "", Input.Reason ?? "", me, stop),
            "It can stay, for the reason that you gave.",
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(CancellationToken stop) =>
        ChangeAsync(
            (conference, me) => clashReasons.TakeBackAsync(conference, Input.Key ?? "", me, stop),
            "The reason is taken back.",
            stop
        );

    private Task<IActionResult> ChangeAsync(Func<int, Person, Task> change, string said, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await change(HttpContext.Conference().Id, await db.MeAsync(User, stop));
                return Done.Say(said);
            },
            stop,
            "Input.Reason"
        );

    public class InputModel
    {
        /// <summary>Of the clash.</summary>
        public string? Key { get; set; }

        public string? Reason { get; set; }
    }
}
