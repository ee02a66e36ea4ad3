using LpcSite.Data;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling.Clashes;

/// <summary>The clashes of the draft, for those who ask about one microconference alone.</summary>
public static class ClashQueries
{
    /// <summary>
    /// The clashes of one microconference, as far as its leads may know: among what is accepted, since the organizers
    /// alone know what else they try in a place, and without rooms, which are theirs to choose. In a fixed number of
    /// statements; empty while it has no place.
    /// </summary>
    public static async Task<IReadOnlyList<Clash>> ClashesOfAsync(
        this LpcDbContext db,
        Microconference microconference,
        CancellationToken stop
    )
    {
        if (!await db.Slots.AnyAsync(s => s.MicroconferenceId == microconference.Id, stop))
        {
            return [];
        }

        var (conference, here) = (microconference.ConferenceId, ClashFinder.WhereOf(microconference.Id));
        var draft = (await db.DraftAsync(conference, withTexts: false, stop)).ForThePublic();
        return
        [
            .. ClashFinder
                .Find(draft, await db.CircumstancesAsync(conference, withStars: false, stop))
                .Where(c => c.Concerns(here)),
        ];
    }

    /// <summary>The keys of the clashes with which the organizers live.</summary>
    public static async Task<IReadOnlySet<string>> AcceptedKeysAsync(
        this LpcDbContext db,
        int conferenceId,
        CancellationToken stop
    ) => await db.AcceptedClashes.Where(c => c.ConferenceId == conferenceId).Select(c => c.Key).ToHashSetAsync(stop);
}
