using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Conferences;

/// <summary>Questions about conferences that more than one page asks.</summary>
public static class ConferenceQueries
{
    public static IQueryable<ConferenceFrame> AsFrames(this IQueryable<Conference> conferences) => conferences
        .OrderBy(c => c.Id)
        .Select(c => new ConferenceFrame(
            c.Id, c.Slug, c.Name, c.ShortName, c.StartsOn, c.EndsOn, c.TimeZone, c.City,
            c.SponsorTiers.OrderBy(t => t.Position).Select(t => new ConferenceFrame.Tier(
                t.Title, t.Places,
                t.Sponsorships.OrderBy(s => s.Position).Select(s => new ConferenceFrame.Sponsor(
                    s.Sponsor.Name, s.Sponsor.Url, s.Sponsor.Logo!.Hash, (int?)s.Sponsor.Logo.Width ?? 0, (int?)s.Sponsor.Logo.Height ?? 0)).ToList())).ToList()))
        .AsNoTracking()
        .AsSplitQuery();

    /// <summary>The conference that <c>/</c> means: the one that runs or comes next, else the last one.</summary>
    public static async Task<string?> CurrentSlugAsync(this IQueryable<Conference> conferences, LocalDate today, CancellationToken stop) =>
        await conferences.Where(c => c.EndsOn >= today).OrderBy(c => c.StartsOn).Select(c => c.Slug).FirstOrDefaultAsync(stop)
        ?? await conferences.OrderByDescending(c => c.EndsOn).Select(c => c.Slug).FirstOrDefaultAsync(stop);
}
