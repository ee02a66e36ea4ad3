using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Conferences.Settings;

/// <summary>
/// What organizers do with a conference as a whole: make it, change its facts and rooms, show it, hide it, archive it.
/// </summary>
public sealed class ConferenceSettings(LpcDbContext db, ConferenceCopy copy, IClock clock)
{
    private const string Via = "organize/setup";

    /// <summary>What stays where it is when the dates or the zone change, a sentence each.</summary>
    public async Task<IReadOnlyList<string>> ConsequencesAsync(
        Conference conference,
        ConferenceFacts facts,
        CancellationToken stop
    )
    {
        var (hasMoved, hasOtherClock) = (
            conference.StartsOn != facts.StartsOn || conference.EndsOn != facts.EndsOn,
            conference.TimeZone.Id != facts.TimeZone.Id
        );
        if (!hasMoved && !hasOtherClock)
        {
            return [];
        }

        var (from, to) = (
            facts.StartsOn.AtStartOfDayInZone(facts.TimeZone).ToInstant(),
            facts.EndsOn.PlusDays(1).AtStartOfDayInZone(facts.TimeZone).ToInstant()
        );
        var slots = await db.Slots.Where(s => s.ConferenceId == conference.Id).Select(s => s.During).ToListAsync(stop);
        var outside = slots.Count(during => during.Start < from || during.End > to);
        var closing = await db
            .Calls.Where(c => c.ConferenceId == conference.Id)
            .OrderBy(c => c.MicroconferenceId != null)
            .Select(c => new
            {
                c.MicroconferenceId,
                c.ClosesAt,
                c.Zone,
            })
            .ToListAsync(stop);
        var happen =
            slots.Count == 1 ? "1 slot of the schedule happens" : $"{slots.Count} slots of the schedule happen";
        string?[] sentences =
        [
            outside > 0
                ? $"{(outside == 1 ? "1 slot" : $"{outside} slots")} of the schedule would lie outside of the new "
                    + "dates."
                : null,
            hasOtherClock && slots.Count > 0
                ? $"{happen} at the same instant as before, and so at another time of {facts.TimeZone.Id}."
                : null,
            hasMoved && closing is [{ MicroconferenceId: null } call, ..]
                ? $"The call for microconferences still closes {Dates.Moment(call.ClosesAt, call.Zone)}."
                : null,
            hasMoved && closing.Count(c => c.MicroconferenceId is not null) is var topics and > 0
                ? (topics == 1 ? "1 call for topics keeps its date." : $"{topics} calls for topics keep their dates.")
                : null,
        ];
        return [.. sentences.OfType<string>()];
    }

    /// <param name="from">Whose rooms, tiers, texts and call it begins with; null to begin with nothing.</param>
    /// <exception cref="RuleException">There is one of that slug already, or a fact cannot be.</exception>
    public async Task<Conference> CreateAsync(
        string slug,
        ConferenceFacts facts,
        int? from,
        bool withSponsors,
        Person by,
        CancellationToken stop
    )
    {
        var conference = new Conference(
            slug,
            facts.Name,
            facts.ShortName,
            facts.StartsOn,
            facts.EndsOn,
            facts.TimeZone,
            facts.City
        );
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.Conferences.Add(conference);
        await db.SaveOrSayAsync($"There is a conference at /{slug} already. Choose another slug.", stop);

        var source = from is null ? null : await copy.FillAsync(conference, from.Value, withSponsors, stop);
        db.Record(
            new Act(by, "organize/conferences", clock.GetCurrentInstant()),
            source is null ? "created" : $"created from {source.Slug}",
            new AuditSubject(conference.Path, conference.Id),
            after: ConferenceFacts.Describe(conference)
        );
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return conference;
    }

    /// <summary>With rooms, to be changed.</summary>
    public Task<Conference> FindAsync(int id, CancellationToken stop) =>
        db.Conferences.Include(c => c.Rooms).AsSingleQuery().SingleAsync(c => c.Id == id, stop);

