using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Microconferences;
using LpcSite.News;
using LpcSite.Topics;
using LpcSite.Web;
using LpcSite.Web.Security;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Api;

/// <summary>
/// What the whole site offers to programs: its map, what robots may read, the sponsors' logos and people's pictures.
/// </summary>
internal static class SiteEndpoints
{
    private static readonly string[] Places = ["", "/mc", "/people", "/calls", "/sponsors"];

    public static void MapSite(this WebApplication app)
    {
        app.MapPublic("/sitemap.xml", SitemapAsync);
        app.MapPublic(
            "/robots.txt",
            (HttpContext context) =>
                Results.Text(
                    $"User-agent: *\nDisallow: /*/search?\n\nSitemap: {context.Origin()}/sitemap.xml\n",
                    "text/plain"
                )
        );
        app.MapMethods(@"/logos/{hash:regex(\A[0-9a-f]{{64}}\z)}", PublicEndpoints.Reading, LogoAsync);
        app.MapMethods(@"/pictures/{hash:regex(\A[0-9a-f]{{64}}\z)}", PublicEndpoints.Reading, PictureAsync);
    }

    private static async Task<IResult> SitemapAsync(HttpContext context, LpcDbContext db, CancellationToken stop)
    {
        var conferences = await db
            .Conferences.Public()
            .OrderByDescending(c => c.StartsOn)
            .Select(c => new
            {
                c.Slug,
                HasSchedule = db.Releases.Any(r => r.ConferenceId == c.Id),
                Pages = c
                    .Pages.Where(p => p.IsPublished && p.Slug != ConferencePage.FrontSlug)
                    .OrderBy(p => p.Position)
                    .ThenBy(p => p.Id)
                    .Select(p => "/" + p.Slug)
                    .ToList(),
            })
            .AsSplitQuery()
            .ToListAsync(stop);
        var microconferences = await db
            .Microconferences.Where(m => m.Conference.State != ConferenceState.Preparing)
            .Listed()
            .InPageOrder()
            .Select(m => new
            {
                Conference = m.Conference.Slug,
                m.Slug,
                m.RevisedAt,
                Topics = m
                    .Topics.Where(t => Topic.PublicStatuses.Contains(t.Status))
                    .OrderBy(t => t.Position)
                    .Select(t => new { t.Id, t.Title })
                    .ToList(),
            })
            .AsSplitQuery()
            .ToListAsync(stop);
        var pages = conferences
            .SelectMany(c =>
                Places
                    .Concat(c.HasSchedule ? ["/schedule"] : [])
                    .Concat(c.Pages)
                    .Select(place => ($"/{c.Slug}{place}", (Instant?)null))
            )
            .Concat(
                microconferences.SelectMany(m =>
                    m.Topics.Select(t => MicroconferenceDocument.Item.AddressOf(t.Id, t.Title))
                        .Select(topic => ($"/{m.Conference}/mc/{m.Slug}/topics/{topic}", (Instant?)null))
                        .Prepend(($"/{m.Conference}/mc/{m.Slug}", (Instant?)m.RevisedAt))
                )
            );
        var news = await db
            .NewsItems.Where(i => i.PublishedAt != null)
            .OrderBy(i => i.Id)
            .Join(
                db.Conferences.Public(),
                i => i.ConferenceId,
                c => c.Id,
                (i, c) =>
                    new
                    {
                        c.Slug,
                        i.Id,
                        i.Title,
                        i.ChangedAt,
                    }
            )
            .ToListAsync(stop);
        pages = pages.Concat(
            news.Select(i => ($"/{i.Slug}/news/{NewsItem.AddressOf(i.Id, i.Title)}", (Instant?)i.ChangedAt))
        );
        return Results.Text(Sitemap.Write(pages, context.Origin()), "application/xml; charset=utf-8");
    }

    // The address is the hash of the bytes, so what it answers can never change.
    private static async Task<IResult> LogoAsync(
        HttpContext context,
        string hash,
        LpcDbContext db,
        CancellationToken stop
    )
    {
        var logo = await db
            .Sponsors.Where(s => s.Logo!.Hash == hash)
            .Select(s => new { s.Logo!.Bytes, s.Logo.MediaType })
            .FirstOrDefaultAsync(stop);
        if (logo is null)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        if (logo.MediaType == "image/svg+xml")
        {
            // Opened by itself a drawing is a document: it gets no script, no origin and nothing from anywhere,
            // whatever is in it.
            context.Items[SecurityHeaders.PolicyKey] =
                "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
        }

        return Results.Bytes(logo.Bytes, logo.MediaType, entityTag: new($"\"{hash}\""));
    }

    private static async Task<IResult> PictureAsync(
        HttpContext context,
        string hash,
        LpcDbContext db,
        CancellationToken stop
    )
    {
        var picture = await db
            .PersonPictures.Where(p => p.Hash == hash)
            .Select(p => new { p.Bytes, p.MediaType })
            .FirstOrDefaultAsync(stop);
        if (picture is null)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(picture.Bytes, picture.MediaType, entityTag: new($"\"{hash}\""));
    }
}
