using System.Globalization;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts.SignIn;

/// <summary>Begins and ends the sessions of accounts, and lists them for their owners.</summary>
public sealed class AccountSessions(
    LpcDbContext db,
    IHttpContextAccessor context,
    ILookupNormalizer normalizer,
    IClock clock
)
{
    /// <summary>How long after a proof an account without a password is taken to be its owner's.</summary>
    public static readonly Duration Freshness = Duration.FromMinutes(10);

    /// <summary>The one of this browser; null where nobody is signed in.</summary>
    public Guid? Current => context.HttpContext?.User.SessionId();

    /// <summary>
    /// Begins one for this browser, and ends what was there: nobody goes on with a number from before they signed in.
    /// </summary>
    /// <param name="renews">Whether it takes the place of the one that is there, for the same account.</param>
    public async Task<Guid> BeginAsync(Account account, bool renews, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var session = new AccountSession(account, DeviceName.Of(context.HttpContext?.Request.Headers.UserAgent), now);
        if (renews && Current is { } old)
        {
            var before = await db
                .AccountSessions.AsNoTracking()
                .SingleOrDefaultAsync(s => s.Id == old && s.AccountId == account.Id, stop);
            session = before is null ? session : session.InPlaceOf(before);
        }

        await EndCurrentAsync(stop);
        await db
            .AccountSessions.Where(s =>
                s.EndsAt <= now
                || s.LastUsedAt <= now - AccountSession.IdleLifetime
                || (s.AccountId == account.Id && s.Stamp != account.SecurityStamp)
            )
            .ExecuteDeleteAsync(stop);
        db.AccountSessions.Add(session);
        await db.SaveChangesAsync(stop);
        return session.Id;
    }

    /// <summary>Ends the one of this browser.</summary>
    public async Task EndCurrentAsync(CancellationToken stop)
    {
        if (Current is { } current)
        {
            await db.AccountSessions.Where(s => s.Id == current).ExecuteDeleteAsync(stop);
        }
    }

    /// <summary>Ends one of the account, wherever it is.</summary>
    /// <returns>Whether the account had it.</returns>
    public async Task<bool> EndAsync(Account account, Guid session, CancellationToken stop) =>
        await db.AccountSessions.Where(s => s.Id == session && s.AccountId == account.Id).ExecuteDeleteAsync(stop) == 1;

    /// <summary>Signs one account, or all, out everywhere, by the operator's word.</summary>
    /// <param name="mail">Of the account; null for all.</param>
    /// <returns>A sentence that says what was done.</returns>
    /// <exception cref="OperatorException">Nobody has that address.</exception>
    public async Task<string> EndAllAsync(string? mail, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var normalized = normalizer.NormalizeEmail(mail);
        var whose = await db
            .Users.Where(a => a.NormalizedEmail == normalized)
            .Select(a => new { a.Id, a.Person.Slug })
            .SingleOrDefaultAsync(stop);
        if (mail is not null && whose is null)
        {
            throw new OperatorException($"No account has the address {mail}.");
        }

        int? id = whose?.Id;
        var ended = await db.AccountSessions.Where(s => id == null || s.AccountId == id).ExecuteDeleteAsync(stop);
        var subject = whose is null ? "/people" : $"/people/{whose.Slug}";
        var now = clock.GetCurrentInstant();
        db.Record(new Act(null, "sessions", now), "signed out everywhere", new AuditSubject(subject));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return string.Create(CultureInfo.InvariantCulture, $"{ended} {(ended == 1 ? "session" : "sessions")} ended.");
    }

    /// <returns>Those in which the account is signed in now, the one used last first.</returns>
    public async Task<IReadOnlyList<AccountSession>> ListAsync(Account account, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return await db
            .AccountSessions.AsNoTracking()
            .Where(s => s.AccountId == account.Id && s.Stamp == account.SecurityStamp)
            .Where(s => s.EndsAt > now && s.LastUsedAt > now - AccountSession.IdleLifetime)
            .OrderByDescending(s => s.LastUsedAt)
            .ThenBy(s => s.Id)
            .ToListAsync(stop);
    }

    /// <summary>Whether somebody proved a moment ago, in this browser, that they own the account.</summary>
    public async Task<bool> IsFreshAsync(CancellationToken stop)
    {
        var (current, since) = (Current, clock.GetCurrentInstant() - Freshness);
        return await db.AccountSessions.AnyAsync(s => s.Id == current && s.ProvenAt > since, stop);
    }

    /// <summary>They proved it now.</summary>
    public Task ProveAsync(CancellationToken stop)
    {
        var (current, now) = (Current, clock.GetCurrentInstant());
        return db
            .AccountSessions.Where(s => s.Id == current)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvenAt, now), stop);
    }
}
