using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling.Stars;

/// <summary>
/// Puts stars and takes them away, from a page or from a browser that was without a network, and gives the calendar of
/// them its secret address.
/// </summary>
public sealed class StarList(LpcDbContext db, IClock clock)
{
    private const string Via = "my/stars";

    /// <summary>
    /// Only what is said to change changes, so that what another window did meanwhile stays. What this conference does
    /// not have is left out without a word: a browser may hold what is long gone, and nobody learns by it what is
    /// hidden.
    /// </summary>
    /// <returns>All that they star now.</returns>
    /// <exception cref="RuleException">These would be more than <see cref="Star.Most"/>.</exception>
    public async Task<IReadOnlyList<string>> ChangeAsync(
        ConferenceFrame conference,
        int person,
        IEnumerable<string> add,
        IEnumerable<string> remove,
        CancellationToken stop
    )
    {
        string[] wanted = [.. add.Where(Star.IsUid).Distinct(StringComparer.Ordinal)];
        string[] unwanted = [.. remove.Where(Star.IsUid).Except(wanted, StringComparer.Ordinal)];
        var mine = await db.Stars.Of(person, conference.Id).ToListAsync(stop);
        if (wanted.Length > 0)
        {
            var things = await db.StarrablesAsync(conference, stop);
            wanted = [.. wanted.Where(things.Has)];
            Rule.Require(
                mine.Except(unwanted, StringComparer.Ordinal).Union(wanted, StringComparer.Ordinal).Count()
                    <= Star.Most,
                $"Nobody can hear more than {Star.Most} things. Take some stars away first."
            );
        }

        wanted = [.. wanted.Except(mine, StringComparer.Ordinal)];
        unwanted = [.. unwanted.Intersect(mine, StringComparer.Ordinal)];
        if (wanted.Length + unwanted.Length == 0)
        {
            return mine;
        }

        // One statement, which needs no transaction of ours: every commit of one lets all kept pages be made anew, and
        // a star is on none. That a star is there once is decided by its key, whichever of two windows comes first.
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH gone AS (
                DELETE FROM stars
                WHERE person_id = {person} AND conference_id = {conference.Id} AND uid = ANY({unwanted}))
            INSERT INTO stars (person_id, conference_id, uid, at)
            SELECT {person}, {conference.Id}, uid, {clock.GetCurrentInstant()} FROM unnest({wanted}) AS wanted (uid)
            ON CONFLICT DO NOTHING
            """,
            stop
        );
        return await db.Stars.Of(person, conference.Id).ToListAsync(stop);
    }

    /// <summary>Gives the calendar of their stars an address; where it has one, that stays.</summary>
    public async Task OpenFeedAsync(Person person, CancellationToken stop)
    {
        if (await db.StarFeeds.AnyAsync(f => f.PersonId == person.Id, stop))
        {
            return;
        }

        db.StarFeeds.Add(new StarFeed(person, clock.GetCurrentInstant()));
        Record(person, "gave the calendar of the stars an address");

        // Where another window was first, it shows the same one.
        await db.TrySaveAsync(stop);
    }

    /// <summary>Whoever knows the old address reads nothing more.</summary>
    public async Task RenewFeedAsync(Person person, CancellationToken stop)
    {
        var feed = await db.StarFeeds.SingleOrDefaultAsync(f => f.PersonId == person.Id, stop);
        Rule.Require(feed is not null, "Your calendar has no address yet.");
        feed.Renew(clock.GetCurrentInstant());
        Record(person, "gave the calendar of the stars a new address");
        await db.SaveChangesAsync(stop);
    }

    // Neither the old nor the new address: others read the record.
    private void Record(Person person, string verb) =>
        db.Record(new Act(person, Via, clock.GetCurrentInstant()), verb, new AuditSubject($"/people/{person.Slug}"));
}
