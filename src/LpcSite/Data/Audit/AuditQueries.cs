using Microsoft.EntityFrameworkCore;

namespace LpcSite.Data.Audit;

/// <summary>Questions about the record of changes that more than one page asks.</summary>
public static class AuditQueries
{
    /// <summary>
    /// Newest first, one page and one more to tell whether there is another, older than <paramref name="olderThan"/>
    /// where that is given.
    /// </summary>
    public static Task<List<AuditLine>> PageAsync(
        this IQueryable<AuditEntry> entries,
        long? olderThan,
        CancellationToken stop
    ) =>
        entries
            .Where(e => olderThan == null || e.Id < olderThan)
            .OrderByDescending(e => e.Id)
            .Take(AuditLine.PageSize + 1)
            .Select(e => new AuditLine(
                e.Id,
                e.At,
                e.By!.MergedInto != null ? e.By.MergedInto.Name : e.By.Name,
                e.By.MergedInto != null ? e.By.MergedInto.Slug : e.By.Slug,
                e.Via,
                e.Verb,
                e.Subject,
                e.Before,
                e.After
            ))
            .ToListAsync(stop);
}
