using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling.Releases;

/// <summary>What the page of changes and its feed ask about releases.</summary>
public static class ReleaseQueries
{
    /// <summary>How many releases stand on one page, and in the feed.</summary>
    public const int PageLength = 20;

    /// <summary>
    /// Releases with what each changed, the newest first; one statement, and as many documents as lines and one more,
    /// however many there are.
    /// </summary>
    /// <param name="from">The number with which it begins.</param>
    public static async Task<IReadOnlyList<ReleaseLine>> ReleaseLinesAsync(
        this LpcDbContext db,
        int conferenceId,
        int from,
        CancellationToken stop
    )
    {
        var found = await db
            .Releases.Of(conferenceId)
            .Where(r => r.Number <= from)
            .Take(PageLength + 1)
            .Select(r => new
            {
                r.Number,
                r.At,
                r.Comment,
                Of = r.Of!.Title,
                r.Document,
            })
            .ToListAsync(stop);
        var documents = found.ConvertAll(r => ScheduleDocument.FromJson(r.Document));
        return
        [
            .. found
                .Take(PageLength)
                .Select(
                    (r, i) =>
                        new ReleaseLine(
                            r.Number,
                            r.At,
                            r.Comment,
                            r.Of,
                            i + 1 < found.Count ? ScheduleDifference.Between(documents[i + 1], documents[i]) : null
                        )
                ),
        ];
    }
}
