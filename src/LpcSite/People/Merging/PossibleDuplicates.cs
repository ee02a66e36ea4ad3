using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.People.Merging;

/// <summary>
/// Two people of similar names, who may be one: in another order of the words, without the letter in the middle,
/// without accents.
/// </summary>
public sealed record PossibleDuplicates(PossibleDuplicates.Side One, PossibleDuplicates.Side Other)
{
    /// <summary>So many are shown at once, the most similar first; what is decided makes room for others.</summary>
    public const int Most = 40;

    // How much of their groups of three letters two names have in common (pg_trgm): "Jon Corbet" and "Jonathan Corbet"
    // 0.59, "David Howells" and "David Howard" 0.5.
    private const double Threshold = 0.55;

    // A word that more people have in their names than this tells nobody from anybody.
    private const int MostBearers = 40;

    /// <summary>The pairs about which nobody has decided: a fixed number of statements.</summary>
    public static async Task<IReadOnlyList<PossibleDuplicates>> ReadAsync(LpcDbContext db, CancellationToken stop)
    {
        // Two spellings have a word in common, and not one that half the world is called by; or they are the same
        // words in another order; or they differ in nothing that anybody sees.
        var pairs = await db
            .Database.SqlQuery<Pair>(
                $"""
                WITH words AS (
                    SELECT p.id, p.name_words, word, count(*) OVER (PARTITION BY word) AS bearers
                    FROM people p CROSS JOIN LATERAL regexp_split_to_table(p.name_words, ' ') AS word
                    WHERE p.merged_into_id IS NULL AND p.erased_at IS NULL AND word <> ''),
                pairs AS (
                    SELECT one.id AS one, other.id AS other, similarity(one.name_words, other.name_words) AS similarity
                    FROM words one JOIN words other ON one.word = other.word AND one.id < other.id
                    WHERE one.bearers <= {MostBearers}
                    UNION
                    SELECT one.id, other.id, 1
                    FROM people one JOIN people other ON one.name_words = other.name_words AND one.id < other.id
                    WHERE one.merged_into_id IS NULL AND one.erased_at IS NULL
                        AND other.merged_into_id IS NULL AND other.erased_at IS NULL AND one.name_words <> ''
                    UNION
                    SELECT one.person_id, other.person_id, 1
                    FROM person_aliases one
                    JOIN person_aliases other ON one.key = other.key AND one.person_id < other.person_id)
                SELECT one, other FROM pairs
                WHERE similarity >= {Threshold}
                  AND NOT EXISTS (SELECT 1 FROM distinctions d WHERE d.person_id = one AND d.other_id = other)
                GROUP BY one, other ORDER BY max(similarity) DESC, one, other LIMIT {Most}
                """
            )
            .ToListAsync(stop);
        var sides = await SidesAsync(db, [.. pairs.SelectMany(p => new[] { p.One, p.Other }).Distinct()], stop);
        return pairs.ConvertAll(p => new PossibleDuplicates(sides[p.One], sides[p.Other]));
    }

    /// <summary>Those people with their roles, to be looked at side by side.</summary>
    public static async Task<Dictionary<int, Side>> SidesAsync(
        LpcDbContext db,
        IReadOnlyList<int> ids,
        CancellationToken stop
    )
    {
        var leads = db
            .Leads.Where(l => ids.Contains(l.PersonId))
            .Join(
                db.Microconferences,
                l => l.MicroconferenceId,
                m => m.Id,
                (l, m) =>
                    new
                    {
                        l.PersonId,
                        Role = "leads",
                        m.Title,
                        m.Conference.ShortName,
                    }
            );
        var needed = db
            .KeyAttendees.Where(k => ids.Contains(k.PersonId))
            .Join(
                db.Microconferences,
                k => k.MicroconferenceId,
                m => m.Id,
                (k, m) =>
                    new
                    {
                        k.PersonId,
                        Role = "is needed at",
                        m.Title,
                        m.Conference.ShortName,
                    }
            );
        var speaks = db
            .Speakers.Where(s => ids.Contains(s.PersonId))
            .Join(
                db.Topics,
                s => s.TopicId,
                t => t.Id,
                (s, t) =>
                    new
                    {
                        s.PersonId,
                        t.MicroconferenceId,
                        t.Title,
                    }
            )
            .Join(
                db.Microconferences,
                t => t.MicroconferenceId,
                m => m.Id,
                (t, m) =>
                    new
                    {
                        t.PersonId,
                        Role = "speaks about",
                        t.Title,
                        m.Conference.ShortName,
                    }
            );
        var roles = (await leads.Concat(needed).Concat(speaks).ToListAsync(stop)).ToLookup(
            r => r.PersonId,
            r => $"{r.Role} {r.Title}, {r.ShortName}"
        );
        return await db
            .People.Where(p => ids.Contains(p.Id))
            .Select(p => new
            {
                p.Id,
                p.Slug,
                p.Name,
                p.Affiliation,
                HasAccount = db.Users.Any(a => a.PersonId == p.Id),
            })
            .ToDictionaryAsync(
                p => p.Id,
                p => new Side(
                    p.Id,
                    p.Slug,
                    p.Name,
                    p.Affiliation,
                    p.HasAccount,
                    [.. roles[p.Id].Order(StringComparer.Ordinal)]
                ),
                stop
            );
    }

    private sealed record Pair(int One, int Other);

    /// <summary>One of the two.</summary>
    public sealed record Side(
        int Id,
        string Slug,
        string Name,
        string? Affiliation,
        bool HasAccount,
        IReadOnlyList<string> Roles
    );
}
