using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.People;

/// <summary>One person, and everything that they lead, speak in or are needed at.</summary>
[PublicPage]
public class DetailsModel(LpcDbContext db) : PageModel
{
    [FromRoute]
    public required string Slug { get; init; }

    public Human Person { get; private set; } = null!;
    public IReadOnlyList<(string Address, string Title, string? Where)> Leads { get; private set; } = [];
    public IReadOnlyList<(string Address, string Title, string? Where)> Topics { get; private set; } = [];
    public IReadOnlyList<(string Address, string Title, string? Where)> Needed { get; private set; } = [];

    /// <summary>Whether the public schedule has anything for this person.</summary>
    public bool IsScheduled { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var person = await db
            .People.Where(p => p.Slug == Slug)
            .Select(p => new Human(
                p.Id,
                p.Name,
                p.Affiliation,
                p.Bio.Html,
                db.PersonPictures.Where(i => i.PersonId == p.Id).Select(i => i.Hash).FirstOrDefault(),
                p.Aliases.Where(a => a.Name != p.Name).OrderBy(a => a.Name).Select(a => a.Name).ToList()
            ))
            .FirstOrDefaultAsync(stop);
        if (person is null)
        {
            return NotFound();
        }

        Person = person;
        var listed = db.Microconferences.Where(m => m.ConferenceId == conference.Id).Listed();
        var roles = await listed
            .Where(m => m.Leads.Any(l => l.PersonId == person.Id) || m.KeyAttendees.Any(k => k.PersonId == person.Id))
            .InPageOrder()
            .Select(m => new
            {
                m.Id,
                m.Slug,
                m.Title,
                Leads = m.Leads.Any(l => l.PersonId == person.Id),
                Needed = m.KeyAttendees.Any(k => k.PersonId == person.Id),
            })
            .ToListAsync(stop);

        // From their few topics to their microconferences: the other way round the database reads the topics of all
        // conferences.
        var topics = await (
            from s in db.Speakers.Where(s => s.PersonId == person.Id)
            join t in db.Topics.Public() on s.TopicId equals t.Id
            join m in listed on t.MicroconferenceId equals m.Id
            orderby m.Title, m.Slug, t.Position, t.Id
            select new
            {
                m.Slug,
                Microconference = m.Title,
                t.Id,
                t.Title,
            }
        ).ToListAsync(stop);

        // A conference tells nothing of people who have no part in it. To ask so with the person would take longer than
        // all of the page.
        if (roles.Count == 0 && topics.Count == 0)
        {
            return NotFound();
        }

        var schedule = conference.HasSchedule ? await db.ReleasedAsync(conference.Id, stop) : null;
        IsScheduled = schedule is not null && !ScheduleChoice.From(null, null, Slug).IsNothingOf(schedule);
        Leads = [.. roles.Where(m => m.Leads).Select(m => ($"{conference.Path}/mc/{m.Slug}", m.Title, PlacesOf(m.Id)))];
        Needed =
        [
            .. roles.Where(m => m.Needed).Select(m => ($"{conference.Path}/mc/{m.Slug}", m.Title, PlacesOf(m.Id))),
        ];
        Topics =
        [
            .. topics.Select(t =>
                (
                    $"{conference.Path}/mc/{t.Slug}/topics/{t.Id}",
                    t.Title,
                    (string?)(
                        schedule?.WordsOfTopic(t.Id) is { } place ? $"{t.Microconference}: {place}" : t.Microconference
                    )
                )
            ),
        ];
        return Page();

        string? PlacesOf(int microconference) =>
            schedule?.Of(microconference).Select(schedule.WordsOf).ToList() is { Count: > 0 } places
                ? string.Join("; ", places)
                : null;
    }

    /// <summary>The person, by every name, and what they say about themselves.</summary>
    public sealed record Human(
        int Id,
        string Name,
        string? Affiliation,
        string Bio,
        string? Picture,
        IReadOnlyList<string> AlsoKnownAs
    );
}
