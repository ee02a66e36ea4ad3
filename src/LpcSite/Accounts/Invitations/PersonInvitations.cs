using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Microconferences.Leads;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts.Invitations;

/// <summary>
/// Invites people by letter, to lead a microconference, to speak or to come there, or to claim their account, and does
/// what they answer.
/// </summary>
public sealed class PersonInvitations(
    LpcDbContext db,
    Registration registration,
    EmailLimits limits,
    AnswerEmails letters,
    IClock clock
)
{
    /// <param name="person">Whom the conference knows them as, with an account or without.</param>
    /// <param name="origin">Scheme and host of the site, for the link in the letter.</param>
    /// <param name="replacing">
    /// Open invitations to the same that were written until then give way to this one; none do by default.
    /// </param>
    /// <exception cref="RuleException">
    /// They are invited already or lead it already, or too many letters were asked for.
    /// </exception>
    public async Task InviteAsync(
        Person person,
        string mail,
        InvitationPurpose to,
        Person by,
        string origin,
        CancellationToken stop,
        Instant? replacing = null
    )
    {
        Rule.Require(
            to.Kind is not InvitationKind.Lead
                || to.Microconference!.Leads.All(l => l.PersonId != person.Id || person.Id == 0),
            $"{person.Name} leads it already."
        );
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await limits.RequireAsync(mail, stop);
        await EndAsync(person, to, now, replacing, stop);
        var invitation = new Invitation(person, mail, to, by, now, out var key);
        db.Invitations.Add(invitation);
        await db.SaveOrSayAsync($"{person.Name} is invited already; the answer is awaited.", stop);

        invitation.SentBy(
            db.Letters.Add(InvitationEmail.Write(invitation, $"{origin}/account/invitation/{key}", now)).Entity
        );

        // Without the address: the audit is kept for ever, and who erases themselves has a right that it is not.
        Record(invitation, "invited", by, now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <returns>Null where the key belongs to none.</returns>
    public Task<Invitation?> FindAsync(string key, CancellationToken stop)
    {
        var digest = Invitation.Digest(key);
        return db.Invitations.WithWhatItIsFor().SingleOrDefaultAsync(i => i.KeyDigest == digest, stop);
    }

    /// <summary>
    /// Whether whoever has the letter may get an account as the person it names. That account may do all that this
    /// person may, so that the word of a lead is not enough where they do not lead, nor that of a submitter where the
    /// topic is not theirs: else anybody could name a lead of elsewhere, invite an address of their own, and be that
    /// lead. What somebody else has asked that person counts like a role, as the account could say yes to it. The
    /// organizers' word is enough.
    /// </summary>
    public async Task<bool> MayClaimAsync(Invitation invitation, CancellationToken stop)
    {
        var (person, by, now) = (invitation.PersonId, invitation.InvitedById, clock.GetCurrentInstant());
        var mail = registration.Normalize(invitation.Mail);
        if (
            invitation.Person is not { ErasedAt: null, MergedIntoId: null }
            || await db.Users.AnyAsync(a => a.PersonId == person || a.NormalizedEmail == mail, stop)
        )
        {
            return false;
        }

        return await db.Organizers.AnyAsync(o => o.PersonId == by, stop)
            || !await db.Organizers.AnyAsync(o => o.PersonId == person, stop)
                && !await db.Reviewers.AnyAsync(r => r.PersonId == person, stop)
                && !await db.Invitations.AnyAsync(
                    i =>
                        i.PersonId == person
                        && i.InvitedById != by
                        && i.AcceptedAt == null
                        && i.DeclinedAt == null
                        && i.WithdrawnAt == null
                        && now < i.ExpiresAt,
                    stop
                )
                && !await db.Nominations.AnyAsync(n => n.PersonId == person && n.ById != by, stop)
                && !await db
                    .Microconferences.Where(m => m.Leads.All(l => l.PersonId != by))
                    .AnyAsync(
                        m =>
                            m.Leads.Any(l => l.PersonId == person)
                            || m.KeyAttendees.Any(k => k.PersonId == person)
                            || m.Topics.Any(t =>
                                (t.SubmitterId == person || t.Speakers.Any(s => s.PersonId == person))
                                && t.SubmitterId != by
                                && t.Speakers.All(s => s.PersonId != by)
                            ),
                        stop
                    );
    }

    /// <summary>
    /// Whether whoever has the letter may answer in the name of the person it names, without signing in: there is
    /// nobody else who could, or the letter went to the address with which that person signs in.
    /// </summary>
    public async Task<bool> MayAnswerByKeyAsync(Invitation invitation, CancellationToken stop)
    {
        var (person, mail) = (invitation.PersonId, registration.Normalize(invitation.Mail));
        return invitation.AsksWhetherHeComes
            && !await db.Users.AnyAsync(
                a => a.PersonId == person && !(a.EmailConfirmed && a.NormalizedEmail == mail),
                stop
            );
    }

    /// <summary>
    /// Accepts for the one who is signed in, or for the person it names where <see cref="MayAnswerByKeyAsync"/>.
    /// </summary>
    /// <param name="attendance">How they take part, where that is asked.</param>
    /// <exception cref="RuleException">
    /// The invitation was answered, taken back or has expired, or it offers the account of somebody else.
    /// </exception>
    public async Task AcceptAsync(Invitation invitation, Person by, Attendance attendance, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        Rule.Require(
            invitation.Microconference is not null || invitation.PersonId == by.Id,
            $"This invitation offers the account of {invitation.Person.Name}, and you are signed in as {by.Name}. If "
                + "both are you, they have to be merged by an organizer first."
        );
        invitation.Microconference?.Conference.RequireOpen();
        invitation.Accept(now);
        TakeUp(invitation, by, attendance, now);
        Record(invitation, "accepted the invitation", by, now);
        await SaveAsync(stop);
    }

    /// <summary>
    /// Accepts for somebody without an account, where <see cref="MayClaimAsync"/>: the letter proved their address, so
    /// that a password is all that is missing.
    /// </summary>
    /// <exception cref="RuleException">As above, or the password will not do.</exception>
    public async Task<Account> ClaimAsync(
        Invitation invitation,
        string password,
        Attendance attendance,
        CancellationToken stop
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        Rule.Require(
            invitation.TakesAnswer(clock.GetCurrentInstant()),
            "This invitation was answered already, or has expired."
        );
        Rule.Require(await MayClaimAsync(invitation, stop), "Sign in, or register, to accept this invitation.");
        var account = await registration.CreateProvenAsync(invitation.Person, invitation.Mail, password);
        if (!await db.Organizers.AnyAsync(o => o.PersonId == invitation.InvitedById, stop))
        {
            await db.Entry(invitation.Person).Collection(p => p.Aliases).LoadAsync(stop);
            invitation.Person.ProveNothingByName();
        }

        await AcceptAsync(invitation, invitation.Person, attendance, stop);
        await transaction.CommitAsync(stop);
        return account;
    }

    /// <param name="isHis">
    /// Whether the person it names says no, and not somebody else into whose hands the letter came.
    /// </param>
    /// <param name="origin">Scheme and host of the site, for the link in the letters.</param>
    public async Task DeclineAsync(Invitation invitation, bool isHis, string origin, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        invitation.Microconference?.Conference.RequireOpen();
        invitation.Decline(now);
        if (isHis && invitation.AsksWhetherHeComes)
        {
            if (invitation.Topic is { } topic)
            {
                topic.TurnDown(invitation.Person, now);
            }
            else
            {
                invitation.Microconference!.ExpectNot(invitation.Person, now);
            }

            await letters.AddAsync(invitation.Microconference!, invitation.Topic, invitation.Person, origin, now, stop);
        }

        Record(invitation, "declined the invitation", invitation.Person, now);
        await SaveAsync(stop);
    }

    public async Task WithdrawAsync(Invitation invitation, Person by, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        invitation.Withdraw(now);
        Record(invitation, "took an invitation back", by, now);
        await db.SaveChangesAsync(stop);
    }

    private static void TakeUp(Invitation invitation, Person by, Attendance attendance, Instant now)
    {
        switch (invitation.Kind)
        {
            case InvitationKind.Lead:
                invitation.Microconference!.AddLead(by);
                invitation.Microconference.Touch(now);
                break;
            case InvitationKind.Speak:
                invitation.Topic!.TakeUp(invitation.Person, by, attendance, now);
                break;
            case InvitationKind.Attend:
                invitation.Microconference!.ExpectToCome(invitation.Person, by, attendance, now);
                break;
            default:
                break;
        }
    }

    // What has expired, what is to be asked anew, and what never arrived.
    private Task<int> EndAsync(
        Person person,
        InvitationPurpose to,
        Instant now,
        Instant? replacing,
        CancellationToken stop
    )
    {
        var (microconference, topic) = (to.Microconference?.Id, to.Topic?.Id);
        return db
            .Invitations.Where(i =>
                i.Kind == to.Kind
                && i.PersonId == person.Id
                && i.MicroconferenceId == microconference
                && i.TopicId == topic
            )
            .Where(i =>
                i.AcceptedAt == null
                && i.DeclinedAt == null
                && i.WithdrawnAt == null
                && (i.ExpiresAt <= now || i.CreatedAt <= replacing || i.Letter!.State == EmailState.Failed)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), stop);
    }

    private Task SaveAsync(CancellationToken stop) =>
        db.SaveOrSayAsync("Something changed at the same moment. Open the link again.", stop);

    private void Record(Invitation invitation, string verb, Person by, Instant now) =>
        db.Record(
            new Act(by, "invitation", now),
            verb,
            new AuditSubject(
                invitation.Microconference?.Path ?? $"/people/{invitation.Person.Slug}",
                invitation.Microconference?.ConferenceId,
                invitation.Microconference?.Id
            ),
            after: JsonSerializer.Serialize(Describe(invitation))
        );

    private static object Describe(Invitation invitation) =>
        invitation.Topic is null
            ? new { person = invitation.Person.Slug, to = invitation.Kind.ToString() }
            : new
            {
                person = invitation.Person.Slug,
                to = invitation.Kind.ToString(),
                topic = invitation.Topic.Id,
            };
}
