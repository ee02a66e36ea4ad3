using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Results;
using LpcSite.Microconferences.Revisions;
using LpcSite.Pages.Shared;
using LpcSite.People.Picker;
using LpcSite.Topics;

namespace LpcSite.Pages.Microconferences;

/// <summary>
/// The one form in which a microconference is written, new or not: its texts, and the lists beside them.
/// </summary>
public class WritingInput
{
    [Required(ErrorMessage = "Give it a title.")]
    [MaxLength(Microconference.TitleMaxLength, ErrorMessage = "A title has at most 120 characters.")]
    public string Title { get; set; } = "";

    /// <summary>
    /// The title as the page showed it, so that a newer one is told from one that this author changed.
    /// </summary>
    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string TitleShown { get; set; } = "";

    [MarkdownText, DisplayFormat(ConvertEmptyStringToNull = false)]
    [DataType(DataType.MultilineText)]
    public string Description { get; set; } = "";

    [MarkdownText, DisplayFormat(ConvertEmptyStringToNull = false)]
    [DataType(DataType.MultilineText)]
    public string Results { get; set; } = "";

    [MaxLength(Revision.SummaryMaxLength, ErrorMessage = "The summary has at most 200 characters.")]
    public string? Summary { get; set; }

    /// <summary>The revision on screen.</summary>
    public int BasedOn { get; set; }

    /// <summary>
    /// The lists as the page showed them, so that what others change meanwhile is told from what this author changes.
    /// </summary>
    [DisplayFormat(ConvertEmptyStringToNull = false)]
    [DataType(DataType.MultilineText)]
    public string Shown { get; set; } = "";

    [MaxLength(ProposalLists.MaxTopics, ErrorMessage = "Use at most {1} topics.")]
    public List<TopicInput> Topics { get; set; } = [];

    [MaxLength(PersonPicker.MaxNames, ErrorMessage = "Use at most {1} key attendees.")]
    public List<PersonInput> KeyAttendees { get; set; } = [];

    [MaxLength(ProposalLists.MaxReferences, ErrorMessage = "Use at most {1} references.")]
    public List<ReferenceInput> References { get; set; } = [];

    /// <param name="microconference">With its newest revision and its lists loaded.</param>
    public static WritingInput Of(Microconference microconference)
    {
        var text = microconference.Revisions.Single(r => r.Number == microconference.RevisionNumber);
        var input = new WritingInput
        {
            Title = microconference.Title,
            TitleShown = microconference.Title,
            Description = text.Description.Source,
            Results = text.Results.Source,
            BasedOn = text.Number,
        };
        input.Fill(microconference, withIds: true);
        input.Shown = JsonSerializer.Serialize(input.ToLists());
        return input;
    }

    /// <summary>
    /// Goes on from earlier microconferences: their texts, their open topics, and the people who were needed.
    /// </summary>
    /// <param name="outcomes">What came of them, by their numbers.</param>
    public static WritingInput Continuing(
        IReadOnlyList<Microconference> earlier,
        IReadOnlyDictionary<int, string> outcomes
    )
    {
        var texts = earlier
            .Select(m =>
                (m.Title, m.Revisions.Single(r => r.Number == m.RevisionNumber).Description, Results: ResultsOf(m))
            )
            .ToList();
        var input = new WritingInput
        {
            Title = texts[0].Title,
            Description = Join(texts.Select(t => (t.Title, t.Description.Source))),
            Results = Join(texts.Select(t => (t.Title, t.Results))),
        };
        foreach (var microconference in earlier)
        {
            input.Fill(microconference, withIds: false);
        }

        input.KeyAttendees = [.. input.KeyAttendees.DistinctBy(k => k.Who)];
        return input;

        string ResultsOf(Microconference m) =>
            Renewal.Results(
                m.Revisions.Single(r => r.Number == m.RevisionNumber).Results.Source,
                outcomes.GetValueOrDefault(m.Id) ?? "",
                m.Conference.ShortName
            );

        string Join(IEnumerable<(string Title, string Text)> parts)
        {
            var some = parts.Where(p => p.Text.Length > 0).ToList();
            return string.Join(
                "\n\n",
                some.Zip(
                    MarkdownParts.Apart([.. some.Select(p => p.Text)]),
                    (part, text) => texts.Count > 1 ? $"## {MarkdownParts.Escaped(part.Title)}\n\n{text}" : text
                )
            );
        }
    }

    public WrittenText ToText() =>
        new(Title.Trim(), TitleShown ?? "", Description ?? "", Results ?? "", BasedOn, Tidy(Summary));

    public WrittenLists ToLists() =>
        new(
            [
                .. Topics
                    .Where(t => !t.IsEmpty)
                    .Select(t => new WrittenLists.Topic(
                        t.Id,
                        t.Title?.Trim() ?? "",
                        Tidy(t.Group),
                        t.Minutes,
                        t.Details ?? "",
                        ToPeople(t.Speakers)
                    )),
            ],
            ToPeople(KeyAttendees),
            [
                .. References
                    .Where(r => !string.IsNullOrWhiteSpace(r.Url))
                    .Select(r => new WrittenLists.Reference(r.Label?.Trim() ?? "", r.Url!.Trim())),
            ]
        );

