using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LpcSite.Decisions;
using LpcSite.Rules;
using LpcSite.Topics;

namespace LpcSite.Pages.Manage.Topics;

/// <summary>The plan of a microconference: a row for each topic that waits for a decision.</summary>
public class TopicsInput
{
    /// <summary>What can be chosen.</summary>
    public static readonly IReadOnlyDictionary<string, string> Choices = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        [""] = "not decided",
        [nameof(TopicVerdict.Accept)] = "accept",
        [nameof(TopicVerdict.Merge)] = "make it a part of another",
        [nameof(TopicVerdict.Decline)] = "decline",
    };

    private const string Unknown = "Choose one of the verdicts in the list.";
    private const string Nowhere = "Choose the topic that another is to become a part of: its number is enough.";

    [MaxLength(Topic.MaxOfMicroconference, ErrorMessage = "Use at most {1} topics.")]
    public List<Row> Rows { get; set; } = [];

    /// <summary>
    /// What the lead changed: a row that they left as they were shown it is another lead's to change meanwhile.
    /// </summary>
    /// <exception cref="RuleException">A row names no verdict of the list, or no topic to become a part of.</exception>
    public IReadOnlyList<TopicChoice> ToChoices() =>
        [.. Rows.Where(row => row.Key != row.Shown).Select(row => row.ToChoice())];

    public class Row : IValidatableObject
    {
        /// <summary>Of a number, and the title behind it.</summary>
        public const int IntoMaxLength = Topic.TitleMaxLength + 20;

        public int Id { get; set; }
        public string? Choice { get; set; }

        [Range(1, Topic.MaxMinutes, ErrorMessage = "A topic takes from {1} to {2} minutes.")]
        public int? Minutes { get; set; }

        /// <summary>
        /// The number of the topic that it becomes a part of; what follows the number is for the reader.
        /// </summary>
        [MaxLength(IntoMaxLength, ErrorMessage = "Use at most {1} characters: the number of the topic is enough.")]
        public string? Into { get; set; }

        [MaxLength(PreparedDecision.NoteMaxLength, ErrorMessage = "A note has at most {1} characters.")]
        public string? Note { get; set; }

        /// <summary><see cref="Key"/> when the page was made.</summary>
        [DataType(DataType.MultilineText)]
        public string? Shown { get; set; }

        public string Key =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Choice}|{Minutes}|{NumberOf(Into)}|{Note?.ReplaceLineEndings("\n")}"
            );

        public static Row Of(TopicLine line)
        {
            var row = new Row
            {
                Id = line.Id,
                Choice = line.Plan?.Verdict.ToString() ?? "",
                Minutes = line.Plan?.Minutes,
                Into = line.Plan?.IntoId is { } into ? Option(into, line.Plan.Into!) : null,
                Note = line.Plan?.Note,
            };
            row.Shown = row.Key;
            return row;
        }

        /// <summary>A topic in the list of those that others can become a part of.</summary>
        public static string Option(int id, string title) =>
            string.Create(CultureInfo.InvariantCulture, $"{id} {title}");

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (!Choices.ContainsKey(Choice ?? ""))
            {
                yield return new(Unknown, [nameof(Choice)]);
            }

            if (Choice == nameof(TopicVerdict.Merge) && NumberOf(Into) is null)
            {
                yield return new(Nowhere, [nameof(Into)]);
            }
        }

        public TopicChoice ToChoice()
        {
            var chosen = Choice ?? "";
            Rule.Require(Choices.ContainsKey(chosen), Unknown);
            if (chosen.Length == 0)
            {
                return new(Id, null, null, null, "");
            }

            var verdict = Enum.Parse<TopicVerdict>(chosen);
            Rule.Require(verdict is not TopicVerdict.Merge || NumberOf(Into) is not null, Nowhere);
            return new(
                Id,
                verdict,
                verdict is TopicVerdict.Accept ? Minutes : null,
                verdict is TopicVerdict.Merge ? NumberOf(Into) : null,
                Note ?? ""
            );
        }

        private static int? NumberOf(string? into) =>
            int.TryParse(
                (into ?? "").Trim().Split(' ')[0].TrimStart('#'),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var id
            )
                ? id
                : null;
    }
}
