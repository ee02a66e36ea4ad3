using NodaTime;

namespace LpcSite.People;

/// <summary>
/// Runs the conferences of the site: decides proposals, owns rooms and slots, may see and change everything that is not
/// a person's own.
/// </summary>
public class Organizer
{
    private Organizer() { }

    public Organizer(Person person, Instant now) => (Person, AddedAt) = (person, now);

    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public Instant AddedAt { get; private set; }
}
