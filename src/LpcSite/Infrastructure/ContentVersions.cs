using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;

namespace LpcSite.Infrastructure;

/// <summary>
/// Counts the changes of each conference's public content. A page is kept under the count that held when its rendering began, so that
/// a page rendered from what a save has just replaced is never found again.
/// </summary>
public sealed class ContentVersions(IOutputCacheStore pages)
{
    /// <summary>Stands for every conference: people, redirects and the list of conferences belong to all of them.</summary>
    public const string Everything = "*";

    private readonly ConcurrentDictionary<string, long> _changes = new(StringComparer.Ordinal);
    private long _changesOfEverything;

    public string Current(string? conference) =>
        string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref _changesOfEverything)}.{(conference is null ? 0 : _changes.GetValueOrDefault(conference))}");

    /// <summary>Forgets the pages of a conference, or of all when it is <see cref="Everything"/>. The front page shows every conference.</summary>
    public async ValueTask ChangeAsync(string conference)
    {
        if (conference == Everything)
        {
            Interlocked.Increment(ref _changesOfEverything);
        }
        else
        {
            _changes.AddOrUpdate(conference, 1, (_, changes) => changes + 1);
        }

        // The count already hides the old pages; this gives their memory back.
        await pages.EvictByTagAsync(conference, CancellationToken.None);
    }
}
