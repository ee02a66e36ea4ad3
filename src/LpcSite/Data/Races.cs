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

    /// <summary>Saves what was typed, or says in this sentence that somebody else was first.</summary>
    /// <param name="taken">Instead, where what has to be the only one of its kind is there already.</param>
    /// <param name="used">Where something that was removed is in use (a foreign key).</param>
    /// <exception cref="RaceException">The database decided for somebody else. Nothing is saved.</exception>
    /// <exception cref="RuleException">With <paramref name="used"/>.</exception>
    public static async Task SaveAsync(
        this LpcDbContext db,
        string raced,
        CancellationToken stop,
        string? taken = null,
        string? used = null
    )
    {
        try
        {
            if (await db.RaceOfAsync(() => db.SaveChangesAsync(stop)) is { } race)
            {
                throw new RaceException(race is DbUpdateConcurrencyException ? raced : taken ?? raced, race);
            }
        }
        catch (DbUpdateException refused)
            when (used is not null
                && refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation }
            )
        {
            db.ChangeTracker.Clear();
            throw new RuleException(used);
        }
    }

    /// <summary>Saves, or says in this sentence that there is one already, or that it is not any more.</summary>
    /// <exception cref="RuleException">The database decided for somebody else. Nothing is saved.</exception>
    public static async Task SaveOrSayAsync(this LpcDbContext db, string otherwise, CancellationToken stop) =>
        Rule.Require(await db.TrySaveAsync(stop), otherwise);

    /// <summary>Saves, unless somebody else was first.</summary>
    /// <returns>Whether it is saved.</returns>
    public static Task<bool> TrySaveAsync(this LpcDbContext db, CancellationToken stop) =>
        db.TryAsync(() => db.SaveChangesAsync(stop));

    /// <summary>The same for what saves by itself.</summary>
    public static async Task<bool> TryAsync(this LpcDbContext db, Func<Task> save) =>
        await db.RaceOfAsync(save) is null;

    // What was refused is not saved with something else.
    private static async Task<DbUpdateException?> RaceOfAsync(this LpcDbContext db, Func<Task> save)
    {
        try
        {
            await save();
            return null;
        }
        catch (DbUpdateException race) when (race.IsRace())
        {
            db.ChangeTracker.Clear();
            return race;
        }
    }
}
