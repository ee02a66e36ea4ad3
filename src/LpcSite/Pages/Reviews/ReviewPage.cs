using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews.Assignments;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Reviews;

/// <summary>A page about one proposal for those who judge it: the conference's reviewers and the organizers.</summary>
[Authorize]
public abstract class ReviewPage(LpcDbContext db) : FormPage
{
    [FromRoute]
    public required string Slug { get; init; }

    public Microconference Microconference { get; private set; } = null!;
    public Person Me { get; private set; } = null!;

    /// <summary>Why the reader may not judge it, and sees nothing of what the others say; null when they may.</summary>
    public Interest? Interest { get; private set; }

    public string ReviewPath => $"{HttpContext.Conference().Path}/review/{Slug}";

    protected LpcDbContext Db => db;

    /// <returns>
    /// Null when the reader may be here, and <see cref="Microconference"/> is loaded with its conference and leads.
    /// </returns>
    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        if (!User.Reviews(conference.Id) && !User.IsOrganizer())
        {
            return Forbid();
        }

        var found = await db
            .Microconferences.Where(m =>
                m.ConferenceId == conference.Id && m.Slug == Slug && m.Status != MicroconferenceStatus.Draft
            )
            .VisibleTo(User)
            .Include(m => m.Conference)
            .Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return NotFound();
        }

        (Microconference, Me) = (found, await db.MeAsync(User, stop));
        Interest = (await Interests.OfAsync(db, conference.Id, stop)).Of(found.Id, Me.Id);
        return null;
    }
}
