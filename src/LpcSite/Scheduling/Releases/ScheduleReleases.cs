using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Scheduling.Clashes;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling.Releases;

/// <summary>
/// Makes the draft public, frozen and numbered: all of it by the organizers, or the part of one microconference by its
/// leads, which waits for no other part and takes no other along. In the same transaction it writes to those whose own
/// time or room that changes.
/// </summary>
public sealed class ScheduleReleases(LpcDbContext db, ReleaseEmails letters, IClock clock)
{
    /// <param name="origin">
    /// The site's own address, for the links in letters; null or empty where nobody knows it.
    /// </param>
    /// <exception cref="RuleException">
    /// Nothing is placed, nothing has changed, or somebody is needed in two places or while away, and nobody said why
    /// that can be.
    /// </exception>
    public Task<Release> ReleaseAsync(
        Conference conference,
        string comment,
        Person? by,
        string via,
        string? origin,
        CancellationToken stop
    ) => ReleaseSeenAsync(conference, seen: null, comment, by, via, origin, stop);

    /// <summary>The same for somebody who looked at what would be released, and means nothing else.</summary>
    /// <param name="seen">Of the <see cref="ReleaseForecast"/> that they saw; null for whatever the draft says.</param>
    /// <exception cref="RaceException">The draft, or what is public, is not what they saw.</exception>
    /// <exception cref="RuleException">As in <see cref="ReleaseAsync"/>.</exception>
    public Task<Release> ReleaseSeenAsync(
        Conference conference,
        string? seen,
        string comment,
        Person? by,
        string via,
        string? origin,
        CancellationToken stop
    ) =>
        InTurnAsync(
            new(conference, null, comment, by, via, "released the schedule", origin),
            async latest =>
            {
                var draft = await DraftAsync(conference.Id, stop);
                Rule.Require(
                    draft.Entries.Count > 0,
                    "Nothing that is accepted stands in the schedule yet. Place it, then release it."
                );
                var next = draft.After(latest);
                RequireSeen(seen, next, latest);
                await RequireReasonsAsync(conference.Id, next, only: null, stop);
                return next;
            },
            stop
        );

    /// <summary>
    /// Publishes the session of one microconference as its leads arranged it, in the place that is public already.
    /// </summary>
    /// <param name="microconference">With its conference.</param>
    /// <param name="origin">The site's own address, for the links in letters.</param>
    /// <exception cref="RuleException">
    /// Its place is not public yet, the session does not fit into it, or it is arranged as it is in public.
    /// </exception>
    public Task<Release> PublishAsync(
        Microconference microconference,
        string comment,
        Person by,
        string via,
        string? origin,
        CancellationToken stop
    ) =>
        InTurnAsync(
            new(microconference.Conference, microconference, comment, by, via, "published a session", origin),
            async latest =>
            {
                Rule.Require(
                    latest?.Of(microconference.Id).Any() is true,
                    $"The place of {microconference.Title} is not public yet. What you arrange becomes public with "
                        + "it, when the organizers release the schedule."
                );
                var next = latest
                    .WithSessionOf(microconference.Id, await DraftAsync(microconference.ConferenceId, stop))
                    .After(latest);
                Rule.Require(next.Digest() != latest.Digest(), "It is public as it is arranged here.");
                await RequireReasonsAsync(microconference.ConferenceId, next, microconference.Id, stop);
                return next;
            },
            stop
        );

    /// <summary>
    /// Makes an earlier release public again, under a number of its own. The draft stays as it is. Its clashes were
    /// public before, so that nobody is asked for reasons again when something has to be put right at once.
    /// </summary>
    /// <param name="origin">The site's own address, for the links in letters.</param>
    /// <exception cref="RuleException">There is no such release, or it says what is public now.</exception>
    public Task<Release> RollBackAsync(
        Conference conference,
        int number,
        string comment,
        Person by,
        string via,
        string? origin,
        CancellationToken stop
    ) =>
        InTurnAsync(
            new(
                conference,
                null,
                comment,
                by,
                via,
                FormattableString.Invariant($"went back to release {number}"),
                origin
            ),
            async latest =>
            {
                var earlier = await EarlierAsync(conference.Id, number, stop);
                Rule.Require(earlier is not null, $"There is no release {number}.");
                var next = earlier.After(latest);
                Rule.Require(
                    latest is null || next.Digest() != latest.Digest(),
                    $"Release {number} says what is public now."
                );
                return next;
            },
            stop
        );

    /// <summary>What <see cref="ReleaseAsync"/> would do now.</summary>
    public async Task<ReleaseForecast> ForecastAsync(int conferenceId, CancellationToken stop) =>
        await ForecastAsync(conferenceId, await DraftAsync(conferenceId, stop), asksForReasons: true, stop);

    /// <summary>What <see cref="RollBackAsync"/> would do now; null where there is no such release.</summary>
    public async Task<ReleaseForecast?> ForecastRollBackAsync(int conferenceId, int number, CancellationToken stop) =>
        await EarlierAsync(conferenceId, number, stop) is { } earlier
            ? await ForecastAsync(conferenceId, earlier, asksForReasons: false, stop)
            : null;

