using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>
/// Makes the draft public, frozen and numbered: all of it by the organizers, or the part of one microconference by its leads, which waits
/// for no other part and takes no other along.
/// </summary>
public sealed class Releases(LpcDbContext db, IClock clock)
{
    /// <exception cref="RuleException">Nothing is placed, nothing has changed, or somebody is needed in two places and nobody said why that can be.</exception>
    public Task<Release> ReleaseAsync(Conference conference, string comment, Person? by, string via, CancellationToken stop) => InTurnAsync(conference, async latest =>
    {
        var draft = await DraftAsync(conference, stop);
        Rule.Require(draft.Entries.Count > 0, "Nothing stands in the schedule yet. Place something, then release it.");
        var next = draft.After(latest);
        Rule.Require(latest is null || next.ToJson() != latest.ToJson(), "Nothing has changed since the last release.");
        await RequireReasonsAsync(conference, next, stop);
        return Add(conference, next, comment, of: null, by, via, "released the schedule");
    }, stop);

    /// <summary>Publishes the session of one microconference as its leads arranged it, in the place that is public already.</summary>
    /// <exception cref="RuleException">Its place is not public yet, the session does not fit into it, or it is arranged as it is in public.</exception>
    public Task<Release> PublishAsync(Microconference microconference, string comment, Person by, string via, CancellationToken stop) => InTurnAsync(microconference.Conference, async latest =>
    {
        Rule.Require(latest?.Of(microconference.Id).Any() is true, $"The place of {microconference.Title} is not public yet. What you arrange becomes public with it, when the organizers release the schedule.");
        var draft = await DraftAsync(microconference.Conference, stop);
        var next = latest.WithSessionOf(microconference.Id, draft).After(latest);
        Rule.Require(next.ToJson() != latest.ToJson(), "It is public as it is arranged here.");
        await RequireReasonsAsync(microconference.Conference, next, stop, microconference.Id);
        return Add(microconference.Conference, next, comment, microconference, by, via, "published a session");
    }, stop);

    /// <summary>Makes an earlier release public again, under a number of its own. The draft stays as it is.</summary>
    public Task<Release> RollBackAsync(Conference conference, int number, string comment, Person by, string via, CancellationToken stop) => InTurnAsync(conference, async latest =>
    {
        var json = await db.Releases.Where(r => r.ConferenceId == conference.Id && r.Number == number).Select(r => r.Document).SingleOrDefaultAsync(stop);
        Rule.Require(json is not null, $"There is no release {number}.");
        var next = ScheduleDocument.FromJson(json).After(latest);
        Rule.Require(latest is null || next.ToJson() != latest.ToJson(), $"Release {number} says what is public now.");
        return Add(conference, next, comment, of: null, by, via, FormattableString.Invariant($"went back to release {number}"));
    }, stop);

    private async Task<ScheduleDocument> DraftAsync(Conference conference, CancellationToken stop) => (await db.DraftAsync(conference.Id, withTexts: true, stop)).ForThePublic();

    // A reason is asked of whoever makes the clash public: of a lead only for what his own part takes part in.
    private async Task RequireReasonsAsync(Conference conference, ScheduleDocument next, CancellationToken stop, int? only = null)
    {
        var where = only is null ? null : FormattableString.Invariant($"mc-{only}");
        var hard = Clashes.Find(next).Where(c => c.Severity is ClashSeverity.Hard && (where is null || c.One.Where == where || c.Other.Where == where)).ToList();
        var keys = hard.ConvertAll(c => c.Key);
        var accepted = await db.AcceptedClashes.Where(c => c.ConferenceId == conference.Id && keys.Contains(c.Key)).Select(c => c.Key).ToListAsync(stop);
        var open = hard.Where(c => !accepted.Contains(c.Key)).ToList();
        Rule.Require(open.Count == 0, open.Count == 0 ? "" : $"{open[0].Sentence} {(only is null ? "Move one of them, or say among the clashes why it can stay." : "Give the topic another time, or ask the organizers.")}{(open.Count == 1 ? "" : $" {open.Count - 1} more like it.")}");
    }

    private Release Add(Conference conference, ScheduleDocument document, string comment, Microconference? of, Person? by, string via, string verb)
    {
        var now = clock.GetCurrentInstant();
        var release = new Release(conference.Id, _number + 1, document, comment.Trim(), of, by, now);
        db.Releases.Add(release);
        db.AuditEntries.Add(new AuditEntry(by, via, verb, $"{conference.Path}/schedule", null, JsonSerializer.Serialize(new { number = release.Number, comment = release.Comment }), now).About(conference.Id, of?.Id));
        return release;
    }

    private int _number;

    // One release after the other: what each says it changes is measured against the one before it.
    private async Task<Release> InTurnAsync(Conference conference, Func<ScheduleDocument?, Task<Release>> make, CancellationToken stop)
    {
        conference.RequireOpen();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM conferences WHERE id = {conference.Id} FOR UPDATE", stop);
        var last = await db.Releases.Of(conference.Id).Select(r => new { r.Number, r.Document }).FirstOrDefaultAsync(stop);
        _number = last?.Number ?? 0;
        var release = await make(last is null ? null : ScheduleDocument.FromJson(last.Document));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return release;
    }
}
