using LpcSite.Conferences;
using LpcSite.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;

namespace LpcSite.Pages;

/// <summary>The address of the site leads to the current conference.</summary>
public class IndexModel(LpcDbContext db, IClock clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken stop) =>
        await db.Conferences.CurrentSlugAsync(clock.GetCurrentInstant().InUtc().Date, stop) is { } slug ? Redirect($"/{slug}") : Page();
}
