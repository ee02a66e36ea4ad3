using LpcSite.People;

namespace LpcSite.Microconferences;

/// <summary>A person without whom the discussion would not work.</summary>
public class KeyAttendee : IRosterEntry
{
    private KeyAttendee()
    {
    }

    public KeyAttendee(Person person) => Person = person;

    public int MicroconferenceId { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public int Position { get; set; }
}
