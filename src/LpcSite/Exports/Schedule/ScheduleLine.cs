using LpcSite.Conferences;
using LpcSite.Exports.Calendars;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Texts;
using NodaTime;

namespace LpcSite.Exports.Schedule;

/// <summary>
/// One thing at one time in one place, as programs show it that know no sessions inside of which there is more: a
/// topic, or the whole session while its leads have given no topic a time. Never both, since readers draw one over the
/// other, or cut what overlaps. Coffee and words of welcome stay out: they have no name of their own that could stay
/// the same.
/// </summary>
/// <param name="Topic">Null where the whole stands there.</param>
/// <param name="Lane">Tells those apart that have no room at the same time: from 0.</param>
public sealed record ScheduleLine(
    ScheduleDocument Document,
    ScheduleDocument.Entry Entry,
    ScheduleDocument.Item? Topic,
    int Lane
)
{
    private const string NoRoom = "Room not known yet";

    public string Uid => Topic?.Uid ?? Entry.Uid;
    public int Number => StableId.Number(Uid);
    public Guid GlobalId => UidScheme.Of(Document).Global(Uid);
    public int Sequence => Topic?.Sequence ?? Entry.Sequence;
    public string Title => CleanText.Line(Topic?.Title ?? Entry.Title);
    public Instant Starts => Topic?.Starts ?? Entry.Starts;
    public Instant Ends => Topic?.Ends ?? Entry.Ends;

    /// <summary>In words, for readers whose formats want a room for everything.</summary>
    public string Place => PlaceOf(Document.RoomOf(Entry)?.Name);

    /// <summary>A name that nothing else has at the same time.</summary>
    public string Room => Lane == 0 ? Place : FormattableString.Invariant($"{Place} {Lane + 1}");

    public string Kind => Topic is not null ? "topic" : KindOf(Entry.Kind);

    /// <summary>
    /// In what it belongs together with others: the microconference, the line of talks, or what is for everybody.
    /// </summary>
    public string Track => Entry.Kind is SlotKind.Plenary ? "Plenary" : CleanText.Line(Entry.Title);

    /// <summary>Begins with a letter, as <c>[a-z][a-z0-9-]+</c> wants.</summary>
    public string TrackSlug =>
        Entry.Kind switch
        {
            SlotKind.Plenary => "plenary",
            SlotKind.Microconference => $"mc-{Entry.Slug}",
            _ => $"track-{Slug.From(Entry.Title, FormattableString.Invariant($"{Entry.Slot}"))}",
        };

    /// <summary>Where it stands on the site, without scheme and host.</summary>
    public string Path =>
        this switch
        {
            { Topic.Topic: { } topic, Entry.Slug: { } slug } => $"/{Document.Conference.Slug}/mc/{slug}/topics/"
                + MicroconferenceDocument.Item.AddressOf(topic, Topic.Title),
            { Entry.Slug: { } slug } => $"/{Document.Conference.Slug}/mc/{slug}",
            _ => $"/{Document.Conference.Slug}/schedule",
        };

    /// <summary>Who speaks about the topic; of the whole who leads it.</summary>
    public IEnumerable<(int Id, string Name)> People =>
        Topic is null
            ? Entry.Leads.Select(l => (l.Person, CleanText.Line(l.FullName)))
            : Topic.Speakers.Select(s => (s.Person, CleanText.Line(s.FullName)));

    /// <summary>The Markdown that its authors wrote; where there is none, a sentence that says what it is.</summary>
    public string Text =>
        (Topic is null ? Entry.Text : Topic.Text) is { } text
            ? CleanText.Of(text).Trim() is { Length: > 0 } clean
                ? clean
                : Sentence
            : Sentence;

    private string Sentence =>
        Kind switch
        {
            "topic" => $"A topic of {Wording.Microconference(Track)}.",
            "microconference" => $"{Wording.Capitalized(Wording.Microconference(Track))}.",
            "plenary" => "For everybody.",
            _ => $"Talks of the track {Track}.",
        };

    /// <summary>All of a schedule that the public may see, by start and then by room.</summary>
    public static IReadOnlyList<ScheduleLine> Of(ScheduleDocument document)
    {
        var lines = new List<ScheduleLine>();
        var lanes = new List<Instant>();
        foreach (var entry in document.Entries.Where(e => e.Kind is not SlotKind.Hold))
        {
            var lane = document.RoomOf(entry) is null ? Take(lanes, entry) : 0;
            var topics = TimedTopics(entry).Select(topic => new ScheduleLine(document, entry, topic, lane)).ToList();
            lines.AddRange(topics.Count > 0 ? topics : [new ScheduleLine(document, entry, null, lane)]);
        }

        return lines;
    }

    /// <summary>
    /// The whole session, also where its topics have times: for those who are there from beginning to end.
    /// </summary>
    public static ScheduleLine Whole(ScheduleDocument document, ScheduleDocument.Entry entry) =>
        new(document, entry, null, 0);

    public static string KindOf(SlotKind kind) =>
        kind switch
        {
            SlotKind.Microconference => "microconference",
            SlotKind.Plenary => "plenary",
            _ => "track",
        };

    internal static string PlaceOf(string? room) => room is null ? NoRoom : CleanText.Line(room);

    internal static IEnumerable<ScheduleDocument.Item> TimedTopics(ScheduleDocument.Entry entry) =>
        entry.Items.Where(i => i is { Topic: not null, Uid: not null, Ends: not null });

    // Entries come by their start, so that the first lane that is free again takes the next one.
    private static int Take(List<Instant> lanes, ScheduleDocument.Entry entry)
    {
        var free = lanes.FindIndex(ends => ends <= entry.Starts);
        if (free < 0)
        {
            lanes.Add(entry.Ends);
            return lanes.Count - 1;
        }

        lanes[free] = entry.Ends;
        return free;
    }
}
