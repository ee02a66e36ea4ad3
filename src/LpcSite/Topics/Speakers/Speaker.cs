using LpcSite.Emails;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Topics.Speakers;

/// <summary>Opens the discussion of a topic.</summary>
public class Speaker : IRosterEntry
{
    private Speaker() { }

    public Speaker(Person person) => Person = person;

    public int TopicId { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public int Position { get; set; }

    /// <summary>
    /// As the author of the topic expects it, and as the speaker says themselves once they have said so.
    /// </summary>
    public Attendance Attendance { get; private set; }

    /// <summary>They stand in where another speaker cannot.</summary>
    public bool IsAlternative { get; private set; }

    /// <summary>Where their invitation goes; null once it is written, or where nobody gave an address.</summary>
    public string? InviteAt { get; private set; }

    /// <summary>When they said that they speak.</summary>
    public Instant? ConfirmedAt { get; private set; }

    /// <summary>When they said that they do not.</summary>
    public Instant? DeclinedAt { get; private set; }

    public bool HasAnswered => ConfirmedAt is not null || DeclinedAt is not null;

    /// <summary>
    /// What the author of the topic says of them. How they take part is for them to say from their answer on.
    /// </summary>
    public void Plan(Attendance attendance, bool isAlternative, string? inviteAt)
    {
        (Attendance, IsAlternative) = (HasAnswered ? Attendance : attendance, isAlternative);
        InviteAt = inviteAt is null ? null : MailAddress.Require(inviteAt);
    }

    /// <summary>Their invitation is written, or they need none.</summary>
    public void Invited() => InviteAt = null;

    /// <summary>They would speak if the leads take the topic.</summary>
    public void Agree(Attendance attendance) => (Attendance, DeclinedAt) = (Said(attendance), null);

    /// <summary>They speak.</summary>
    public void Confirm(Attendance attendance, Instant now) =>
        (Attendance, ConfirmedAt, DeclinedAt) = (Said(attendance), now, null);

    /// <summary>They do not speak; the leads see it and look for somebody else.</summary>
    public void Decline(Instant now) => (ConfirmedAt, DeclinedAt) = (null, now);

    private static Attendance Said(Attendance attendance)
    {
        Rule.Require(
            attendance is Attendance.InPerson or Attendance.Remote,
            "Say whether you are there in person or take part remotely."
        );
        return attendance;
    }
}
