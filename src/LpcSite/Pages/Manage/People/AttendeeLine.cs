using LpcSite.Accounts.Invitations;
using LpcSite.Microconferences.Leads;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Pages.Manage.People;

/// <summary>How far the asking has come.</summary>
public enum AttendeeState
{
    NotAsked,
    Asked,
    NotDelivered,
    Unanswered,
    Refused,
    Comes,
    StaysAway,
}

/// <summary>A key attendee, and what became of asking them.</summary>
public sealed record AttendeeLine(
    int PersonId,
    string Name,
    bool HasAccount,
    Attendance Attendance,
    Instant? ConfirmedAt,
    Instant? DeclinedAt
)
{
    public AttendeeState State { get; private init; }
    public Instant? AskedAt { get; private init; }

    /// <summary>
    /// As the leads typed it; null where the letter went to an account's address, which is not theirs to read.
    /// </summary>
    public string? Mail { get; private init; }

    public bool CanBeAsked { get; private init; }

    public static AttendeeLine Of(AttendeeLine line, Invitation? asked, bool isOver, Instant now)
    {
        var state =
            line.ConfirmedAt is not null ? AttendeeState.Comes
            : line.DeclinedAt is not null ? AttendeeState.StaysAway
            : asked is null ? AttendeeState.NotAsked
            : asked.IsOpen(now)
                ? asked.DidNotArrive ? AttendeeState.NotDelivered
                    : AttendeeState.Asked
            : asked.DeclinedAt is not null ? AttendeeState.Refused
            : AttendeeState.Unanswered;
        return line with
        {
            State = state,
            AskedAt = asked?.CreatedAt,
            Mail = line.HasAccount ? null : asked?.Mail,
            CanBeAsked =
                !isOver
                && (state is not AttendeeState.Asked || asked!.CreatedAt <= now - KeyAttendeeInvitations.Patience),
        };
    }
}
