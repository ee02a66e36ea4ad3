using LpcSite.People;

namespace LpcSite.Microconferences.Leads;

/// <summary>Runs a microconference: writes it, chooses its topics and is in the room for all of it.</summary>
public class Lead : IRosterEntry
{
    private Lead() { }

    public Lead(Person person) => Person = person;

    public int MicroconferenceId { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public int Position { get; set; }
}
