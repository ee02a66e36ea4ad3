using LpcSite.Data;
using LpcSite.People;
using LpcSite.Scheduling.Stars;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling.Clashes;

/// <summary>Reads what clashes depend on beside the schedule.</summary>
public static class CircumstancesQueries
{
    /// <summary>In a fixed number of statements.</summary>
    /// <param name="withStars">How many want to come, too: that is for the organizers, who choose the rooms.</param>
    public static async Task<Circumstances> CircumstancesAsync(
        this LpcDbContext db,
        int conferenceId,
        bool withStars,
        CancellationToken stop
    )
    {
        var absences = await db
            .Absences.Where(a => a.ConferenceId == conferenceId)
            .OrderBy(a => a.During)
            .Select(a => new { a.PersonId, a.During })
            .ToListAsync(stop);
        var remote = db
            .Microconferences.Where(m => m.ConferenceId == conferenceId)
            .SelectMany(m => m.Topics)
            .SelectMany(t => t.Speakers)
            .Where(s => s.Attendance == Attendance.Remote)
            .Select(s => s.PersonId);
        var zones = await db
            .People.Where(p => p.Zone != null && remote.Contains(p.Id))
            .Select(p => new { p.Id, p.Zone })
            .ToDictionaryAsync(p => p.Id, p => p.Zone!, stop);
        return new(
            absences.ToLookup(a => a.PersonId, a => a.During),
            zones,
            withStars ? await db.StarCountsAsync(conferenceId, stop) : Circumstances.None.Stars
        );
    }
}
