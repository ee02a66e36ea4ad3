using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Accounts.Invitations;

/// <summary>The letter of an invitation. It carries the link for its reader alone.</summary>
internal static class InvitationEmail
{
    private const string Open = "Open this page to answer:";
    private const string Lasts = "Opening it changes nothing. It works for 30 days.";

    /// <param name="invitation">Saved, since the letter names its person by their number.</param>
    public static Email Write(Invitation invitation, string link, Instant now)
    {
        var (subject, sentences) = Words(invitation);
        var email = new Email(
            invitation.Person.Id,
            invitation.Person.Name,
            invitation.Mail,
            subject[..Math.Min(subject.Length, Email.SubjectMaxLength)],
            EmailText.Write(invitation.Person.Name, [.. sentences, Open, link, Lasts]),
            now
        ).SecretOfAnother();
        return invitation.Microconference is { } microconference
            ? email.About(
                microconference.ConferenceId,
                microconference.Id,
                FormattableString.Invariant($"mc/{microconference.Id}")
            )
            : email;
    }

    private static (string Subject, string[] Sentences) Words(Invitation invitation)
    {
        // Whoever gets it may be a stranger, and all of this was typed by others.
        var (by, name) = (EmailText.Unlinked(invitation.InvitedBy.Name), EmailText.Unlinked(invitation.Person.Name));
        if (invitation.Microconference is not { } microconference)
        {
            return (
                "Claim your account",
                [
                    $"{by} invites you to claim your account. The site knows you as {name}; with an account you can "
                        + "look after what is yours there.",
                ]
            );
        }

        var (title, conference) = (EmailText.Unlinked(microconference.Title), microconference.Conference);
        var at = $"{EmailText.QuotedMicroconference(title)} at {EmailText.Unlinked(conference.Name)}";
        return invitation.Kind switch
        {
            InvitationKind.Speak => (
                $"Speak about {EmailText.Unlinked(invitation.Topic!.Title)}?",
                [Asked(by, invitation.Topic, at), "Say whether you are there in person, take part remotely, or cannot."]
            ),
            InvitationKind.Attend => (
                $"Do you come to {title}?",
                [
                    $"The leads of {at} name you as somebody without whom the discussion would not work, and {by} "
                        + "asks whether you come.",
                    "Say whether you are there in person, take part remotely, or cannot. The schedule then avoids "
                        + "needing you in two places.",
                ]
            ),
            _ => (
                $"Lead {title} at {EmailText.Unlinked(conference.ShortName)}?",
                [
                    $"{by} invites you to lead {at} together.",
                    "Leads write the proposal, choose the topics and run the session.",
                ]
            ),
        };
    }

    private static string Asked(string by, Topic topic, string at) =>
        topic.Status is TopicStatus.Accepted
            ? $"The topic \"{EmailText.Unlinked(topic.Title)}\" is accepted for {at}, and {by} asks whether you "
                + "speak about it."
            : $"{by} names you as a speaker of the topic \"{EmailText.Unlinked(topic.Title)}\" for {at}.";
}
