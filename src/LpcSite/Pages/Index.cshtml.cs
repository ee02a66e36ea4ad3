using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages;

/// <summary>The address of the site leads to the current conference.</summary>
public class IndexModel(LpcDbContext db, IClock clock) : PageModel
{
    /// <summary>Whether there is one that nobody but the organizers sees yet.</summary>
    public bool IsPreparing { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await db.Conferences.CurrentSlugAsync(clock.GetCurrentInstant().InUtc().Date, stop) is { } slug)
        {
            return Redirect($"/{slug}");
        }

        IsPreparing = User.IsOrganizer() && await db.Conferences.AnyAsync(stop);
        return Page();
    }
}
