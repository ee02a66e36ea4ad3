using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.People;

/// <summary>Two people of similar names, who may be one: in another order of the words, without the letter in the middle, without accents.</summary>
public sealed record SimilarPeople(SimilarPeople.Side One, SimilarPeople.Side Other)
{
    /// <summary>So many are shown at once, the most similar first; what is decided makes room for others.</summary>
    public const int Most = 40;

    // How much of their groups of three letters two names have in common (pg_trgm): "Jon Corbet" and "Jonathan Corbet" 0.59, "David Howells" and "David Howard" 0.5.
    private const double Threshold = 0.55;

    /// <summary>The pairs about which nobody has decided: a fixed number of statements.</summary>
    public static async Task<IReadOnlyList<SimilarPeople>> ReadAsync(LpcDbContext db, CancellationToken stop)
    {
        // The index compares by what is set for this transaction.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"SELECT set_config('pg_trgm.similarity_threshold', {Threshold.ToString(System.Globalization.CultureInfo.InvariantCulture)}, true)", stop);
        var pairs = await (
            from one in db.People
            from other in db.People.Where(p => one.Id < p.Id && EF.Functions.TrigramsAreSimilar(EF.Property<string>(p, "NameWords"), EF.Property<string>(one, "NameWords")))
            where one.MergedIntoId == null && one.ErasedAt == null && other.MergedIntoId == null && other.ErasedAt == null && EF.Property<string>(one, "NameWords") != ""
                && !db.Distinctions.Any(d => d.PersonId == one.Id && d.OtherId == other.Id)
            orderby EF.Functions.TrigramsSimilarity(EF.Property<string>(one, "NameWords"), EF.Property<string>(other, "NameWords")) descending, one.Id, other.Id
            select new { One = one.Id, Other = other.Id }).Take(Most).ToListAsync(stop);
        await transaction.CommitAsync(stop);
        var sides = await SidesAsync(db, [.. pairs.SelectMany(p => new[] { p.One, p.Other }).Distinct()], stop);
        return pairs.ConvertAll(p => new SimilarPeople(sides[p.One], sides[p.Other]));
    }

    /// <summary>Those people with their roles, to be looked at side by side.</summary>
    public static async Task<Dictionary<int, Side>> SidesAsync(LpcDbContext db, IReadOnlyList<int> ids, CancellationToken stop)
    {
        var leads = db.Leads.Where(l => ids.Contains(l.PersonId)).Join(db.Microconferences, l => l.MicroconferenceId, m => m.Id, (l, m) => new { l.PersonId, Role = "leads", m.Title, m.Conference.ShortName });
        var needed = db.KeyAttendees.Where(k => ids.Contains(k.PersonId)).Join(db.Microconferences, k => k.MicroconferenceId, m => m.Id, (k, m) => new { k.PersonId, Role = "is needed at", m.Title, m.Conference.ShortName });
        var speaks = db.Speakers.Where(s => ids.Contains(s.PersonId)).Join(db.Topics, s => s.TopicId, t => t.Id, (s, t) => new { s.PersonId, t.MicroconferenceId, t.Title })
            .Join(db.Microconferences, t => t.MicroconferenceId, m => m.Id, (t, m) => new { t.PersonId, Role = "speaks about", t.Title, m.Conference.ShortName });
        var roles = (await leads.Concat(needed).Concat(speaks).ToListAsync(stop)).ToLookup(r => r.PersonId, r => $"{r.Role} {r.Title}, {r.ShortName}");
        return await db.People.Where(p => ids.Contains(p.Id))
            .Select(p => new { p.Id, p.Slug, p.Name, p.Affiliation, HasAccount = db.Users.Any(a => a.PersonId == p.Id) })
            .ToDictionaryAsync(p => p.Id, p => new Side(p.Id, p.Slug, p.Name, p.Affiliation, p.HasAccount, [.. roles[p.Id].Order(StringComparer.Ordinal)]), stop);
    }

    /// <summary>One of the two.</summary>
    public sealed record Side(int Id, string Slug, string Name, string? Affiliation, bool HasAccount, IReadOnlyList<string> Roles);
}
