namespace LpcSite.Scheduling.Releases;

/// <summary>
/// What became of sessions between two releases that calendars show either whole or as their topics: a session was one
/// appointment until its topics had times of their own, and is one again when they lose them. Calendars forget no
/// appointment unless they are told.
/// </summary>
internal sealed class Division
{
    private readonly Dictionary<string, ScheduleDocument.Entry> _before;
    private readonly Dictionary<string, string> _waited;
    private readonly Dictionary<string, string> _stoodIn;
    private readonly HashSet<string> _changed;

    public Division(ScheduleDocument before, ScheduleDocument now)
    {
        _before = before.Entries.ToDictionary(e => e.Uid, StringComparer.Ordinal);
        _waited = Waiting(before);
        _stoodIn = Topics(before)
            .Where(t => t.Item.StoodIn is not null)
            .ToDictionary(t => t.Item.Uid!, t => t.Item.StoodIn!, StringComparer.Ordinal);
        var (waits, had, has) = (Waiting(now), Timed(before), Timed(now));
        _changed =
        [
            .. _waited
                .Where(w => has.Contains(w.Key))
                .Concat(waits.Where(w => had.Contains(w.Key)))
                .Select(w => w.Value),
        ];
    }

    /// <summary>Whether somebody whose calendar had the whole has a part of it now, or the other way round.</summary>
    public bool HasChanged(ScheduleDocument.Entry now) =>
        _changed.Contains(now.Uid)
        || (_before.GetValueOrDefault(now.Uid) is { } then && then.IsDivided != now.IsDivided);

    public bool StoodWhole(ScheduleDocument.Entry now) =>
        now.IsDivided && _before.GetValueOrDefault(now.Uid) is { } then && (then.StoodWhole || !then.IsDivided);

    /// <returns>
    /// The uid of the session in which a topic stood before it had a time; null where it always had one.
    /// </returns>
    public string? StoodIn(string topic) => _waited.GetValueOrDefault(topic) ?? _stoodIn.GetValueOrDefault(topic);

    private static IEnumerable<(ScheduleDocument.Entry Entry, ScheduleDocument.Item Item)> Topics(
        ScheduleDocument document
    ) =>
        document.Entries.SelectMany(e =>
            e.Items.Where(i => i is { Topic: not null, Uid: not null }).Select(i => (e, i))
        );

    private static Dictionary<string, string> Waiting(ScheduleDocument document) =>
        Topics(document)
            .Where(t => t.Item.Starts is null)
            .ToDictionary(t => t.Item.Uid!, t => t.Entry.Uid, StringComparer.Ordinal);

    private static HashSet<string> Timed(ScheduleDocument document) =>
        Topics(document)
            .Where(t => t.Item.Starts is not null)
            .Select(t => t.Item.Uid!)
            .ToHashSet(StringComparer.Ordinal);
}
