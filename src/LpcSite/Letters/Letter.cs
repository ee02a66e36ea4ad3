using NodaTime;

namespace LpcSite.Letters;

/// <summary>Where a letter is on its way.</summary>
public enum LetterState
{
    /// <summary>To be sent when it is due.</summary>
    Waiting,

    /// <summary>The sender has it in its hands.</summary>
    Sending,

    /// <summary>The receiving server took it over.</summary>
    Sent,

    /// <summary>The receiving server will never take it, or did not for days.</summary>
    Failed,

    /// <summary>The server's answer was cut off: it may or may not have taken it, and an organizer has to look.</summary>
    Unclear,

    /// <summary>Taken back before it was sent.</summary>
    Stopped,
}

/// <summary>A mail as a row, written in the transaction of its cause: readable, stoppable, sent by one background service.</summary>
public class Letter
{
    public const int SubjectMaxLength = 200;
    public const int ThreadMaxLength = 80;
    public const int NameMaxLength = 120;
    public const int ProblemMaxLength = 1000;

    private Letter()
    {
    }

    public Letter(int? personId, string toName, string toAddress, string subject, string text, Instant now) =>
        (Reference, PersonId, ToName, ToAddress, Subject, Text, CreatedAt, DueAt) = (Guid.NewGuid(), personId, toName, toAddress, subject, text, now, now);

    public long Id { get; private set; }

    /// <summary>The left half of its Message-ID (RFC 5322, section 3.6.4), fixed before it is sent, so that a second try is the same mail.</summary>
    public Guid Reference { get; private set; }

    /// <summary>Null where the address belongs to nobody that the site knows.</summary>
    public int? PersonId { get; private set; }

    public string ToName { get; private set; } = null!;
    public string ToAddress { get; private set; } = null!;
    public string Subject { get; private set; } = null!;

    /// <summary>Plain text, the form that counts.</summary>
    public string Text { get; private set; } = null!;

    /// <summary>The same for programs that want it; null for a letter of plain text alone.</summary>
    public string? Html { get; private set; }

    /// <summary>What it belongs to, such as <c>mc/12</c>: letters of one thread to one address answer each other.</summary>
    public string? Thread { get; private set; }

    public int? ConferenceId { get; private set; }
    public int? MicroconferenceId { get; private set; }

    /// <summary>It carries a link that lets its reader in: nobody else reads its text, and it is forgotten once sent.</summary>
    public bool IsSecret { get; private set; }

    public LetterState State { get; private set; }

    /// <summary>How often sending it was begun.</summary>
    public int Attempts { get; private set; }

    public Instant CreatedAt { get; private set; }

    /// <summary>Not to be tried before.</summary>
    public Instant DueAt { get; private set; }

    public Instant? StartedAt { get; private set; }
    public Instant? SentAt { get; private set; }

    /// <summary>What the receiving server said, or what broke, the last time.</summary>
    public string? Problem { get; private set; }

    public Letter About(int conferenceId, int? microconferenceId, string thread)
    {
        (ConferenceId, MicroconferenceId, Thread) = (conferenceId, microconferenceId, thread);
        return this;
    }

    public Letter WithHtml(string html)
    {
        Html = html;
        return this;
    }

    public Letter Secret()
    {
        IsSecret = true;
        return this;
    }
}
