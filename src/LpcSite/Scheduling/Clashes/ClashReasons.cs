using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// Lets a clash stay, with the reason without which nobody would understand the schedule, and takes such a reason back.
/// </summary>
public sealed class ClashReasons(LpcDbContext db, IClock clock)
{
    private const string Via = "organize/clashes";

    /// <param name="key">Of the <see cref="Clash"/>.</param>
    /// <exception cref="RuleException">There is no reason, or too long a one.</exception>
    /// <exception cref="RaceException">The clash is gone meanwhile, or somebody else gave a reason first.</exception>
    public async Task AcceptAsync(int conferenceId, string key, string reason, Person by, CancellationToken stop)
    {
        var accepted = new ClashReason(conferenceId, key, reason.Trim(), by, clock.GetCurrentInstant());
        var clash =
            ClashFinder
                .Find(
                    await db.DraftAsync(conferenceId, withTexts: false, stop),
                    await db.CircumstancesAsync(conferenceId, withStars: true, stop)
                )
                .FirstOrDefault(c => c.Key == key)
            ?? throw new RaceException("This clash is not there any more: somebody has changed one of the two.");
        db.AcceptedClashes.Add(accepted);
        await SaveAsync(
            accepted,
            "let a clash stay",
            null,
            JsonSerializer.Serialize(new { clash = clash.Sentence, reason = accepted.Reason }),
            "Somebody else has just said why this clash can stay.",
            by,
            stop
        );
    }

    /// <exception cref="RaceException">Somebody else has taken it back.</exception>
    public async Task TakeBackAsync(int conferenceId, string key, Person by, CancellationToken stop)
    {
        const string Gone = "Somebody has taken this reason back already.";
        var accepted =
            await db.AcceptedClashes.SingleOrDefaultAsync(c => c.ConferenceId == conferenceId && c.Key == key, stop)
            ?? throw new RaceException(Gone);
        db.AcceptedClashes.Remove(accepted);
        await SaveAsync(
            accepted,
            "took back why a clash can stay",
            JsonSerializer.Serialize(new { key, reason = accepted.Reason }),
            null,
            Gone,
            by,
            stop
        );
    }

    private async Task SaveAsync(
        ClashReason accepted,
        string verb,
        string? before,
        string? after,
        string otherwise,
        Person by,
        CancellationToken stop
    )
    {
        var slug = await db.Conferences.Where(c => c.Id == accepted.ConferenceId).Select(c => c.Slug).SingleAsync(stop);
        db.Record(
            new Act(by, Via, clock.GetCurrentInstant()),
            verb,
            new AuditSubject($"/{slug}/{Via}", accepted.ConferenceId),
            before: before,
            after: after
        );
        await db.SaveAsync(otherwise, stop);
    }
}
