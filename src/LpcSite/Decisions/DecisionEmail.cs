using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Decisions;

/// <summary>
/// Writes what a lead is told about a decision, out of the conference's template. Held until the organizers release it.
/// </summary>
internal static class DecisionEmail
{
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static Email Write(
        Decision decision,
        EmailTemplate template,
        Person lead,
        string mail,
        string origin,
        Instant now
    )
    {
        var microconference = decision.Microconference;
        var there = decision.Into ?? microconference;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = EmailText.Unlinked(microconference.Title),
            ["conference"] = microconference.Conference.Name,
            ["form"] = Form(decision.Form),
            ["into"] = EmailText.Unlinked(decision.Into?.Title ?? ""),
            ["place"] = FormattableString.Invariant($"{decision.Place}"),
            ["note"] = decision.Note.ReplaceLineEndings("\n").Trim(),
            ["link"] = origin + there.Path,
        };
        var subject = EmailTemplate.Fill(template.Subject, values);
        return new Email(
            lead.Id,
            lead.Name,
            mail,
            subject.Length <= Email.SubjectMaxLength ? subject : subject[..(Email.SubjectMaxLength - 1)] + "…",
            EmailText.Write(lead.Name, EmailTemplate.Fill(template.Text, values).Split("\n\n")),
            now
        )
            .About(
                microconference.ConferenceId,
                microconference.Id,
                FormattableString.Invariant($"mc/{microconference.Id}")
            )
            .Held(decision.Id);
    }

    /// <summary>The form in the words of a letter.</summary>
    public static string Form(SessionForm? form) =>
        form switch
        {
            SessionForm.Full => "full length, 3.5 hours with a break",
            SessionForm.Half => "half length, 1.5 hours",
            SessionForm.NoAv => "full length, 3.5 hours with a break, in a room without staffed audio and video",
            _ => "we tell you in another letter",
        };
}
