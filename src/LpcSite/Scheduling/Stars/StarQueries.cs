using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling.Stars;

/// <summary>What is asked about stars: by each of their own, by organizers only how many, never who.</summary>
public static class StarQueries
{
    /// <summary>What somebody starred, the oldest first.</summary>
    public static IQueryable<string> Of(this IQueryable<Star> stars, int personId, int conferenceId) =>
        stars
            .Where(s => s.PersonId == personId && s.ConferenceId == conferenceId)
            .OrderBy(s => s.At)
            .ThenBy(s => s.Uid)
            .Select(s => s.Uid);

    /// <summary>What can be starred, in three statements.</summary>
    public static async Task<Starrables> StarrablesAsync(
        this LpcDbContext db,
        ConferenceFrame conference,
        CancellationToken stop
    )
    {
        var theirs = db.Microconferences.Where(m => m.ConferenceId == conference.Id).Public();
        var microconferences = await theirs
            .InPageOrder()
            .Select(m => new Starrables.Whole(m.Id, m.Slug, m.Title, m.Status, m.MergedIntoId))
            .ToListAsync(stop);
        var topics = await theirs
            .SelectMany(m => m.Topics)
            .Where(t => Topic.PublicStatuses.Contains(t.Status) || t.MergedIntoId != null)
            .OrderBy(t => t.Position)
            .ThenBy(t => t.Id)
            .Select(t => new Starrables.Part(t.Id, t.MicroconferenceId, t.Title, t.MergedIntoId))
            .ToListAsync(stop);
        return new(
            conference.Slug,
            conference.HasSchedule ? await db.LastReleaseAsync(conference.Id, stop) : null,
            microconferences,
            topics
        );
    }

    /// <summary>
    /// How many people want to be in each microconference: whoever starred it, a part of it, one of its topics or what
    /// was merged into it, once each. Where there are fewer than <see cref="Star.FewestCounted"/> it is not among them.
    /// Only stars of people with an account are known.
    /// </summary>
    public static async Task<IReadOnlyDictionary<int, int>> StarCountsAsync(
        this LpcDbContext db,
        int conferenceId,
        CancellationToken stop
    ) =>
        await db
            .Database.SqlQuery<Count>(
                $"""
                WITH RECURSIVE became (id, now) AS (
                    SELECT id, id FROM microconferences WHERE conference_id = {conferenceId} AND merged_into_id IS NULL
                    UNION ALL
                    SELECT m.id, b.now FROM microconferences m JOIN became b ON m.merged_into_id = b.id)
                SELECT b.now AS microconference, count(DISTINCT s.person_id)::int AS people
                FROM stars s LEFT JOIN topics t ON s.uid LIKE 'topic-%' AND t.id = split_part(s.uid, '-', 2)::bigint
                JOIN became b ON b.id =
                    CASE WHEN s.uid LIKE 'mc-%' THEN split_part(s.uid, '-', 2)::bigint ELSE t.microconference_id END
                WHERE s.conference_id = {conferenceId}
                GROUP BY 1 HAVING count(DISTINCT s.person_id) >= {Star.FewestCounted}
                """
            )
            .ToDictionaryAsync(c => c.Microconference, c => c.People, stop);

    private sealed record Count(int Microconference, int People);
}
