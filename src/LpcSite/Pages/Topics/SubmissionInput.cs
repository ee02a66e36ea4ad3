using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LpcSite.Emails;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Topics;
using LpcSite.Topics.Speakers;
using LpcSite.Topics.Submissions;

namespace LpcSite.Pages.Topics;

/// <summary>The form in which a topic is submitted.</summary>
public class SubmissionInput : IValidatableObject
{
    public const int MaxLinks = 10;
    public const int LinkMaxLength = 500;
    public const int MaxSpeakers = 12;

    /// <summary>Of all of them, with what a browser sends at the end of a line.</summary>
    public const int LinksMaxLength = MaxLinks * (LinkMaxLength + 2);

    [
        Required(ErrorMessage = "Give it a title."),
        MaxLength(Topic.TitleMaxLength, ErrorMessage = "A title has at most 250 characters.")
    ]
    public string Title { get; set; } = "";

    [DataType(DataType.MultilineText)]
    [MarkdownText, DisplayFormat(ConvertEmptyStringToNull = false)]
    public string Problem { get; set; } = "";

    [Range(5, Topic.MaxMinutes, ErrorMessage = "A topic takes from 5 to 240 minutes.")]
    public int? Minutes { get; set; }

    [MaxLength(MaxSpeakers, ErrorMessage = "Use at most {1} speakers.")]
    public List<SpeakerInput> Speakers { get; set; } = [];

    [MaxLength(Topic.NoteMaxLength, ErrorMessage = "The note on the speakers has at most 200 characters.")]
    public string? SpeakersNote { get; set; }

    [MaxLength(Topic.AvailabilityMaxLength, ErrorMessage = "What there is to know about times fits in 300 characters.")]
    public string? Availability { get; set; }

    /// <summary>One on each line.</summary>
    [DataType(DataType.MultilineText)]
    [MaxLength(LinksMaxLength, ErrorMessage = "The links have at most {1} characters.")]
    public string? Links { get; set; }

    /// <summary>The revision on screen; 0 for a new one.</summary>
    public int BasedOn { get; set; }

    /// <param name="topic">With its speakers.</param>
    public static SubmissionInput Of(Topic topic) =>
        new()
        {
            Title = topic.Title,
            Problem = topic.Details.Source,
            Minutes = topic.Minutes,
            Speakers = [.. topic.Speakers.OrderBy(s => s.Position).Select(s => SpeakerInput.Of(s))],
            SpeakersNote = topic.SpeakersNote,
            Availability = topic.Availability,
            Links = string.Join('\n', topic.Links),
            BasedOn = topic.RevisionNumber,
        };

    public SubmittedText ToText() =>
        new(
            Title.Trim(),
            Problem ?? "",
            Minutes,
            [.. Speakers.Where(s => !s.IsEmpty).Select(s => s.ToSpeaker())],
            Tidy(SpeakersNote),
            Tidy(Availability),
            Lines(),
            BasedOn
        );

    /// <summary>
    /// Whoever types their own name and chooses nobody means themself, however many others have the name.
    /// </summary>
    public void MeanThemself(Person author)
    {
        var key = Person.Key(author.Name);
        foreach (
            var speaker in Speakers.Where(s =>
                s.ToPerson() is { Id: null, IsNew: false } who && Person.Key(who.Name) == key
            )
        )
        {
            (speaker.Who, speaker.Shown) = (author.Id.ToString(CultureInfo.InvariantCulture), speaker.Name);
        }
    }

    /// <summary>
    /// What a button beside the list asks for where no script answers it, such as <c>up Speakers 2</c>.
    /// </summary>
    public void Change(string wish) => RowChange.Apply(wish, nameof(Speakers), Speakers, () => new SpeakerInput());

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Speakers.Count(s => !s.IsEmpty) > MaxSpeakers)
        {
            yield return new ValidationResult($"At most {MaxSpeakers} speakers fit here.", [nameof(Speakers)]);
        }

        var links = Lines();
        if (links.Length > MaxLinks)
        {
            yield return new ValidationResult($"At most {MaxLinks} links fit here.", [nameof(Links)]);
        }

        foreach (
            var link in links.Where(l =>
                l.Length > LinkMaxLength
                || !Uri.TryCreate(l, UriKind.Absolute, out var url)
                || url.Scheme is not ("http" or "https")
            )
        )
        {
            yield return new ValidationResult(
                $"'{link[..Math.Min(link.Length, 80)]}' is not a web address that begins with https:// or http://.",
                [nameof(Links)]
            );
        }
    }

    private string[] Lines() =>
        (Links ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public class SpeakerInput : PersonInput, IValidatableObject
    {
        [MailAddress]
        public string? Mail { get; set; }

        public Attendance Attendance { get; set; }
        public bool IsAlternative { get; set; }

        public bool IsEmpty => IsUnnamed && string.IsNullOrWhiteSpace(Mail);

        public static SpeakerInput Of(Speaker speaker)
        {
            var input = Of<SpeakerInput>(speaker.Person);
            (input.Mail, input.Attendance) = (speaker.InviteAt, speaker.Attendance);
            input.IsAlternative = speaker.IsAlternative;
            return input;
        }

        public SubmittedSpeaker ToSpeaker() => new(ToPerson(), Tidy(Mail), Attendance, IsAlternative);

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (IsUnnamed && !IsEmpty)
            {
                yield return new ValidationResult("Say whose address that is.", [nameof(Name)]);
            }
        }
    }
}
