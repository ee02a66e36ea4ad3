using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Leads;
using LpcSite.Nominations;
using LpcSite.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Api;

/// <summary>
/// The people of a microconference for the programs of its leads and of the organizers. Without addresses, as the page.
/// </summary>
internal static class RosterEndpoints
{
    public static void MapRoster(this WebApplication app) =>
        app.MapMethods("/api/v1/{conference:slug}/mc/{slug:slug}/roster", PublicEndpoints.Reading, ReadAsync)
            .RequireAuthorization()
            .DisableCookieRedirect();

    // For everybody else there is no desk, also where the microconference itself is public.
    private static async Task<IResult> ReadAsync(
        HttpContext context,
        string conference,
        string slug,
        LpcDbContext db,
        IAuthorizationService authorization,
        CancellationToken stop
    )
    {
        var sees = context.User.IsOrganizer();
        context.Response.Headers.CacheControl = "no-store";
        var found = await db
            .Microconferences.AsNoTracking()
            .Where(m => m.Conference.Slug == conference && m.Slug == slug)
            .VisibleTo(context.User)
            .Where(m => m.Conference.State != ConferenceState.Preparing || sees)
            .Include(m => m.Leads)
            .AsSingleQuery()
            .FirstOrDefaultAsync(stop);
        if (
            found is null
            || !(await authorization.AuthorizeAsync(context.User, found, CanEditMicroconference.Requirement)).Succeeded
        )
        {
            return Results.NotFound();
        }

        var lines = await RosterLine.ReadAsync(db, found.Id, stop);
        return Results.Json(
            new
            {
                microconference = found.Slug,
                title = found.Title,
                people = lines.Select(line => new
                {
                    person = line.Slug,
                    line.Name,
                    line.Leads,
                    line.IsKeyAttendee,
                    nominatedFor = line.Nominated switch
                    {
                        NominationKind.Pass => "pass",
                        NominationKind.Place => "place",
                        _ => null,
                    },
                    speaksAbout = line.SpeaksAbout.Select(talk => new
                    {
                        topic = talk.Id,
                        talk.Title,
                        talk.IsAlternative,
                        answer = OrNull(RosterCsv.Word(talk.Answer)),
                    }),
                    answer = OrNull(RosterCsv.Word(line.Answer)),
                    attendance = OrNull(RosterCsv.Word(line.Attendance)),
                }),
            }
        );
    }

    private static string? OrNull(string word) => word.Length == 0 ? null : word;
}
