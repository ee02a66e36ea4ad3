using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>
/// Into what every day is divided, and how far it is from room to room: what the board lays out, and what clashes are
/// measured by.
/// </summary>
public class GridModel(LpcDbContext db, TimeBlocks timeBlocks) : PageModel
{
    /// <summary>What the button asks for that fills in the half-days as LPC runs.</summary>
    public const string Usual = "usual";

    [BindProperty]
    public GridInput Input { get; set; } = new();

    [BindProperty]
    public string? Change { get; set; }

    public async Task OnGetAsync(CancellationToken stop) =>
        Input = GridInput.Of(await timeBlocks.FindAsync(HttpContext.Conference().Id, stop));

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Change == Usual)
        {
            Input.HalfDays = [.. HalfDay.Usual().Select(GridInput.HalfDayInput.Of)];
            ModelState.Clear();
            return Page();
        }

        if (RowChange.Apply(Change, nameof(Input.HalfDays), Input.HalfDays, () => new GridInput.HalfDayInput()))
        {
            ModelState.Clear();
            return Page();
        }

        return Input.Read(ModelState) is { } halfDays ? await SaveAsync(halfDays, stop) : this.Invalid();
    }

    private async Task<IActionResult> SaveAsync(
        IReadOnlyList<(
            int? Id,
            string Name,
            NodaTime.LocalTime Starts,
            NodaTime.LocalTime Ends,
            NodaTime.LocalTime? BreakStarts,
            int BreakMinutes
        )> halfDays,
        CancellationToken stop
    )
    {
        var conference = await timeBlocks.FindAsync(HttpContext.Conference().Id, stop);
        return await this.SaveAsync(
            async () =>
                await timeBlocks.ChangeAsync(
                    conference,
                    halfDays,
                    Input.WalkingMinutes ?? 0,
                    Input.Version,
                    await db.MeAsync(User, stop),
                    stop
                ),
            "Saved. The board is laid out by it; what stands there keeps its times.",
            "Input.Version",
            async () => Input.Version = await db.Conferences.VersionAsync(conference.Id, stop)
        );
    }
}
