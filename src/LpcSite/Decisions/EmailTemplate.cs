using System.Text.RegularExpressions;
using LpcSite.Rules;

namespace LpcSite.Decisions;

/// <summary>
/// What a conference writes to the leads of a proposal about one verdict: a text with fields such as <c>{title}</c>.
/// </summary>
public partial class EmailTemplate
{
    public const int SubjectMaxLength = 120;
    public const int TextMaxLength = 8000;

    /// <summary>What may stand in braces, and what is put in its place.</summary>
    public static readonly IReadOnlyDictionary<string, string> Fields = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["title"] = "of the microconference",
        ["conference"] = "its name",
        ["form"] = "full length, half length, full length without staffed audio and video, or that it is told later",
        ["into"] = "the microconference that it becomes a part of",
        ["place"] = "on the waiting list",
        ["note"] = "what was written beside this decision; its paragraph falls away where there is none",
        ["link"] = "the address of its page",
    };

    private EmailTemplate() { }

    public EmailTemplate(int conferenceId, Verdict verdict) => (ConferenceId, Verdict) = (conferenceId, verdict);

    public int ConferenceId { get; private set; }
    public Verdict Verdict { get; private set; }
    public string Subject { get; private set; } = "";
    public string Text { get; private set; } = "";
    public uint RowVersion { get; private set; }

    /// <summary>What is sent where a conference has written nothing of its own.</summary>
    public static EmailTemplate DefaultOf(int conferenceId, Verdict verdict)
    {
        (string Subject, string[] Paragraphs) standard = verdict switch
        {
            Verdict.Accept => (
                "{title} is accepted",
                [
                    "Your microconference \"{title}\" is accepted for {conference}. Its form: {form}.",
                    "{note}",
                    "Its page says so from now on, and is where you go on: change the text, look after the topics, "
                        + "invite further leads.",
                    "{link}",
                    "Thank you for bringing it. Please tell us soon if something has changed and you cannot run it.",
                ]
            ),
            Verdict.Decline => (
                "{title} at {conference}",
                [
                    "Thank you for proposing \"{title}\" for {conference}. There were more proposals than places, and "
                        + "we could not find one for it.",
                    "{note}",
                    "The text stays yours. You can read it at its address, and begin next year's draft from it.",
                    "{link}",
                ]
            ),
            Verdict.Merge => (
                "{title} becomes a part of {into}",
                [
                    "Your microconference \"{title}\" and \"{into}\" need the same people in the same room, and "
                        + "become one at {conference}.",
                    "{note}",
                    "You lead it together. Both texts, all topics and all people are there now, and wait for your "
                        + "hand. The old address leads to the new one.",
                    "{link}",
                ]
            ),
            _ => (
                "{title} is on the waiting list",
                [
                    "\"{title}\" is on the waiting list of {conference}, at place {place}. There are more good "
                        + "proposals than places, and places become free.",
                    "{note}",
                    "It stays proposed and public, and you can go on changing it. We write again as soon as we know "
                        + "more.",
                    "{link}",
                ]
            ),
        };
        var template = new EmailTemplate(conferenceId, verdict);
        template.Write(standard.Subject, string.Join("\n\n", standard.Paragraphs));
        return template;
    }

    public void Write(string subject, string text)
    {
        Rule.Require(Problem(subject, SubjectMaxLength) is null, Problem(subject, SubjectMaxLength)!);
        Rule.Require(Problem(text, TextMaxLength) is null, Problem(text, TextMaxLength)!);
        (Subject, Text) = (subject, text.ReplaceLineEndings("\n"));
    }

    /// <returns>Why this cannot be a template, in a sentence; null if it can.</returns>
    public static string? Problem(string text, int maxLength) =>
        string.IsNullOrWhiteSpace(text) ? "Write something."
        : text.Length > maxLength ? $"This has {text.Length} characters; {maxLength} fit."
        : Field().Matches(text).Select(m => m.Groups["name"].Value).FirstOrDefault(name => !Fields.ContainsKey(name))
            is { } unknown
            ? $"There is no field {{{unknown}}}. The fields are "
                + $"{string.Join(", ", Fields.Keys.Select(name => $"{{{name}}}"))}."
        : null;

    /// <summary>
    /// The text with the values in their places. A paragraph that is nothing but an empty field falls away.
    /// </summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        string.Join(
            "\n\n",
            text.Split("\n\n")
                .Select(paragraph =>
                    Field().Replace(paragraph, field => values.GetValueOrDefault(field.Groups["name"].Value, ""))
                )
                .Where(paragraph => !string.IsNullOrWhiteSpace(paragraph))
        );

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();
}
