using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>
/// Into what every day is divided, and how far it is from room to room: what the board lays out, and what clashes are
/// measured by.
/// </summary>
public class GridModel(LpcDbContext db, TimeBlocks timeBlocks) : FormPage
{
    protected override bool HasOneForm => true;

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

        var halfDays = Input.Read(ModelState);
        return await ActAsync(
            async () =>
            {
                await timeBlocks.ChangeAsync(
                    await timeBlocks.FindAsync(HttpContext.Conference().Id, stop),
                    halfDays!,
                    Input.WalkingMinutes ?? 0,
                    Input.Version,
                    await db.MeAsync(User, stop),
                    stop
                );
                return Done.Say("Saved. The board is laid out by it; what stands there keeps its times.");
            },
            stop
        );
    }

    protected override string? VersionField => "Input.Version";

    protected override async Task RenewVersionAsync(CancellationToken stop) =>
        Input.Version = await db.Conferences.VersionAsync(HttpContext.Conference().Id, stop);
}
