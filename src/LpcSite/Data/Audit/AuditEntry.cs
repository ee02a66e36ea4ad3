using LpcSite.People;
using NodaTime;

namespace LpcSite.Data.Audit;

/// <summary>Who changed what, when, and how it was before: written in the transaction of the change itself.</summary>
public class AuditEntry
{
    public const int WordMaxLength = 60;
    public const int SubjectMaxLength = 400;

    private AuditEntry() { }

    /// <param name="by">
    /// Null when nobody was signed in: a command of the operator, named in <paramref name="via"/>.
    /// </param>
    /// <param name="via">The page or command through which it was done, such as <c>import</c>.</param>
    /// <param name="subject">The path of what changed.</param>
    /// <param name="before">JSON; null if it did not exist.</param>
    /// <param name="after">JSON; null if it is no more.</param>
    public AuditEntry(
        Person? by,
        string via,
        string verb,
        string subject,
        string? before,
        string? after,
        Instant now
    ) => (By, Via, Verb, Subject, Before, After, At) = (by, via, verb, subject, before, after, now);

    public AuditEntry About(int? conferenceId, int? microconferenceId)
    {
        (ConferenceId, MicroconferenceId) = (conferenceId, microconferenceId);
        return this;
    }

    public long Id { get; private set; }
    public Instant At { get; private set; }
    public int? PersonId { get; private set; }
    public Person? By { get; private set; }

    /// <summary>The microconference that it concerns, whatever its address is by now.</summary>
    public int? MicroconferenceId { get; private set; }

    public int? ConferenceId { get; private set; }
    public string Via { get; private set; } = null!;
    public string Verb { get; private set; } = null!;
    public string Subject { get; private set; } = null!;
    public string? Before { get; private set; }
    public string? After { get; private set; }
}
