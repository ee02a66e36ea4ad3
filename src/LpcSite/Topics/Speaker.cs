using LpcSite.People;

namespace LpcSite.Topics;

/// <summary>Opens the discussion of a topic.</summary>
public class Speaker : IRosterEntry
{
    private Speaker()
    {
    }

    public Speaker(Person person) => Person = person;

    public int TopicId { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public int Position { get; set; }
}
