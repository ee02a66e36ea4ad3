using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Reviews.Remarks;

/// <summary>Who takes part in a conversation about a proposal.</summary>
public enum Audience
{
    /// <summary>Its leads, the reviewers and the organizers.</summary>
    Leads,

    /// <summary>Reviewers and organizers alone.</summary>
    Reviewers,
}

/// <summary>
/// One contribution to the conversation about a proposal: with its leads or among the reviewers, about the whole or
/// about one paragraph of its text.
/// </summary>
public class Remark
{
    public const int TextMaxLength = 10_000;
    public const int QuoteMaxLength = 2000;

    private Remark() { }

    /// <param name="paragraph">What it is about; null for the whole.</param>
    public Remark(
        Microconference microconference,
        Audience audience,
        MarkdownText text,
        Paragraph? paragraph,
        Person by,
        Instant now
    )
    {
        Rule.Require(!string.IsNullOrWhiteSpace(text.Source), "Write what you want to say.");
        Rule.Require(
            text.Source.Length <= TextMaxLength,
            $"The remark has {text.Source.Length} characters; {TextMaxLength} fit."
        );
        (Microconference, Audience, Text, By, At, RevisionNumber) = (
            microconference,
            audience,
            text,
            by,
            now,
            microconference.RevisionNumber
        );
        if (paragraph is not null)
        {
            (Quote, Place) = (paragraph.Text[..Math.Min(paragraph.Text.Length, QuoteMaxLength)], paragraph.Place);
        }
    }

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }
    public Microconference Microconference { get; private set; } = null!;
    public Audience Audience { get; private set; }
    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant At { get; private set; }
    public MarkdownText Text { get; private set; } = MarkdownText.Empty;

    /// <summary>The newest revision when it was made.</summary>
    public int RevisionNumber { get; private set; }

    /// <summary>
    /// The words of the paragraph that it is about, by which it is found again in later revisions; null for a remark
    /// about the whole.
    /// </summary>
    public string? Quote { get; private set; }

    /// <summary>Where that paragraph stood, from 0.</summary>
    public int? Place { get; private set; }

    /// <summary>When somebody called it done.</summary>
    public Instant? SettledAt { get; private set; }

    /// <summary>A remark about a paragraph is done, or is not after all.</summary>
    public void Settle(bool isDone, Instant now)
    {
        Rule.Require(Quote is not null, "Only a remark about a paragraph can be settled.");
        SettledAt = isDone ? SettledAt ?? now : null;
    }

    internal void Rerender(MarkdownText text) => Text = text;
}
