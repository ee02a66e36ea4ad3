using LpcSite.Data;
using LpcSite.Microconferences;

namespace LpcSite.People;

/// <summary>Questions about people that more than one page asks.</summary>
public static class PersonQueries
{
    /// <summary>
    /// Those who lead, speak in or are needed at something of the conference that the public may know of.
    /// </summary>
    public static IQueryable<Person> At(this IQueryable<Person> people, int conferenceId, LpcDbContext db)
    {
        var listed = db.Microconferences.Where(m => m.ConferenceId == conferenceId).Listed();
        var speakers = listed.SelectMany(m => m.Topics).Public().SelectMany(t => t.Speakers).Select(s => s.PersonId);
        var leads = listed.SelectMany(m => m.Leads).Select(l => l.PersonId);
        var keyAttendees = listed.SelectMany(m => m.KeyAttendees).Select(k => k.PersonId);
        return people.Where(p => leads.Contains(p.Id) || speakers.Contains(p.Id) || keyAttendees.Contains(p.Id));
    }
}
