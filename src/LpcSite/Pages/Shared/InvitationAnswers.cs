using LpcSite.Accounts.Invitations;

namespace LpcSite.Pages.Shared;

/// <summary>What somebody is told who has said yes, and where they go on.</summary>
public static class InvitationAnswers
{
    public static string Yes(Invitation invitation) =>
        invitation.Kind switch
        {
            InvitationKind.Lead => $"You lead {invitation.Microconference!.Title} now.",
            InvitationKind.Speak => $"Thank you. You are a speaker of “{invitation.Topic!.Title}”.",
            InvitationKind.Attend => $"Thank you. The leads of {invitation.Microconference!.Title} see your answer.",
            _ => "The account is yours.",
        };

    /// <summary>For somebody who is signed in: what is theirs now.</summary>
    public static string Next(Invitation invitation) =>
        invitation.Kind switch
        {
            InvitationKind.Lead => invitation.Microconference!.Path,
            _ => "/my",
        };
}
