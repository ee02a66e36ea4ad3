using LpcSite.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts.Invitations;

/// <summary>Questions about invitations that more than one page asks.</summary>
public static class InvitationQueries
{
    /// <summary>
    /// To lead, to speak or to come, and awaiting the answer of this person, whose proven address the letter went to.
    /// That the invitation names them is not enough: whoever names people may take one for another. With the letter's
    /// link anybody may answer who has it.
    /// </summary>
    public static IQueryable<Invitation> WaitingFor(
        this IQueryable<Invitation> invitations,
        LpcDbContext db,
        int? me,
        Instant now
    ) =>
        invitations
            .Where(i =>
                i.Kind != InvitationKind.Account
                && i.AcceptedAt == null
                && i.DeclinedAt == null
                && i.WithdrawnAt == null
                && now < i.ExpiresAt
            )
            .Where(i => db.Users.Any(a => a.PersonId == me && a.EmailConfirmed && a.Email == i.Mail));

    /// <summary>With all that an answer may change.</summary>
    public static IQueryable<Invitation> WithWhatItIsFor(this IQueryable<Invitation> invitations) =>
        invitations
            .Include(i => i.Person)
            .Include(i => i.InvitedBy)
            .Include(i => i.Microconference!.Conference)
            .Include(i => i.Microconference!.Leads)
            .Include(i => i.Microconference!.KeyAttendees)
                .ThenInclude(k => k.Person)
            .Include(i => i.Topic!.Speakers)
                .ThenInclude(s => s.Person)
            .AsSplitQuery();
}
