using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// What clashes depend on beside the schedule: when people cannot be there, what time it is where they take part from,
/// and how many want to come. It is private, and never enters a document that is released.
/// </summary>
/// <param name="Absences">By person.</param>
/// <param name="Zones">By person, as far as somebody speaks remotely and has said where that is.</param>
/// <param name="Stars">How many people starred a microconference, by its number; few are not counted.</param>
public sealed record Circumstances(
    ILookup<int, Interval> Absences,
    IReadOnlyDictionary<int, DateTimeZone> Zones,
    IReadOnlyDictionary<int, int> Stars
)
{
    /// <summary>From here on nobody should have to speak, on their own clock.</summary>
    public static readonly LocalTime NightBegins = new(23, 0);

    public static readonly LocalTime NightEnds = new(7, 0);

    /// <summary>Where nothing is known of it.</summary>
    public static Circumstances None { get; } =
        new(
            Array.Empty<(int Person, Interval During)>().ToLookup(a => a.Person, a => a.During),
            new Dictionary<int, DateTimeZone>(),
            new Dictionary<int, int>()
        );

    /// <summary>What keeps a person from where they are needed, or speaks against it.</summary>
    /// <param name="theirs">All that the same person is needed for.</param>
    internal IEnumerable<Need> Against(Need need, IReadOnlyCollection<Need> theirs)
    {
        if (need.Person is not { } person)
        {
            yield break;
        }

        foreach (
            var during in Absences[person]
                .Where(during => during.Start < need.During.End && need.During.Start < during.End)
        )
        {
            yield return new(person, need.Name, NeedRole.Away, "away", "", "", null, null, null, during);
        }

        if (
            need.IsRemote
            && Zones.TryGetValue(person, out var zone)
            && NightOf(need, zone) is { } night
            && HasNoDay(need, theirs, zone)
        )
        {
            yield return new(
                person,
                need.Name,
                NeedRole.Night,
                "night",
                zone.Id,
                "",
                null,
                null,
                null,
                night,
                IsRemote: true
            );
        }
    }

    // What may be in any part of a session may be in one by day.
    private static bool HasNoDay(Need need, IEnumerable<Need> theirs, DateTimeZone zone) =>
        need.HasTime || theirs.Where(n => n.Topic == need.Topic && !n.HasTime).All(n => NightOf(n, zone) is not null);

    // Who may speak at any time of a session only speaks at night if all of it is at night.
    private static Interval? NightOf(Need need, DateTimeZone zone)
    {
        var date = need.During.Start.InZone(zone).Date;
        foreach (var evening in new[] { date.PlusDays(-1), date })
        {
            var night = new Interval(
                (evening + NightBegins).InZoneLeniently(zone).ToInstant(),
                (evening.PlusDays(1) + NightEnds).InZoneLeniently(zone).ToInstant()
            );
            if (
                need.IsFirm
                    ? night.Start < need.During.End && need.During.Start < night.End
                    : night.Start <= need.During.Start && need.During.End <= night.End
            )
            {
                return night;
            }
        }

        return null;
    }
}
