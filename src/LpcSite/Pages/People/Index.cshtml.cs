using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.People;

/// <summary>Everybody with a role at the conference, A to Z.</summary>
[PublicPage]
public class IndexModel(LpcDbContext db) : PageModel
{
    /// <summary>So many fit on one page; the search finds the others.</summary>
    public const int Most = 2000;

    public IReadOnlyList<PersonLine> People { get; private set; } = [];

    /// <summary>Whether there are more than are listed.</summary>
    public bool HasMore { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var listed = db.Microconferences.Where(m => m.ConferenceId == conference.Id).Listed();
        var topics = listed.SelectMany(m => m.Topics).Public();
        var found = await db
            .People.At(conference.Id, db)
            .OrderBy(p => p.Name)
            .ThenBy(p => p.Slug)
            .Select(p => new PersonLine(
                p.Slug,
                p.Name,
                listed.Count(m => m.Leads.Any(l => l.PersonId == p.Id)),
                topics.Count(t => t.Speakers.Any(s => s.PersonId == p.Id)),
                listed.Count(m => m.KeyAttendees.Any(k => k.PersonId == p.Id))
            ))
            .Take(Most + 1)
            .ToListAsync(stop);
        (People, HasMore) = ([.. found.Take(Most)], found.Count > Most);
    }

    /// <summary>A person in the list, with how often in which role.</summary>
    public sealed record PersonLine(string Slug, string Name, int Leads, int Speaks, int Needed)
    {
        public string Roles =>
            string.Join(
                ", ",
                new[]
                {
                    Leads > 0 ? "lead" : null,
                    Speaks > 0 ? "speaker" : null,
                    Needed > 0 ? "key attendee" : null,
                }.OfType<string>()
            );
    }
}
