using LpcSite.Caching;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Conferences;

/// <summary>
/// Every call of a conference by its closing date: the one for microconferences, and those of the microconferences for
/// topics.
/// </summary>
[PublicPage]
public class CallsModel(LpcDbContext db, IClock clock) : PageModel
{
    public IReadOnlyList<CallLine> Open { get; private set; } = [];
    public IReadOnlyList<CallLine> Coming { get; private set; } = [];
    public IReadOnlyList<CallLine> Closed { get; private set; } = [];

    /// <summary>Of the site, with its port: calendars are subscribed to by a scheme of their own.</summary>
    public string Host => new Uri(HttpContext.Origin()).Authority;

    public async Task OnGetAsync(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var conference = HttpContext.Conference();
        var calls = await db.Calls.Where(c => c.ConferenceId == conference.Id).AsLines(db).ToListAsync(stop);
        Open = [.. calls.Where(c => c.IsOpen(now))];
        Coming = [.. calls.Where(c => now < c.OpensAt)];
        Closed = [.. calls.Where(c => c.ClosesAt <= now)];
        HttpContext.ValidUntilNextOf(calls, now);
    }
}
