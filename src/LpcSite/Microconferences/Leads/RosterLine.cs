using LpcSite.Data;
using LpcSite.Nominations;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Leads;

/// <summary>
/// Somebody of a microconference, once, whatever the spelling and however many roles they play. Without addresses: it
/// is taken along by leads and read by programs, and whoever wants to reach its people writes to them through the site.
/// </summary>
/// <param name="SpeaksAbout">In the order of the topics.</param>
/// <param name="Nominated">Null where they are not.</param>
public sealed record RosterLine(
    int PersonId,
    string Slug,
    string Name,
    bool Leads,
    bool IsKeyAttendee,
    IReadOnlyList<RosterLine.Talk> SpeaksAbout,
    NominationKind? Nominated
)
{
    /// <summary>
    /// How they take part, as far as anybody has said; what they said themselves goes before what others expect.
    /// </summary>
    public Attendance Attendance { get; private init; }

    public RosterAnswer Answer { get; private init; }

    /// <summary>In a word each.</summary>
    public IEnumerable<string> Roles =>
        [
            .. Leads ? ["lead"] : Array.Empty<string>(),
            .. SpeaksAbout.Count == 0 ? Array.Empty<string>()
            : SpeaksAbout.All(t => t.IsAlternative) ? ["alternative speaker"]
            : ["speaker"],
            .. IsKeyAttendee ? ["key attendee"] : Array.Empty<string>(),
            .. Nominated switch
            {
                NominationKind.Pass => ["pass"],
                NominationKind.Place => ["guaranteed place"],
                _ => Array.Empty<string>(),
            },
        ];

    /// <summary>Everybody of it, leads first, then A to Z: a fixed number of statements.</summary>
    public static async Task<IReadOnlyList<RosterLine>> ReadAsync(
        LpcDbContext db,
        int microconferenceId,
        CancellationToken stop
    )
    {
        var leads = await db
            .Leads.Where(l => l.MicroconferenceId == microconferenceId)
            .OrderBy(l => l.Position)
            .Select(l => l.PersonId)
            .ToListAsync(stop);
        var needed = await db
            .KeyAttendees.Where(k => k.MicroconferenceId == microconferenceId)
            .Select(k => new Said(k.PersonId, k.Attendance, k.ConfirmedAt, k.DeclinedAt))
            .ToListAsync(stop);
        var speakers = await db
            .Topics.Where(t => t.MicroconferenceId == microconferenceId)
            .Public()
            .OrderBy(t => t.Position)
            .ThenBy(t => t.Id)
            .SelectMany(
                t => t.Speakers,
                (t, s) =>
                    new
                    {
                        t.Id,
                        t.Title,
                        s.IsAlternative,
                        Said = new Said(s.PersonId, s.Attendance, s.ConfirmedAt, s.DeclinedAt),
                    }
            )
            .ToListAsync(stop);
        var nominated = await db
            .Nominations.Where(n => n.MicroconferenceId == microconferenceId)
            .ToDictionaryAsync(n => n.PersonId, n => n.Kind, stop);
        var ids = leads
            .Concat(needed.Select(k => k.PersonId))
            .Concat(speakers.Select(s => s.Said.PersonId))
            .Concat(nominated.Keys)
            .Distinct()
            .ToList();
        var people = await db
            .People.Where(p => ids.Contains(p.Id))
            .OrderBy(p => p.Name)
            .ThenBy(p => p.Id)
            .Select(p => new
            {
                p.Id,
                p.Slug,
                p.Name,
            })
            .ToListAsync(stop);
        return
        [
            .. people
                .OrderBy(p => leads.IndexOf(p.Id) is var place && place < 0 ? int.MaxValue : place)
                .Select(p =>
                {
                    var talks = speakers.Where(s => s.Said.PersonId == p.Id).ToList();
                    List<Said> said = [.. talks.Select(t => t.Said), .. needed.Where(k => k.PersonId == p.Id)];
                    return new RosterLine(
                        p.Id,
                        p.Slug,
                        p.Name,
                        leads.Contains(p.Id),
                        needed.Exists(k => k.PersonId == p.Id),
                        talks.ConvertAll(t => new Talk(t.Id, t.Title, t.IsAlternative, AnswerOf([t.Said]))),
                        nominated.TryGetValue(p.Id, out var kind) ? kind : null
                    )
                    {
                        Answer = AnswerOf(said),
                        Attendance =
                            said.OrderByDescending(s => s.ConfirmedAt is not null)
                                .ThenByDescending(s => s.Attendance is not Attendance.Unknown)
                                .FirstOrDefault()
                                ?.Attendance
                            ?? Attendance.Unknown,
                    };
                }),
        ];
    }

    // Who says yes to one thing comes; who says no to everything does not.
    private static RosterAnswer AnswerOf(List<Said> said) =>
        said.Exists(s => s.ConfirmedAt is not null) ? RosterAnswer.Yes
        : said.Count > 0 && said.TrueForAll(s => s.DeclinedAt is not null) ? RosterAnswer.No
        : RosterAnswer.None;

    /// <summary>A topic about which somebody speaks.</summary>
    public sealed record Talk(int Id, string Title, bool IsAlternative, RosterAnswer Answer);

    private sealed record Said(int PersonId, Attendance Attendance, Instant? ConfirmedAt, Instant? DeclinedAt);
}

/// <summary>Whether somebody of a microconference has said that they come.</summary>
public enum RosterAnswer
{
    None,
    Yes,
    No,
}