    private async Task<ReleaseForecast> ForecastAsync(
        int conferenceId,
        ScheduleDocument document,
        bool asksForReasons,
        CancellationToken stop
    )
    {
        var (number, latest) = await LatestAsync(conferenceId, stop);
        var next = document.After(latest);
        var open = (asksForReasons ? await OpenClashesAsync(conferenceId, next, stop) : []).ToLookup(IsHard);
        return new(
            latest is null ? null : number,
            next,
            latest is null || next.Digest() != latest.Digest(),
            latest is null ? null : ScheduleDifference.Between(latest, next),
            [.. open[true]],
            [.. open[false]],
            await letters.ReadersAsync(latest, next, stop)
        );
    }

    private async Task<ScheduleDocument> DraftAsync(int conferenceId, CancellationToken stop) =>
        (await db.DraftAsync(conferenceId, withTexts: true, stop)).ForThePublic();

    private async Task<ScheduleDocument?> EarlierAsync(int conferenceId, int number, CancellationToken stop) =>
        await db
            .Releases.Where(r => r.ConferenceId == conferenceId && r.Number == number)
            .Select(r => r.Document)
            .SingleOrDefaultAsync(stop)
            is { } json
            ? await db.ReadAsync(json, stop)
            : null;

    private async Task<(int Number, ScheduleDocument? Document)> LatestAsync(
        int conferenceId,
        CancellationToken stop
    ) =>
        await db.Releases.Of(conferenceId).Select(r => new { r.Number, r.Document }).FirstOrDefaultAsync(stop)
            is { } last
            ? (last.Number, await db.ReadAsync(last.Document, stop))
            : (0, null);

    private async Task<IReadOnlyList<Clash>> OpenClashesAsync(
        int conferenceId,
        ScheduleDocument next,
        CancellationToken stop
    )
    {
        var accepted = await db.AcceptedKeysAsync(conferenceId, stop);
        var circumstances = await db.CircumstancesAsync(conferenceId, withStars: false, stop);
        return [.. ClashFinder.Find(next, circumstances).Where(c => !accepted.Contains(c.Key))];
    }

    private static bool IsHard(Clash clash) => clash.Severity is ClashSeverity.Hard;

    // A reason is asked of whoever makes the clash public: of a lead only for what their own part takes part in.
    private async Task RequireReasonsAsync(int conferenceId, ScheduleDocument next, int? only, CancellationToken stop)
    {
        var here = only is { } id ? ClashFinder.WhereOf(id) : null;
        var open = (await OpenClashesAsync(conferenceId, next, stop))
            .Where(c => IsHard(c) && (here is null || c.Concerns(here)))
            .ToList();
        if (open.Count > 0)
        {
            var more = open.Count switch
            {
                1 => "",
                2 => " There is one more like it.",
                _ => $" There are {open.Count - 1} more like it.",
            };
            var whichOne = open[0].IsBetweenPlaces ? "one of them" : "it";
            var way = only is null
                ? $"Move {whichOne}, or say among the clashes why it can stay."
                : "Give the topic another time, or have an organizer say among the clashes why it can stay.";
            throw new RuleException($"{open[0].Sentence} {way}{more}");
        }
    }

    private static void RequireSeen(string? seen, ScheduleDocument next, ScheduleDocument? latest)
    {
        var isChanged = next.Digest() != latest?.Digest();
        Rule.Require(isChanged || seen is not null, "Nothing has changed since the last release.");
        if (!isChanged)
        {
            throw new RaceException("Somebody else has released this a moment ago. Nothing is left to release.");
        }

        if (seen is not null && seen != next.Digest())
        {
            throw new RaceException(
                "Somebody else has changed or released the schedule since you opened this page. What would be "
                    + "released now stands below: look at it, then release it."
            );
        }
    }

    // One release after the other: what each says it changes is measured against the one before it. The lock is taken
    // before anything is read, so that the turn of whoever waited begins with what the one before them left (PostgreSQL
    // freezes its view at the first read); and the draft is read as it was at one moment, however much is moved
    // meanwhile. Readers and foreign keys do not wait for it.
    private async Task<Release> InTurnAsync(
        Making making,
        Func<ScheduleDocument?, Task<ScheduleDocument>> make,
        CancellationToken stop
    )
    {
        making.Conference.RequireOpen();
        await using var transaction = await db.Database.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            stop
        );
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE releases IN SHARE ROW EXCLUSIVE MODE", stop);
        var (number, latest) = await LatestAsync(making.Conference.Id, stop);
        var next = await make(latest);
        var release = new Release(
            making.Conference.Id,
            number + 1,
            next,
            making.Comment.Trim(),
            making.Of,
            making.By,
            clock.GetCurrentInstant()
        );
        db.Releases.Add(release);
        db.Record(
            new Act(making.By, making.Via, release.At),
            making.Verb,
            new AuditSubject($"{making.Conference.Path}/schedule", making.Conference.Id, making.Of?.Id),
            after: JsonSerializer.Serialize(new { number = release.Number, comment = release.Comment })
        );
        await letters.AddAsync(making.Conference, latest, next, release, making.Origin, stop);
        await db.SaveOrSayAsync(
            "Somebody else released the schedule at the same moment. Look at what is public now, then try again.",
            stop
        );
        await transaction.CommitAsync(stop);
        return release;
    }

    private sealed record Making(
        Conference Conference,
        Microconference? Of,
        string Comment,
        Person? By,
        string Via,
        string Verb,
        string? Origin
    );
}
