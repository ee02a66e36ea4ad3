using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.Rules;
using LpcSite.Sponsors;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Organize.Sponsors;

/// <summary>The order in which the sponsors of one tier stand.</summary>
public class TierOrderModel(LpcDbContext db, SponsorEditing sponsorEditing) : PageModel
{
    [FromRoute]
    public int Id { get; init; }

    public SponsorTier Tier { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await FindAsync(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(List<int> ids, string? change, CancellationToken stop)
    {
        if (!await FindAsync(stop))
        {
            return NotFound();
        }

        RowChange.Apply(change, "Order", ids);
        try
        {
            await sponsorEditing.OrderAsync(HttpContext.Conference(), Tier, ids, await db.MeAsync(User, stop), stop);
        }
        catch (RaceException raced)
        {
            db.ChangeTracker.Clear();
            await FindAsync(stop);
            return this.Raced(raced, "ids");
        }

        this.Say("The order is saved.");
        return RedirectToPage();
    }

    private async Task<bool> FindAsync(CancellationToken stop)
    {
        Tier = (await sponsorEditing.TiersAsync(HttpContext.Conference().Id, stop)).Find(t => t.Id == Id)!;
        return Tier is not null;
    }
}
