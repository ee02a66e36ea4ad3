using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Sessions;
using LpcSite.Texts;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;

namespace LpcSite.Scheduling.Board;

/// <summary>
/// What organizers do on the board: they give microconferences and everything else a time and a room, move it, exchange
/// it, take it out, and take back what they did. Every change says which clashes it made and which it mended. Nothing
/// of it is public before it is released.
/// </summary>
public sealed class ScheduleBoard(LpcDbContext db, IClock clock)
{
    /// <summary>Gives a microconference a place; one that has some already is split.</summary>
    /// <param name="standing">
    /// How many places it had when the organizer chose, so that two who place the same one do not do it twice.
    /// </param>
    /// <param name="room">Null while none is found.</param>
    /// <exception cref="RuleException">It cannot stand there.</exception>
    /// <exception cref="RaceException">Something else stands there, or somebody else placed it meanwhile.</exception>
    public Task<BoardResult> PlaceAsync(
        int conferenceId,
        string slug,
        int standing,
        Interval during,
        int? room,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            conferenceId,
            by,
            async turn =>
            {
                var microconference = await db.Microconferences.SingleOrDefaultAsync(
                    m => m.ConferenceId == conferenceId && m.Slug == slug,
                    stop
                );
                Rule.Require(microconference is not null, "Choose the microconference that you want to place.");
                RequireRunning(microconference);
                if (await db.Slots.CountAsync(s => s.MicroconferenceId == microconference.Id, stop) != standing)
                {
                    throw new RaceException(
                        $"Somebody else has placed {microconference.Title} or taken it out since you opened the "
                            + "board. Here is how it stands now."
                    );
                }

                Rule.Require(
                    standing < Slot.MaxOfMicroconference,
                    $"A microconference has at most {Slot.MaxOfMicroconference} slots."
                );
                var slot = await turn.AddAsync(
                    new Slot(conferenceId, microconference, during, turn.Room(room)),
                    null,
                    stop
                );
                var waiting = await turn.AttachAsync(slot, stop);
                var left = waiting switch
                {
                    0 => "",
                    1 => " One part of its session does not fit, and waits.",
                    _ => $" {waiting} parts of its session do not fit, and wait.",
                };
                turn.Do("placed", $"{turn.Describe(slot)}{left}");
            },
            stop
        );

    /// <summary>Gives something a place that is not a microconference.</summary>
    public Task<BoardResult> AddAsync(
        int conferenceId,
        SlotKind kind,
        string title,
        Interval during,
        int? room,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            conferenceId,
            by,
            async turn =>
            {
                var slot = await turn.AddAsync(
                    new Slot(conferenceId, kind, title, during, turn.Room(room)),
                    null,
                    stop
                );
                turn.Do("added", turn.Describe(slot));
            },
            stop
        );

    /// <summary>Another time, another length, another room.</summary>
    /// <param name="version">Of the slot as the board showed it.</param>
    public Task<BoardResult> MoveAsync(
        int conferenceId,
        int id,
        uint version,
        Interval during,
        int? room,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            conferenceId,
            by,
            async turn =>
            {
                var slot = await turn.FindAsync(id, version, stop);
                Rule.Require(
                    (slot.During, slot.RoomId) != (during, room),
                    $"{turn.TitleOf(slot)} stands there already."
                );
                var verb = (slot.During.Start, slot.RoomId) == (during.Start, room) ? "resized" : "moved";
                turn.RequireNear(during);
                slot.Move(during, turn.Room(room));
                turn.Do(verb, turn.Describe(slot));
            },
            stop
        );

    /// <summary>Two change places. Where one is longer than the other, each keeps its length.</summary>
    public Task<BoardResult> SwapAsync(
        int conferenceId,
        int id,
        uint version,
        int otherId,
        uint otherVersion,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            conferenceId,
            by,
            async turn =>
            {
                Rule.Require(id != otherId, "Choose another one to change places with.");
                var (one, other) = (
                    await turn.FindAsync(id, version, stop),
                    await turn.FindAsync(otherId, otherVersion, stop)
                );
                Rule.Require(
                    !one.IsLocked && !other.IsLocked,
                    $"{turn.TitleOf(one.IsLocked ? one : other)} is locked. Unlock it before you move it."
                );
                var (there, here) = (
                    turn.InPlaceOf(other, one.During.Duration),
                    turn.InPlaceOf(one, other.During.Duration)
                );
                var (room, otherRoom) = (one.Room, other.Room);
                Rule.Require(
                    room is null || room != otherRoom || there.Start >= here.End || here.Start >= there.End,
                    $"{turn.TitleOf(one)} and {turn.TitleOf(other)} would overlap in {room?.Name} if they changed "
                        + "places. Move one of them elsewhere first."
                );
                one.Move(there, otherRoom);
                other.Move(here, room);
                turn.Do("swapped", $"{turn.Describe(one)} {turn.Describe(other)}");
            },
            stop
        );

