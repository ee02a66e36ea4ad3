using System.Text.Json;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Letters;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;

namespace LpcSite.Accounts;

/// <summary>Invites people by letter, to lead a microconference or to claim their account, and does what they answer.</summary>
public sealed class Invitations(LpcDbContext db, Registration registration, IClock clock)
{
    /// <param name="person">Whom the conference knows him as, with an account or without.</param>
    /// <param name="microconference">The one to lead, with its conference loaded; null to offer an account alone.</param>
    /// <param name="origin">Scheme and host of the site, for the link in the letter.</param>
    /// <exception cref="RuleException">He is invited already, or leads it already.</exception>
    public async Task InviteAsync(Person person, string mail, Microconference? microconference, Person by, string origin, CancellationToken stop)
    {
        Rule.Require(microconference?.Leads.Any(l => l.PersonId == person.Id && person.Id != 0) is not true, $"{person.Name} leads it already.");
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Invitations.Where(i => i.PersonId == person.Id && i.MicroconferenceId == (microconference == null ? null : microconference.Id) && i.ExpiresAt <= now
            && i.AcceptedAt == null && i.DeclinedAt == null && i.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), stop);
        var invitation = new Invitation(person, mail, microconference, by, now, out var key);
        db.Invitations.Add(invitation);
        var link = $"{origin}/account/invitation/{key}";
        try
        {
            // The person may be new, and his letter needs his number.
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException raced) when (raced.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new RuleException($"{person.Name} is invited already; the answer is awaited.");
        }

        db.Letters.Add(Write(invitation, link, now));
        var subject = microconference?.Path ?? $"/people/{person.Slug}";
        db.AuditEntries.Add(new AuditEntry(by, "lead", "invited", subject, null, JsonSerializer.Serialize(new { person = person.Slug, mail }), now)
            .About(microconference?.ConferenceId, microconference?.Id));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <returns>Null where the key belongs to none.</returns>
    public Task<Invitation?> FindAsync(string key, CancellationToken stop)
    {
        var digest = Invitation.Digest(key);
        return db.Invitations
            .Include(i => i.Person)
            .Include(i => i.InvitedBy)
            .Include(i => i.Microconference!.Conference)
            .Include(i => i.Microconference!.Leads)
            .SingleOrDefaultAsync(i => i.KeyDigest == digest, stop);
    }

    /// <summary>Accepts for somebody who has an account: the one who is signed in.</summary>
    /// <exception cref="RuleException">The invitation was answered, taken back or has expired.</exception>
    public async Task AcceptAsync(Invitation invitation, Person by, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        invitation.Accept(now);
        invitation.Microconference?.AddLead(by);
        invitation.Microconference?.Touch(now);
        Record(invitation, "accepted the invitation", by, now);
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Accepts for somebody without an account: the letter proved his address, so that a password is all that is missing.</summary>
    /// <exception cref="RuleException">As above, or the password will not do.</exception>
    public async Task<Account> ClaimAsync(Invitation invitation, string password, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        Rule.Require(invitation.IsOpen(clock.GetCurrentInstant()), "This invitation was answered already, or has expired.");
        var account = await registration.CreateProvenAsync(invitation.Person, invitation.Mail, password);
        await AcceptAsync(invitation, invitation.Person, stop);
        await transaction.CommitAsync(stop);
        return account;
    }

    public async Task DeclineAsync(Invitation invitation, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        invitation.Decline(now);
        Record(invitation, "declined the invitation", invitation.Person, now);
        await db.SaveChangesAsync(stop);
    }

    public async Task WithdrawAsync(Invitation invitation, Person by, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        invitation.Withdraw(now);
        Record(invitation, "took an invitation back", by, now);
        await db.SaveChangesAsync(stop);
    }

    private static Letter Write(Invitation invitation, string link, Instant now)
    {
        var (person, by, microconference) = (invitation.Person, invitation.InvitedBy, invitation.Microconference);
        string[] paragraphs = microconference is null
            ? [
                $"{by.Name} invites you to claim your account. The site knows you as {person.Name}; with an account you can look after what is yours there.",
                "Open this page to accept or decline:", link, "Opening it changes nothing. It works for 30 days.",
            ]
            : [
                $"{by.Name} invites you to lead the microconference \"{microconference.Title}\" at {microconference.Conference.Name} together.",
                "Leads write the proposal, choose the topics and run the session.", "Open this page to accept or decline:", link,
                "Opening it changes nothing. It works for 30 days.",
            ];
        var subject = microconference is null ? "Claim your account" : $"Lead {microconference.Title} at {microconference.Conference.ShortName}?";
        var letter = new Letter(person.Id, person.Name, invitation.Mail, subject, LetterText.Write(person.Name, paragraphs), now).Secret();
        return microconference is null ? letter : letter.About(microconference.ConferenceId, microconference.Id, FormattableString.Invariant($"mc/{microconference.Id}"));
    }

    private void Record(Invitation invitation, string verb, Person by, Instant now) => db.AuditEntries.Add(
        new AuditEntry(by, "invitation", verb, invitation.Microconference?.Path ?? $"/people/{invitation.Person.Slug}", null, JsonSerializer.Serialize(new { person = invitation.Person.Slug }), now)
            .About(invitation.Microconference?.ConferenceId, invitation.Microconference?.Id));
}
