using LpcSite.Data;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Nominations;

/// <summary>An accepted microconference, with what its leads may give and how much of it they gave.</summary>
/// <param name="IsOwn">Whether the organizers gave it other numbers than the rest.</param>
public sealed record NominationLine(
    string Conference,
    int MicroconferenceId,
    string Slug,
    string Title,
    bool IsOwn,
    int Passes,
    int Places,
    int PassesGiven,
    int PlacesGiven
)
{
    /// <summary>Whether its leads have not given all that they may.</summary>
    public bool IsMissing => PassesGiven < Passes || PlacesGiven < Places;

    /// <summary>What is left, in words.</summary>
    public string Free =>
        string.Join(
            " and ",
            new[]
            {
                Count(Passes - PassesGiven, "free pass", "free passes"),
                Count(Places - PlacesGiven, "guaranteed place", "guaranteed places"),
            }.Where(part => part.Length > 0)
        );

    /// <summary>Those of a conference, A to Z, in one statement.</summary>
    public static Task<List<NominationLine>> ReadAsync(LpcDbContext db, int conferenceId, CancellationToken stop) =>
        (
            from m in db.Microconferences
            where m.ConferenceId == conferenceId && m.Status == MicroconferenceStatus.Accepted
            from all in db
                .Allowances.Where(a => a.ConferenceId == conferenceId && a.MicroconferenceId == null)
                .DefaultIfEmpty()
            from own in db.Allowances.Where(a => a.MicroconferenceId == m.Id).DefaultIfEmpty()
            orderby m.Title, m.Slug
            select new NominationLine(
                m.Conference.Slug,
                m.Id,
                m.Slug,
                m.Title,
                own != null,
                own != null ? own.Passes
                    : all != null ? all.Passes
                    : 0,
                own != null ? own.Places
                    : all != null ? all.Places
                    : 0,
                db.Nominations.Count(n => n.MicroconferenceId == m.Id && n.Kind == NominationKind.Pass),
                db.Nominations.Count(n => n.MicroconferenceId == m.Id && n.Kind == NominationKind.Place)
            )
        ).ToListAsync(stop);

    private static string Count(int number, string one, string many) =>
        number switch
        {
            <= 0 => "",
            1 => $"1 {one}",
            _ => $"{number} {many}",
        };
}
