using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Shared;

/// <summary>A call as those read it who open and close it.</summary>
/// <param name="Call">Null while there is none.</param>
/// <param name="LateLinks">The newest first.</param>
/// <param name="Announcement">To copy into a mail; empty while there is no call.</param>
public sealed record CallDesk(Call? Call, IReadOnlyList<LateLink> LateLinks, string Announcement, Instant Now)
{
    private const int MaxLinksShown = 100;

    /// <param name="microconference">Whose topics it calls for; null for the call of the conference.</param>
    public static async Task<CallDesk> LoadAsync(
        LpcDbContext db,
        ConferenceFrame conference,
        Microconference? microconference,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        var id = microconference?.Id;
        var call = await db.Calls.SingleOrDefaultAsync(
            c => c.ConferenceId == conference.Id && c.MicroconferenceId == id,
            stop
        );
        return call is null
            ? new(null, [], "", now)
            : new(
                call,
                await db
                    .LateLinks.Where(l => l.CallId == call.Id)
                    .OrderByDescending(l => l.Id)
                    .Take(MaxLinksShown)
                    .ToListAsync(stop),
                CallAnnouncement.Write(
                    conference,
                    microconference is null ? null : (microconference.Title, microconference.Path),
                    CallDocument.Of(call),
                    now,
                    origin
                ),
                now
            );
    }
}