    /// <param name="version">Of the conference as the form showed it.</param>
    /// <exception cref="RuleException">A fact cannot be, or a room that is left out is in use.</exception>
    /// <exception cref="DbUpdateException">A race, which the page tells.</exception>
    public async Task ChangeAsync(
        Conference conference,
        ConferenceFacts facts,
        IReadOnlyList<(int? Id, string Name, int? Capacity, string? Equipment)> rooms,
        uint version,
        Person by,
        CancellationToken stop
    )
    {
        var before = ConferenceFacts.Describe(conference);
        await RequireUnusedAsync(
            conference
                .Rooms.Where(room => rooms.All(wanted => wanted.Id != room.Id))
                .Select(room => (room.Id, room.Name)),
            stop
        );
        RequireFreeNames(conference, rooms);
        conference.RequireOpen();
        conference.Describe(facts.Name, facts.ShortName, facts.StartsOn, facts.EndsOn, facts.TimeZone, facts.City);
        conference.Furnish(rooms);
        await SaveAsync(conference, version, "changed facts or rooms", before, by, stop);
    }

    /// <summary>Publishes, hides, archives or opens again.</summary>
    /// <exception cref="RuleException">It is not in the state for that.</exception>
    public async Task MoveAsync(
        Conference conference,
        Action<Conference> move,
        uint version,
        Person by,
        CancellationToken stop
    )
    {
        var (before, was) = (ConferenceFacts.Describe(conference), conference.State);
        move(conference);
        Rule.Require(
            conference.State is not ConferenceState.Preparing
                || !await db.Microconferences.AnyAsync(m => m.ConferenceId == conference.Id, stop),
            $"Somebody has begun to write a proposal for {conference.ShortName}, and would lose sight of it."
        );
        var now = clock.GetCurrentInstant();
        Rule.Require(
            conference.State is not ConferenceState.Archived
                || !await db.Calls.AnyAsync(c => c.ConferenceId == conference.Id && c.ClosesAt > now, stop),
            "A call of this conference is still open, or to be opened: let it close first, as nobody could answer "
                + "it any more."
        );
        var verb = (was, conference.State) switch
        {
            (_, ConferenceState.Preparing) => "hid the conference",
            (_, ConferenceState.Archived) => "archived the conference",
            (ConferenceState.Archived, _) => "opened the conference again",
            _ => "made the conference public",
        };
        await SaveAsync(conference, version, verb, before, by, stop);
    }

    private async Task SaveAsync(
        Conference conference,
        uint version,
        string verb,
        string before,
        Person by,
        CancellationToken stop
    )
    {
        db.Record(
            new Act(by, Via, clock.GetCurrentInstant()),
            verb,
            new AuditSubject(conference.Path, conference.Id),
            before: before,
            after: ConferenceFacts.Describe(conference)
        );

        // Rooms are rows of their own: the conference's row is written with them, so that its version stands for all of
        // it.
        db.Entry(conference).Property(c => c.Name).IsModified = true;
        db.Entry(conference).Property(c => c.RowVersion).OriginalValue = version;
        await db.SaveAsync(
            RaceException.WhileTyping,
            stop,
            used: "A room that you took out is in use. Give what stands in it another room first."
        );
    }

    private async Task RequireUnusedAsync(IEnumerable<(int Id, string Name)> rooms, CancellationToken stop)
    {
        foreach (var (id, name) in rooms.ToList())
        {
            var slots = await db.Slots.CountAsync(s => s.RoomId == id, stop);
            Rule.Require(
                slots == 0,
                $"The room {name} cannot be removed: "
                    + $"{(slots == 1 ? "1 slot of the schedule stands" : $"{slots} slots of the schedule stand")} "
                    + $"in it. Move {(slots == 1 ? "it" : "them")} first."
            );
        }
    }

    // The database keeps names apart row by row, so that two cannot change places in one step.
    private static void RequireFreeNames(
        Conference conference,
        IReadOnlyList<(int? Id, string Name, int? Capacity, string? Equipment)> rooms
    )
    {
        var circle = rooms.FirstOrDefault(wanted =>
            wanted.Id is not null
            && conference.Rooms.Any(room =>
                room.Id != wanted.Id
                && room.Name == wanted.Name
                && rooms.Any(other => other.Id == room.Id && other.Name != room.Name)
            )
        );
        Rule.Require(
            circle.Name is null,
            $"“{circle.Name}” is the name of another room until this is saved. Give that room its new name first, "
                + "save, and then go on."
        );
    }
}
