namespace LpcSite.Microconferences.Revisions;

/// <summary>The revisions of a microconference as one reader may know them.</summary>
/// <param name="Number">The newest revision.</param>
/// <param name="First">
/// The oldest revision that this reader may read: what was said in a draft stays among those who wrote it.
/// </param>
/// <param name="IsOwn">Whether the reader is one of those who write it: its leads and the organizers.</param>
public sealed record RevisionHistory(
    int Id,
    string Conference,
    string Slug,
    string Title,
    MicroconferenceStatus Status,
    int Number,
    int First,
    bool IsOwn
)
{
    public string Path => $"/{Conference}/mc/{Slug}";

    public string Address => $"{Path}/history";

    /// <summary>Whether the reader may read this revision, provided that there is one.</summary>
    public bool Holds(int number) => number >= First && number <= Number;

    public string AddressOf(int number) => $"{Address}/{number}";
}
