using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>Says who organizes. The first one can only be named by the operator, at the command line.</summary>
public sealed class Organizers(LpcDbContext db, Registration registration, UserManager<Account> accounts, IClock clock)
{
    private const string Via = "organizers";

    /// <param name="name">Of somebody who has no account yet; null takes what stands before the @.</param>
    /// <param name="origin">Scheme and host of the site, for the link by which somebody new sets a password.</param>
    /// <returns>A sentence that says what was done.</returns>
    public async Task<string> AddAsync(string mail, string? name, string origin, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetCurrentInstant();
        var account = await FindAsync(mail, stop);
        var isNew = account is not { EmailConfirmed: true };
        account =
            account is null ? await CreateAsync(mail, name ?? PlainName.FromAddress(mail), stop)
            : isNew ? await StartOverAsync(account)
            : account;
        if (await db.Organizers.AnyAsync(o => o.PersonId == account.PersonId, stop))
        {
            return $"{account.Person.Name} <{account.Email}> is an organizer already.";
        }

        db.Organizers.Add(new Organizer(account.Person, now));
        db.Record(new Act(null, Via, now), "made an organizer", new AuditSubject($"/people/{account.Person.Slug}"));
        if (isNew)
        {
            db.Letters.Add(await registration.ResetAsync(account, origin));
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return $"{account.Person.Name} <{account.Email}> is an organizer "
            + $"now.{(isNew ? " A letter with a link to set a password is on its way." : "")}";
    }

    /// <exception cref="OperatorException">Nobody with that address is one.</exception>
    public async Task<string> RemoveAsync(string mail, CancellationToken stop)
    {
        var account = await FindAsync(mail, stop);
        var organizer = account is null
            ? null
            : await db.Organizers.SingleOrDefaultAsync(o => o.PersonId == account.PersonId, stop);
        if (account is null || organizer is null)
        {
            throw new OperatorException($"No organizer has the address {mail}.");
        }

        db.Organizers.Remove(organizer);
        db.Record(
            new Act(null, Via, clock.GetCurrentInstant()),
            "is no organizer any more",
            new AuditSubject($"/people/{account.Person.Slug}")
        );
        await db.SaveChangesAsync(stop);
        return $"{account.Person.Name} <{account.Email}> is no organizer any more.";
    }

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken stop) =>
        await db
            .Organizers.OrderBy(o => o.Person.Name)
            .Select(o =>
                o.Person.Name
                + " <"
                + (db.Users.Where(a => a.PersonId == o.PersonId).Select(a => a.Email).FirstOrDefault() ?? "no account")
                + ">"
            )
            .ToListAsync(stop);

    private Task<Account?> FindAsync(string mail, CancellationToken stop) =>
        db
            .Users.Include(a => a.Person)
            .SingleOrDefaultAsync(a => a.NormalizedEmail == accounts.NormalizeEmail(mail), stop);

    // Whoever registered with the address has not shown that it is theirs: their password and their links end, and
    // its owner sets another by letter.
    private async Task<Account> StartOverAsync(Account unproven)
    {
        unproven.PasswordHash = null;
        var result = await accounts.UpdateSecurityStampAsync(unproven);
        return result.Succeeded
            ? unproven
            : throw new OperatorException($"Somebody registered with {unproven.Email} at the same moment. Try again.");
    }

    private async Task<Account> CreateAsync(string mail, string name, CancellationToken stop) =>
        MailAddress.TryRead(mail, out _)
            ? await registration.CreateProvenAsync(
                new Person(name, await PersonSlug.FreeAsync(db, name, stop)),
                mail,
                password: null
            )
            : throw new OperatorException($"'{mail}' is not a mail address.");
}
