using LpcSite.Data;
using LpcSite.Web.Errors;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using NodaTime;

namespace LpcSite.Emails.Sending;

/// <summary>
/// One letter between being taken and being put down. As long as it is in hand, its sender holds a lock of PostgreSQL
/// that dies with them, by which other instances tell a slow sender from a dead one. And handing it over is a row
/// changed from one known state to another: of two senders who believe that they hold a letter, one gets to hand it
/// over.
/// </summary>
internal sealed class ClaimedEmail : IAsyncDisposable
{
    // The first half of the lock's name; the second is the letter.
    private const int LockClass = 0x4C65_7474;

    private readonly LpcDbContext _db;
    private readonly long _id;
    private readonly int _attempt;
    private Email? _email;

    private ClaimedEmail(LpcDbContext db, long id, int attempt) => (_db, _id, _attempt) = (db, id, attempt);

    /// <summary>Takes the letter that is due longest, an urgent one before all others.</summary>
    /// <param name="full">
    /// Receiving domains that get nothing at the moment, and those that get nothing urgent either.
    /// </param>
    /// <returns>Null if none is due.</returns>
    public static async Task<ClaimedEmail?> TakeAsync(
        Func<LpcDbContext> open,
        (string[] Domains, string[] ForUrgent) full,
        Instant now,
        CancellationToken stop
    )
    {
        var db = open();
        ClaimedEmail? inHand = null;
        try
        {
            // Open until the end: the lock belongs to this connection.
            await db.Database.OpenConnectionAsync(stop);
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            var due = await db
                .Letters.FromSql(
                    $"""
                    SELECT * FROM letters
                    WHERE state = 'Waiting' AND due_at <= {now} AND lower(substring(to_address::text FROM '[^@]*$'))
                        <> ALL (CASE WHEN is_urgent THEN {full.ForUrgent} ELSE {full.Domains} END)
                    ORDER BY is_urgent DESC, due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
                    """
                )
                .ToListAsync(stop);

            // Locked before anybody can see that it is being sent.
            if (due is [var email] && await TryLockAsync(db, email.Id, stop))
            {
                email.Begin();
                inHand = new ClaimedEmail(db, email.Id, email.Attempts) { _email = email };
                await db.SaveChangesAsync(stop);
                await transaction.CommitAsync(stop);
                return inHand;
            }
        }
        catch
        {
            await (inHand?.UnlockAsync() ?? Task.CompletedTask);
            await db.DisposeAsync();
            throw;
        }

        await db.DisposeAsync();
        return null;
    }

    /// <summary>Puts down the letters whose senders died with them in hand.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> PutDownCutOffAsync(Func<LpcDbContext> open, Instant now, CancellationToken stop)
    {
        await using var db = open();
        await db.Database.OpenConnectionAsync(stop);
        var found = 0;
        foreach (
            var sending in await db
                .Letters.Where(l => l.State == EmailState.Sending)
                .OrderBy(l => l.DueAt)
                .Select(l => new { l.Id, l.Attempts })
                .ToListAsync(stop)
        )
        {
            if (!await TryLockAsync(db, sending.Id, stop))
            {
                continue;
            }

            var cutOff = new ClaimedEmail(db, sending.Id, sending.Attempts);
            try
            {
                found += await cutOff.PutDownAsync(
                    EmailState.Sending,
                    email => email.CutOff(now),
                    answer: null,
                    now,
                    stop
                )
                    ? 1
                    : 0;
            }
            finally
            {
                await cutOff.UnlockAsync();
            }
        }

        return found;
    }

    public string Domain => EmailMessage.DomainOf(_email!.ToAddress);

    public bool IsUrgent => _email!.IsUrgent;

