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

    /// <summary>How they take part, as they say themselves.</summary>
    public Attendance Attendance { get; private set; }

    /// <summary>When they said that they come, or take part remotely.</summary>
    public Instant? ConfirmedAt { get; private set; }

    /// <summary>When they said that they do not.</summary>
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
