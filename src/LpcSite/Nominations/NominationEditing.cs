using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.People.Picker;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Nominations;

/// <summary>
/// Gives the passes and places of a microconference to people, no more than there are, and lets the organizers say how
/// many there are.
/// </summary>
public sealed class NominationEditing(LpcDbContext db, PersonPicker people, IClock clock)
{
    private const string Via = "lead/nominations";

    /// <param name="microconference">With its conference.</param>
    /// <param name="isOrganizer">The organizers also nominate after the deadline.</param>
    /// <exception cref="RuleException">The deadline has passed, all are given, somebody here has that name and nobody
    /// was chosen, or the one who was is nominated already.</exception>
    public Task NominateAsync(
        Microconference microconference,
        NamedPerson who,
        string mail,
        NominationKind kind,
        Person by,
        bool isOrganizer,
        CancellationToken stop
    ) =>
        ChangeAsync(
            microconference,
            by,
            isOrganizer,
            "nominated",
            async now =>
            {
                var named = await people.FindOrAddAsync([who], stop);
                await RequireFreeAsync(microconference, kind, except: null, stop);
                var known = named[0].Id;
                Rule.Require(
                    known == 0
                        || !await db.Nominations.AnyAsync(
                            n => n.MicroconferenceId == microconference.Id && n.PersonId == known,
                            stop
                        ),
                    $"{named[0].Name} is nominated already. Change that line."
                );
                var nomination = new Nomination(microconference.Id, named[0], mail, kind, by, now);
                db.Nominations.Add(nomination);
                return (null, nomination);
            },
            stop
        );

    public Task ChangeAsync(
        Microconference microconference,
        int id,
        string mail,
        NominationKind kind,
        Person by,
        bool isOrganizer,
        CancellationToken stop
    ) =>
        ChangeAsync(
            microconference,
            by,
            isOrganizer,
            "changed a nomination",
            async _ =>
            {
                var nomination = await FindAsync(microconference, id, stop);
                await RequireFreeAsync(microconference, kind, except: id, stop);
                var before = Describe(nomination);
                nomination.Change(mail, kind);
                return (before, nomination);
            },
            stop
        );

    public Task TakeBackAsync(
        Microconference microconference,
        int id,
        Person by,
        bool isOrganizer,
        CancellationToken stop
    ) =>
        ChangeAsync(
            microconference,
            by,
            isOrganizer,
            "took a nomination back",
            async _ =>
            {
                var nomination = await FindAsync(microconference, id, stop);
                db.Nominations.Remove(nomination);
                return (Describe(nomination), null);
            },
            stop
        );

    /// <summary>What every microconference of the conference may give, and until when.</summary>
    public async Task AllowAsync(
        int conferenceId,
        int passes,
        int places,
        Instant closesAt,
        DateTimeZone zone,
        Person by,
        CancellationToken stop
    )
    {
        var allowance = await db.Allowances.SingleOrDefaultAsync(
            a => a.ConferenceId == conferenceId && a.MicroconferenceId == null,
            stop
        );
        var before = allowance is null ? null : Describe(allowance);
        allowance ??= db.Allowances.Add(new Allowance(conferenceId)).Entity;
        allowance.Give(passes, places);
        allowance.CloseAt(closesAt, zone);
        await SaveAsync(allowance, before, by, stop);
    }

    /// <summary>Other numbers for one of them; the conference's again where they are null.</summary>
    public async Task AllowAsync(
        Microconference microconference,
        (int Passes, int Places)? numbers,
        Person by,
        CancellationToken stop
    )
    {
        var allowance = await db.Allowances.SingleOrDefaultAsync(a => a.MicroconferenceId == microconference.Id, stop);
        var before = allowance is null ? null : Describe(allowance);
        if (numbers is { } given)
        {
            allowance ??= db.Allowances.Add(new Allowance(microconference.ConferenceId, microconference.Id)).Entity;
            allowance.Give(given.Passes, given.Places);
            await SaveAsync(allowance, before, by, stop);
        }
        else if (allowance is not null)
        {
            db.Allowances.Remove(allowance);
            await SaveAsync(allowance, before, by, stop);
        }
    }

