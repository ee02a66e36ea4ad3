using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using OtpNet;

namespace LpcSite.Accounts.SecondFactors;

/// <summary>
/// The code that is asked for after the password: made by a program on the owner's phone from a key that it shares with
/// the site (RFC 6238), or one of a few recovery codes. Each is good for once: who looks over a shoulder, or reads it
/// on the way, has nothing.
/// </summary>
public sealed class TwoFactor(
    LpcDbContext db,
    UserManager<Account> accounts,
    IOptions<PasswordHasherOptions> hashing,
    IClock clock
)
{
    private const int Group = 4;
    private const int Digits = 6;

    // Under which Identity's store keeps the key.
    private const string Provider = "[AspNetUserStore]";

    /// <summary>
    /// Makes a key for the phone. Nothing is asked for yet: that begins once a code has shown that the phone has the
    /// key.
    /// </summary>
    /// <exception cref="RuleException">It is on already.</exception>
    public async Task BeginAsync(Account account)
    {
        Rule.Require(!account.TwoFactorEnabled, "The second step is on already.");
        db.Record(account, "made a key for a second step", clock.GetCurrentInstant());
        Require(await accounts.ResetAuthenticatorKeyAsync(account));
    }

    /// <returns>The key as the phone takes it when typed, in groups; null where none waits to be shown.</returns>
    public async Task<string?> KeyAsync(Account account) =>
        !account.TwoFactorEnabled && await accounts.GetAuthenticatorKeyAsync(account) is { } key
            ? string.Join(' ', key.ToLowerInvariant().Chunk(Group).Select(c => new string(c)))
            : null;

    /// <returns>What the phone reads from the picture (the "otpauth" form that all such programs take).</returns>
    /// <param name="site">The host of this site, by which the phone tells its codes apart.</param>
    public async Task<string?> KeyAddressAsync(Account account, string site)
    {
        if (await KeyAsync(account) is not { } grouped)
        {
            return null;
        }

        var key = grouped.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        var issuer = Uri.EscapeDataString(site);
        return $"otpauth://totp/{issuer}:{Uri.EscapeDataString(account.Email!)}?secret={key}&issuer={issuer}&digits=6";
    }

    /// <returns>The recovery codes, which are shown this once.</returns>
    /// <exception cref="RuleException">The code is not the phone's, or the step is on already.</exception>
    public async Task<IReadOnlyList<string>> EnableAsync(Account account, string code, CancellationToken stop)
    {
        Rule.Require(!account.TwoFactorEnabled, "The second step is on already.");
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        Rule.Require(
            await TakePhoneCodeAsync(account, Typed(code), stop),
            "That is not the code of this moment. See that the clock of your phone is right, and type the next one."
        );
        db.Record(account, "turned the second step on", now);
        db.Letters.Add(
            Tell(
                account,
                "A second step was turned on",
                "your account asks for a code of your phone after the password from now on."
            )
        );
        var codes = await CodesAsync(account, stop);
        Require(await accounts.SetTwoFactorEnabledAsync(account, enabled: true));
        await transaction.CommitAsync(stop);
        return codes;
    }

    /// <summary>Makes the recovery codes anew; those of before work no more.</summary>
    /// <exception cref="RuleException">It is off.</exception>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Account account, CancellationToken stop)
    {
        Rule.Require(account.TwoFactorEnabled, "The second step is off.");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.Record(account, "made new recovery codes", clock.GetCurrentInstant());
        db.Letters.Add(
            Tell(
                account,
                "New recovery codes were made",
                "your account has new recovery codes. Those of before no longer work."
            )
        );
        var codes = await CodesAsync(account, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return codes;
    }

    /// <exception cref="RuleException">It is off already.</exception>
    public async Task DisableAsync(Account account, CancellationToken stop)
    {
        Rule.Require(account.TwoFactorEnabled, "The second step is off already.");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.Record(account, "turned the second step off", clock.GetCurrentInstant());
        db.Letters.Add(
            Tell(
                account,
                "The second step was turned off",
                "your account no longer asks for a code after the password."
            )
        );
        Require(await accounts.SetTwoFactorEnabledAsync(account, enabled: false));
        await db.UserTokens.Where(t => t.UserId == account.Id && t.LoginProvider == Provider).ExecuteDeleteAsync(stop);
        await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
    }

    public Task<int> CodesLeftAsync(Account account, CancellationToken stop) =>
        db.RecoveryCodes.CountAsync(c => c.AccountId == account.Id, stop);

    /// <summary>Takes a code of the phone or a recovery code, whichever it looks like.</summary>
    /// <returns>Whether it was one of the account's; it is good for nothing from then on.</returns>
    public Task<bool> TakeAsync(Account account, string typed, CancellationToken stop) =>
        Typed(typed) is { Length: Digits } code && code.All(char.IsAsciiDigit)
            ? TakePhoneCodeAsync(account, code, stop)
            : TakeRecoveryCodeAsync(account, typed, stop);

    // Phones show it in two halves.
    private static string Typed(string code) => code.Replace(" ", "", StringComparison.Ordinal);

    // The one before and the one after are taken too, for phones whose clock is not quite right (RFC 6238, section
    // 5.2), and each only if it is later than the last one that was taken: of two who send the same code at once, the
    // database lets one in.
    private async Task<bool> TakePhoneCodeAsync(Account account, string code, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant().ToDateTimeUtc();
        if (
            await accounts.GetAuthenticatorKeyAsync(account) is not { } key
            || !new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(now, code, out var step, new VerificationWindow(1, 1))
        )
        {
            return false;
        }

        var untaken = db.Users.Where(a => a.Id == account.Id && a.LastCodeStep < step);
        return await untaken.ExecuteUpdateAsync(set => set.SetProperty(a => a.LastCodeStep, step), stop) == 1;
    }

    private async Task<bool> TakeRecoveryCodeAsync(Account account, string typed, CancellationToken stop)
    {
        var mine = db.RecoveryCodes.AsNoTracking().Where(c => c.AccountId == account.Id);
        if (await mine.OrderBy(c => c.Digest).FirstOrDefaultAsync(stop) is not { } any)
        {
            return false;
        }

        var digest = RecoveryCode.DigestOf(typed, any.Salt, any.Rounds);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await mine.Where(c => c.Digest == digest).ExecuteDeleteAsync(stop) != 1)
        {
            return false;
        }

        await db.Entry(account).Reference(a => a.Person).LoadAsync(stop);
        db.Record(account, "used a recovery code", clock.GetCurrentInstant());
        db.Letters.Add(
            Tell(
                account,
                "A recovery code was used",
                "somebody signed in to your account with its password and a recovery code just now."
            )
        );
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    private async Task<IReadOnlyList<string>> CodesAsync(Account account, CancellationToken stop)
    {
        await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(stop);
        db.RecoveryCodes.AddRange(RecoveryCode.Make(account, hashing.Value.IterationCount, out var codes));
        return codes;
    }

    private Email Tell(Account account, string subject, string sentence) =>
        Passwords.Notice(account, account.Email!, subject, sentence, clock.GetCurrentInstant());

    private static void Require(IdentityResult result) =>
        Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
}
