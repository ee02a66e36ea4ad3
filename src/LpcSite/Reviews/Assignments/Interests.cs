using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Reviews.Assignments;

/// <summary>Why somebody is too close to a proposal to judge it; the first of them counts.</summary>
public enum Interest
{
    /// <summary>They lead it.</summary>
    Leads,

    /// <summary>They, or an organizer for them, say so.</summary>
    Declared,

    /// <summary>One of its leads works where they work, and the conference keeps these apart.</summary>
    Affiliation,
}

/// <summary>
/// Who is too close to which proposal of a conference: from them its reviews are hidden, whatever else they may do, and
/// they can write none.
/// </summary>
public sealed class Interests
{
    private readonly HashSet<(int MicroconferenceId, int PersonId)> _leads;
    private readonly HashSet<(int MicroconferenceId, int PersonId)> _declared;
    private readonly HashSet<(int MicroconferenceId, string Affiliation)> _affiliations;
    private readonly Dictionary<int, string> _worksFor;

    /// <param name="leads">
    /// Every lead with their affiliation; an affiliation is compared without regard to case.
    /// </param>
    /// <param name="worksFor">The affiliations of those who review; empty where the conference does not ask.</param>
    public Interests(
        IReadOnlyCollection<(int MicroconferenceId, int PersonId, string? Affiliation)> leads,
        IEnumerable<(int MicroconferenceId, int PersonId)> declared,
        IEnumerable<(int PersonId, string Affiliation)> worksFor
    )
    {
        _leads = [.. leads.Select(l => (l.MicroconferenceId, l.PersonId))];
        _declared = [.. declared];
        _affiliations =
        [
            .. leads
                .Where(l => !string.IsNullOrWhiteSpace(l.Affiliation))
                .Select(l => (l.MicroconferenceId, Key(l.Affiliation!))),
        ];
        _worksFor = worksFor.ToDictionary(w => w.PersonId, w => Key(w.Affiliation));
    }

    /// <summary>Reads them in three statements however many there are.</summary>
    public static async Task<Interests> OfAsync(LpcDbContext db, int conferenceId, CancellationToken stop)
    {
        var leads = await db
            .Leads.Where(l =>
                db.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.ConferenceId == conferenceId)
            )
            .Select(l => new
            {
                l.MicroconferenceId,
                l.PersonId,
                l.Person.Affiliation,
            })
            .ToListAsync(stop);
        var declared = await db
            .ConflictsOfInterest.Where(c => c.Microconference.ConferenceId == conferenceId)
            .Select(c => new { c.MicroconferenceId, c.PersonId })
            .ToListAsync(stop);
        var worksFor = await db
            .People.Where(p =>
                p.Affiliation != null
                && db.Conferences.Any(c => c.Id == conferenceId && c.KeepsAffiliationsApart)
                && (
                    db.Reviewers.Any(r => r.ConferenceId == conferenceId && r.PersonId == p.Id)
                    || db.Organizers.Any(o => o.PersonId == p.Id)
                )
            )
            .Select(p => new { p.Id, p.Affiliation })
            .ToListAsync(stop);
        return new Interests(
            leads.ConvertAll(l => (l.MicroconferenceId, l.PersonId, l.Affiliation)),
            declared.Select(d => (d.MicroconferenceId, d.PersonId)),
            worksFor.Select(w => (w.Id, w.Affiliation!))
        );
    }

    /// <returns>Null when they may judge it.</returns>
    public Interest? Of(int microconferenceId, int personId) =>
        _leads.Contains((microconferenceId, personId)) ? Interest.Leads
        : _declared.Contains((microconferenceId, personId)) ? Interest.Declared
        : _worksFor.TryGetValue(personId, out var affiliation)
        && _affiliations.Contains((microconferenceId, affiliation))
            ? Interest.Affiliation
        : null;

    private static string Key(string affiliation) => affiliation.Trim().ToUpperInvariant();
}
