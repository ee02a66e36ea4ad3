using LpcSite.Microconferences;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Reviews.Assignments;

/// <summary>An organizer asks a reviewer to read a proposal. Others may review it too.</summary>
public class Assignment
{
    private Assignment() { }

    public Assignment(int microconferenceId, int reviewerId, Person by, Instant now) =>
        (MicroconferenceId, ReviewerId, By, AssignedAt) = (microconferenceId, reviewerId, by, now);

    public int MicroconferenceId { get; private set; }
    public Microconference Microconference { get; private set; } = null!;
    public int ReviewerId { get; private set; }
    public Person Reviewer { get; private set; } = null!;
    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant AssignedAt { get; private set; }
}
