using LpcSite.Data;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Sponsors;

/// <summary>The sponsors by tier, and those that stand in none.</summary>
public class SponsorsModel(LpcDbContext db) : PageModel
{
    public IReadOnlyList<Tier> Tiers { get; private set; } = [];
    public IReadOnlyList<Line> Others { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        Tiers = await db
            .SponsorTiers.Where(t => t.ConferenceId == id)
            .OrderBy(t => t.Position)
            .Select(t => new Tier(
                t.Id,
                t.Title,
                t.Places,
                t.Sponsorships.OrderBy(s => s.Position)
                    .Select(s => new Line(s.SponsorId, s.Sponsor.Name, s.Sponsor.Logo!.Hash))
                    .ToList()
            ))
            .AsSplitQuery()
            .ToListAsync(stop);
        Others = await db
            .Sponsors.Where(s =>
                s.ConferenceId == id && !db.SponsorTiers.Any(t => t.Sponsorships.Any(p => p.SponsorId == s.Id))
            )
            .OrderBy(s => s.Name)
            .Select(s => new Line(s.Id, s.Name, s.Logo!.Hash))
            .ToListAsync(stop);
    }

    public sealed record Tier(int Id, string Title, int Places, IReadOnlyList<Line> Sponsors);

    public sealed record Line(int Id, string Name, string? LogoHash);
}
