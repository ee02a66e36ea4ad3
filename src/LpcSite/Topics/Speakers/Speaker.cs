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

    /// <summary>As the author of the topic expects it, and as the speaker himself says once he has said so.</summary>
    public Attendance Attendance { get; private set; }

    /// <summary>He stands in where another speaker cannot.</summary>
    public bool IsAlternative { get; private set; }

    /// <summary>Where his invitation goes; null once it is written, or where nobody gave an address.</summary>
    public string? InviteAt { get; private set; }

    /// <summary>When he said that he speaks.</summary>
    public Instant? ConfirmedAt { get; private set; }

    /// <summary>When he said that he does not.</summary>
    public Instant? DeclinedAt { get; private set; }

    public bool HasAnswered => ConfirmedAt is not null || DeclinedAt is not null;

    /// <summary>
    /// What the author of the topic says of him. How he takes part is for him to say from his answer on.
    /// </summary>
    public void Plan(Attendance attendance, bool isAlternative, string? inviteAt)
    {
        (Attendance, IsAlternative) = (HasAnswered ? Attendance : attendance, isAlternative);
        InviteAt = inviteAt is null ? null : MailAddress.Require(inviteAt);
    }

    /// <summary>His invitation is written, or he needs none.</summary>
    public void Invited() => InviteAt = null;

    /// <summary>He would speak if the leads take the topic.</summary>
    public void Agree(Attendance attendance) => (Attendance, DeclinedAt) = (Said(attendance), null);

    /// <summary>He speaks.</summary>
    public void Confirm(Attendance attendance, Instant now) =>
        (Attendance, ConfirmedAt, DeclinedAt) = (Said(attendance), now, null);

    /// <summary>He does not speak; the leads see it and look for somebody else.</summary>
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
