using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Topics;

namespace LpcSite.People.Picker;

/// <summary>Somebody who can be chosen in a form, with what tells them from others of the same name.</summary>
/// <param name="Part">The newest of what the public knows that they take part in; null for nothing.</param>
public sealed record PersonChoice(int Id, string Slug, string Name, string? Affiliation, string? Part)
{
    /// <summary>So many are offered at once.</summary>
    public const int Most = 8;

    /// <summary>What stands beside the name.</summary>
    public string About => string.Join(" · ", new[] { Affiliation, Slug, Part }.OfType<string>());

    /// <summary>Those whom everybody may read of, as they lead, speak in or are needed at something public.</summary>
    public static IQueryable<Person> Listed(LpcDbContext db)
    {
        var listed = Seen(db);
        var speakers = listed.SelectMany(m => m.Topics).Public().SelectMany(t => t.Speakers).Select(s => s.PersonId);
        var leads = listed.SelectMany(m => m.Leads).Select(l => l.PersonId);
        var keyAttendees = listed.SelectMany(m => m.KeyAttendees).Select(k => k.PersonId);
        return db.People.Where(p =>
            p.MergedIntoId == null
            && p.ErasedAt == null
            && (leads.Contains(p.Id) || speakers.Contains(p.Id) || keyAttendees.Contains(p.Id))
        );
    }

    /// <summary>The same people as choices.</summary>
    public static IQueryable<PersonChoice> Of(IQueryable<Person> people, LpcDbContext db)
    {
        var listed = Seen(db);
        return people.Select(p => new PersonChoice(
            p.Id,
            p.Slug,
            p.Name,
            p.Affiliation,
            listed
                .Where(m =>
                    m.Leads.Any(l => l.PersonId == p.Id)
                    || m.KeyAttendees.Any(k => k.PersonId == p.Id)
                    || m.Topics.Any(t =>
                        Topic.PublicStatuses.Contains(t.Status) && t.Speakers.Any(s => s.PersonId == p.Id)
                    )
                )
                .OrderByDescending(m => m.Conference.StartsOn)
                .ThenBy(m => m.Id)
                .Select(m => m.Title + ", " + m.Conference.ShortName)
                .FirstOrDefault()
        ));
    }

    private static IQueryable<Microconference> Seen(LpcDbContext db) =>
        db.Microconferences.Where(m => m.Conference.State != ConferenceState.Preparing).Listed();
}
