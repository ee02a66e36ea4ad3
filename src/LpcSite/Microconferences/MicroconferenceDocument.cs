using LpcSite.Markdown;
using LpcSite.Materials;
using NodaTime;

namespace LpcSite.Microconferences;

/// <summary>
/// A microconference with everything that the public may read of it: the one thing that its page, its feed and its
/// twins are made of.
/// </summary>
public sealed record MicroconferenceDocument(
    int Id,
    string Conference,
    string Slug,
    string Title,
    MicroconferenceStatus Status,
    SessionForm? Form,
    string? MergedInto,
    bool TopicsInline,
    int RevisionNumber,
    Instant RevisedAt,
    MarkdownText Description,
    MarkdownText Results,
    IReadOnlyList<MicroconferenceDocument.Name> Leads,
    IReadOnlyList<MicroconferenceDocument.Name> KeyAttendees,
    IReadOnlyList<MicroconferenceDocument.Citation> References,
    IReadOnlyList<MicroconferenceDocument.Item> Topics
)
{
    /// <summary>What was said in the room. Loaded for the page of one alone, as all notes are.</summary>
    public MarkdownText Notes { get; init; } = MarkdownText.Empty;

    /// <summary>What came of it afterwards.</summary>
    public MarkdownText Outcome { get; init; } = MarkdownText.Empty;

    /// <summary>A person's name and the last part of the address of their page.</summary>
    public sealed record Name(string Slug, string FullName);

    /// <summary>A reference as its author labelled it.</summary>
    public sealed record Citation(string Label, string Url)
    {
        /// <summary>The label as texts cite it, in one pair of brackets.</summary>
        public string Bracketed => $"[{Label.Trim('[', ']')}]";
    }

    /// <summary>A topic.</summary>
    public sealed record Item(
        int Id,
        string Title,
        string? Group,
        int? Minutes,
        MarkdownText Details,
        string? SpeakersNote,
        int OpenSpeakers,
        IReadOnlyList<string> Links,
        IReadOnlyList<string> Refs,
        IReadOnlyList<Name> Speakers
    )
    {
        /// <summary>Slides, recording and links that were brought to it.</summary>
        public IReadOnlyList<MaterialLine> Materials { get; init; } = [];

        public MarkdownText Notes { get; init; } = MarkdownText.Empty;

        /// <summary>
        /// The last part of the topic's address; only the number counts, the title is for the reader.
        /// </summary>
        public bool IsMoreThanATitle =>
            Speakers.Count > 0
            || OpenSpeakers > 0
            || SpeakersNote is not null
            || Details.Html.Length > 0
            || Links.Count > 0
            || Refs.Count > 0
            || Materials.Count > 0;

        public string Address => AddressOf(Id, Title);

        public static string AddressOf(int id, string title) => $"{id}-{Conferences.Slug.From(title, "topic")}";
    }

    public string Path => $"/{Conference}/mc/{Slug}";

    /// <summary>Of the whole or of any topic.</summary>
    public bool HasNotes => Notes.Source.Length > 0 || Topics.Any(t => t.Notes.Source.Length > 0);

    /// <summary>
    /// What the public is told of the status: that changes were asked for stays between reviewers and leads.
    /// </summary>
    public string StatusWord =>
        Status is MicroconferenceStatus.ChangesRequested ? nameof(MicroconferenceStatus.Proposed) : Status.ToString();

    /// <summary>
    /// The same for lists that are too long for texts: what it is called, where it stands and who leads it.
    /// </summary>
    public MicroconferenceDocument WithoutTexts() =>
        this with
        {
            Description = MarkdownText.Empty,
            Results = MarkdownText.Empty,
            Notes = MarkdownText.Empty,
            Outcome = MarkdownText.Empty,
            KeyAttendees = [],
            References = [],
            Topics = [],
        };

    /// <param name="status">A word of the status filter; null is all.</param>
    public bool Has(string? status) => status is null || StatusWord.Equals(status, StringComparison.OrdinalIgnoreCase);
}
