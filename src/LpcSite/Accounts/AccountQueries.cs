using System.Security.Claims;
using LpcSite.Data;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Accounts;

/// <summary>Questions about who is signed in.</summary>
public static class AccountQueries
{
    /// <summary>The person who is signed in, to be written down as the author of a change.</summary>
    /// <exception cref="InvalidOperationException">Nobody is: the page forgot to ask for it.</exception>
    public static async Task<Person> MeAsync(this LpcDbContext db, ClaimsPrincipal user, CancellationToken stop)
    {
        var id = user.PersonId() ?? throw new InvalidOperationException("Nobody is signed in.");
        return db.People.Local.FirstOrDefault(p => p.Id == id) ?? await db.People.SingleAsync(p => p.Id == id, stop);
    }

    /// <summary>The account of the person who is signed in, with the person, to be changed by them.</summary>
    public static Task<Account> MyAccountAsync(this LpcDbContext db, ClaimsPrincipal user, CancellationToken stop)
    {
        var id = user.PersonId() ?? throw new InvalidOperationException("Nobody is signed in.");
        return db.Users.Include(a => a.Person).SingleAsync(a => a.PersonId == id, stop);
    }
}
