using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews.Scores;
using LpcSite.Rules;
using LpcSite.Texts;
using NodaTime;

namespace LpcSite.Reviews;

/// <summary>How well a reviewer knows the area, by their own word.</summary>
public enum Confidence
{
    Low,
    Fair,
    High,
}

/// <summary>What one reviewer thinks of one proposal: seen by reviewers and organizers, never by its leads.</summary>
public class Review
{
    public const int TextMaxLength = 10_000;

    private readonly List<Score> _scores = [];

    private Review() { }

    public Review(Microconference microconference, Person reviewer) =>
        (Microconference, Reviewer) = (microconference, reviewer);

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }
    public Microconference Microconference { get; private set; } = null!;
    public int ReviewerId { get; private set; }
    public Person Reviewer { get; private set; } = null!;
    public MarkdownText Text { get; private set; } = MarkdownText.Empty;
    public Confidence Confidence { get; private set; }

    /// <summary>The revision that they had read; what changed since is what they have to read again.</summary>
    public int RevisionNumber { get; private set; }

    public Instant SavedAt { get; private set; }

    /// <summary>Changes with every write to this row (PostgreSQL's xmin).</summary>
    public uint RowVersion { get; private set; }

    public IReadOnlyList<Score> Scores => _scores;

    /// <summary>Says it, in place of what was said before.</summary>
    /// <param name="scores">By criterion; one that is left out has no opinion.</param>
    /// <param name="revision">The revision that was on screen.</param>
    public void Write(
        IReadOnlyDictionary<int, int> scores,
        Confidence confidence,
        MarkdownText text,
        int revision,
        Instant now
    )
    {
        RequireUndecided(Microconference);
        Rule.Require(
            scores.Values.All(value => value is >= 1 and <= Criterion.MaxScore),
            $"A score is a number from 1 to {Criterion.MaxScore}."
        );
        Rule.Require(
            text.Source.Length <= TextMaxLength,
            $"The review has {text.Source.Length} characters; {TextMaxLength} fit."
        );
        Rule.Require(
            scores.Count > 0 || !string.IsNullOrWhiteSpace(text.Source),
            "A review has at least one score, or a text."
        );
        _scores.RemoveAll(s => !scores.ContainsKey(s.CriterionId));
        foreach (var (criterion, value) in scores)
        {
            if (_scores.Find(s => s.CriterionId == criterion) is { } known)
            {
                known.Value = value;
            }
            else
            {
                _scores.Add(new Score(criterion) { Value = value });
            }
        }

        (Confidence, Text, RevisionNumber, SavedAt) = (confidence, text, revision, now);
    }

    internal void Rerender(MarkdownText text) => Text = text;

    internal static void RequireUndecided(Microconference microconference) =>
        Rule.Require(
            microconference.Status is MicroconferenceStatus.Proposed or MicroconferenceStatus.ChangesRequested,
            $"{microconference.Title} is {microconference.Status.InWords()}, so that its review is over."
        );
}

/// <summary>The answer to one criterion.</summary>
public class Score
{
    private Score() { }

    public Score(int criterionId) => CriterionId = criterionId;

    public int ReviewId { get; private set; }
    public int CriterionId { get; private set; }

    /// <summary>From 1 to <see cref="Criterion.MaxScore"/>, which is the best.</summary>
    public int Value { get; internal set; }
}
