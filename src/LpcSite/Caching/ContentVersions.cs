using System.Collections.Concurrent;

namespace LpcSite.Caching;

/// <summary>
/// Counts the changes of each conference's public content. A page is kept under the count that held when its rendering
/// began, so that a page rendered from what a save has just replaced is never found again.
/// </summary>
public sealed class ContentVersions
{
    /// <summary>
    /// Stands for every conference: people, redirects and the list of conferences belong to all of them.
    /// </summary>
    public const string Everything = "*";

    private readonly ConcurrentDictionary<string, long> _changes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _changesBySpan;
    private long _changesOfEverything;

    public ContentVersions() => _changesBySpan = _changes.GetAlternateLookup<ReadOnlySpan<char>>();

    public ContentVersion Current(ReadOnlySpan<char> conference) =>
        new(
            Interlocked.Read(ref _changesOfEverything),
            _changesBySpan.TryGetValue(conference, out var changes) ? changes : 0
        );

    /// <summary>
    /// Makes the pages of a conference old, or all when it is <see cref="Everything"/>. The front page shows every
    /// conference.
    /// </summary>
    public void Change(string conference)
    {
        if (conference == Everything)
        {
            Interlocked.Increment(ref _changesOfEverything);
        }
        else
        {
            _changes.AddOrUpdate(conference, 1, (_, changes) => changes + 1);
        }
    }
}
