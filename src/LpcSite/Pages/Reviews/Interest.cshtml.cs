using LpcSite.Data;
using LpcSite.Reviews;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Reviews;

/// <summary>A reviewer says that they are too close to a proposal, or takes that back.</summary>
public class InterestModel(LpcDbContext db, ProposalReviews proposalReviews) : ReviewPage(db)
{
    [BindProperty]
    public string? Reason { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await FindAsync(stop) ?? Page();

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            () => proposalReviews.DeclareAsync(Microconference, Me, Reason ?? "", Me, stop),
            "You do not review it, and see nothing of what the others say about it.",
            stop
        );

    public Task<IActionResult> OnPostRevokeAsync(CancellationToken stop) =>
        ChangeAsync(() => proposalReviews.RevokeAsync(Microconference, Me, Me, stop), "You can review it again.", stop);

    private Task<IActionResult> ChangeAsync(Func<Task> change, string said, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await change();

                return Done.Say(said).GoTo(ReviewPath);
            },
            stop,
            nameof(Reason)
        );
}
