using LpcSite.Conferences;
using LpcSite.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>All conferences of the site, also those in preparation, and the way to the next one.</summary>
public class ConferencesModel(LpcDbContext db) : PageModel
{
    public IReadOnlyList<Line> Conferences { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) =>
        Conferences = await db
            .Conferences.OrderByDescending(c => c.StartsOn)
            .ThenBy(c => c.Slug)
            .Select(c => new Line(c.Slug, c.Name, c.ShortName, c.StartsOn, c.EndsOn, c.City, c.State))
            .ToListAsync(stop);

    public sealed record Line(
        string Slug,
        string Name,
        string ShortName,
        LocalDate StartsOn,
        LocalDate EndsOn,
        string City,
        ConferenceState State
    );
}
