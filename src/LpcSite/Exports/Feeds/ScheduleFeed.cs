using LpcSite.Exports.Schedule;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Exports.Feeds;

/// <summary>
/// What one calendar of the schedule holds. A calendar shows what overlaps side by side, so that a session and its
/// topics at once would fill every screen twice: as in the other formats, topics take the place of their session. Only
/// who leads it, and so is there from beginning to end, has the session itself as well, and who waits for a time for
/// their topic has it until then.
/// </summary>
/// <param name="Cancelled">Stays, so that calendars that have it learn of it.</param>
public sealed record ScheduleFeed(
    string Name,
    IReadOnlyList<ScheduleLine> Lines,
    IReadOnlyList<ScheduleDocument.Gone> Cancelled
)
{
    /// <summary>
    /// Sessions that this calendar once showed whole. Their topics are in it instead, so that it says of the whole that
    /// it is off.
    /// </summary>
    public IReadOnlyList<ScheduleDocument.Gone> Replaced { get; init; } = [];

    public bool IsEmpty => Lines.Count + Cancelled.Count + Replaced.Count == 0;

    public static ScheduleFeed Of(ScheduleDocument document) =>
        new(document.Conference.Name, ScheduleLine.Of(document), document.Cancelled)
        {
            Replaced = Divided(document, _ => true),
        };

    /// <returns>Null where the microconference neither has a place nor had one.</returns>
    public static ScheduleFeed? OfMicroconference(ScheduleDocument document, string slug)
    {
        var cancelled = document.Cancelled.Where(c => c.Slug == slug).ToList();
        var title =
            document.Entries.FirstOrDefault(e => e.Slug == slug)?.Title
            ?? cancelled.Find(c => c.Uid.StartsWith("mc-", StringComparison.Ordinal))?.Title;
        var lines = ScheduleLine.Of(document).Where(l => l.Entry.Slug == slug).ToList();
        return title is null
            ? null
            : new($"{title} ({document.Conference.ShortName})", lines, cancelled)
            {
                Replaced = Divided(document, e => e.Slug == slug),
            };
    }

    /// <returns>Null where there is no such room.</returns>
    public static ScheduleFeed? OfRoom(ScheduleDocument document, int id) =>
        document.Rooms.FirstOrDefault(r => r.Id == id) is not { } room
            ? null
            : new(
                $"{room.Name} ({document.Conference.ShortName})",
                [.. ScheduleLine.Of(document).Where(l => l.Entry.Room == id)],
                [.. document.Cancelled.Where(c => c.Room == room.Name)]
            )
            {
                Replaced = Divided(document, e => e.Room == id),
            };

    /// <summary>What somebody leads, speaks in and is needed at.</summary>
    /// <returns>Null where they do none of it, and did not before it was cancelled.</returns>
    public static ScheduleFeed? OfPerson(ScheduleDocument document, string name, int id)
    {
        var lines = ScheduleLine.Of(document);
        var topics = lines.Where(l => l.Topic?.Speakers.Any(s => s.Person == id) is true);
        var sessions = document
            .Entries.Where(e => e.Kind is not SlotKind.Hold)
            .Where(e =>
                e.Leads.Concat(e.KeyAttendees).Any(n => n.Person == id)
                || e.Items.Any(i => i.Starts is null && i.Speakers.Any(s => s.Person == id))
            )
            .Select(e => ScheduleLine.Whole(document, e));
        ScheduleLine[] theirs =
        [
            .. sessions.Concat(topics).OrderBy(l => l.Starts).ThenBy(l => l.Uid, StringComparer.Ordinal),
        ];
        var cancelled = document.Cancelled.Where(c => c.People.Contains(id)).ToList();
        return theirs.Length + cancelled.Count == 0
            ? null
            : new($"{name} ({document.Conference.ShortName})", theirs, cancelled)
            {
                Replaced = Left(document, theirs, i => i.Speakers.Any(s => s.Person == id)),
            };
    }

    /// <summary>
    /// What somebody starred: sessions whole, with what they starred in them; a topic by itself, and while it has no
    /// time the session of which it will be a part.
    /// </summary>
    /// <param name="now">What a star means today, where things were merged.</param>
    public static ScheduleFeed OfStars(
        ScheduleDocument document,
        IReadOnlyCollection<string> stars,
        Func<string, string> now
    )
    {
        var wanted = stars.Select(now).ToHashSet(StringComparer.Ordinal);
        var lines = document
            .Entries.Where(e => e.Kind is not SlotKind.Hold)
            .SelectMany(e =>
            {
                var topics = e.Items.Where(i => i.Uid is { } uid && wanted.Contains(uid)).ToList();
                return wanted.Contains(e.Uid) || topics.Exists(i => i.Ends is null)
                    ? [ScheduleLine.Whole(document, e)]
                    : topics.Select(i => new ScheduleLine(document, e, i, 0));
            })
            .OrderBy(l => l.Starts)
            .ThenBy(l => l.Uid, StringComparer.Ordinal)
            .ToList();
        var cancelled = document.Cancelled.Where(c => stars.Contains(c.Uid)).ToList();
        return new($"My schedule ({document.Conference.ShortName})", lines, cancelled)
        {
            Replaced = Left(document, lines, i => wanted.Contains(i.Uid!)),
        };
    }

    /// <summary>
    /// What a release changes for one person: what they have to be at, and what they need not be at any more. Where
    /// their topic has no time of its own, they have to be in its session.
    /// </summary>
    /// <param name="before">What was public until then; null before the first release.</param>
    /// <param name="changes">Theirs alone, at least one.</param>
    public static ScheduleFeed OfChanges(
        ScheduleDocument? before,
        ScheduleDocument document,
        int person,
        IReadOnlyList<OwnChange> changes
    )
    {
        var lines = changes
            .Select(c => c.After)
            .OfType<OwnTime>()
            .Select(t => LineOf(document, t))
            .DistinctBy(l => l.Uid)
            .ToList();
        var needed = OwnTime
            .Of(document)[person]
            .Select(t => LineOf(document, t).Uid)
            .ToHashSet(StringComparer.Ordinal);
        var sequences = document.Appointments().ToDictionary(a => a.Uid, a => a.Sequence, StringComparer.Ordinal);
        var lost = changes
            .Select(c => c.Before)
            .OfType<OwnTime>()
            .Select(t => LineOf(before!, t))
            .DistinctBy(l => l.Uid)
            .Where(l => !needed.Contains(l.Uid))
            .Select(l =>
                document.Cancelled.FirstOrDefault(c => c.Uid == l.Uid)
                ?? new ScheduleDocument.Gone(
                    l.Uid,
                    l.Title,
                    l.Entry.Slug,
                    before!.RoomOf(l.Entry)?.Name,
                    l.Starts,
                    l.Ends,
                    sequences.GetValueOrDefault(l.Uid, l.Sequence)
                )
            );
        return new(document.Conference.Name, lines, [.. lost]);
    }

    /// <summary>One topic; while it has no time, the session of which it will be a part.</summary>
    /// <returns>Null where it is in no session and never was.</returns>
    public static ScheduleFeed? OfTopic(ScheduleDocument document, int id)
    {
        var uid = FormattableString.Invariant($"topic-{id}");
        var cancelled = document.Cancelled.Where(c => c.Uid == uid).ToList();
        var entry = document.Entries.FirstOrDefault(e => e.Items.Any(i => i.Topic == id));
        if (entry?.Items.First(i => i.Topic == id) is not { } topic)
        {
            return cancelled.Count == 0
                ? null
                : new($"{cancelled[0].Title} ({document.Conference.ShortName})", [], cancelled);
        }

        var line = topic.Ends is null
            ? ScheduleLine.Whole(document, entry)
            : new ScheduleLine(document, entry, topic, 0);
        return new($"{topic.Title} ({document.Conference.ShortName})", [line], cancelled)
        {
            Replaced = Left(document, [line], i => i.Topic == id),
        };
    }

    // What shows all of a session showed it whole until the first of its topics had a time.
    private static List<ScheduleDocument.Gone> Divided(
        ScheduleDocument document,
        Func<ScheduleDocument.Entry, bool> isMeant
    ) =>
        [
            .. document
                .Entries.Where(e => e is { StoodWhole: true, Kind: not SlotKind.Hold } && isMeant(e))
                .Select(document.AppointmentOf),
        ];

    // What shows single topics showed the session in which one stood until that one had a time.
    private static List<ScheduleDocument.Gone> Left(
        ScheduleDocument document,
        IReadOnlyCollection<ScheduleLine> lines,
        Func<ScheduleDocument.Item, bool> isMeant
    )
    {
        var left = document
            .Entries.SelectMany(e => e.Items)
            .Where(i => i is { Uid: not null, StoodIn: not null } && isMeant(i))
            .Select(i => i.StoodIn!)
            .Except(lines.Select(l => l.Uid))
            .ToHashSet(StringComparer.Ordinal);
        return [.. document.Entries.Where(e => left.Contains(e.Uid)).Select(document.AppointmentOf)];
    }

    private static ScheduleLine LineOf(ScheduleDocument document, OwnTime time)
    {
        var entry = document.Entries.First(e => e.Uid == time.Uid || e.Items.Any(i => i.Uid == time.Uid));
        return new(document, entry, time.IsExact ? entry.Items.FirstOrDefault(i => i.Uid == time.Uid) : null, 0);
    }
}
