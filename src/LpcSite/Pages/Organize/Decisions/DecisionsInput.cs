using System.ComponentModel.DataAnnotations;
using LpcSite.Conferences;
using LpcSite.Decisions;
using LpcSite.Microconferences;
using LpcSite.Rules;

namespace LpcSite.Pages.Organize.Decisions;

/// <summary>The form of all decisions: a row for each proposal.</summary>
public class DecisionsInput
{
    /// <summary>What can be chosen: a verdict, for an acceptance with its form.</summary>
    public static readonly IReadOnlyDictionary<string, string> Choices = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        [""] = "not decided",
        ["Accept"] = "accept, form later",
        ["Accept Full"] = "accept, full length",
        ["Accept Half"] = "accept, half length",
        ["Accept NoAv"] = "accept, no staffed A/V",
        ["Wait"] = "waiting list",
        ["Merge"] = "merge into another",
        ["Decline"] = "decline",
    };

    [MaxLength(LpcSite.Conferences.Conference.MaxMicroconferences, ErrorMessage = "Use at most {1} proposals.")]
    public List<Row> Rows { get; set; } = [];

    private const string Unknown = "Choose one of the verdicts in the list.";

    public class Row : IValidatableObject
    {
        public int Id { get; set; }
        public string? Choice { get; set; }

        /// <summary>The slug of the one that it is merged into.</summary>
        [MaxLength(Slug.MaxLength, ErrorMessage = "The last part of an address has at most {1} characters.")]
        public string? Into { get; set; }

        [Range(1, Decision.LastPlace, ErrorMessage = "Places on the waiting list are from {1} to {2}.")]
        public int? Place { get; set; }

        [MaxLength(PreparedDecision.NoteMaxLength, ErrorMessage = "A note has at most {1} characters.")]
        public string? Note { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            Choices.ContainsKey(Choice ?? "") ? [] : [new(Unknown, [nameof(Choice)])];

        public static Row Of(int id, DecisionLine.Meant? prepared) =>
            new()
            {
                Id = id,
                Choice = prepared is null ? "" : $"{prepared.Verdict} {prepared.Form}".Trim(),
                Into = prepared?.Into,
                Place = prepared?.Place,
                Note = prepared?.Note,
            };

        /// <param name="slugs">Of the microconferences, with their numbers.</param>
        /// <exception cref="RuleException">
        /// There is no such choice, or nothing at that address to merge it into.
        /// </exception>
        public ProposalChoice ToChoice(IReadOnlyDictionary<string, int> slugs)
        {
            var chosen = Choice ?? "";
            Rule.Require(Choices.ContainsKey(chosen), Unknown);
            if (chosen.Length == 0)
            {
                return new(Id, null, null, null, null, "");
            }

            var (verdict, form) = chosen.Split(' ') is [var word, var length]
                ? (Enum.Parse<Verdict>(word), Enum.Parse<SessionForm>(length))
                : (Enum.Parse<Verdict>(chosen), (SessionForm?)null);
            var into = (Into ?? "").Trim();
            Rule.Require(
                verdict is not Verdict.Merge || slugs.ContainsKey(into),
                into.Length == 0
                    ? "Name the microconference that another is to be merged into: the last part of its address."
                    : $"There is no microconference '{into}' to merge another into."
            );
            return new(
                Id,
                verdict,
                form,
                verdict is Verdict.Merge ? slugs[into] : null,
                verdict is Verdict.Wait ? Place : null,
                Note ?? ""
            );
        }
    }
}
