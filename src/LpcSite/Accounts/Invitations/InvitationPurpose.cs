using LpcSite.Microconferences;
using LpcSite.Topics;

namespace LpcSite.Accounts.Invitations;

/// <summary>What an invitation is for.</summary>
/// <param name="Microconference">With its conference loaded; null when it only offers an account.</param>
/// <param name="Topic">The one to speak about; null for all else.</param>
public sealed record InvitationPurpose(
    InvitationKind Kind,
    Microconference? Microconference = null,
    Topic? Topic = null
)
{
    public static InvitationPurpose Account { get; } = new(InvitationKind.Account);

    public static InvitationPurpose ToLead(Microconference microconference) =>
        new(InvitationKind.Lead, microconference);

    public static InvitationPurpose ToSpeak(Microconference microconference, Topic topic) =>
        new(InvitationKind.Speak, microconference, topic);

    public static InvitationPurpose ToAttend(Microconference microconference) =>
        new(InvitationKind.Attend, microconference);
}
