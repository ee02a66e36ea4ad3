using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LpcSite.Emails.Sending;

/// <summary>
/// Rings when letters were committed that wait to be sent, so that who asks for a link by mail does not wait for the
/// sender's next round.
/// </summary>
public sealed class EmailSignal(TimeProvider time) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    // What is being saved is only known before, and whether it was saved only after.
    private readonly ConditionalWeakTable<DbContext, object> _writing = [];

    /// <summary>By which it waits.</summary>
    public TimeProvider Time => time;

    /// <summary>Waits until it rings, or as long as <paramref name="atMost"/>.</summary>
    public async Task HearAsync(TimeSpan atMost, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await _rung.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nobody rang.
        }
    }

    public void Ring() => _rung.Writer.TryWrite(true);

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (
            eventData.Context is { } db
            && db.ChangeTracker.Entries<Email>()
                .Any(e => e.State is EntityState.Added or EntityState.Modified && e.Entity.State is EmailState.Waiting)
        )
        {
            _writing.AddOrUpdate(db, db);
        }

        return ValueTask.FromResult(result);
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        // Inside a transaction nothing can be sent before its commit, which is told below.
        if (eventData.Context is { } db && db.Database.CurrentTransaction is null && _writing.Remove(db))
        {
            Ring();
        }

        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db && _writing.Remove(db))
        {
            Ring();
        }

        return Task.CompletedTask;
    }
}
