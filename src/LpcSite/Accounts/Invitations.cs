using System.Text.Json;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Letters;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

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
        catch (DbUpdateException raced) when (raced.IsRace())
        {
            throw new RuleException($"{person.Name} is invited already; the answer is awaited.");
        }

        db.Letters.Add(Write(invitation, link, now));
        var subject = microconference?.Path ?? $"/people/{person.Slug}";

        // Without the address: the audit is kept for ever, and who erases himself has a right that it is not.
        db.AuditEntries.Add(new AuditEntry(by, "invitation", "invited", subject, null, JsonSerializer.Serialize(new { person = person.Slug }), now)
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

    /// <summary>
    /// Whether whoever has the letter may get an account as the person it names. That account may do all that this person may, so that the
    /// word of a lead is not enough where he does not lead: else anybody could name a lead of elsewhere, invite an address of his own, and
    /// be that lead. The organizers' word is.
    /// </summary>
    public async Task<bool> MayClaimAsync(Invitation invitation, CancellationToken stop)
    {
        var (person, by) = (invitation.PersonId, invitation.InvitedById);
        var mail = registration.Normalize(invitation.Mail);
        if (await db.Users.AnyAsync(a => a.PersonId == person || a.NormalizedEmail == mail, stop))
        {
            return false;
        }

        return await db.Organizers.AnyAsync(o => o.PersonId == by, stop)
            || !await db.Organizers.AnyAsync(o => o.PersonId == person, stop)
            && !await db.Reviewers.AnyAsync(r => r.PersonId == person, stop)
            && !await db.Microconferences.Where(m => m.Leads.All(l => l.PersonId != by))
                .AnyAsync(m => m.Leads.Any(l => l.PersonId == person) || m.KeyAttendees.Any(k => k.PersonId == person) || m.Topics.Any(t => t.Speakers.Any(s => s.PersonId == person)), stop);
    }

    /// <summary>Accepts for somebody who has an account: the one who is signed in.</summary>
    /// <exception cref="RuleException">The invitation was answered, taken back or has expired, or it offers the account of somebody else.</exception>
    public async Task AcceptAsync(Invitation invitation, Person by, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        Rule.Require(
            invitation.Microconference is not null || invitation.PersonId == by.Id,
            $"This invitation offers the account of {invitation.Person.Name}, and you are signed in as {by.Name}. If both are you, ask the organizers to join them.");
        invitation.Microconference?.Conference.RequireOpen();
        invitation.Accept(now);
        invitation.Microconference?.AddLead(by);
        invitation.Microconference?.Touch(now);
        Record(invitation, "accepted the invitation", by, now);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException raced) when (raced.IsRace())
        {
            throw new RuleException("Something changed at the same moment. Open the link again.");
        }
    }

    /// <summary>Accepts for somebody without an account, where <see cref="MayClaimAsync"/>: the letter proved his address, so that a password is all that is missing.</summary>
    /// <exception cref="RuleException">As above, or the password will not do.</exception>
    public async Task<Account> ClaimAsync(Invitation invitation, string password, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        Rule.Require(invitation.IsOpen(clock.GetCurrentInstant()), "This invitation was answered already, or has expired.");
        Rule.Require(await MayClaimAsync(invitation, stop), "Sign in, or register, to accept this invitation.");
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
