using LpcSite.Conferences;
using LpcSite.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;

namespace LpcSite.Pages.My.Stars;

/// <summary>Leads to the stars of the conference that runs or comes next.</summary>
public class IndexModel(LpcDbContext db, IClock clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken stop) =>
        await db.Conferences.CurrentSlugAsync(clock.GetCurrentInstant().InUtc().Date, stop) is { } slug
            ? Redirect($"/my/stars/{slug}")
            : Page();
}
