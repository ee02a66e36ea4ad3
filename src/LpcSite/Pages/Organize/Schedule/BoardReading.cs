using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>
/// What the board is laid out from, as it was read: the draft, and beside it what only organizers see.
/// </summary>
/// <param name="Conference">With rooms and half-days.</param>
/// <param name="Versions">Of every slot.</param>
/// <param name="Circumstances">Who cannot be there, where it is night, and how many want to come.</param>
/// <param name="Lines">Those that run: the accepted ones first, then those to try.</param>
/// <param name="Accepted">With which clashes the organizers live, and why.</param>
public sealed record BoardReading(
    Conference Conference,
    IReadOnlyDictionary<int, uint> Versions,
    ScheduleDocument Draft,
    Circumstances Circumstances,
    IReadOnlyList<BoardLine> Lines,
    IReadOnlyDictionary<string, string> Accepted
)
{
    /// <summary>Another one as soon as there is anything else to see on the board, whoever made it so.</summary>
    public string Stamp =>
        LpcSite.Scheduling.Board.DraftStamp.Of([
            Draft.Digest(),
            .. Versions.OrderBy(v => v.Key).Select(v => $"{v}"),
            .. Conference
                .HalfDays.OrderBy(h => h.Position)
                .Select(h =>
                    FormattableString.Invariant($"{h.Name} {h.Starts} {h.Ends} {h.BreakStarts} {h.BreakMinutes}")
                ),
            .. Lines.Select(line => $"{line}"),
            .. Accepted.OrderBy(clash => clash.Key, StringComparer.Ordinal).Select(clash => $"{clash}"),
            .. Circumstances.Stars.OrderBy(s => s.Key).Select(s => $"{s}"),
            .. Lay(null).Clashes.Select(clash => clash.Sentence),
        ]);

    public static async Task<BoardReading> OfAsync(LpcDbContext db, int id, CancellationToken stop)
    {
        var conference = await db
            .Conferences.AsNoTracking()
            .Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .AsSplitQuery()
            .SingleAsync(c => c.Id == id, stop);
        var versions = await db
            .Slots.Where(s => s.ConferenceId == id)
            .Select(s => new { s.Id, s.RowVersion })
            .ToDictionaryAsync(s => s.Id, s => s.RowVersion, stop);
        var draft = await db.DraftAsync(id, withTexts: false, stop);
        var lines = await db
            .Microconferences.Where(m => m.ConferenceId == id)
            .Listed()
            .OrderBy(m => m.Status != MicroconferenceStatus.Accepted)
            .ThenBy(m => m.Title)
            .ThenBy(m => m.Slug)
            .Select(m => new BoardLine(
                m.Id,
                m.Slug,
                m.Title,
                m.Status,
                m.Form,
                string.Join(", ", m.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name)),
                db.Slots.Count(s => s.MicroconferenceId == m.Id)
            ))
            .ToListAsync(stop);
        var accepted = await db
            .AcceptedClashes.Where(c => c.ConferenceId == id)
            .ToDictionaryAsync(c => c.Key, c => c.Reason, stop);
        return new(
            conference,
            versions,
            draft,
            await db.CircumstancesAsync(id, withStars: true, stop),
            lines,
            accepted
        );
    }

    /// <param name="place">The slug of a microconference to which a place is given.</param>
    /// <param name="move">A slot that is moved.</param>
    public BoardChoice? Choose(string? place, int? move) =>
        Lines.FirstOrDefault(m => m.Slug == place) is { } line ? BoardChoice.Of(line)
        : Draft.Entries.FirstOrDefault(e => e.Slot == move) is { } entry
            ? BoardChoice.Of(entry, Versions.GetValueOrDefault(entry.Slot), Conference)
        : null;

    public BoardLayout Lay(BoardChoice? chosen) =>
        BoardLayout.Of(Conference, Draft, Circumstances, Versions, chosen?.Wish, chosen?.Slot);
}
