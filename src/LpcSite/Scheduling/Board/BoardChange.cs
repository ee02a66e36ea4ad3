using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Scheduling.Clashes;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling.Board;

/// <summary>
/// One change of the board while it is being made: which slots it takes up, how they were before, and what it says when
/// it is done.
/// </summary>
/// <param name="conference">With rooms and half-days.</param>
internal sealed class BoardChange(LpcDbContext db, Conference conference, Person by)
{
    public const string Raced =
        "Somebody else has changed this place since you opened the board. Here is how it stands now.";

    private readonly List<SlotState> _before = [];
    private string _verb = "";

    public Conference Conference => conference;
    public Person By => by;
    public List<Slot> Touched { get; } = [];
    public string Sentence { get; private set; } = "";
    public string Titles => string.Join(" or ", Touched.Select(TitleOf).Distinct(StringComparer.Ordinal));

    public Room? Room(int? id)
    {
        var room = id is null ? null : conference.Rooms.FirstOrDefault(r => r.Id == id);
        Rule.Require(room is not null || id is null, "There is no such room any more.");
        return room;
    }

    public void Note(Slot slot)
    {
        _before.Add(SlotState.Of(slot, conference.TimeZone));
        Touched.Add(slot);
    }

    /// <exception cref="RaceException">It is gone, or is not as the organizer saw it.</exception>
    public async Task<Slot> FindAsync(int id, uint version, CancellationToken stop)
    {
        var slot = await db
            .Slots.Include(s => s.Microconference)
            .SingleOrDefaultAsync(s => s.Id == id && s.ConferenceId == conference.Id, stop);
        if (slot is null || slot.RowVersion != version)
        {
            throw new RaceException(
                slot is null
                    ? "Somebody else has taken it out since you opened the board. Here is how it stands now."
                    : Raced
            );
        }

        Note(slot);
        return slot;
    }

    /// <param name="id">The number that it had before; null for a new one.</param>
    public async Task<Slot> AddAsync(Slot slot, int? id, CancellationToken stop)
    {
        RequireNear(slot.During);
        var count = await db.Slots.CountAsync(s => s.ConferenceId == Conference.Id, stop);
        Rule.Require(count < Conference.MaxSlots, $"A schedule has at most {Conference.MaxSlots} slots.");

        // Known before the row is written, so that the record of changes can name it in the same step.
        id ??= await db
            .Database.SqlQuery<int>($"SELECT nextval(pg_get_serial_sequence('slots', 'id'))::int AS \"Value\"")
            .SingleAsync(stop);
        db.Entry(slot).Property(s => s.Id).CurrentValue = id.Value;
        db.Add(slot);
        Touched.Add(slot);
        return slot;
    }

    /// <exception cref="RuleException">That time is far from the conference, as when a year was mistyped.</exception>
    public void RequireNear(NodaTime.Interval during) =>
        Rule.Require(Conference.IsNear(during), Conference.FarSentence);

    /// <summary>What its leads arranged in it waits for the next place.</summary>
    /// <returns>How many parts of the session wait.</returns>
    public async Task<int> RemoveAsync(Slot slot, CancellationToken stop)
    {
        var items = await db.SessionItems.Where(i => i.SlotId == slot.Id).ToListAsync(stop);
        items.ForEach(item => item.GoTo(null));
        db.Remove(slot);
        return items.Count;
    }

    /// <summary>What waited for a place goes into this one, and what was said of the last one holds here.</summary>
    /// <returns>How many parts of the session fit nowhere, and wait on.</returns>
    public async Task<int> AttachAsync(Slot slot, CancellationToken stop)
    {
        await InheritAsync(slot, stop);
        var waiting = await db
            .SessionItems.Where(i => i.MicroconferenceId == slot.Microconference!.Id && i.SlotId == null)
            .OrderBy(i => i.StartsAfter)
            .ThenBy(i => i.Id)
            .ToListAsync(stop);
        var (until, left) = (0, 0);
        foreach (var item in waiting)
        {
            // Those of two places that are no more may lie upon each other.
            if (item.StartsAfter < until || item.EndsAfter > slot.Minutes)
            {
                left++;
                continue;
            }

            item.GoTo(slot);
            until = item.EndsAfter;
        }

        return left;
    }

    // Of several places that are gone it takes over the last one: what was accepted of the others was for another place
    // beside it.
    private async Task InheritAsync(Slot slot, CancellationToken stop)
    {
        var of = slot.Microconference!.Id;
        var side = ClashFinder.WhereOf(of) + ".";
        var accepted = await db
            .AcceptedClashes.Where(c => c.ConferenceId == conference.Id && c.Key.Contains(side))
            .ToListAsync(stop);
        var standing = await db.Slots.Where(s => s.MicroconferenceId == of).Select(s => s.Id).ToListAsync(stop);
        var gone = accepted
            .Select(c => c.SlotOf(of))
            .OfType<int>()
            .Where(id => id != slot.Id && !standing.Contains(id))
            .ToList();
        if (gone.Count > 0 && gone.Max() is var last)
        {
            accepted.FindAll(c => c.SlotOf(of) == last).ForEach(c => c.Moves(of, last, slot.Id));
        }
    }

    /// <summary>Whether its microconference has another place.</summary>
    public Task<bool> HasOtherAsync(Slot slot, CancellationToken stop) =>
        slot.MicroconferenceId is { } id
            ? db.Slots.AnyAsync(s => s.MicroconferenceId == id && s.Id != slot.Id, stop)
            : Task.FromResult(false);

    public void Do(string verb, string sentence) => (_verb, Sentence) = (verb, sentence);

    /// <summary>Writes down what was done, to be saved with it; undo reads it.</summary>
    public void Record(Instant now)
    {
        var after = Touched
            .Where(s => db.Entry(s).State is not EntityState.Deleted)
            .Select(s => SlotState.Of(s, conference.TimeZone))
            .ToList();
        db.Record(
            new Act(by, BoardHistory.Via, now),
            _verb,
            new AuditSubject(
                $"{conference.Path}/organize/schedule",
                conference.Id,
                Touched.Select(s => s.Microconference?.Id).FirstOrDefault(id => id is not null)
            ),
            before: SlotState.Write(_before),
            after: SlotState.Write(after)
        );
    }

    public string TitleOf(Slot slot) => slot.Microconference?.Title ?? slot.Title!;

    public string Describe(Slot slot) =>
        $"{TitleOf(slot)} stands {(slot.Room is null ? "without a room" : $"in {slot.Room.Name}")} "
        + $"{When(slot.During)}.";

    public string When(Interval during) => $"on {Dates.Span(during, conference.TimeZone)}";

    /// <summary>
    /// Where something of this length stands that takes the place of another: there, or from the start of that half-day
    /// if it needs all of it.
    /// </summary>
    public Interval InPlaceOf(Slot other, Duration length)
    {
        var start = other.During.Start;
        var day = conference.ToVenueTime(start).Date;
        var halfDay = conference.HalfDays.Select(h => h.On(day, conference)).FirstOrDefault(h => h.Contains(start));
        return length > other.During.Duration && start + length > halfDay.End && halfDay.Start + length <= halfDay.End
            ? new(halfDay.Start, halfDay.Start + length)
            : new(start, start + length);
    }
}
