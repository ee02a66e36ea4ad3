using System.ComponentModel.DataAnnotations;
using LpcSite.Microconferences.Results;
using LpcSite.Rules;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LpcSite.Pages.Shared;

/// <summary>
/// Notes as somebody types them: those of one topic, or those of a whole microconference in one form.
/// </summary>
public class NotesInput
{
    /// <summary>
    /// Of one form: some texts twice, as they were and as they are, in letters of which a form makes nine bytes each.
    /// </summary>
    public const int LargestForm = 8 * 1024 * 1024;

    [MaxLength(LpcSite.Topics.Topic.MaxOfMicroconference + 2, ErrorMessage = "Use at most {1} notes.")]
    public List<Line> Lines { get; set; } = [];

    /// <summary>Where somebody else was first; the fields then hold what both texts make together.</summary>
    public IReadOnlyList<SessionNotes.Overtaken> Overtaken { get; private set; } = [];

    public static NotesInput Of(IEnumerable<(NotesOf Of, string Heading)> fields, IEnumerable<Notes> known)
    {
        var sources = known.ToDictionary(n => n.Of, n => n.Text.Source);
        return new()
        {
            Lines =
            [
                .. fields.Select(field => Line.For(field.Of, field.Heading, sources.GetValueOrDefault(field.Of) ?? "")),
            ],
        };
    }

    /// <summary>What was typed in the fields that this person may fill.</summary>
    /// <exception cref="RuleException">
    /// Something was typed about a topic that is in the microconference no more.
    /// </exception>
    public IReadOnlyList<SessionNotes.Written> ToWritten(IReadOnlyDictionary<NotesOf, string> fields)
    {
        foreach (var line in Lines)
        {
            line.Heading = fields.GetValueOrDefault(line.Of) ?? "A topic that is not in it any more";
        }

        var written = Lines.Select(line => new SessionNotes.Written(line.Of, line.Text, line.Shown)).ToList();
        Rule.Require(
            written.TrueForAll(w => fields.ContainsKey(w.Of) || w.Text == w.Shown),
            "One of the topics has left the microconference meanwhile. What you typed about it is still below: put "
                + "it elsewhere, then save."
        );
        return [.. written.Where(w => fields.ContainsKey(w.Of))];
    }

    /// <summary>The fields hold what both have written; saving again is all there is to do.</summary>
    public void ShowBoth(IReadOnlyList<SessionNotes.Overtaken> overtaken, ModelStateDictionary posted)
    {
        Overtaken = overtaken;
        foreach (var (of, _, _, theirs, merged) in overtaken)
        {
            var line = Lines.Find(l => l.Of == of)!;
            (line.Text, line.Shown) = (merged.Text, theirs);
        }

        posted.Clear();
    }

    public class Line : IValidatableObject
    {
        public int? TopicId { get; set; }
        public bool IsOutcome { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        [DataType(DataType.MultilineText)]
        public string Text { get; set; } = "";

        /// <summary>The text as the page showed it.</summary>
        [DisplayFormat(ConvertEmptyStringToNull = false)]
        [DataType(DataType.MultilineText)]
        public string Shown { get; set; } = "";

        public NotesOf Of =>
            TopicId is { } topic ? NotesOf.Topic(topic)
            : IsOutcome ? NotesOf.Outcome
            : NotesOf.Session;

        [BindNever]
        public string Heading { get; internal set; } = "";

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            Text.Length <= Notes.MaxLength
                ? []
                :
                [
                    new(
                        $"Notes have at most {Notes.MaxLength} characters, and these {Text.Length}. Nothing is "
                            + "saved yet.",
                        [nameof(Text)]
                    ),
                ];

        internal static Line For(NotesOf of, string heading, string text) =>
            new()
            {
                TopicId = of.TopicId,
                IsOutcome = of.IsOutcome,
                Heading = heading,
                Text = text,
                Shown = text,
            };
    }
}
