using LpcSite.Conferences.Pages;
using LpcSite.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Conferences;

/// <summary>Questions about conferences that more than one page asks.</summary>
public static class ConferenceQueries
{
    /// <summary>Those that everybody may know of.</summary>
    public static IQueryable<Conference> Public(this IQueryable<Conference> conferences) =>
        conferences.Where(c => c.State != ConferenceState.Preparing);

    public static IQueryable<ConferenceFrame> AsFrames(this IQueryable<Conference> conferences, LpcDbContext db) =>
        conferences
            .OrderBy(c => c.Id)
            .Select(c => new ConferenceFrame(
                c.Id,
                c.Slug,
                c.Name,
                c.ShortName,
                c.StartsOn,
                c.EndsOn,
                c.TimeZone,
                c.City,
                c.State,
                c.Pages.Where(p => p.IsPublished && p.Slug != ConferencePage.FrontSlug)
                    .OrderBy(p => p.Position)
                    .ThenBy(p => p.Id)
                    .Select(p => new ConferenceFrame.Page(p.Slug, p.Title))
                    .ToList(),
                c.SponsorTiers.OrderBy(t => t.Position)
                    .Select(t => new ConferenceFrame.Tier(
                        t.Title,
                        t.Places,
                        t.Sponsorships.OrderBy(s => s.Position)
                            .Select(s => new ConferenceFrame.Sponsor(
                                s.Sponsor.Name,
                                s.Sponsor.Url,
                                s.Sponsor.Logo!.Hash,
                                (int?)s.Sponsor.Logo.Width ?? 0,
                                (int?)s.Sponsor.Logo.Height ?? 0
                            ))
                            .ToList()
                    ))
                    .ToList(),
                db.NewsItems.Any(n => n.ConferenceId == c.Id && n.PublishedAt != null),
                db.Releases.Any(r => r.ConferenceId == c.Id)
            )
            {
                UidDomain = c.UidDomain,
            })
            .AsNoTracking()
            .AsSplitQuery();

    /// <summary>
    /// The conference that <c>/</c> means: the one that runs or comes next, else the last one; never one that is still
    /// being set up.
    /// </summary>
    public static async Task<string?> CurrentSlugAsync(
        this IQueryable<Conference> conferences,
        LocalDate today,
        CancellationToken stop
    ) =>
        await conferences
            .Public()
            .Where(c => c.EndsOn >= today)
            .OrderBy(c => c.StartsOn)
            .Select(c => c.Slug)
            .FirstOrDefaultAsync(stop)
        ?? await conferences.Public().OrderByDescending(c => c.EndsOn).Select(c => c.Slug).FirstOrDefaultAsync(stop);

    /// <summary>On which the next save of its facts, rooms or half-days is based.</summary>
    public static Task<uint> VersionAsync(this IQueryable<Conference> conferences, int id, CancellationToken stop) =>
        conferences.Where(c => c.Id == id).Select(c => c.RowVersion).SingleAsync(stop);
}
