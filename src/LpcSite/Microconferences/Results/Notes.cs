using LpcSite.Markdown;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Microconferences.Results;

/// <summary>
/// What is written down while a microconference is held and after it: of the whole, of what came of it, of each topic.
/// </summary>
public class Notes
{
    /// <summary>In characters; the notes of all topics are sent in one form.</summary>
    public const int MaxLength = 20_000;

    private Notes() { }

    /// <param name="microconferenceId">Not kept with the notes of a topic, which may move to another one.</param>
    public Notes(int microconferenceId, NotesOf of) =>
        (MicroconferenceId, TopicId, IsOutcome) = (
            of.TopicId is null ? microconferenceId : null,
            of.TopicId,
            of.IsOutcome
        );

    public int Id { get; private set; }
    public int? MicroconferenceId { get; private set; }
    public int? TopicId { get; private set; }
    public bool IsOutcome { get; private set; }
    public MarkdownText Text { get; private set; } = MarkdownText.Empty;
    public int? ById { get; private set; }

    /// <summary>Who wrote last; null when a command did.</summary>
    public Person? By { get; private set; }

    public Instant SavedAt { get; private set; }

    /// <summary>Changes with every write (PostgreSQL's xmin): the second of two writers is told.</summary>
    public uint RowVersion { get; private set; }

    public NotesOf Of =>
        TopicId is { } topic ? NotesOf.Topic(topic)
        : IsOutcome ? NotesOf.Outcome
        : NotesOf.Session;

    public void Write(MarkdownText text, Person? by, Instant now)
    {
        Rule.Require(
            text.Source.Length <= MaxLength,
            $"Notes have at most {MaxLength} characters, and these {text.Source.Length}."
        );
        (Text, By, ById, SavedAt) = (text, by, by?.Id, now);
    }

    /// <summary>The same text, as a newer renderer prints it.</summary>
    public void Rerender(MarkdownText text) => Text = text;
}
