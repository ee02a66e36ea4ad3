using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.People.Merging;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.People;

/// <summary>Asks once more before two people become one.</summary>
public class MergeModel(LpcDbContext db, PersonMerge merge) : PageModel
{
    /// <summary>The last part of the address of the one who stays; of the one who goes, <see cref="Other"/>.</summary>
    [FromQuery]
    public string? Kept { get; init; }

    [FromQuery]
    public string? Other { get; init; }

    /// <summary>
    /// That an organizer knows by more than the names that the account belongs to the one whose roles it gets.
    /// </summary>
    [BindProperty]
    public bool IsChecked { get; set; }

    /// <summary>Whether the site itself knows it.</summary>
    public bool IsProven { get; private set; }

    public PossibleDuplicates.Side KeptSide { get; private set; } = null!;
    public PossibleDuplicates.Side OtherSide { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await LoadAsync(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop))
        {
            return NotFound();
        }

        if (!IsProven && !IsChecked)
        {
            ModelState.AddModelError(nameof(IsChecked), "Check first whose account it is, then confirm it here.");
            return this.Invalid();
        }

        try
        {
            this.Say(
                await merge.MergeAsync(
                    KeptSide.Slug,
                    OtherSide.Slug,
                    "organize/people",
                    await db.MeAsync(User, stop),
                    stop
                )
            );
        }
        catch (OperatorException refused)
        {
            ModelState.AddModelError("", refused.Message);
            return this.Invalid();
        }

        return Redirect("/organize/people");
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        var ids = await db
            .People.Where(p => (p.Slug == Kept || p.Slug == Other) && p.MergedIntoId == null && p.ErasedAt == null)
            .Select(p => p.Id)
            .ToListAsync(stop);
        if (ids.Count < 2)
        {
            return false;
        }

        var sides = (await PossibleDuplicates.SidesAsync(db, ids, stop)).Values;
        (KeptSide, OtherSide) = (sides.Single(s => s.Slug == Kept), sides.Single(s => s.Slug == Other));
        IsProven = await merge.IsProvenAsync(KeptSide.Id, OtherSide.Id, stop);
        return true;
    }
}
