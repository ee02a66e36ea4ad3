using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling.Availability;

/// <summary>
/// People say when they cannot be at a conference, and organizers write it down for whoever told them.
/// </summary>
public sealed class AvailabilityEditing(LpcDbContext db, IClock clock)
{
    /// <param name="times">What was said before is not said again.</param>
    /// <param name="note">What the organizers should know about it; null for nothing.</param>
    /// <returns>How many are new.</returns>
    /// <exception cref="RuleException">There is none, or one of them cannot be.</exception>
    /// <exception cref="RaceException">The same was said at the same moment.</exception>
    public async Task<int> AddAsync(
        int conferenceId,
        Person person,
        IReadOnlyCollection<Interval> times,
        string? note,
        Person by,
        string via,
        CancellationToken stop
    )
    {
        var conference = await db.Conferences.SingleAsync(c => c.Id == conferenceId, stop);
        conference.RequireOpen();
        Rule.Require(times.Count > 0, "Choose a half-day, or say from when until when.");
        foreach (var during in times)
        {
            RequireIn(conference, during);
        }

        var said = await db
            .Absences.Where(a => a.ConferenceId == conferenceId && a.PersonId == person.Id)
            .Select(a => a.During)
            .ToListAsync(stop);
        var added = times
            .Except(said)
            .Select(during => new Absence(conferenceId, person, during, note, by, clock.GetCurrentInstant()))
            .ToList();
        Rule.Require(
            said.Count + added.Count <= Absence.Most,
            $"Nobody is away more than {Absence.Most} times. Take some back, or say longer ones."
        );
        db.Absences.AddRange(added);
        if (added.Count > 0)
        {
            await SaveAsync(
                conference,
                "said who cannot be there",
                null,
                Describe(person, added),
                by,
                via,
                "The same was said a moment ago, perhaps in another window. Here is what is said now.",
                stop
            );
        }

        return added.Count;
    }

    /// <param name="of">Whose it is; null for whoever's.</param>
    /// <exception cref="RaceException">It is taken back already.</exception>
    public async Task TakeBackAsync(int conferenceId, int id, int? of, Person by, string via, CancellationToken stop)
    {
        const string Gone = "That was taken back already. Here is what is said now.";
        var absence =
            await db
                .Absences.Include(a => a.Person)
                .SingleOrDefaultAsync(
                    a => a.ConferenceId == conferenceId && a.Id == id && (of == null || a.PersonId == of),
                    stop
                )
            ?? throw new RaceException(Gone);
        var conference = await db.Conferences.SingleAsync(c => c.Id == conferenceId, stop);
        conference.RequireOpen();
        db.Absences.Remove(absence);
        await SaveAsync(
            conference,
            "took back who cannot be there",
            Describe(absence.Person, [absence]),
            null,
            by,
            via,
            Gone,
            stop
        );
    }

    private static void RequireIn(Conference conference, Interval during)
    {
        var days = new Interval(
            conference.FromVenueTime(conference.StartsOn.AtMidnight()),
            conference.FromVenueTime(conference.EndsOn.PlusDays(1).AtMidnight())
        );
        Rule.Require(
            during.Start < days.End && days.Start < during.End,
            $"{conference.ShortName} is on {Dates.Range(conference.StartsOn, conference.EndsOn)}. Say a time of "
                + "those days."
        );
    }

    // The note is the person's own and stays out of a record that nobody can rewrite.
    private static string Describe(Person person, IEnumerable<Absence> absences) =>
        JsonSerializer.Serialize(
            new
            {
                person = person.Slug,
                away = absences
                    .OrderBy(a => a.During.Start)
                    .Select(a => $"{Dates.Machine(a.During.Start)} to {Dates.Machine(a.During.End)}"),
            },
            AuditJson.Readable
        );

    private async Task SaveAsync(
        Conference conference,
        string verb,
        string? before,
        string? after,
        Person by,
        string via,
        string otherwise,
        CancellationToken stop
    )
    {
        db.Record(
            new Act(by, via, clock.GetCurrentInstant()),
            verb,
            new AuditSubject($"{conference.Path}/organize/absences", conference.Id),
            before: before,
            after: after
        );
        await db.SaveAsync(otherwise, stop);
    }
}
