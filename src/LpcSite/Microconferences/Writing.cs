using System.Text.Json;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;

namespace LpcSite.Microconferences;

/// <summary>Saves the whole form of a microconference at once: its lists, and its text as a revision. Either all of it is saved, or the author is shown why not.</summary>
public sealed class Writing(LpcDbContext db, Revising revising, ListWriting lists, IClock clock)
{
    /// <param name="microconference">As <see cref="MicroconferenceQueries.WithLists"/> loads it, or new.</param>
    /// <returns>A conflict when somebody else saved a newer text; then nothing is saved.</returns>
    /// <exception cref="RuleException">Something that was typed breaks a rule; nothing is saved.</exception>
    public async Task<Saved> SaveAsync(Microconference microconference, WrittenText text, WrittenLists shown, WrittenLists sent, Person by, CancellationToken stop)
    {
        if (await lists.ApplyAsync(microconference, shown, sent, stop))
        {
            var now = clock.GetCurrentInstant();
            microconference.Touch(now);
            db.AuditEntries.Add(new AuditEntry(by, "edit", "changed the lists", microconference.Path, JsonSerializer.Serialize(shown), JsonSerializer.Serialize(sent), now)
                .About(microconference.ConferenceId, microconference.Id));
        }

        try
        {
            var saved = await revising.SaveAsync(microconference, text.Title, text.Description, text.Results, text.BasedOn, by, text.Summary, stop);
            if (saved is Saved.Done or Saved.Unchanged)
            {
                await db.SaveChangesAsync(stop);
            }

            return saved;
        }
        catch (DbUpdateException raced) when (raced is DbUpdateConcurrencyException || raced.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new RuleException("Somebody else saved it at the same moment. Your text is still here: save again.");
        }
    }
}
