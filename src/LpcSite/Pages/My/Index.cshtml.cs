using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.My;

/// <summary>Everything of mine, each with its next step.</summary>
public class IndexModel(LpcDbContext db) : PageModel
{
    public IReadOnlyList<Mine> Microconferences { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var me = User.PersonId();
        Microconferences = await db.Microconferences.Where(m => m.Leads.Any(l => l.PersonId == me))
            .OrderByDescending(m => m.Conference.StartsOn).ThenBy(m => m.Title)
            .Select(m => new Mine(m.Conference.Slug, m.Conference.ShortName, m.Slug, m.Title, m.Status))
            .ToListAsync(stop);
    }

    public sealed record Mine(string Conference, string ConferenceName, string Slug, string Title, MicroconferenceStatus Status)
    {
        public string Path => $"/{Conference}/mc/{Slug}";
    }
}
