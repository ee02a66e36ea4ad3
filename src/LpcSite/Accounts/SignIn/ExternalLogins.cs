using System.Security.Claims;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Texts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// Signing in by the word of another site. It names somebody by a number of its own, which is what counts; the address
/// it tells is taken only where it says that it has proven it, and never to get into an account that is there already.
/// </summary>
public sealed class ExternalLogins(
    LpcDbContext db,
    UserManager<Account> accounts,
    Registration registration,
    IClock clock
)
{
    /// <returns>The address that the other site has proven; null for none.</returns>
    public static string? ProvenMail(ClaimsPrincipal told) =>
        bool.TryParse(told.FindFirstValue("email_verified"), out var proven)
        && proven
        && MailAddress.TryRead(told.FindFirstValue("email"), out var mail)
            ? mail
            : null;

    /// <returns>
    /// The name that it tells, fit to stand on the site; else what stands before the @ of the address.
    /// </returns>
    public static string NameOf(ClaimsPrincipal told, string mail)
    {
        var name = TextIn.Name(told.FindFirstValue("name") ?? "");
        name = name.Length == 0 || PlainName.HoldsAddress(name) ? PlainName.FromAddress(mail) : name;
        return TextIn.Name(name[..Math.Min(name.Length, Person.NameMaxLength)]);
    }

    /// <summary>Makes an account for somebody new.</summary>
    /// <exception cref="RuleException">There is no proven address, or it has an account.</exception>
    public async Task<Account> RegisterAsync(ExternalLoginInfo login, CancellationToken stop)
    {
        var mail = ProvenMail(login.Principal);
        Rule.Require(
            mail is not null,
            $"{login.ProviderDisplayName} does not say that your address is proven. Register here, and connect the "
                + "two afterwards."
        );
        Rule.Require(
            await accounts.FindByEmailAsync(mail) is null,
            $"{mail} has an account here. Sign in to it, and connect the two there."
        );
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var name = NameOf(login.Principal, mail);
        var account = await registration.CreateProvenAsync(
            new Person(name, await PersonSlug.FreeAsync(db, name, stop)),
            mail,
            password: null
        );
        await AddAsync(account, login, "registered through another site");
        await transaction.CommitAsync(stop);
        return account;
    }

    /// <summary>
    /// From now on the account is also signed in to by the other site's word; its owner is told by letter.
    /// </summary>
    /// <exception cref="RuleException">
    /// The other site's user is connected with an account already, or the account with one of its users.
    /// </exception>
    public async Task ConnectAsync(Account account, ExternalLoginInfo login, CancellationToken stop)
    {
        Rule.Require(
            !await db.UserLogins.AnyAsync(l => l.UserId == account.Id && l.LoginProvider == login.LoginProvider, stop),
            $"Your account is connected with {login.ProviderDisplayName} already."
        );
        db.Letters.Add(
            Passwords.Notice(
                account,
                account.Email!,
                $"Your account is connected with {login.ProviderDisplayName}",
                $"your account was connected with {login.ProviderDisplayName} just now: whoever signs in there is "
                    + "signed in here.",
                clock.GetCurrentInstant()
            )
        );
        await AddAsync(account, login, "connected another site");
    }

    /// <summary>The other site's word does not sign in to the account any more; its owner is told by letter.</summary>
    /// <exception cref="RuleException">Nothing is connected.</exception>
    public async Task DisconnectAsync(Account account, string provider, CancellationToken stop)
    {
        var login = await db.UserLogins.SingleOrDefaultAsync(
            l => l.UserId == account.Id && l.LoginProvider == provider,
            stop
        );
        Rule.Require(login is not null, "Your account is not connected any more.");
        var now = clock.GetCurrentInstant();
        db.Record(account, "disconnected another site", now);
        var other = login.ProviderDisplayName;
        db.Letters.Add(
            Passwords.Notice(
                account,
                account.Email!,
                $"Your account is no longer connected with {other}",
                $"{other} was disconnected from your account just now, and no longer signs you in.",
                now
            )
        );
        var result = await accounts.RemoveLoginAsync(account, login.LoginProvider, login.ProviderKey);
        Rule.Require(result.Succeeded, "Your account changed at the same moment. Try again.");
    }

    private async Task AddAsync(Account account, ExternalLoginInfo login, string verb)
    {
        db.Record(account, verb, clock.GetCurrentInstant());
        var isFirst = await db.TryAsync(async () =>
        {
            var result = await accounts.AddLoginAsync(account, login);
            Rule.Require(
                result.Succeeded,
                $"That user of {login.ProviderDisplayName} is connected with another account here."
            );
        });
        Rule.Require(isFirst, $"That user of {login.ProviderDisplayName} was connected at the same moment. Try again.");
    }
}
