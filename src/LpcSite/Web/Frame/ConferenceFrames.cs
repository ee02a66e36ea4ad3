using System.Collections.Concurrent;
using System.Security.Claims;
using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Web.Frame;

/// <summary>
/// The frames of the conferences that exist, each kept until its conference changes: every page has one, and it changes
/// a few times a year. Whether somebody may know of a conference at all is decided here and nowhere else.
/// </summary>
public sealed class ConferenceFrames(ContentVersions versions)
{
    private readonly ConcurrentDictionary<string, (ContentVersion Version, ConferenceFrame Frame)> _frames = new(
        StringComparer.Ordinal
    );

    /// <returns>Null when there is no such conference for this reader.</returns>
    public async ValueTask<ConferenceFrame?> FindAsync(
        LpcDbContext db,
        string slug,
        ClaimsPrincipal reader,
        CancellationToken stop
    ) =>
        await LoadAsync(db, slug, stop) is { } frame
        && (frame.State is not ConferenceState.Preparing || reader.IsOrganizer())
            ? frame
            : null;

    private async ValueTask<ConferenceFrame?> LoadAsync(LpcDbContext db, string slug, CancellationToken stop)
    {
        // Asked before the database is, so that a frame read during a change is not found after it.
        var version = versions.Current(slug);
        if (_frames.TryGetValue(slug, out var known) && known.Version == version)
        {
            return known.Frame;
        }

        var frame = await db.Conferences.Where(c => c.Slug == slug).AsFrames(db).FirstOrDefaultAsync(stop);
        if (frame is not null)
        {
            _frames[slug] = (version, frame);
        }

        return frame;
    }
}
