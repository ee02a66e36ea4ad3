using Microsoft.EntityFrameworkCore;

namespace LpcSite.Data;

/// <summary>
/// Queues what reads names first and creates or joins people after: two at once would find nobody and create everybody
/// twice.
/// </summary>
internal static class ContentLock
{
    private const long Key = 0x4C70_6353_6974_6501;

    /// <summary>Waits for its turn, which lasts until the transaction ends.</summary>
    public static Task TakeAsync(LpcDbContext db, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", stop);
}
