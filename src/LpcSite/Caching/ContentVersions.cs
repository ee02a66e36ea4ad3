using System.Collections.Concurrent;

namespace LpcSite.Caching;

/// <summary>
/// Counts the changes of each conference's public content. A page is kept under the count that held when its rendering
/// began, so that a page rendered from what a save has just replaced is never found again.
/// </summary>
public sealed class ContentVersions
{
    /// <summary>
    /// Stands for every conference: people and the list of conferences belong to all of them.
    /// </summary>
    public const string Everything = "*";

    private readonly ConcurrentDictionary<string, long> _changes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _changesBySpan;
    private readonly Lock _gate = new();
    private long _changesOfEverything;
    private long _changesOfAny;
    private Action<string>? _hearers;

    public ContentVersions() => _changesBySpan = _changes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="conference">Empty for what is of none.</param>
    public ContentVersion Current(ReadOnlySpan<char> conference) =>
        new(
            Interlocked.Read(ref _changesOfEverything),
            conference.IsEmpty ? Interlocked.Read(ref _changesOfAny)
                : _changesBySpan.TryGetValue(conference, out var changes) ? changes
                : 0
        );

    /// <summary>Says what is made old. Whoever hears it does no work in it: somebody waits for the answer.</summary>
    public void Hear(Action<string> hearer)
    {
        lock (_gate)
        {
            _hearers += hearer;
        }
    }

    public void HearNoMore(Action<string> hearer)
    {
        lock (_gate)
        {
            _hearers -= hearer;
        }
    }

    /// <summary>
    /// Makes the pages of a conference old, or all when it is <see cref="Everything"/>; and those of no conference,
    /// which show all of them: the map of the site.
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
            Interlocked.Increment(ref _changesOfAny);
        }

        Volatile.Read(ref _hearers)?.Invoke(conference);
    }
}