    /// <summary>It has no place any more. What its leads arranged waits for the next one.</summary>
    public Task<BoardResult> TakeOutAsync(int conferenceId, int id, uint version, Person by, CancellationToken stop) =>
        InTurnAsync(
            conferenceId,
            by,
            async turn =>
            {
                var slot = await turn.FindAsync(id, version, stop);
                var waiting = await turn.RemoveAsync(slot, stop);
                if (slot.Kind is not SlotKind.Microconference)
                {
                    turn.Do("removed", $"{turn.TitleOf(slot)} is removed from the schedule.");
                    return;
                }

                var left = await turn.HasOtherAsync(slot, stop) ? "one place less" : "no place any more";
                turn.Do(
                    "took out",
                    $"{turn.TitleOf(slot)} has "
                        + $"{left}.{(waiting > 0 ? " What its leads arranged waits for the next one." : "")}"
                );
            },
            stop
        );

    /// <summary>It stays where it is, or may move again.</summary>
    public Task<BoardResult> LockAsync(
        int conferenceId,
        int id,
        uint version,
        bool isLocked,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            conferenceId,
            by,
            async turn =>
            {
                var slot = await turn.FindAsync(id, version, stop);
                Rule.Require(
                    slot.IsLocked != isLocked,
                    $"{turn.TitleOf(slot)} is {(isLocked ? "locked already" : "not locked")}."
                );
                slot.Lock(isLocked);
                turn.Do(
                    isLocked ? "locked" : "unlocked",
                    $"{turn.TitleOf(slot)} "
                        + $"{(isLocked ? "stays where it is until somebody unlocks it." : "may be moved again.")}"
                );
            },
            stop
        );

    /// <summary>Calls what is not a microconference something else.</summary>
    public Task<BoardResult> RenameAsync(
        int conferenceId,
        int id,
        uint version,
        string title,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            conferenceId,
            by,
            async turn =>
            {
                var slot = await turn.FindAsync(id, version, stop);
                Rule.Require(slot.Title != title, "It is called that already.");
                slot.Rename(title);
                turn.Do("renamed", $"It is called {title} now.");
            },
            stop
        );

    /// <summary>Takes back what this organizer did last on the board, or does again what they took back.</summary>
    /// <param name="entry">The step that the board offered.</param>
    /// <exception cref="RaceException">
    /// Somebody changed the same since: going back would undo their work, too.
    /// </exception>
    public Task<BoardResult> GoBackAsync(int conferenceId, long entry, bool again, Person by, CancellationToken stop) =>
        InTurnAsync(
            conferenceId,
            by,
            async turn =>
            {
                var history = await BoardHistory.OfAsync(db, conferenceId, by.Id, stop);
                var step = again ? history.TakenBack : history.Last;
                if (step?.Entry != entry)
                {
                    throw new RaceException(
                        "You changed the board in another window meanwhile. Here is how it stands now."
                    );
                }

                var recorded = await db.AuditEntries.AsNoTracking().SingleAsync(e => e.Id == entry, stop);
                var (from, to) = again ? (recorded.Before, recorded.After) : (recorded.After, recorded.Before);
                await RestoreAsync(turn, entry, SlotState.ReadAll(from), SlotState.ReadAll(to), stop);
                turn.Do(
                    (again ? BoardHistory.Redid : BoardHistory.Undid) + recorded.Verb,
                    $"{(again ? "Done again" : "Undone")}: {recorded.Verb} {step.Titles}."
                );
            },
            stop
        );

    private async Task RestoreAsync(
        BoardChange turn,
        long entry,
        IReadOnlyList<SlotState> from,
        IReadOnlyList<SlotState> to,
        CancellationToken stop
    )
    {
        var ids = from.Concat(to).Select(s => s.Id).ToHashSet();
        var slots = await db
            .Slots.Include(s => s.Microconference)
            .Where(s => s.ConferenceId == turn.Conference.Id && ids.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, stop);
        var changed =
            from.FirstOrDefault(s => !slots.TryGetValue(s.Id, out var slot) || !s.Is(slot))
            ?? to.FirstOrDefault(s => slots.ContainsKey(s.Id) && from.All(f => f.Id != s.Id));
        if (changed is not null)
        {
            throw new RaceException(
                $"{changed.Title} was changed by somebody else since, and going back would undo that, too. Change "
                    + "it by hand."
            );
        }

        foreach (var state in from)
        {
            turn.Note(slots[state.Id]);
            if (to.All(t => t.Id != state.Id))
            {
                await turn.RemoveAsync(slots[state.Id], stop);
            }
        }

        foreach (var state in to)
        {
            var slot = slots.GetValueOrDefault(state.Id) ?? await AddAgainAsync(turn, entry, state, stop);
            slot.Lock(false);
            slot.Move(state.During, turn.Room(state.Room));
            slot.Lock(state.IsLocked);
            if (slot.Kind is not SlotKind.Microconference)
            {
                slot.Rename(state.Title);
            }
        }
    }

