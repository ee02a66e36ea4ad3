using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage;

/// <summary>
/// A page of the leads' desk: about one microconference, for those who lead it and the organizers. For everybody else
/// it does not exist, also where the microconference itself is public.
/// </summary>
[Authorize]
public abstract class ManagePage(LpcDbContext db, IAuthorizationService authorization) : FormPage
{
    [FromRoute]
    public required string Slug { get; init; }

    public Microconference Microconference { get; private set; } = null!;

    protected LpcDbContext Db => db;

    /// <returns>
    /// Null when the reader may be here, and <see cref="Microconference"/> is loaded with its leads and newest
    /// revision.
    /// </returns>
    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        if (await FindMicroconferenceAsync(HttpContext, Slug, db, authorization, stop) is not { } found)
        {
            return NotFound();
        }

        Microconference = found;
        return null;
    }

    /// <returns>The microconference with its leads, for one of them or an organizer; null for everybody else.</returns>
    internal static async Task<Microconference?> FindMicroconferenceAsync(
        HttpContext context,
        string slug,
        LpcDbContext db,
        IAuthorizationService authorization,
        CancellationToken stop
    )
    {
        var conference = context.Conference();
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == slug)
            .VisibleTo(context.User)
            .Include(m => m.Conference)
            .Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .SingleOrDefaultAsync(stop);
        return
            found is not null
            && (await authorization.AuthorizeAsync(context.User, found, CanEditMicroconference.Requirement)).Succeeded
            ? found
            : null;
    }
}
