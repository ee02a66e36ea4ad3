namespace LpcSite.Scheduling.Releases;

/// <summary>
/// What a release changes for one person: when and where they themselves are needed, and nothing else.
/// </summary>
/// <param name="Before">Null for what is new to them.</param>
/// <param name="After">Null for what they are not needed for any more.</param>
public sealed record OwnChange(OwnTime? Before, OwnTime? After)
{
    /// <summary>
    /// By person, each one's changes in the order of their time. Whoever has to be where they had to be before is not
    /// in it.
    /// </summary>
    /// <param name="before">Null for the first release, which is new to everybody.</param>
    public static IReadOnlyDictionary<int, IReadOnlyList<OwnChange>> Between(
        ScheduleDocument? before,
        ScheduleDocument after
    )
    {
        var (old, now) = (OwnTime.Of(before), OwnTime.Of(after));
        return old.Select(o => o.Key)
            .Union(now.Select(n => n.Key))
            .Select(person => (person, Changes: Between([.. old[person]], [.. now[person]])))
            .Where(p => p.Changes.Count > 0)
            .ToDictionary(p => p.person, p => p.Changes);
    }

    private static IReadOnlyList<OwnChange> Between(IReadOnlyList<OwnTime> before, IReadOnlyList<OwnTime> after) =>
        [
            .. after
                .Select(n => new OwnChange(before.FirstOrDefault(o => o.Uid == n.Uid), n))
                .Where(c => c.Before is null || c.Before.IsElsewhere(c.After!))
                .Concat(before.Where(o => after.All(n => n.Uid != o.Uid)).Select(o => new OwnChange(o, null)))
                .OrderBy(c => (c.After ?? c.Before)!.Starts)
                .ThenBy(c => (c.After ?? c.Before)!.Uid, StringComparer.Ordinal),
        ];
}
