using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LpcSite.Data;

/// <summary>What two requests raced for and the database decided, in the two ways in which it says so.</summary>
internal static class Races
{
    /// <summary>
    /// Somebody else was first: the row was written meanwhile (xmin), or what had to be the only one of its kind is
    /// there already (unique index). Which of the two is seen depends on the order of the statements.
    /// </summary>
    public static bool IsRace(this DbUpdateException failure) =>
        failure is DbUpdateConcurrencyException
        || failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>
    /// Whoever changes what hangs on this microconference waits until this transaction has ended, and then reads what
    /// it left.
    /// </summary>
    public static Task TakeTurnAsync(this LpcDbContext db, Microconference microconference, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"SELECT 1 FROM microconferences WHERE id = {microconference.Id} FOR UPDATE", stop);

    /// <summary>The same for what one person may have so many of.</summary>
    public static Task TakeTurnAsync(this LpcDbContext db, Person person, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"SELECT 1 FROM people WHERE id = {person.Id} FOR NO KEY UPDATE", stop);

    /// <summary>Saves, or says in this sentence that somebody else was first.</summary>
    /// <exception cref="RuleException">The database decided for somebody else. Nothing is saved.</exception>
    public static async Task SaveOrSayAsync(this LpcDbContext db, string otherwise, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException raced) when (raced.IsRace())
        {
            throw new RuleException(otherwise);
        }
    }
}
