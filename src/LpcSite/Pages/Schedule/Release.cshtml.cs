using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Schedule;

/// <summary>One release of the schedule, frozen: what was public from then on.</summary>
[PublicPage]
public class ReleaseModel(LpcDbContext db) : PageModel
{
    [FromRoute]
    public int Number { get; init; }

    public ScheduleDocument Document { get; private set; } = null!;
    public Instant At { get; private set; }
    public string Comment { get; private set; } = "";

    /// <summary>The microconference whose leads published their part.</summary>
    public string? Of { get; private set; }

    public int Newest { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var releases = db.Releases.Of(HttpContext.Conference().Id);
        var found = await releases
            .Where(r => r.Number == Number)
            .Select(r => new
            {
                r.Document,
                r.At,
                r.Comment,
                Of = r.Of!.Title,
                Newest = releases.Max(n => n.Number),
            })
            .SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return NotFound();
        }

        (Document, At, Comment, Of, Newest) = (
            ScheduleDocument.FromJson(found.Document),
            found.At,
            found.Comment,
            found.Of,
            found.Newest
        );
        return Page();
    }
}
