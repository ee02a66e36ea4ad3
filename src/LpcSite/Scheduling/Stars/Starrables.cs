using System.Globalization;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Scheduling.Stars;

/// <summary>
/// What of a conference can be starred: what the last release holds or cancelled, and every listed microconference with
/// its public topics, so that stars can be there before rooms are given by them. And what became of what was merged.
/// </summary>
/// <param name="Conference">Its slug.</param>
/// <param name="Release">The last; null before the first.</param>
/// <param name="Microconferences">
/// Those with a public page, A to Z; the merged and the withdrawn are among them.
/// </param>
/// <param name="Topics">Theirs, in their order: the public ones, and those that were merged.</param>
public sealed record Starrables(
    string Conference,
    LatestRelease? Release,
    IReadOnlyList<Starrables.Whole> Microconferences,
    IReadOnlyList<Starrables.Part> Topics
)
{
    // Longer than any chain of merges, so that nothing turns in a circle.
    private const int MostMerges = 20;

    private readonly Dictionary<int, Whole> _wholes = Microconferences.ToDictionary(m => m.Id);
    private readonly Dictionary<int, Part> _parts = Topics.ToDictionary(t => t.Id);
    private readonly HashSet<string> _released = Release is null
        ? []
        : UidsOf(Release.Document).ToHashSet(StringComparer.Ordinal);

    public ScheduleDocument? Schedule => Release?.Document;

    /// <summary>All that a star may name.</summary>
    public bool Has(string uid) =>
        _released.Contains(uid) || Schedule?.Cancelled.Any(c => c.Uid == uid) is true || IsListed(uid);

    /// <summary>
    /// What is starred by this now: what a microconference or topic was merged into, as long as no release still shows
    /// it by itself.
    /// </summary>
    public string Now(string uid)
    {
        for (var i = 0; i < MostMerges && !_released.Contains(uid); i++)
        {
            var next =
                WholeOf(uid)?.MergedInto is { } whole ? UidOf(whole)
                : PartOf(uid)?.MergedInto is { } part ? UidOfTopic(part)
                : null;
            if (next is null)
            {
                break;
            }

            uid = next;
        }

        return uid;
    }

    /// <summary>The microconference that this names, as a whole.</summary>
    public Whole? WholeOf(string uid) => NumberIn(uid, "mc-") is { } id ? _wholes.GetValueOrDefault(id) : null;

    public Part? PartOf(string uid) => NumberIn(uid, "topic-") is { } id ? _parts.GetValueOrDefault(id) : null;

    public Whole? MicroconferenceOf(Part topic) => _wholes.GetValueOrDefault(topic.Microconference);

    /// <summary>Whether it is proposed or accepted, whatever the last release says.</summary>
    public bool IsListed(string uid) =>
        WholeOf(uid)?.IsListed is true
        || PartOf(uid) is { MergedInto: null } topic && MicroconferenceOf(topic)?.IsListed is true;

    public static string UidOf(int microconference) => FormattableString.Invariant($"mc-{microconference}");

    public static string UidOfTopic(int topic) => FormattableString.Invariant($"topic-{topic}");

    private static int? NumberIn(string uid, string prefix) =>
        uid.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(uid.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private static IEnumerable<string> UidsOf(ScheduleDocument schedule) =>
        schedule
            .Entries.Where(e => e.Kind is not SlotKind.Hold)
            .SelectMany(e => e.Items.Select(i => i.Uid).OfType<string>().Prepend(e.Uid));

    /// <summary>A microconference with a public page.</summary>
    public sealed record Whole(int Id, string Slug, string Title, MicroconferenceStatus Status, int? MergedInto)
    {
        public bool IsListed =>
            Status
                is MicroconferenceStatus.Proposed
                    or MicroconferenceStatus.ChangesRequested
                    or MicroconferenceStatus.Accepted;
    }

    /// <summary>A topic of one.</summary>
    public sealed record Part(int Id, int Microconference, string Title, int? MergedInto);
}
