using System.Buffers.Text;
using System.Text;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// What somebody changes about the way they sign in. Each change ends every other sign-in of the account, since its
/// security stamp changes with it, and its owner is told by letter.
/// </summary>
public sealed class Passwords(
    LpcDbContext db,
    UserManager<Account> accounts,
    AccountSessions sessions,
    EmailLimits limits,
    IClock clock
)
{
    private TokenOptions Tokens => accounts.Options.Tokens;

    /// <exception cref="RuleException">The password will not do.</exception>
    public async Task SetPasswordAsync(Account account, string password)
    {
        Registration.RequirePassword(account, password);
        var now = clock.GetCurrentInstant();
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        db.Record(account, "set a new password", now);
        db.Letters.Add(
            Notice(
                account,
                account.Email!,
                "Your password was changed",
                "the password of your account was changed just now, by somebody who was signed in.",
                now
            )
        );
        await RenewStampAsync(account);
    }

    /// <summary>
    /// Sends a link to the new address; the account stays at the old one until its button is pressed. Whether the
    /// address has an account already is told to nobody but its owner.
    /// </summary>
    /// <exception cref="RuleException">They asked for many letters already, or many went to that address.</exception>
    public async Task AskForAddressAsync(Account account, string mail, string origin, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var since = now - Duration.FromHours(1);
        Rule.Require(
            await db.Letters.CountAsync(
                l => l.PersonId == account.PersonId && l.IsSecret && l.ConferenceId == null && l.CreatedAt > since,
                stop
            ) < EmailLimits.ToOneAddress,
            "You asked for many letters within the last hour. Wait a while, and try again."
        );
        await limits.RequireAsync(mail, stop);
        var token = Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(await accounts.GenerateChangeEmailTokenAsync(account, mail))
        );
        var text = await accounts.FindByEmailAsync(mail) is null
            ? EmailText.Write(
                account.Person.Name,
                "to move your account to this address, open this page in the browser in which you are signed in, "
                    + "and press its button:",
                $"{origin}/account/address/confirm?to={Uri.EscapeDataString(mail)}&token={token}",
                "The link works for one day. If you did not ask for it, do nothing: nothing changes without the button."
            )
            : EmailText.Write(
                account.Person.Name,
                "somebody, probably you, wanted to move an account to this address. An address has only one "
                    + "account, and this one has one already: sign in to it here.",
                $"{origin}/account/sign-in",
                "To move the other account here, erase this one first."
            );
        db.Letters.Add(
            new Email(
                account.PersonId,
                account.Person.Name,
                mail,
                "Move your account to this address",
                text,
                now
            ).Secret()
        );
        db.Record(account, "asked to move to another address", now);
        await db.SaveChangesAsync(stop);
    }

    /// <returns>
    /// Whether the link was right; then the account is known by the new address alone, and the old one is told.
    /// </returns>
    public async Task<bool> MoveToAddressAsync(Account account, string mail, string token)
    {
        // The link first: whether an address has an account is told to nobody who has no letter of its own.
        var purpose = UserManager<Account>.GetChangeEmailTokenPurpose(mail);
        if (
            Registration.Read(token) is not { } read
            || !await accounts.VerifyUserTokenAsync(account, Tokens.ChangeEmailTokenProvider, purpose, read)
            || await accounts.FindByEmailAsync(mail) is not null
        )
        {
            return false;
        }

        var (old, now) = (account.Email!, clock.GetCurrentInstant());
        var notice = Notice(
            account,
            old,
            "Your account has moved",
            $"your account moved to {mail} just now. This address no longer signs you in.",
            now
        );
        account.UserName = mail;
        db.Record(account, "moved to another address", now);
        db.Letters.Add(notice);
        var isMoved = false;
        await db.TryAsync(async () => isMoved = (await accounts.ChangeEmailAsync(account, mail, read)).Succeeded);
        return isMoved;
    }

    /// <summary>Ends the session on another device.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> SignOutAsync(Account account, Guid session, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await sessions.EndAsync(account, session, stop))
        {
            return false;
        }

        db.Record(account, "signed out another device", clock.GetCurrentInstant());
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    public Task SignOutEverywhereAsync(Account account)
    {
        db.Record(account, "signed out everywhere", clock.GetCurrentInstant());
        return RenewStampAsync(account);
    }

    /// <summary>Tells the owner of the account what was done with it, so that a thief cannot do it unseen.</summary>
    internal static Email Notice(Account account, string address, string subject, string sentence, Instant now)
    {
        var text = EmailText.Write(
            account.Person.Name,
            sentence,
            "If that was you, there is nothing to do. If it was not, somebody else has your account: set a new "
                + "password, or answer this letter."
        );
        return new Email(account.PersonId, account.Person.Name, address, subject, text, now);
    }

    // Saves what else was changed with it.
    private async Task RenewStampAsync(Account account)
    {
        var result = await accounts.UpdateSecurityStampAsync(account);
        Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
