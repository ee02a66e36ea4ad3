using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// The clashes of the draft with what the organizers say about them: the same for their page, for programs and for the
/// command line.
/// </summary>
/// <param name="Lines">The worst first.</param>
/// <param name="Settled">Reasons for what does not clash in the draft any more.</param>
public sealed record ClashSheet(
    ScheduleDocument Draft,
    ClashRepairs Suggesting,
    IReadOnlyList<ClashSheet.Line> Lines,
    IReadOnlyList<ClashSheet.Leftover> Settled
)
{
    /// <summary>Those that nobody has accepted.</summary>
    public IEnumerable<Clash> Open => Lines.Where(l => l.Accepted is null).Select(l => l.Clash);

    /// <summary>How many are needed somewhere.</summary>
    public int People => ClashFinder.NeedsOf(Draft).Select(n => n.Person).Distinct().Count();

    /// <summary>What to say where there is none.</summary>
    public string NoClash =>
        People == 1
            ? "No clash: only one person is needed in the draft."
            : FormattableString.Invariant($"No clash among {People} people.");

    /// <summary>
    /// How many nobody has accepted, for pages that say no more than that: always with the same statements.
    /// </summary>
    public static async Task<int> CountOpenAsync(LpcDbContext db, int conferenceId, CancellationToken stop)
    {
        var draft = await db.DraftAsync(conferenceId, withTexts: false, stop);
        var circumstances = await db.CircumstancesAsync(conferenceId, withStars: true, stop);
        var accepted = await db
            .AcceptedClashes.Where(c => c.ConferenceId == conferenceId)
            .Select(c => c.Key)
            .ToHashSetAsync(StringComparer.Ordinal, stop);
        return ClashFinder.Find(draft, circumstances).Count(c => !accepted.Contains(c.Key));
    }

    public static async Task<ClashSheet> ReadAsync(LpcDbContext db, int conferenceId, CancellationToken stop)
    {
        var draft = await db.DraftAsync(conferenceId, withTexts: false, stop);
        var conference = await db
            .Conferences.AsNoTracking()
            .Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .AsSingleQuery()
            .SingleAsync(c => c.Id == conferenceId, stop);
        var reasons = await db
            .AcceptedClashes.Where(c => c.ConferenceId == conferenceId)
            .OrderBy(c => c.At)
            .ThenBy(c => c.Id)
            .Select(c => new Reason(c.Key, c.Reason, c.By.Name, c.At))
            .ToDictionaryAsync(c => c.Key, stop);
        var circumstances = await db.CircumstancesAsync(conferenceId, withStars: true, stop);
        var clashes = ClashFinder.Find(draft, circumstances);
        var left = reasons.Values.ExceptBy(clashes.Select(c => c.Key), r => r.Key).ToList();
        var clashRepairs = new ClashRepairs(
            draft,
            circumstances,
            GridPlace.Of(conference),
            reasons.Keys.ToHashSet(StringComparer.Ordinal)
        );
        var settled = left.Count == 0 ? [] : await LeftoversAsync(db, conference, circumstances, left, stop);
        return new(
            draft,
            clashRepairs,
            [.. clashes.Select(c => new Line(c, reasons.GetValueOrDefault(c.Key)))],
            settled
        );
    }

    // What is public may still need a reason that the draft needs no more.
    private static async Task<IReadOnlyList<Leftover>> LeftoversAsync(
        LpcDbContext db,
        Conference conference,
        Circumstances circumstances,
        List<Reason> left,
        CancellationToken stop
    )
    {
        var released = await db.ReleasedAsync(conference.Id, stop);
        var inPublic = (released is null ? [] : ClashFinder.Find(released, circumstances))
            .Select(c => c.Key)
            .ToHashSet(StringComparer.Ordinal);
        var keys = left.ConvertAll(r => ClashReason.ReadKey(r.Key));
        var people = keys.ConvertAll(k => k.Person);
        var microconferences = keys.SelectMany(k => new[] { k.One, k.Other })
            .Where(side => side.Kind == "mc")
            .Select(side => side.Number)
            .Distinct()
            .ToList();
        var names = await db
            .People.Where(p => people.Contains(p.Id))
            .Select(p => new { p.Id, p.Name })
            .ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        var slots = keys.SelectMany(k => new[] { k.One, k.Other })
            .Where(side => side.Kind == "slot")
            .Select(side => side.Number)
            .ToList();
        var others = await db
            .Slots.Where(s => slots.Contains(s.Id))
            .Select(s => new { s.Id, s.Title })
            .ToDictionaryAsync(s => s.Id, s => s.Title, stop);
        var titles = await db
            .Microconferences.Where(m => microconferences.Contains(m.Id))
            .Select(m => new { m.Id, m.Title })
            .ToDictionaryAsync(m => m.Id, m => m.Title, stop);
        return
        [
            .. left.Zip(
                keys,
                (reason, key) =>
                    new Leftover(reason, About(key.Person, key.One, key.Other), inPublic.Contains(reason.Key))
            ),
        ];

        string About(int person, (string Kind, int Number) one, (string Kind, int Number) other) =>
            one == other
                ? $"{names.GetValueOrDefault(person)} in two parts of {Place(one)}"
                : string.Join(
                    " in ",
                    new[]
                    {
                        person == 0 ? null : names.GetValueOrDefault(person),
                        string.Join(" and ", new[] { one, other }.OrderBy(side => side.Kind != "mc").Select(Place)),
                    }.OfType<string>()
                );

        string? Place((string Kind, int Number) side) =>
            side.Kind switch
            {
                "mc" => titles.GetValueOrDefault(side.Number),
                "room" => "the seats of "
                    + $"{conference.Rooms.FirstOrDefault(r => r.Id == side.Number)?.Name ?? "a room that is gone"}",
                "night" => "the night",
                "slot" => others.GetValueOrDefault(side.Number) ?? "something that is not in the schedule any more",
                _ => "an absence",
            };
    }

    /// <param name="Accepted">Null while nobody has said that it can stay.</param>
    public sealed record Line(Clash Clash, Reason? Accepted);

    /// <summary>Why a clash can stay.</summary>
    public sealed record Reason(string Key, string Text, string By, Instant At);

    /// <param name="About">Who and where, in a few words.</param>
    /// <param name="IsInPublic">Whether what is public still holds the clash.</param>
    public sealed record Leftover(Reason Reason, string About, bool IsInPublic);
}
