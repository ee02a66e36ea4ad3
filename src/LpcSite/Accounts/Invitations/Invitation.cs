using System.Security.Cryptography;
using System.Text;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Accounts.Invitations;

/// <summary>What somebody is invited to.</summary>
public enum InvitationKind
{
    /// <summary>To claim the account of the person that the conference already knows them as.</summary>
    Account,

    /// <summary>To lead a microconference.</summary>
    Lead,

    /// <summary>To speak about a topic.</summary>
    Speak,

    /// <summary>To come to a microconference that needs them.</summary>
    Attend,
}

/// <summary>
/// Asks a person by mail to lead a microconference, to speak or to come there, or only to claim their account. The link
/// in the letter opens a page with buttons: mail scanners follow links, so that opening it changes nothing.
/// </summary>
public class Invitation
{
    /// <summary>How long the link of the letter works.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(30);

    private Invitation() { }

    /// <param name="key">Out: what the link carries. Only its digest is kept.</param>
    /// <exception cref="RuleException">There can be no such address.</exception>
    public Invitation(Person person, string mail, InvitationPurpose to, Person by, Instant now, out string key)
    {
        key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        (Kind, Microconference, Topic) = (to.Kind, to.Microconference, to.Topic);
        (Person, Mail, InvitedBy) = (person, MailAddress.Require(mail), by);
        (CreatedAt, ExpiresAt, KeyDigest) = (now, now + Lifetime, Digest(key));
    }

    public int Id { get; private set; }
    public InvitationKind Kind { get; private set; }
    public int PersonId { get; private set; }

    /// <summary>Whom the conference knows them as, with or without an account yet.</summary>
    public Person Person { get; private set; } = null!;

    public string Mail { get; private set; } = null!;

    public long? LetterId { get; private set; }

    /// <summary>What carries the link; null where it is forgotten.</summary>
    public Email? Letter { get; private set; }
    public int? MicroconferenceId { get; private set; }
    public Microconference? Microconference { get; private set; }
    public int? TopicId { get; private set; }

    /// <summary>The one to speak about.</summary>
    public Topic? Topic { get; private set; }

    public int InvitedById { get; private set; }
    public Person InvitedBy { get; private set; } = null!;
    public string KeyDigest { get; private set; } = null!;
    public Instant CreatedAt { get; private set; }
    public Instant ExpiresAt { get; private set; }
    public Instant? AcceptedAt { get; private set; }
    public Instant? DeclinedAt { get; private set; }
    public Instant? WithdrawnAt { get; private set; }

    /// <summary>Changes with every write (PostgreSQL's xmin): of two who answer at once, one is told.</summary>
    public uint RowVersion { get; private set; }

    /// <summary>SHA-256 of a key, as it is kept: reading the database lets nobody in.</summary>
    public static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether an answer is still awaited.</summary>
    public bool IsOpen(Instant now) =>
        AcceptedAt is null && DeclinedAt is null && WithdrawnAt is null && now < ExpiresAt;

    /// <summary>
    /// Whether its page takes an answer: who was asked whether they come may think again while the link works.
    /// </summary>
    public bool TakesAnswer(Instant now) => IsOpen(now) || AsksWhetherHeComes && WithdrawnAt is null && now < ExpiresAt;

    /// <summary>Whether the answer says how they take part; the others are a plain yes or no.</summary>
    public bool AsksWhetherHeComes => Kind is InvitationKind.Speak or InvitationKind.Attend;

    /// <summary>No server took its letter, so that no answer can come: whoever invites has to know.</summary>
    public bool DidNotArrive => Letter is { State: EmailState.Failed };

    public void SentBy(Email email) => Letter = email;

    public void Accept(Instant now)
    {
        RequireAnswerable(now);
        (AcceptedAt, DeclinedAt) = (now, null);
    }

    public void Decline(Instant now)
    {
        RequireAnswerable(now);
        (AcceptedAt, DeclinedAt) = (null, now);
    }

    public void Withdraw(Instant now)
    {
        RequireOpen(now);
        WithdrawnAt = now;
    }

    private void RequireAnswerable(Instant now)
    {
        if (!TakesAnswer(now))
        {
            RequireOpen(now);
        }
    }

    private void RequireOpen(Instant now)
    {
        Rule.Require(AcceptedAt is null, "This invitation was accepted already.");
        Rule.Require(DeclinedAt is null, "This invitation was declined. Ask for a new one if you changed your mind.");
        Rule.Require(WithdrawnAt is null, "This invitation was taken back. Ask the person who sent it.");
        Rule.Require(now < ExpiresAt, "This invitation has expired. Ask the person who sent it for a new one.");
    }
}
