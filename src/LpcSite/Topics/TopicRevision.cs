using LpcSite.Markdown;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Topics;

/// <summary>One saved text of a topic that somebody submits: never changed, never deleted.</summary>
public class TopicRevision
{
    private TopicRevision() { }

    public TopicRevision(int number, string title, MarkdownText details, Person author, Instant now) =>
        (Number, Title, Source, Author, SavedAt) = (number, title, details.Source, author, now);

    public int TopicId { get; private set; }

    /// <summary>Counts from 1 within its topic.</summary>
    public int Number { get; private set; }

    public string Title { get; private set; } = null!;

    /// <summary>Markdown, as it was typed.</summary>
    public string Source { get; private set; } = null!;

    public int AuthorId { get; private set; }
    public Person Author { get; private set; } = null!;
    public Instant SavedAt { get; private set; }
}
