using System.Data.Common;
using System.Runtime.CompilerServices;
using LpcSite.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LpcSite.Data.Content;

/// <summary>
/// Drops the kept pages of the conferences concerned in the very request that saved, before it answers: whoever saved
/// sees it at their next request without waiting for PostgreSQL's notice to come round. The notice then drops the same
/// pages on the other instances. What a statement changes without the context knowing is told by the notice alone.
/// </summary>
public sealed class ContentChangeInterceptor(ContentVersions versions)
    : DbTransactionInterceptor,
        ISaveChangesInterceptor
{
    // What is being saved is only known before, and whether it was saved only after.
    private readonly ConditionalWeakTable<DbContext, Changes> _changes = [];

    public async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db)
        {
            var concerned = await ConcernedConferences.OfAsync(db, cancellationToken);
            if (concerned.Count > 0)
            {
                _changes.GetOrCreateValue(db).OfSave = concerned;
            }
        }

        return result;
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db && _changes.TryGetValue(db, out var changes))
        {
            // Inside a transaction nothing is visible before its commit, which is told below.
            if (db.Database.CurrentTransaction is null)
            {
                Drop(changes.OfSave);
            }
            else
            {
                changes.OfTransaction.UnionWith(changes.OfSave);
            }

            changes.OfSave = [];
        }

        return ValueTask.FromResult(result);
    }

    // A context is handed on to others, and what one of them left unfinished is not theirs. The save that begins a
    // transaction of its own is told when it is saved.
    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection,
        TransactionEndEventData eventData,
        DbTransaction result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db && _changes.TryGetValue(db, out var changes))
        {
            changes.OfTransaction.Clear();
        }

        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db && _changes.TryGetValue(db, out var changes))
        {
            Drop(changes.OfTransaction);
            changes.OfTransaction.Clear();
        }

        return Task.CompletedTask;
    }

    private void Drop(HashSet<string> conferences)
    {
        foreach (var conference in conferences)
        {
            versions.Change(conference);
        }
    }

    private sealed class Changes
    {
        public HashSet<string> OfSave { get; set; } = [];
        public HashSet<string> OfTransaction { get; } = [];
    }
}
