using NodaTime;

namespace LpcSite.People.Merging;

/// <summary>Two people of similar names who are two: an organizer looked, and nobody is asked again.</summary>
public class NotDuplicates
{
    private NotDuplicates() { }

    public NotDuplicates(int one, int other, Person by, Instant now) =>
        (PersonId, OtherId, By, At) = (Math.Min(one, other), Math.Max(one, other), by, now);

    /// <summary>The lower number of the two.</summary>
    public int PersonId { get; private set; }

    public int OtherId { get; private set; }
    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant At { get; private set; }
}
