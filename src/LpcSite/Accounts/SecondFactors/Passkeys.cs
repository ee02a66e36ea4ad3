using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Rules;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace LpcSite.Accounts.SecondFactors;

/// <summary>
/// The passkeys of an account: Web Authentication credentials, of which the site keeps the public half. Each change is
/// saved together with its record, and the owner is told of each that is added or removed.
/// </summary>
public sealed class Passkeys(LpcDbContext db, UserManager<Account> accounts, IClock clock)
{
    public const int NameMaxLength = 60;
    public const int MaxCount = 20;

    public async Task<IReadOnlyList<UserPasskeyInfo>> ListAsync(Account account) =>
        [.. (await accounts.GetPasskeysAsync(account)).OrderBy(p => p.CreatedAt)];

    /// <exception cref="RuleException">There are too many already, or the name will not do.</exception>
    public async Task AddAsync(Account account, UserPasskeyInfo passkey, string name)
    {
        Rule.Require(
            (await accounts.GetPasskeysAsync(account)).Count < MaxCount,
            $"You have {MaxCount} passkeys, which is as many as fit. Remove one first."
        );
        passkey.Name = Required(name);
        var now = clock.GetCurrentInstant();
        db.Record(account, "added a passkey", now);
        db.Letters.Add(
            Passwords.Notice(
                account,
                account.Email!,
                "A passkey was added",
                $"the passkey “{passkey.Name}” was added to your account just now. It signs in without your password.",
                now
            )
        );
        Require(await accounts.AddOrUpdatePasskeyAsync(account, passkey));
    }

    /// <exception cref="RuleException">The account has no such passkey, or the name will not do.</exception>
    public async Task RenameAsync(Account account, byte[] id, string name)
    {
        var passkey = await FindAsync(account, id);
        passkey.Name = Required(name);
        db.Record(account, "renamed a passkey", clock.GetCurrentInstant());
        Require(await accounts.AddOrUpdatePasskeyAsync(account, passkey));
    }

    /// <exception cref="RuleException">The account has no such passkey.</exception>
    public async Task RemoveAsync(Account account, byte[] id)
    {
        var passkey = await FindAsync(account, id);
        var now = clock.GetCurrentInstant();
        db.Record(account, "removed a passkey", now);
        db.Letters.Add(
            Passwords.Notice(
                account,
                account.Email!,
                "A passkey was removed",
                $"the passkey “{passkey.Name}” was removed from your account just now. It no longer signs in.",
                now
            )
        );
        Require(await accounts.RemovePasskeyAsync(account, passkey.CredentialId));
    }

    private async Task<UserPasskeyInfo> FindAsync(Account account, byte[] id)
    {
        var passkey = await accounts.GetPasskeyAsync(account, id);
        Rule.Require(passkey is not null, "That passkey is not there any more.");
        return passkey!;
    }

    private static string Required(string name)
    {
        Rule.Require(
            name.Trim().Length is > 0 and <= NameMaxLength,
            $"A passkey has a name of 1 to {NameMaxLength} characters, by which you know it again."
        );
        return name.Trim();
    }

    private static void Require(IdentityResult result) =>
        Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
}
