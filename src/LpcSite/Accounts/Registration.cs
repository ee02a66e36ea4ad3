using System.Buffers.Text;
using System.Text;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Letters;
using LpcSite.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>
/// How somebody gets an account and proves his address. Whether an address has an account already is told to nobody but its owner, by
/// letter: the pages say the same, and the same work is done, either way.
/// </summary>
public sealed class Registration(LpcDbContext db, UserManager<Account> accounts, IClock clock)
{
    /// <summary>More letters than this go to no address within an hour, however often somebody asks for them.</summary>
    public const int LettersAnHour = 5;

    /// <param name="origin">Scheme and host of the site, for the link in the letter.</param>
    /// <param name="to">Where on the site he was going, for the same link.</param>
    /// <exception cref="RuleException">The name or the password will not do.</exception>
    public async Task RegisterAsync(string name, string mail, string password, string origin, string? to, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var account = Account.For(new Person(name, await PersonSlug.FreeAsync(db, name, stop)), mail, now);
        await RequirePasswordAsync(account, password);

        // The slow part of making an account, done before anything is known of the address: nobody can tell by the time it takes.
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        var known = await FindAsync(mail, stop);
        if (known is { EmailConfirmed: true })
        {
            await SendAsync(TellOfKnown(known, origin, to, now), now, stop);
        }
        else
        {
            account = known is null ? await CreateAsync(account, null) : await StartOverAsync(known, account);
            await SendAsync(await ConfirmationAsync(account, origin, to, now), now, stop);
            db.AuditEntries.Add(new AuditEntry(account.Person, "account", known is null ? "registered" : "registered again", $"/people/{account.Person.Slug}", null, null, now));
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <returns>The account whose address is proven now; null where the link does not work, or did its work before: it lets nobody in twice.</returns>
    public async Task<Account?> ConfirmAsync(int id, string token, CancellationToken stop)
    {
        var account = await db.Users.Include(a => a.Person).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (account is not { EmailConfirmed: false } || Read(token) is not { } read || !(await accounts.ConfirmEmailAsync(account, read)).Succeeded)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry(account.Person, "account", "confirmed the address", $"/people/{account.Person.Slug}", null, null, clock.GetCurrentInstant()));
        await db.SaveChangesAsync(stop);
        return account;
    }

    /// <summary>
    /// Sends a link to set a new password; to a stranger nothing. Also where the address was never proven: the password of that account may be
    /// somebody else's, who registered with an address that is not his.
    /// </summary>
    public async Task ForgotAsync(string mail, string origin, string? to, CancellationToken stop)
    {
        if (await FindAsync(mail, stop) is { } account)
        {
            var now = clock.GetCurrentInstant();
            await SendAsync(await ResetAsync(account, origin, now, to), now, stop);
            await db.SaveChangesAsync(stop);
        }
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
    public async Task<Letter> ResetAsync(Account account, string origin, Instant now, string? to = null)
    {
        var link = Link(origin, "reset", account, await accounts.GeneratePasswordResetTokenAsync(account), to);
        var text = LetterText.Write(account.Person.Name, "to set a password for your account, open this page and type it:", link,
            "The link works for one day and once. If you did not ask for it, do nothing: your password stays as it is.");
        return new Letter(account.PersonId, account.Person.Name, account.Email!, "Set your password", text, now).Secret();
    }

    private async Task<Letter> ConfirmationAsync(Account account, string origin, string? to, Instant now)
    {
        var link = Link(origin, "confirm", account, await accounts.GenerateEmailConfirmationTokenAsync(account), to);
        var text = LetterText.Write(account.Person.Name, "to prove that this address is yours, open this page and press its button:", link,
            "The link works for one day. If you did not register, do nothing: without the button there is no account.");
        return new Letter(account.PersonId, account.Person.Name, account.Email!, "Confirm your address", text, now).Secret();
    }

    private static Letter TellOfKnown(Account known, string origin, string? to, Instant now)
    {
        var query = to is null ? "" : $"?{ReturnAddress.Key}={Uri.EscapeDataString(to)}";
        var text = LetterText.Write(known.Person.Name, "somebody, probably you, tried to register with this address. It has an account already. Sign in here:",
            $"{origin}/account/sign-in{query}", "If you do not know your password any more, set a new one:", $"{origin}/account/forgot{query}");
        return new Letter(known.PersonId, known.Person.Name, known.Email!, "You have an account already", text, now);
    }

    /// <returns>The address as two spellings of it are compared.</returns>
    internal string? Normalize(string mail) => accounts.NormalizeEmail(mail);

    private Task<Account?> FindAsync(string mail, CancellationToken stop)
    {
        var normalized = accounts.NormalizeEmail(mail);
        return db.Users.Include(a => a.Person).SingleOrDefaultAsync(a => a.NormalizedEmail == normalized, stop);
    }

    // Letters of conferences are not counted: nobody sends those by typing an address.
    private async Task SendAsync(Letter letter, Instant now, CancellationToken stop)
    {
        var since = now - Duration.FromHours(1);
        if (await db.Letters.CountAsync(l => l.Thread == null && l.ToAddress == letter.ToAddress && l.ConferenceId == null && l.CreatedAt > since, stop) < LettersAnHour)
        {
            db.Letters.Add(letter);
        }
    }

    // Nobody has proven that address yet, so that whoever came first has no right to it: name and password are those of the last one who
    // registered, and the new stamp ends the links of earlier letters. Else a stranger's password would wait in the account of its owner.
    private async Task<Account> StartOverAsync(Account known, Account wanted)
    {
        if (Person.Key(known.Person.Name) != Person.Key(wanted.Person.Name))
        {
            known.MoveTo(wanted.Person);
        }

        known.PasswordHash = wanted.PasswordHash;
        var result = await accounts.UpdateSecurityStampAsync(known);
        Rule.Require(result.Succeeded, "Somebody registered with this address at the same moment. Try again.");
        return known;
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

    private async Task<Account> CreateAsync(Account account, string? password)
    {
        try
        {
            var result = password is null ? await accounts.CreateAsync(account) : await accounts.CreateAsync(account, password);
            Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
            return account;
        }
        catch (DbUpdateException raced) when (raced.IsRace())
        {
            throw new RuleException("Somebody registered with this address or this name at the same moment. Try again.");
        }
    }

    private static string Link(string origin, string page, Account account, string token, string? to) =>
        FormattableString.Invariant($"{origin}/account/{page}?id={account.Id}&token={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}")
        + (to is null ? "" : $"&{ReturnAddress.Key}={Uri.EscapeDataString(to)}");

    /// <returns>What a letter's link carries, as it was before it was fit for an address; null where it never was.</returns>
    internal static string? Read(string token) => Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : null;
}
