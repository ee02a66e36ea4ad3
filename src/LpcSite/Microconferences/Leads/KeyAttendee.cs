using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Microconferences.Leads;

/// <summary>A person without whom the discussion would not work.</summary>
public class KeyAttendee : IRosterEntry
{
    private KeyAttendee() { }

    public KeyAttendee(Person person) => Person = person;

    public int MicroconferenceId { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public int Position { get; set; }

    /// <summary>How he takes part, as he says himself.</summary>
    public Attendance Attendance { get; private set; }

    /// <summary>When he said that he comes, or takes part remotely.</summary>
    public Instant? ConfirmedAt { get; private set; }

    /// <summary>When he said that he does not.</summary>
    public Instant? DeclinedAt { get; private set; }

    public void Confirm(Attendance attendance, Instant now)
    {
        Rule.Require(
            attendance is Attendance.InPerson or Attendance.Remote,
            "Say whether you come in person or take part remotely."
        );
        (Attendance, ConfirmedAt, DeclinedAt) = (attendance, now, null);
    }

    public void Decline(Instant now) => (ConfirmedAt, DeclinedAt) = (null, now);
}
