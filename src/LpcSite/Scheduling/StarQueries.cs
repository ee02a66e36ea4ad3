using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling;

/// <summary>What organizers ask about stars: never who, only how many.</summary>
public static class StarQueries
{
    /// <summary>
    /// How many people want to be in each microconference: whoever starred it, a part of it or one of its topics, once each. Where there are
    /// fewer than <see cref="Star.FewestCounted"/> it is not among them. Only stars of people with an account are known.
    /// </summary>
    public static async Task<IReadOnlyDictionary<int, int>> StarCountsAsync(this LpcDbContext db, int conferenceId, CancellationToken stop) =>
        await db.Database.SqlQuery<Count>(
            $"""
            SELECT coalesce(t.microconference_id, split_part(s.uid, '-', 2)::bigint)::int AS microconference, count(DISTINCT s.person_id)::int AS people
            FROM stars s LEFT JOIN topics t ON s.uid LIKE 'topic-%' AND t.id = split_part(s.uid, '-', 2)::bigint
            WHERE s.conference_id = {conferenceId} AND (s.uid LIKE 'mc-%' OR t.id IS NOT NULL)
            GROUP BY 1 HAVING count(DISTINCT s.person_id) >= {Star.FewestCounted}
            """).ToDictionaryAsync(c => c.Microconference, c => c.People, stop);

    private sealed record Count(int Microconference, int People);
}
