using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling;

/// <summary>What calendars and releases ask about names that were given elsewhere.</summary>
public static class ImportedUidQueries
{
    /// <returns>The names by what things are called here.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(
        this IQueryable<ImportedUid> imported,
        int conferenceId,
        CancellationToken stop
    ) =>
        await imported
            .Where(i => i.ConferenceId == conferenceId)
            .OrderBy(i => i.Uid)
            .ToDictionaryAsync(i => i.Uid, i => i.Name, StringComparer.Ordinal, stop);
}
