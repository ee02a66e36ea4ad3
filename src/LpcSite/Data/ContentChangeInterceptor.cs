using System.Data.Common;
using LpcSite.Infrastructure;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LpcSite.Data;

/// <summary>
/// Drops kept pages in the very request that saved, before it answers: whoever saved sees it at his next request without waiting for
/// PostgreSQL's notice to come round. The notice then drops the same pages on the other instances.
/// </summary>
public sealed class ContentChangeInterceptor(ContentVersions versions) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // Inside a transaction nothing is visible before its commit, which is told below.
        if (eventData.Context?.Database.CurrentTransaction is null)
        {
            await versions.ChangeAsync(ContentVersions.Everything);
        }

        return result;
    }

    public override async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        await versions.ChangeAsync(ContentVersions.Everything);
}
