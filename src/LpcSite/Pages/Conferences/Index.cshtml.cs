using LpcSite.Caching;
using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.News;
using LpcSite.Pages.Shared;
using LpcSite.Scheduling;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Conferences;

/// <summary>The front page of a conference: when and where it is, what is open, what it is made of.</summary>
[PublicPage]
public class IndexModel(LpcDbContext db, IClock clock) : PageModel
{
    private const int LatestNews = 3;

    public IReadOnlyList<MicroconferenceLine> Microconferences { get; private set; } = [];
    public IReadOnlyList<CallLine> Calls { get; private set; } = [];

    /// <summary>The latest few.</summary>
    public IReadOnlyList<NewsLine> News { get; private set; } = [];

    public IReadOnlyList<ConferenceLine> Others { get; private set; } = [];

    /// <summary>What the organizers wrote for this page, as HTML; nothing while it is a draft.</summary>
    public string Text { get; private set; } = "";

    public string JsonLd { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var now = clock.GetCurrentInstant();
        Microconferences = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id)
            .Listed()
            .InPageOrder()
            .Select(m => new MicroconferenceLine(
                m.Id,
                m.Slug,
                m.Title,
                m.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name).ToList()
            ))
            .ToListAsync(stop);
        var calls = await db.Calls.Where(c => c.ConferenceId == conference.Id).AsLines(db).ToListAsync(stop);
        Calls = [.. calls.Where(c => c.IsOpen(now))];
        HttpContext.ValidUntilNextOf(calls, now);
        News = await db.NewsItems.PublicOf(conference.Id).AsLines().Take(LatestNews).ToListAsync(stop);
        Others = await db
            .Conferences.Public()
            .Where(c => c.Id != conference.Id)
            .OrderByDescending(c => c.StartsOn)
            .Select(c => new ConferenceLine(c.Slug, c.Name, c.StartsOn, c.EndsOn, c.City))
            .ToListAsync(stop);
        Text =
            await db
                .ConferencePages.Where(p =>
                    p.ConferenceId == conference.Id && p.Slug == ConferencePage.FrontSlug && p.IsPublished
                )
                .Select(p => p.Text.Html)
                .SingleOrDefaultAsync(stop)
            ?? "";
        JsonLd = Exports.JsonLd.Of(
            conference,
            Microconferences.Select(m => (m.Id, m.Slug, m.Title)),
            conference.HasSchedule ? await db.ReleasedAsync(conference.Id, stop) : null,
            HttpContext.Origin()
        );
    }

    /// <summary>A microconference in the list.</summary>
    public sealed record MicroconferenceLine(int Id, string Slug, string Title, IReadOnlyList<string> Leads);

    /// <summary>Another year's conference on the same site.</summary>
    public sealed record ConferenceLine(string Slug, string Name, LocalDate StartsOn, LocalDate EndsOn, string City);
}
