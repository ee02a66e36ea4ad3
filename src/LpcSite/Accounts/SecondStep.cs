using LpcSite.Data;
using LpcSite.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>
/// The code that is asked for after the password: made by a program on the owner's phone from a key that it shares with the site (RFC 6238),
/// or one of a few recovery codes, each good for once.
/// </summary>
public sealed class SecondStep(LpcDbContext db, UserManager<Account> accounts, IClock clock)
{
    public const int RecoveryCodes = 10;
    private const int Group = 4;

    // Under which Identity's store keeps the key and the recovery codes.
    private const string Provider = "[AspNetUserStore]";

    /// <summary>Makes a key for the phone. Nothing is asked for yet: that begins once a code has shown that the phone has the key.</summary>
    /// <exception cref="RuleException">It is on already.</exception>
    public async Task BeginAsync(Account account)
    {
        Rule.Require(!account.TwoFactorEnabled, "The second step is on already.");
        db.AuditEntries.Add(account.Did("made a key for a second step", clock.GetCurrentInstant()));
        Require(await accounts.ResetAuthenticatorKeyAsync(account));
    }

    /// <returns>The key as the phone takes it when typed, in groups; null where none waits to be shown.</returns>
    public async Task<string?> KeyAsync(Account account) =>
        !account.TwoFactorEnabled && await accounts.GetAuthenticatorKeyAsync(account) is { } key ? string.Join(' ', key.ToLowerInvariant().Chunk(Group).Select(c => new string(c))) : null;

    /// <returns>What the phone reads from the picture (the "otpauth" form that all such programs take).</returns>
    /// <param name="site">The host of this site, by which the phone tells its codes apart.</param>
    public async Task<string?> KeyAddressAsync(Account account, string site) =>
        await KeyAsync(account) is { } key
            ? $"otpauth://totp/{Uri.EscapeDataString(site)}:{Uri.EscapeDataString(account.Email!)}?secret={key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()}&issuer={Uri.EscapeDataString(site)}&digits=6"
            : null;

    /// <returns>The recovery codes, which are shown this once.</returns>
    /// <exception cref="RuleException">The code is not the phone's, or the step is on already.</exception>
    public async Task<IReadOnlyList<string>> EnableAsync(Account account, string code, CancellationToken stop)
    {
        Rule.Require(!account.TwoFactorEnabled, "The second step is on already.");
        Rule.Require(
            await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, Typed(code)),
            "That is not the code of this moment. See that the clock of your phone is right, and type the next one.");
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.AuditEntries.Add(account.Did("turned the second step on", now));
        db.Letters.Add(Credentials.Notice(account, account.Email!, "A second step was turned on", "your account asks for a code of your phone after the password from now on.", now));
        Require(await accounts.SetTwoFactorEnabledAsync(account, enabled: true));
        var codes = await CodesAsync(account);
        await transaction.CommitAsync(stop);
        return codes;
    }

    /// <summary>Makes the recovery codes anew; those of before work no more.</summary>
    /// <exception cref="RuleException">It is off.</exception>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Account account)
    {
        Rule.Require(account.TwoFactorEnabled, "The second step is off.");
        db.AuditEntries.Add(account.Did("made new recovery codes", clock.GetCurrentInstant()));
        return await CodesAsync(account);
    }

    /// <exception cref="RuleException">It is off already.</exception>
    public async Task DisableAsync(Account account, CancellationToken stop)
    {
        Rule.Require(account.TwoFactorEnabled, "The second step is off already.");
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.AuditEntries.Add(account.Did("turned the second step off", now));
        db.Letters.Add(Credentials.Notice(account, account.Email!, "The second step was turned off", "your account no longer asks for a code after the password.", now));
        Require(await accounts.SetTwoFactorEnabledAsync(account, enabled: false));
        await db.UserTokens.Where(t => t.UserId == account.Id && t.LoginProvider == Provider).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>A code as the site compares it: phones show it in two halves.</summary>
    public static string Typed(string code) => code.Replace(" ", "", StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>> CodesAsync(Account account) =>
        [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes) ?? throw new RuleException("No recovery codes could be made. Try again.")];

    private static void Require(IdentityResult result) => Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
}