    // Under the number that it had, by which calendars know it.
    private async Task<Slot> AddAgainAsync(BoardChange turn, long entry, SlotState state, CancellationToken stop)
    {
        if (state.Microconference is not { } id)
        {
            return await turn.AddAsync(
                new Slot(turn.Conference.Id, state.Kind, state.Title, state.During, turn.Room(state.Room)),
                state.Id,
                stop
            );
        }

        var microconference = await db.Microconferences.SingleAsync(m => m.Id == id, stop);
        RequireRunning(microconference);
        if (
            await db.AuditEntries.AnyAsync(
                e =>
                    e.Id > entry
                    && e.ConferenceId == turn.Conference.Id
                    && e.Via == BoardHistory.Via
                    && e.MicroconferenceId == id
                    && e.PersonId != turn.By.Id,
                stop
            )
        )
        {
            throw new RaceException(
                $"{microconference.Title} was changed by somebody else since, and going back would undo that, too. "
                    + "Change it by hand."
            );
        }

        var slot = await turn.AddAsync(
            new Slot(turn.Conference.Id, microconference, state.During, turn.Room(state.Room)),
            state.Id,
            stop
        );
        await turn.AttachAsync(slot, stop);
        return slot;
    }

    private static void RequireRunning(Microconference microconference) =>
        Rule.Require(
            microconference.IsRunning,
            $"{microconference.Title} is {microconference.Status.InWords()}, and needs no place."
        );

    // One change of the board after the other, and none while it is released: so what a change made and mended is what
    // it alone did. That two do not stand in one place the database says, whoever put them there.
    private async Task<BoardResult> InTurnAsync(
        int conferenceId,
        Person by,
        Func<BoardChange, Task> change,
        CancellationToken stop
    )
    {
        BoardChange? turn = null;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"SELECT 1 FROM conferences WHERE id = {conferenceId} FOR NO KEY UPDATE",
                stop
            );
            var conference = await db
                .Conferences.Include(c => c.Rooms)
                .Include(c => c.HalfDays)
                .AsSplitQuery()
                .SingleAsync(c => c.Id == conferenceId, stop);
            conference.RequireOpen();
            turn = new BoardChange(db, conference, by);
            var circumstances = await db.CircumstancesAsync(conferenceId, withStars: true, stop);
            var before = ClashFinder.Find(await db.DraftAsync(conferenceId, withTexts: false, stop), circumstances);
            await change(turn);
            turn.Record(clock.GetCurrentInstant());

            // Two that change places stand in one room for a moment.
            await db.Database.ExecuteSqlAsync($"SET CONSTRAINTS ex_slots_room_during DEFERRED", stop);
            await db.SaveChangesAsync(stop);
            await db.Database.ExecuteSqlAsync($"SET CONSTRAINTS ALL IMMEDIATE", stop);
            var after = ClashFinder.Find(await db.DraftAsync(conferenceId, withTexts: false, stop), circumstances);
            var accepted = await db.AcceptedKeysAsync(conferenceId, stop);
            await transaction.CommitAsync(stop);
            return BoardResult.Of(turn.Sentence, before, after, accepted);
        }
        catch (DbUpdateException raced) when (raced.IsRace())
        {
            throw new RaceException(BoardChange.Raced, raced);
        }
        catch (Exception failure)
            when ((failure as PostgresException ?? failure.InnerException)
                    is PostgresException
                    {
                        SqlState: PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.CheckViolation
                    } refused
            )
        {
            await transaction.RollbackAsync(stop);
            throw refused.ConstraintName switch
            {
                Slot.OverlapConstraint => new RaceException(await TakenAsync(turn!, stop), failure),
                SessionItem.SlotConstraint => new RuleException(
                    $"The session of {turn!.Titles} is longer than that, as its leads arranged it. Give it more "
                        + "time, or ask them to shorten it."
                ),
                _ => failure,
            };
        }
    }

    private async Task<string> TakenAsync(BoardChange turn, CancellationToken stop)
    {
        var ids = turn.Touched.Select(s => s.Id).ToList();
        var standing = await db
            .Slots.AsNoTracking()
            .Include(s => s.Room)
            .Include(s => s.Microconference)
            .Where(s => s.ConferenceId == turn.Conference.Id && s.RoomId != null && !ids.Contains(s.Id))
            .ToListAsync(stop);
        var inTheWay = standing.Find(s =>
            turn.Touched.Any(t =>
                t.RoomId == s.RoomId && t.During.Start < s.During.End && s.During.Start < t.During.End
            )
        );
        return inTheWay is null
            ? "That place was taken a moment ago. Here is how the board stands now."
            : $"{inTheWay.Room!.Name} is taken {turn.When(inTheWay.During)} by {turn.TitleOf(inTheWay)}. Choose "
                + "another place, or move that one first.";
    }
}
