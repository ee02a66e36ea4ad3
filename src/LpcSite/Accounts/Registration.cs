using System.Buffers.Text;
using System.Text;
using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>
/// How somebody gets an account and proves their address. Whoever types an address is told the same and has the same
/// done for it, whether it has an account or not: one look-up, one sealed link, one letter. What differs is read by the
/// owner of the address alone.
/// </summary>
public sealed class Registration(
    LpcDbContext db,
    UserManager<Account> accounts,
    RegistrationLinks links,
    EmailLimits limits,
    IClock clock
)
{
    private const string Once =
        "The link works for one day and once. If you did not ask for it, do nothing: your password stays as it is.";

    /// <summary>
    /// Sends the link by which an account is made; nothing else happens before its owner opens it. Nothing that the one
    /// who asks typed stands in the letter, since the address may be a stranger's.
    /// </summary>
    /// <param name="origin">Scheme and host of the site, for the link in the letter.</param>
    /// <param name="to">Where on the site they were going, for the same link.</param>
    /// <exception cref="RuleException">Too many letters were asked for from this network.</exception>
    public async Task RegisterAsync(string mail, string origin, string? to, CancellationToken stop) =>
        await SendAsync(
            await FindAsync(mail, stop) is { } known
                ? Write(
                    known,
                    "You have an account already",
                    "somebody, probably you, tried to register with this address. It has an account already. Sign "
                        + "in here:",
                    WithReturn($"{origin}/account/sign-in", to),
                    "If you do not know your password any more, set a new one here:",
                    await ResetLinkAsync(known, origin, to),
                    Once
                )
                : Write(
                    mail,
                    "Confirm your address",
                    "to make your account, open this page and choose your name and a password:",
                    ConfirmationLink(mail, origin, to),
                    "The link works for one day. If you did not register, do nothing: until it is used there is no "
                        + "account."
                ),
            stop
        );

    /// <summary>Sends a link to set a new password; where there is no account, one to make it.</summary>
    /// <exception cref="RuleException">Too many letters were asked for from this network.</exception>
    public async Task ForgotAsync(string mail, string origin, string? to, CancellationToken stop) =>
        await SendAsync(
            await FindAsync(mail, stop) is { } known
                ? await ResetAsync(known, origin, to)
                : Write(
                    mail,
                    "You have no account yet",
                    "somebody, probably you, asked to set a new password for this address. It has no account yet. "
                        + "To make "
                        + "one, open this page:",
                    ConfirmationLink(mail, origin, to),
                    "The link works for one day. If you have an account with another address, ask for a link to "
                        + "that one. "
                        + "If it was not you who asked, do nothing."
                ),
            stop
        );

    /// <returns>
    /// The address that the link proves; null where it does not work, or its account is there already.
    /// </returns>
    public async Task<string?> ReadAsync(string? token, CancellationToken stop) =>
        token is not null && links.Read(token) is { } mail && await FindAsync(mail, stop) is null ? mail : null;

    /// <summary>Makes the account, with the name and the password that the owner of the address chose.</summary>
    /// <returns>Null where the link does not work, or did its work before: it lets nobody in twice.</returns>
    /// <exception cref="RuleException">The name or the password will not do.</exception>
    public async Task<Account?> ConfirmAsync(string? token, string name, string password, CancellationToken stop)
    {
        if (await ReadAsync(token, stop) is not { } mail)
        {
            return null;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var person = new Person(name, await PersonSlug.FreeAsync(db, name, stop));
        var account = await CreateProvenAsync(person, mail, password);
        db.Record(account, "registered", clock.GetCurrentInstant());
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return account;
    }

    /// <summary>
    /// Whether the link was right is asked before all else: what is wrong with the password is told to its reader
    /// alone.
    /// </summary>
    /// <returns>The account, whose owner knows its password again; null where the link does not work.</returns>
    /// <exception cref="RuleException">The password will not do.</exception>
    public async Task<Account?> ResetAsync(int id, string token, string password, CancellationToken stop)
    {
        var account = await db.Users.Include(a => a.Person).SingleOrDefaultAsync(a => a.Id == id, stop);
        var isRight = await accounts.VerifyUserTokenAsync(
            account ?? Account.Nobody,
            accounts.Options.Tokens.PasswordResetTokenProvider,
            UserManager<Account>.ResetPasswordTokenPurpose,
            Read(token) ?? ""
        );
        if (account is null || !isRight)
        {
            return null;
        }

        RequirePassword(account, password);
        var now = clock.GetCurrentInstant();
        account.PasswordHash = Hash(account, password);

        // Whoever reads the mail of an address owns it.
        (account.EmailConfirmed, account.LockoutEnd) = (true, null);
        db.Record(account, "set a new password by mail", now);
        db.Letters.Add(
            Passwords.Notice(
                account,
                account.Email!,
                "Your password was changed",
                "a new password was set for your account just now, with a link from a letter to this address.",
                now
            )
        );

        // Saves all of it, and ends every session and the link.
        var result = await accounts.UpdateSecurityStampAsync(account);
        Rule.Require(result.Succeeded, "Your account changed at the same moment. Try again.");
        return account;
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
            RequirePassword(account, password);
        }

        await CreateAsync(account, password);
        return account;
    }

    /// <summary>The letter with which its owner sets a password.</summary>
    public async Task<Email> ResetAsync(Account account, string origin, string? to = null) =>
        Write(
            account,
            "Set your password",
            "to set a password for your account, open this page and type it:",
            await ResetLinkAsync(account, origin, to),
            Once
        );

    /// <returns>The address as two spellings of it are compared.</returns>
    internal string? Normalize(string mail) => accounts.NormalizeEmail(mail);

    /// <returns>What is kept of a password.</returns>
    internal string Hash(Account account, string password) => accounts.PasswordHasher.HashPassword(account, password);

    /// <exception cref="RuleException">The password will not do for this account.</exception>
    internal static void RequirePassword(Account account, string password)
    {
        Rule.Require(
            password.Length is >= Account.PasswordMinLength and <= Account.PasswordMaxLength,
            $"A password has {Account.PasswordMinLength} to {Account.PasswordMaxLength} characters."
        );
        Rule.Require(
            !GuessablePassword.Is(password, account),
            "That password is too easy to guess: take a few words that nobody would put together."
        );
    }

    /// <returns>
    /// What a letter's link carries, as it was before it was fit for an address; null where it never was.
    /// </returns>
    internal static string? Read(string token) =>
        Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : null;

    private Task<Account?> FindAsync(string mail, CancellationToken stop)
    {
        var normalized = accounts.NormalizeEmail(mail);
        return db.Users.Include(a => a.Person).SingleOrDefaultAsync(a => a.NormalizedEmail == normalized, stop);
    }

    private Email Write(Account to, string subject, params IEnumerable<string> paragraphs) =>
        Write(to.PersonId, to.Person.Name, to.Email!, subject, paragraphs);

    private Email Write(string to, string subject, params IEnumerable<string> paragraphs) =>
        Write(person: null, "", to, subject, paragraphs);

    private Email Write(int? person, string name, string to, string subject, IEnumerable<string> paragraphs) =>
        new Email(person, name, to, subject, EmailText.Write(name, paragraphs), clock.GetCurrentInstant()).Secret();

    private async Task SendAsync(Email email, CancellationToken stop)
    {
        if (await limits.TakeAsync(email.ToAddress, stop))
        {
            db.Letters.Add(email);
        }

        await db.SaveChangesAsync(stop);
    }

    private async Task CreateAsync(Account account, string? password)
    {
        var isFirst = await db.TryAsync(async () =>
        {
            var result = password is null
                ? await accounts.CreateAsync(account)
                : await accounts.CreateAsync(account, password);
            Rule.Require(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
        });
        Rule.Require(isFirst, "Somebody registered with this address or this name at the same moment. Try again.");
    }

    private string ConfirmationLink(string mail, string origin, string? to) =>
        WithReturn($"{origin}/account/confirm?token={links.Write(mail)}", to);

    private async Task<string> ResetLinkAsync(Account account, string origin, string? to)
    {
        var made = await accounts.GeneratePasswordResetTokenAsync(account);
        var token = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(made));
        return WithReturn(FormattableString.Invariant($"{origin}/account/reset?id={account.Id}&token={token}"), to);
    }

    private static string WithReturn(string address, string? to) =>
        to is null ? address : QueryHelpers.AddQueryString(address, ReturnAddress.Key, to);
}
