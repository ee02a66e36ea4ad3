using LpcSite.Markdown;
using NodaTime;

namespace LpcSite.Microconferences.Revisions;

/// <summary>A revision with its texts, as its page and the feed show it.</summary>
/// <param name="By">Null if a command saved it.</param>
public sealed record RevisionEntry(
    int Number,
    Instant SavedAt,
    string? By,
    string Summary,
    MarkdownText Description,
    MarkdownText Results
);
