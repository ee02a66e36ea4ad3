using System.Globalization;
using LpcSite.Infrastructure;
using LpcSite.Topics;

namespace LpcSite.Pages.Lead;

/// <summary>The plan of a microconference: a row for each topic that waits for a decision.</summary>
public class TopicsInput
{
    /// <summary>What can be chosen.</summary>
    public static readonly IReadOnlyDictionary<string, string> Choices = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [""] = "not decided",
        [nameof(TopicVerdict.Accept)] = "accept",
        [nameof(TopicVerdict.Merge)] = "make it a part of another",
        [nameof(TopicVerdict.Decline)] = "decline",
    };

    public List<Row> Rows { get; set; } = [];

    /// <summary>What the lead changed: a row that he left as he was shown it is another lead's to change meanwhile.</summary>
    /// <exception cref="RuleException">A row names no verdict of the list, or no topic to become a part of.</exception>
    public IReadOnlyList<TopicChoice> ToChoices() => [.. Rows.Where(row => row.Key != row.Shown).Select(row => row.ToChoice())];

    public class Row
    {
        public int Id { get; set; }
        public string? Choice { get; set; }
        public int? Minutes { get; set; }

        /// <summary>The number of the topic that it becomes a part of; what follows the number is for the reader.</summary>
        public string? Into { get; set; }

        public string? Note { get; set; }

        /// <summary><see cref="Key"/> when the page was made.</summary>
        public string? Shown { get; set; }

        public string Key => string.Create(CultureInfo.InvariantCulture, $"{Choice}|{Minutes}|{NumberOf(Into)}|{Note?.ReplaceLineEndings("\n")}");

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
        public static string Option(int id, string title) => string.Create(CultureInfo.InvariantCulture, $"{id} {title}");

        public TopicChoice ToChoice()
        {
            var chosen = Choice ?? "";
            Rule.Require(Choices.ContainsKey(chosen), "Choose one of the verdicts in the list.");
            if (chosen.Length == 0)
            {
                return new(Id, null, null, null, "");
            }

            var verdict = Enum.Parse<TopicVerdict>(chosen);
            Rule.Require(verdict is not TopicVerdict.Merge || NumberOf(Into) is not null, "Choose the topic that another is to become a part of: its number is enough.");
            return new(Id, verdict, verdict is TopicVerdict.Accept ? Minutes : null, verdict is TopicVerdict.Merge ? NumberOf(Into) : null, Note ?? "");
        }

        private static int? NumberOf(string? into) =>
            int.TryParse((into ?? "").Trim().Split(' ')[0].TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
