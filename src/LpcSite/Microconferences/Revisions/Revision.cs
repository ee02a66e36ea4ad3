using LpcSite.Markdown;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Microconferences.Revisions;

/// <summary>
/// One saved text of a microconference: never changed, never deleted. Only the HTML made from it may be made anew.
/// </summary>
public class Revision
{
    public const int SummaryMaxLength = 200;

    private Revision() { }

    public Revision(
        int number,
        MarkdownText description,
        MarkdownText results,
        Person? by,
        string summary,
        Instant now,
        Revision? second = null
    ) =>
        (Number, Description, Results, Author, Summary, SavedAt, Second) = (
            number,
            description,
            results,
            by,
            summary,
            now,
            second
        );

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }

    /// <summary>Counts from 1 within its microconference.</summary>
    public int Number { get; private set; }

    public MarkdownText Description { get; private set; } = null!;

    /// <summary>What came of the earlier runs; empty if there were none or nobody has written it yet.</summary>
    public MarkdownText Results { get; private set; } = null!;

    public int? AuthorId { get; private set; }

    /// <summary>Null when a command saved it, not a person.</summary>
    public Person? Author { get; private set; }

    public int? SecondId { get; private set; }

    /// <summary>
    /// The newest text of the microconference that became a part of this one here, as a merge in version control has
    /// two parents.
    /// </summary>
    public Revision? Second { get; private set; }

    public string Summary { get; private set; } = null!;
    public Instant SavedAt { get; private set; }

    /// <summary>The same text, as a newer renderer prints it.</summary>
    public void Rerender(MarkdownText description, MarkdownText results) =>
        (Description, Results) = (description, results);
}
