using System.ComponentModel.DataAnnotations;
using LpcSite.Topics;

namespace LpcSite.Pages.Topics;

/// <summary>The form in which a topic is submitted.</summary>
public class SubmissionInput : IValidatableObject
{
    public const int MaxLinks = 10;
    public const int LinkMaxLength = 500;

    [Required(ErrorMessage = "Give it a title."), MaxLength(Topic.TitleMaxLength, ErrorMessage = "A title has at most 250 characters.")]
    public string Title { get; set; } = "";

    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string Problem { get; set; } = "";

    [Range(5, Topic.MaxMinutes, ErrorMessage = "A topic takes from 5 to 240 minutes.")]
    public int? Minutes { get; set; }

    /// <summary>Names with commas between.</summary>
    public string? Speakers { get; set; }

    [MaxLength(Topic.NoteMaxLength, ErrorMessage = "The note on the speakers has at most 200 characters.")]
    public string? SpeakersNote { get; set; }

    [MaxLength(Topic.AvailabilityMaxLength, ErrorMessage = "What there is to know about times fits in 300 characters.")]
    public string? Availability { get; set; }

    /// <summary>One on each line.</summary>
    public string? Links { get; set; }

    /// <summary>The revision on screen; 0 for a new one.</summary>
    public int BasedOn { get; set; }

    /// <param name="topic">With its speakers.</param>
    public static SubmissionInput Of(Topic topic) => new()
    {
        Title = topic.Title,
        Problem = topic.Details.Source,
        Minutes = topic.Minutes,
        Speakers = string.Join(", ", topic.Speakers.OrderBy(s => s.Position).Select(s => s.Person.Name)),
        SpeakersNote = topic.SpeakersNote,
        Availability = topic.Availability,
        Links = string.Join('\n', topic.Links),
        BasedOn = topic.RevisionNumber,
    };

    public SubmittedText ToText() => new(
        Title.Trim(), Problem ?? "", Minutes, [.. (Speakers ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], Tidy(SpeakersNote), Tidy(Availability), Lines(), BasedOn);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var links = Lines();
        if (links.Length > MaxLinks)
        {
            yield return new ValidationResult($"At most {MaxLinks} links fit here.", [nameof(Links)]);
        }

        foreach (var link in links.Where(l => l.Length > LinkMaxLength || !Uri.TryCreate(l, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult($"'{link[..Math.Min(link.Length, 80)]}' is not a web address that begins with https:// or http://.", [nameof(Links)]);
        }
    }

    private string[] Lines() => (Links ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
