using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Scheduling.Releases;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Schedule;

/// <summary>
/// What each release of the schedule changed, in words, the newest first. Its pages are addresses and no queries, so
/// that each of them is kept.
/// </summary>
[PublicPage]
public class ChangesModel(LpcDbContext db) : PageModel
{
    /// <summary>The release with which the page begins; null for the newest.</summary>
    [FromRoute]
    public int? Number { get; init; }

    public IReadOnlyList<ReleaseLine> Releases { get; private set; } = [];

    /// <summary>With which the next page begins.</summary>
    public int? Older =>
        Releases.Count == ReleaseQueries.PageLength && Releases[^1].Number > 1 ? Releases[^1].Number - 1 : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        Releases = await db.ReleaseLinesAsync(HttpContext.Conference().Id, Number ?? int.MaxValue, stop);
        return Number is null || Releases is [var first, ..] && first.Number == Number ? Page() : NotFound();
    }
}
