using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Reviews.Assignments;

/// <summary>
/// Somebody says that they are too close to a proposal to judge it. Its reviews are hidden from them, and they can
/// write none.
/// </summary>
public class ConflictOfInterest
{
    public const int ReasonMaxLength = 300;

    private ConflictOfInterest() { }

    public ConflictOfInterest(Microconference microconference, Person person, string reason, Person by, Instant now)
    {
        Rule.Require(
            reason.Length <= ReasonMaxLength,
            $"The reason has {reason.Length} characters; {ReasonMaxLength} fit."
        );
        (Microconference, Person, Reason, By, DeclaredAt) = (microconference, person, reason, by, now);
    }

    public int MicroconferenceId { get; private set; }
    public Microconference Microconference { get; private set; } = null!;
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;

    /// <summary>May be empty: nobody has to say more than that there is one.</summary>
    public string Reason { get; private set; } = "";

    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant DeclaredAt { get; private set; }
}
