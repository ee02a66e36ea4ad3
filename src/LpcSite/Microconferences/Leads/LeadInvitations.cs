using System.Text.Json;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.People.Picker;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Microconferences.Leads;

/// <summary>
/// Changes who leads a microconference. Nobody becomes a lead without saying yes, and the last one cannot leave.
/// </summary>
public sealed class LeadInvitations(LpcDbContext db, PersonPicker people, PersonInvitations invitations, IClock clock)
{
    /// <param name="origin">Scheme and host of the site, for the link in the letter.</param>
    /// <exception cref="RuleException">Somebody here has that name and nobody was chosen, or the one who was leads it
    /// or is invited already.</exception>
    public async Task InviteAsync(
        Microconference microconference,
        NamedPerson named,
        string mail,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var invited = await people.FindOrAddAsync([named], stop);
        await invitations.InviteAsync(invited[0], mail, InvitationPurpose.ToLead(microconference), by, origin, stop);
    }

    public Task RemoveAsync(Microconference microconference, int personId, Person by, CancellationToken stop) =>
        ChangeAsync(
            microconference,
            by.Id == personId ? "left" : "removed a lead",
            m => m.RemoveLead(Lead(m, personId)),
            by,
            stop
        );

    public Task PutFirstAsync(Microconference microconference, int personId, Person by, CancellationToken stop) =>
        ChangeAsync(microconference, "put another lead first", m => m.PutFirst(Lead(m, personId)), by, stop);

    private static Person Lead(Microconference microconference, int personId)
    {
        var lead = microconference.Leads.FirstOrDefault(l => l.PersonId == personId);
        Rule.Require(lead is not null, "That person does not lead it any more.");
        return lead.Person;
    }

    private async Task ChangeAsync(
        Microconference microconference,
        string verb,
        Action<Microconference> change,
        Person by,
        CancellationToken stop
    )
    {
        var before = Names(microconference);
        var now = clock.GetCurrentInstant();
        change(microconference);

        // It also makes two who leave at once meet: the row's version lets only one of them.
        microconference.Touch(now);
        db.Record(
            new Act(by, "lead", now),
            verb,
            microconference.AsSubject(),
            before: before,
            after: Names(microconference)
        );
        await db.SaveOrSayAsync("Somebody changed the leads at the same moment. Look at the list again.", stop);
    }

    private static string Names(Microconference microconference) =>
        JsonSerializer.Serialize(microconference.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name));
}
