using LpcSite.Data;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>Questions about invitations that more than one page asks.</summary>
public static class InvitationQueries
{
    /// <summary>To lead, and awaiting the answer of this person: he is the one who was named, or the letter went to his proven address.</summary>
    public static IQueryable<Invitation> WaitingFor(this IQueryable<Invitation> invitations, LpcDbContext db, int? me, Instant now) =>
        invitations.Where(i => i.MicroconferenceId != null && i.AcceptedAt == null && i.DeclinedAt == null && i.WithdrawnAt == null && now < i.ExpiresAt)
            .Where(i => i.PersonId == me || db.Users.Any(a => a.PersonId == me && a.EmailConfirmed && a.Email == i.Mail));
}
