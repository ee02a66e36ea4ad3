using LpcSite.Conferences;
using NodaTime;

namespace LpcSite.People;

/// <summary>Reads the proposals of one conference and says what is to be said about them; decides nothing.</summary>
public class Reviewer
{
    /// <summary>Of one conference.</summary>
    public const int MaxCount = 300;

    private Reviewer() { }

    public Reviewer(Conference conference, Person person, Instant now) =>
        (Conference, Person, AddedAt) = (conference, person, now);

    public int ConferenceId { get; private set; }
    public Conference Conference { get; private set; } = null!;
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public Instant AddedAt { get; private set; }
}
