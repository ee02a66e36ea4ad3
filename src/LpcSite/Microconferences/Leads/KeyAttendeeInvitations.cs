using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Leads;

/// <summary>Asks the key attendees of a microconference whether they come.</summary>
public sealed class KeyAttendeeInvitations(LpcDbContext db, PersonInvitations invitations, IClock clock)
{
    /// <summary>How long to wait for an answer before asking again.</summary>
    public static readonly Duration Patience = Duration.FromDays(3);

    /// <param name="microconference">With its conference, leads and key attendees.</param>
    /// <param name="mail">
    /// Where the letter goes to somebody without an account; that of an account is not for a lead to know or to choose.
    /// </param>
    /// <param name="origin">Scheme and host of the site, for the link in the letter.</param>
    /// <exception cref="RuleException">
    /// They are not on the list, there is no address, or they were asked a moment ago.
    /// </exception>
    public async Task AskAsync(
        Microconference microconference,
        int personId,
        string? mail,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        Rule.Require(
            microconference.Status is MicroconferenceStatus.Accepted,
            "Key attendees are asked once the microconference is accepted."
        );
        var attendee = microconference.KeyAttendees.FirstOrDefault(k => k.PersonId == personId)?.Person;
        Rule.Require(attendee is { ErasedAt: null }, "That person is not on the list of key attendees any more.");
        var to =
            await db
                .Users.Where(a => a.PersonId == personId && a.EmailConfirmed)
                .Select(a => a.Email)
                .SingleOrDefaultAsync(stop)
            ?? mail;
        Rule.Require(!string.IsNullOrWhiteSpace(to), $"Say where the letter to {attendee.Name} goes.");
        await invitations.InviteAsync(
            attendee,
            to,
            InvitationPurpose.ToAttend(microconference),
            by,
            origin,
            stop,
            replacing: clock.GetCurrentInstant() - Patience
        );
    }

    /// <summary>Ends the link of the letter that awaits their answer.</summary>
    public async Task TakeBackAsync(Microconference microconference, int personId, Person by, CancellationToken stop)
    {
        var open = await db
            .Invitations.Include(i => i.Person)
            .Include(i => i.Microconference!.Conference)
            .Where(i =>
                i.MicroconferenceId == microconference.Id && i.Kind == InvitationKind.Attend && i.PersonId == personId
            )
            .OrderByDescending(i => i.Id)
            .FirstOrDefaultAsync(i => i.AcceptedAt == null && i.DeclinedAt == null && i.WithdrawnAt == null, stop);
        Rule.Require(open is not null, "It was answered or taken back already.");
        await invitations.WithdrawAsync(open, by, stop);
    }
}
