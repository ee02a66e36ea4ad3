using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling.Board;

/// <summary>
/// What was done last to the draft of a schedule by somebody: on the board, or in a session by its leads.
/// </summary>
/// <param name="Entry">In the record of changes.</param>
/// <param name="Said">
/// Such as <c>Ann Arbor moved Rust: Monday 12 September 2022, 10:00–13:30 Europe/Dublin, Herbert.</c>
/// </param>
public sealed record LastChange(long Entry, bool IsMine, string Said)
{
    /// <param name="me">Whose page it is.</param>
    public static async Task<LastChange?> OfAsync(
        LpcDbContext db,
        Conference conference,
        int me,
        CancellationToken stop
    )
    {
        var last = await db
            .AuditEntries.Where(e =>
                e.ConferenceId == conference.Id
                && (e.Via == BoardHistory.Via || e.Via == SessionPlan.Via && e.Verb == SessionPlan.Verb)
            )
            .OrderByDescending(e => e.Id)
            .Select(e => new
            {
                e.Id,
                e.Via,
                e.PersonId,
                Who = e.By!.Name,
                e.Verb,
                e.Before,
                e.After,
                Title = db
                    .Microconferences.Where(m => m.Id == e.MicroconferenceId)
                    .Select(m => m.Title)
                    .FirstOrDefault(),
            })
            .FirstOrDefaultAsync(stop);
        if (last is null)
        {
            return null;
        }

        var who = last.PersonId == me ? "You" : last.Who ?? "Somebody";
        var what =
            last.Via == BoardHistory.Via ? Describe(last.Before, last.After, conference.TimeZone) : $"of {last.Title}";
        return new(last.Id, last.PersonId == me, $"{who} {last.Verb} {what}.");
    }

    // Where it stands now is said of one alone: two who changed places are both on the board.
    private static string Describe(string? before, string? after, DateTimeZone zone)
    {
        var standing = SlotState.ReadAll(after);
        var titles = string.Join(
            " and ",
            (standing.Count > 0 ? standing : SlotState.ReadAll(before))
                .Select(s => s.Title)
                .Distinct(StringComparer.Ordinal)
        );
        return standing is [var one]
            ? $"{titles}: {Dates.Span(one.During, zone)}{(one.RoomName is null ? "" : $", {one.RoomName}")}"
            : titles;
    }
}
