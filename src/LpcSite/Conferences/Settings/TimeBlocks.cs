using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Conferences.Settings;

/// <summary>
/// Organizers divide the days of their conference into half-days, and say how long the way takes from room to room.
/// What stands in the schedule already stays where it is.
/// </summary>
public sealed class TimeBlocks(LpcDbContext db, IClock clock)
{
    private const string Via = "organize/grid";

    /// <summary>With half-days, to be changed.</summary>
    public Task<Conference> FindAsync(int id, CancellationToken stop) =>
        db.Conferences.Include(c => c.HalfDays).AsSingleQuery().SingleAsync(c => c.Id == id, stop);

    /// <param name="version">Of the conference as the form showed it.</param>
    /// <exception cref="RuleException">The half-days overlap, or one of them cannot be.</exception>
    /// <exception cref="RaceException">Somebody else saved first.</exception>
    public async Task ChangeAsync(
        Conference conference,
        IReadOnlyList<(
            int? Id,
            string Name,
            LocalTime Starts,
            LocalTime Ends,
            LocalTime? BreakStarts,
            int BreakMinutes
        )> halfDays,
        int walkingMinutes,
        uint version,
        Person by,
        CancellationToken stop
    )
    {
        var before = Describe(conference);
        conference.RequireOpen();
        conference.Divide(halfDays);
        conference.Walk(walkingMinutes);
        db.Record(
            new Act(by, Via, clock.GetCurrentInstant()),
            "divided the days",
            new AuditSubject(conference.Path, conference.Id),
            before: before,
            after: Describe(conference)
        );

        // Half-days are rows of their own: the conference's row is written with them, so that its version stands for
        // all of it.
        db.Entry(conference).Property(c => c.WalkingMinutes).IsModified = true;
        db.Entry(conference).Property(c => c.RowVersion).OriginalValue = version;
        await db.SaveAsync(RaceException.WhileTyping, stop);
    }

    private static string Describe(Conference conference) =>
        JsonSerializer.Serialize(
            new
            {
                walking_minutes = conference.WalkingMinutes,
                half_days = conference
                    .HalfDays.OrderBy(h => h.Position)
                    .Select(h => new
                    {
                        name = h.Name,
                        starts = LocalTimePattern.HourMinuteIso.Format(h.Starts),
                        ends = LocalTimePattern.HourMinuteIso.Format(h.Ends),
                        break_starts = h.BreakStarts is { } coffee
                            ? LocalTimePattern.HourMinuteIso.Format(coffee)
                            : null,
                        break_minutes = h.BreakMinutes,
                    }),
            },
            AuditJson.Readable
        );
}
