using System.Buffers.Text;
using System.Text;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Letters;
using LpcSite.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;

namespace LpcSite.Accounts;

/// <summary>
/// How somebody gets an account and proves his address. Whether an address has an account already is told to nobody but its owner, by
/// letter: the pages say the same, and the same work is done, either way.
/// </summary>
public sealed class Registration(LpcDbContext db, UserManager<Account> accounts, IClock clock)
{
    /// <param name="origin">Scheme and host of the site, for the link in the letter.</param>
    /// <exception cref="RuleException">The name or the password will not do.</exception>
    public async Task RegisterAsync(string name, string mail, string password, string origin, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var account = Account.For(new Person(name, await PersonSlug.FreeAsync(db, name, stop)), mail, now);
        await RequirePasswordAsync(account, password);
        if (await accounts.FindByEmailAsync(mail) is { } known)
        {
            // The slow part of making an account, so that nobody can tell by the time it takes.
            accounts.PasswordHasher.HashPassword(account, password);
            await TellOfKnownAsync(known, origin, now, stop);
        }
        else
        {
            await CreateAsync(account, password);
            db.Letters.Add(await ConfirmationAsync(account, origin, now));
            db.AuditEntries.Add(new AuditEntry(account.Person, "account", "registered", $"/people/{account.Person.Slug}", null, null, now));
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <returns>The account whose address is proven now; null where the link does not work.</returns>
    public async Task<Account?> ConfirmAsync(int id, string token, CancellationToken stop)
    {
        var account = await db.Users.Include(a => a.Person).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (account is null || Read(token) is not { } read || !(await accounts.ConfirmEmailAsync(account, read)).Succeeded)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry(account.Person, "account", "confirmed the address", $"/people/{account.Person.Slug}", null, null, clock.GetCurrentInstant()));
        await db.SaveChangesAsync(stop);
        return account;
    }

    /// <summary>Sends a link to set a new password, or for an address that was never proven the link that proves it; to a stranger nothing.</summary>
    public async Task ForgotAsync(string mail, string origin, CancellationToken stop)
    {
        var account = await db.Users.Include(a => a.Person).SingleOrDefaultAsync(a => a.NormalizedEmail == accounts.NormalizeEmail(mail), stop);
        if (account is null)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        db.Letters.Add(account.EmailConfirmed ? await ResetAsync(account, origin, now) : await ConfirmationAsync(account, origin, now));
        await db.SaveChangesAsync(stop);
    }

    /// <returns>Whether the link still worked.</returns>
    /// <exception cref="RuleException">The password will not do.</exception>
    public async Task<bool> ResetAsync(int id, string token, string password, CancellationToken stop)
    {
        var account = await db.Users.Include(a => a.Person).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (account is null || Read(token) is not { } read)
        {
            return false;
        }

        await RequirePasswordAsync(account, password);
        if (!(await accounts.ResetPasswordAsync(account, read, password)).Succeeded)
        {
            return false;
        }

        // Whoever reads the mail of an address owns it.
        (account.EmailConfirmed, account.LockoutEnd, account.AccessFailedCount) = (true, null, 0);
        db.AuditEntries.Add(new AuditEntry(account.Person, "account", "set a new password by mail", $"/people/{account.Person.Slug}", null, null, clock.GetCurrentInstant()));
        await db.SaveChangesAsync(stop);
        return true;
    }

    /// <summary>Adds an account with a proven address to a person who has none.</summary>
    /// <param name="password">Null for one who will set it by the link of a letter.</param>
    /// <exception cref="RuleException">The password will not do, or the address has an account.</exception>
    public async Task<Account> CreateProvenAsync(Person person, string mail, string? password)
    {
        var account = Account.For(person, mail, clock.GetCurrentInstant());
        account.EmailConfirmed = true;
        if (password is not null)
        {
            await RequirePasswordAsync(account, password);
        }

        await CreateAsync(account, password);
        return account;
    }

    /// <summary>The letter with which its owner sets a password.</summary>
    public async Task<Letter> ResetAsync(Account account, string origin, Instant now)
    {
        var link = Link(origin, "reset", account, await accounts.GeneratePasswordResetTokenAsync(account));
        var text = LetterText.Write(account.Person.Name, "to set a password for your account, open this page and type it:", link,
            "The link works for one day and once. If you did not ask for it, do nothing: your password stays as it is.");
        return new Letter(account.PersonId, account.Person.Name, account.Email!, "Set your password", text, now).Secret();
    }

    private async Task<Letter> ConfirmationAsync(Account account, string origin, Instant now)
    {
        var link = Link(origin, "confirm", account, await accounts.GenerateEmailConfirmationTokenAsync(account));
        var text = LetterText.Write(account.Person.Name, "to prove that this address is yours, open this page and press its button:", link,
            "The link works for one day. If you did not register, do nothing: without the button there is no account.");
        return new Letter(account.PersonId, account.Person.Name, account.Email!, "Confirm your address", text, now).Secret();
    }

    private async Task TellOfKnownAsync(Account known, string origin, Instant now, CancellationToken stop)
    {
        await db.Entry(known).Reference(a => a.Person).LoadAsync(stop);
        var text = LetterText.Write(known.Person.Name, "somebody, probably you, tried to register with this address. It has an account already. Sign in here:",
            $"{origin}/account/sign-in", "If you do not know your password any more, set a new one:", $"{origin}/account/forgot");
        db.Letters.Add(known.EmailConfirmed
            ? new Letter(known.PersonId, known.Person.Name, known.Email!, "You have an account already", text, now)
            : await ConfirmationAsync(known, origin, now));
    }

    /// <exception cref="RuleException">The password will not do for this account.</exception>
    internal async Task RequirePasswordAsync(Account account, string password)
    {
        Rule.Require(password.Length is >= Account.PasswordMinLength and <= Account.PasswordMaxLength, $"A password has {Account.PasswordMinLength} to {Account.PasswordMaxLength} characters.");
        Rule.Require(
            !password.Contains(account.Email!, StringComparison.OrdinalIgnoreCase) && password.Distinct().Count() > 4,
            "That password is too easy to guess: take a few words that nobody would put together.");
        foreach (var validator in accounts.PasswordValidators)
        {
            var result = await validator.ValidateAsync(accounts, account, password);
            Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
        }
    }

    private async Task CreateAsync(Account account, string? password)
    {
        try
        {
            var result = password is null ? await accounts.CreateAsync(account) : await accounts.CreateAsync(account, password);
            Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
        }
        catch (DbUpdateException raced) when (raced.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new RuleException("Somebody registered with this address or this name at the same moment. Try again.");
        }
    }

    private static string Link(string origin, string page, Account account, string token) =>
        FormattableString.Invariant($"{origin}/account/{page}?id={account.Id}&token={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}");

    /// <returns>What a letter's link carries, as it was before it was fit for an address; null where it never was.</returns>
    internal static string? Read(string token) => Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : null;
}