    public WrittenLists ToShown()
    {
        try
        {
            return Shown.Length > 0 && JsonSerializer.Deserialize<WrittenLists>(Shown) is { } shown && IsWhole(shown)
                ? shown
                : WrittenLists.None;
        }
        catch (JsonException)
        {
            // Whoever writes into hidden fields by hand gets the lists exactly as they send them.
            return WrittenLists.None;
        }
    }

    /// <summary>
    /// What a button beside a list asks for, such as <c>up Topics 2</c> or <c>add References</c>; anything else changes
    /// nothing.
    /// </summary>
    public void Change(string wish)
    {
        _ =
            RowChange.Apply(wish, nameof(Topics), Topics, () => new TopicInput())
            || RowChange.Apply(wish, nameof(KeyAttendees), KeyAttendees, () => new PersonInput())
            || RowChange.Apply(wish, nameof(References), References, () => new ReferenceInput())
            || Topics
                .Index()
                .Any(t =>
                    RowChange.Apply(
                        wish,
                        FormattableString.Invariant($"Topics[{t.Index}].Speakers"),
                        t.Item.Speakers,
                        () => new PersonInput()
                    )
                );
    }

    private static IReadOnlyList<NamedPerson> ToPeople(IEnumerable<PersonInput> rows) =>
        [.. rows.Where(r => !r.IsUnnamed).Select(r => r.ToPerson())];

    // JSON may leave out what the type cannot.
    private static bool IsWhole(WrittenLists lists) =>
        lists is { Topics: not null, KeyAttendees: not null, References: not null }
        && lists.Topics.All(t => t is { Title: not null, Details: not null, Speakers: not null })
        && lists.Topics.SelectMany(t => t.Speakers).Concat(lists.KeyAttendees).All(p => p is { Name: not null })
        && lists.References.All(r => r is { Label: not null, Url: not null });

    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Fill(Microconference microconference, bool withIds)
    {
        Topics.AddRange(
            microconference
                .Topics.Where(t => Topic.PublicStatuses.Contains(t.Status))
                .OrderBy(t => t.Position)
                .Select(t => new TopicInput
                {
                    Id = withIds ? t.Id : null,
                    Title = t.Title,
                    Group = t.Group,
                    Minutes = t.Minutes,
                    Details = t.Details.Source,
                    Speakers =
                    [
                        .. t.Speakers.OrderBy(s => s.Position).Select(s => PersonInput.Of<PersonInput>(s.Person)),
                    ],
                })
        );
        KeyAttendees.AddRange(
            microconference.KeyAttendees.OrderBy(k => k.Position).Select(k => PersonInput.Of<PersonInput>(k.Person))
        );
        References.AddRange(
            microconference
                .References.OrderBy(r => r.Position)
                .Select(r => new ReferenceInput { Label = r.Label, Url = r.Url })
        );
    }

    public class TopicInput : IValidatableObject
    {
        public int? Id { get; set; }

        [MaxLength(Topic.TitleMaxLength, ErrorMessage = "A topic's title has at most 250 characters.")]
        public string? Title { get; set; }

        [MaxLength(Topic.GroupMaxLength, ErrorMessage = "A group's name has at most 80 characters.")]
        public string? Group { get; set; }

        [Range(1, Topic.MaxMinutes, ErrorMessage = "A topic takes from 1 to 240 minutes.")]
        public int? Minutes { get; set; }

        [DataType(DataType.MultilineText)]
        [MaxLength(MarkdownRenderer.MaxLength, ErrorMessage = "The details have at most {1} characters.")]
        public string? Details { get; set; }

        [MaxLength(PersonPicker.MaxNames, ErrorMessage = "Use at most {1} speakers.")]
        public List<PersonInput> Speakers { get; set; } = [];

        public bool IsEmpty =>
            string.IsNullOrWhiteSpace(Title)
            && string.IsNullOrWhiteSpace(Details)
            && Speakers.TrueForAll(s => s.IsUnnamed);

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (!IsEmpty && string.IsNullOrWhiteSpace(Title))
            {
                yield return new("Give the topic a title.", [nameof(Title)]);
            }

            if (MarkdownRenderer.Problem(Details ?? "") is { } problem)
            {
                yield return new(problem, [nameof(Details)]);
            }
        }
    }

    public class ReferenceInput : IValidatableObject
    {
        [MaxLength(Reference.LabelMaxLength, ErrorMessage = "A label has at most {1} characters.")]
        public string? Label { get; set; }

        [MaxLength(Reference.UrlMaxLength, ErrorMessage = "An address has at most {1} characters.")]
        public string? Url { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            var (hasLabel, hasUrl) = (!string.IsNullOrWhiteSpace(Label), !string.IsNullOrWhiteSpace(Url));
            if (hasUrl && !hasLabel)
            {
                yield return new("Give the reference a label, such as [1].", [nameof(Label)]);
            }

            if (hasLabel && !hasUrl)
            {
                yield return new("Give the reference an address.", [nameof(Url)]);
            }
            else if (hasUrl && !Reference.IsWebAddress(Url!.Trim()))
            {
                yield return new(Reference.AddressSentence, [nameof(Url)]);
            }
        }
    }
}