    private async Task ChangeAsync(
        Microconference microconference,
        Person by,
        bool isOrganizer,
        string verb,
        Func<Instant, Task<(string? Before, Nomination? After)>> change,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);

        // Names first, as everything that reads names does; then one after the other for each microconference, so that
        // the last pass is given once.
        await ContentLock.TakeAsync(db, stop);
        await db.TakeTurnAsync(microconference, stop);
        Rule.Require(
            microconference.Status is MicroconferenceStatus.Accepted,
            "Passes and places are given once the microconference is accepted."
        );
        var closesAt = await db
            .Allowances.Where(a => a.ConferenceId == microconference.ConferenceId && a.MicroconferenceId == null)
            .Select(a => a.ClosesAt)
            .SingleOrDefaultAsync(stop);
        Rule.Require(closesAt is not null, "The organizers have not said yet how many passes and places there are.");
        Rule.Require(
            isOrganizer || now < closesAt,
            "The deadline has passed. Write to the organizers, who can still change it."
        );
        var (before, after) = await change(now);
        await db.SaveOrSayAsync("Somebody changed the nominations at the same moment. Look at the list again.", stop);

        db.Record(
            new Act(by, Via, now),
            verb,
            microconference.AsSubject(),
            before: before,
            after: after is null ? null : Describe(after)
        );
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    private async Task<Nomination> FindAsync(Microconference microconference, int id, CancellationToken stop)
    {
        var found = await db
            .Nominations.Include(n => n.Person)
            .SingleOrDefaultAsync(n => n.Id == id && n.MicroconferenceId == microconference.Id, stop);
        Rule.Require(found is not null, "That nomination was taken back already.");
        return found;
    }

    private async Task RequireFreeAsync(
        Microconference microconference,
        NominationKind kind,
        int? except,
        CancellationToken stop
    )
    {
        var allowance = await db
            .Allowances.Where(a =>
                a.ConferenceId == microconference.ConferenceId
                && (a.MicroconferenceId == null || a.MicroconferenceId == microconference.Id)
            )
            .OrderByDescending(a => a.MicroconferenceId != null)
            .FirstAsync(stop);
        var given = await db.Nominations.CountAsync(
            n => n.MicroconferenceId == microconference.Id && n.Kind == kind && n.Id != except,
            stop
        );
        var most = allowance.Of(kind);
        Rule.Require(
            given < most,
            kind is NominationKind.Pass
                ? $"All {most} passes of {microconference.Title} are given. Take one back first, or have its allowance "
                    + "raised by an organizer."
                : $"All {most} guaranteed places of {microconference.Title} are given. Take one back first, or have "
                    + "its "
                    + "allowance raised by an organizer."
        );
    }

    private async Task SaveAsync(Allowance allowance, string? before, Person by, CancellationToken stop)
    {
        var conference = await db
            .Conferences.Where(c => c.Id == allowance.ConferenceId)
            .Select(c => c.Slug)
            .SingleAsync(stop);
        var after = db.Entry(allowance).State is EntityState.Deleted ? null : Describe(allowance);
        db.Record(
            new Act(by, "organize/nominations", clock.GetCurrentInstant()),
            "allowed passes and places",
            new AuditSubject(
                $"/{conference}/organize/nominations",
                allowance.ConferenceId,
                allowance.MicroconferenceId
            ),
            before: before,
            after: after
        );
        await db.SaveOrSayAsync(
            "Another organizer changed these numbers at the same moment. Look at them again, then save.",
            stop
        );
    }

    // Without the address: the record is kept for ever.
    private static string Describe(Nomination nomination) =>
        JsonSerializer.Serialize(new { person = nomination.Person.Slug, kind = nomination.Kind.ToString() });

    private static string Describe(Allowance allowance) =>
        JsonSerializer.Serialize(
            new
            {
                passes = allowance.Passes,
                places = allowance.Places,
                until = allowance.ClosesAt is { } closes ? Dates.Moment(closes, allowance.Zone!) : null,
            }
        );
}
