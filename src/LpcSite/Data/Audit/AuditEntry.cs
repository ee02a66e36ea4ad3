using LpcSite.People;
using NodaTime;

namespace LpcSite.Data.Audit;

/// <summary>Who changed what, when, and how it was before: written in the transaction of the change itself.</summary>
public class AuditEntry
{
    public const int WordMaxLength = 60;
    public const int SubjectMaxLength = 400;

    private AuditEntry() { }

    /// <param name="before">JSON; null if it did not exist.</param>
    /// <param name="after">JSON; null if it is no more.</param>
    internal AuditEntry(Act act, string verb, AuditSubject subject, string? before, string? after)
    {
        (By, Via, At) = (act.By, act.Via, act.At);
        (Subject, ConferenceId, MicroconferenceId) = (subject.Path, subject.ConferenceId, subject.MicroconferenceId);
        (Verb, Before, After) = (verb, before, after);
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
