using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling.Board;

/// <summary>
/// What one organizer did on the board, so that they can take it back step by step and do it again. It is the record of
/// changes, read backwards.
/// </summary>
/// <param name="Last">What can be taken back; null for nothing.</param>
/// <param name="TakenBack">What can be done again; null for nothing, as after something new was done.</param>
public sealed record BoardHistory(BoardHistory.Step? Last, BoardHistory.Step? TakenBack)
{
    public const string Via = "organize/schedule";
    public const string Undid = "undid: ";
    public const string Redid = "did again: ";

    // So many steps back somebody goes at most.
    private const int Length = 200;

    /// <summary>One change.</summary>
    /// <param name="Titles">Of what was changed.</param>
    public sealed record Step(long Entry, string Verb, string Titles);

    public static async Task<BoardHistory> OfAsync(
        LpcDbContext db,
        int conferenceId,
        int person,
        CancellationToken stop
    )
    {
        var entries = await db
            .AuditEntries.Where(e => e.ConferenceId == conferenceId && e.Via == Via && e.PersonId == person)
            .OrderByDescending(e => e.Id)
            .Take(Length)
            .Select(e => new { e.Id, e.Verb })
            .ToListAsync(stop);
        var (last, takenBack) = Tops(entries.AsEnumerable().Reverse().Select(e => (e.Id, e.Verb)));
        var texts = await db
            .AuditEntries.Where(e => e.Id == last || e.Id == takenBack)
            .Select(e => new
            {
                e.Id,
                e.Verb,
                e.Before,
                e.After,
            })
            .ToListAsync(stop);
        Step? StepOf(long? id) =>
            texts.Find(t => t.Id == id) is not { } t
                ? null
                : new(
                    t.Id,
                    t.Verb,
                    string.Join(
                        " and ",
                        SlotState.ReadAll(t.After ?? t.Before).Select(s => s.Title).Distinct(StringComparer.Ordinal)
                    )
                );
        return new(StepOf(last), StepOf(takenBack));
    }

    /// <param name="entries">Oldest first.</param>
    internal static (long? Last, long? TakenBack) Tops(IEnumerable<(long Id, string Verb)> entries)
    {
        var (done, undone) = (new Stack<long>(), new Stack<long>());
        foreach (var (id, verb) in entries)
        {
            if (verb.StartsWith(Undid, StringComparison.Ordinal))
            {
                Move(done, undone);
            }
            else if (verb.StartsWith(Redid, StringComparison.Ordinal))
            {
                Move(undone, done);
            }
            else
            {
                done.Push(id);
                undone.Clear();
            }
        }

        return (done.TryPeek(out var last) ? last : null, undone.TryPeek(out var takenBack) ? takenBack : null);
    }

    // What lies before the oldest entry that is read is not there any more.
    private static void Move(Stack<long> from, Stack<long> to)
    {
        if (from.TryPop(out var id))
        {
            to.Push(id);
        }
    }
}