    /// <summary>Writes the message, with what its headers say of its place.</summary>
    /// <exception cref="FormatException">Its address is no mail address.</exception>
    public async Task<MimeMessage> ComposeAsync(EmailMessage writer, CancellationToken stop)
    {
        var email = _email!;
        var list = email.ConferenceId is not { } conference
            ? null
            : await _db
                .Conferences.Where(c => c.Id == conference)
                .Select(c => new
                {
                    c.Slug,
                    Microconference = _db
                        .Microconferences.Where(m => m.Id == email.MicroconferenceId)
                        .Select(m => m.Slug)
                        .FirstOrDefault(),
                })
                .SingleAsync(stop);
        List<Guid> earlier = email.Thread is not { } thread
            ? []
            : await _db
                .Letters.Where(l =>
                    l.Thread == thread
                    && l.ToAddress == email.ToAddress
                    && l.Id < _id
                    && (l.State == EmailState.Sent || l.State == EmailState.Unclear)
                )
                .OrderBy(l => l.Id)
                .Select(l => l.Reference)
                .ToListAsync(stop);
        return writer.Compose(
            email,
            list?.Microconference is { } microconference ? $"{microconference}.{list.Slug}" : list?.Slug,
            earlier
        );
    }

    /// <summary>Marks that from now on the receiving server may have it.</summary>
    /// <exception cref="EmailGoneException">
    /// Somebody else took it for cut off, and may be sending it themselves.
    /// </exception>
    public void HandOver(Instant now)
    {
        var marked = _db
            .Letters.Where(l =>
                l.Id == _id && l.State == EmailState.Sending && l.StartedAt == null && l.Attempts == _attempt
            )
            .ExecuteUpdate(letter => letter.SetProperty(l => l.StartedAt, (Instant?)now));
        if (marked == 0)
        {
            throw new EmailGoneException();
        }
    }

    /// <summary>
    /// Writes down what became of it. What is known beats an "unclear" that another instance wrote meanwhile.
    /// </summary>
    public Task<bool> RecordAsync(Delivery delivery, Instant now, CancellationToken stop) =>
        PutDownAsync(
            EmailState.Unclear,
            email =>
            {
                switch (delivery.Outcome)
                {
                    case EmailState.Sent:
                        email.Deliver(now);
                        break;
                    case EmailState.Failed:
                        email.Refuse(delivery.Answer);
                        break;
                    case EmailState.Unclear:
                        email.BecomeUnclear(delivery.Answer);
                        break;
                    default:
                        email.Defer(delivery.Answer, now);
                        break;
                }
            },
            delivery.Answer,
            now,
            stop
        );

    public async ValueTask DisposeAsync()
    {
        await UnlockAsync();
        await _db.DisposeAsync();
    }

    private static Task<bool> TryLockAsync(LpcDbContext db, long id, CancellationToken stop) =>
        db
            .Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({LockClass}, {LockOf(id)}) AS \"Value\"")
            .SingleAsync(stop);

    private static int LockOf(long id) => (int)(id & int.MaxValue);

    private async Task<bool> PutDownAsync(
        EmailState orFrom,
        Action<Email> verb,
        string? answer,
        Instant now,
        CancellationToken stop
    )
    {
        _db.ChangeTracker.Clear();
        await using var transaction = await _db.Database.BeginTransactionAsync(stop);
        var email = (await _db.Letters.FromSql($"SELECT * FROM letters WHERE id = {_id} FOR UPDATE").ToListAsync(stop))[
            0
        ];
        if (email.Attempts != _attempt || email.State != EmailState.Sending && email.State != orFrom)
        {
            return false;
        }

        verb(email);
        _db.Add(new EmailAttempt(_id, now, email.State, answer ?? email.Problem ?? ""));
        await _db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    // The pool hands the connection on as it is, with all its locks (NoResetOnClose). A broken connection has lost
    // them.
    private async Task UnlockAsync()
    {
        try
        {
            await _db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({LockClass}, {LockOf(_id)})");
        }
        catch (Exception lost) when (ErrorPages.IsOutage(lost))
        {
            // Gone with its connection.
        }
    }
}
