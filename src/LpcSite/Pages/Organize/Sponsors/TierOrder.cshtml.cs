using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.Sponsors;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Organize.Sponsors;

/// <summary>The order in which the sponsors of one tier stand.</summary>
public class TierOrderModel(LpcDbContext db, SponsorEditing sponsorEditing) : FormPage
{
    protected override string? VersionField => "ids";

    [FromRoute]
    public int Id { get; init; }

    public SponsorTier Tier { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(List<int> ids, string? change, CancellationToken stop)
    {
        RowChange.Apply(change, "Order", ids);
        return ActAsync(
            async () =>
            {
                await sponsorEditing.OrderAsync(
                    HttpContext.Conference(),
                    Tier,
                    ids,
                    await db.MeAsync(User, stop),
                    stop
                );

                return Done.Say("The order is saved.");
            },
            stop
        );
    }

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        Tier = (await sponsorEditing.TiersAsync(HttpContext.Conference().Id, stop)).Find(t => t.Id == Id)!;
        return Tier is not null ? null : NotFound();
    }
}
