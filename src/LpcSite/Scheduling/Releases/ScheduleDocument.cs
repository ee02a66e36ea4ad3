using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LpcSite.Conferences;
using LpcSite.Microconferences;
using LpcSite.Texts;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Scheduling.Releases;

/// <summary>
/// The schedule as one thing that holds everything its pages, exports and differences say: what is released is one of
/// these, frozen, and the draft can be read as one at any time.
/// </summary>
/// <param name="Format">Of its JSON. A document is read as its format says, however old it is.</param>
/// <param name="Entries">What stands in the slots, by start and then by the order of the rooms.</param>
/// <param name="Cancelled">What an earlier release announced and this one does not hold any more.</param>
public sealed record ScheduleDocument(
    int Format,
    ScheduleDocument.Facts Conference,
    IReadOnlyList<ScheduleDocument.Place> Rooms,
    IReadOnlyList<ScheduleDocument.Entry> Entries,
    IReadOnlyList<ScheduleDocument.Gone> Cancelled
)
{
    public const int NewestFormat = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new TextJsonConverter(),
            new AsText<Instant>(InstantPattern.ExtendedIso),
            new AsText<LocalDate>(LocalDatePattern.Iso),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    };

    [JsonIgnore]
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[Conference.TimeZone];

    /// <summary>The days on which something happens at the venue, in order.</summary>
    [JsonIgnore]
    public IEnumerable<LocalDate> Days => Entries.Select(e => DayOf(e.Starts)).Distinct().Order();

    public LocalDate DayOf(Instant instant) => instant.InZone(Zone).Date;

    public Place? RoomOf(Entry entry) => entry.Room is { } id ? Rooms.FirstOrDefault(r => r.Id == id) : null;

    /// <summary>The slots of one microconference, in order; more than one where it is split.</summary>
    public IEnumerable<Entry> Of(int microconference) => Entries.Where(e => e.Microconference == microconference);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The same for two documents that say the same (SHA-256 of the JSON).</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <exception cref="JsonException">It is not such a document.</exception>
    public static ScheduleDocument FromJson(string json) =>
        JsonSerializer.Deserialize<ScheduleDocument>(json, Json) ?? throw new JsonException("The document is null.");

    /// <summary>
    /// What the public may know of it: nothing that the organizers hold, no microconference that is only tried in a
    /// place, and not what is locked on their board.
    /// </summary>
    public ScheduleDocument ForThePublic() =>
        this with
        {
            Entries =
            [
                .. Entries
                    .Where(e => e.Kind is not SlotKind.Hold && e.Status is null or MicroconferenceStatus.Accepted)
                    .Select(e => e with { IsLocked = false }),
            ],
        };

    /// <summary>Everybody who is named in it, by number.</summary>
    public IReadOnlyCollection<int> People() =>
        [
            .. Entries
                .SelectMany(e =>
                    e.Leads.Concat(e.KeyAttendees)
                        .Select(n => n.Person)
                        .Concat(e.Items.SelectMany(i => i.Speakers).Select(s => s.Person))
                )
                .Concat(Cancelled.SelectMany(c => c.People))
                .Distinct(),
        ];

    /// <summary>
    /// The same with some of its people as others: who turned out to be somebody else since, or has erased themselves.
    /// </summary>
    /// <param name="others">By the number under which it knows them.</param>
    public ScheduleDocument WithPeople(IReadOnlyDictionary<int, Name> others)
    {
        return others.Count == 0
            ? this
            : this with
            {
                Entries =
                [
                    .. Entries.Select(e =>
                        e with
                        {
                            Leads = [.. e.Leads.Select(Now).DistinctBy(n => n.Person)],
                            KeyAttendees = [.. e.KeyAttendees.Select(Now).DistinctBy(n => n.Person)],
                            Items =
                            [
                                .. e.Items.Select(i =>
                                    i with
                                    {
                                        Speakers = [.. i.Speakers.Select(Speaks).DistinctBy(s => s.Person)],
                                    }
                                ),
                            ],
                        }
                    ),
                ],
                Cancelled =
                [
                    .. Cancelled.Select(c =>
                        c with
                        {
                            People = [.. c.People.Select(p => others.GetValueOrDefault(p)?.Person ?? p).Distinct()],
                        }
                    ),
                ],
            };

        Name Now(Name name) => others.GetValueOrDefault(name.Person) ?? name;
        Speaker Speaks(Speaker s) =>
            others.GetValueOrDefault(s.Person) is { } now
                ? s with
                {
                    Person = now.Person,
                    Slug = now.Slug,
                    FullName = now.FullName,
                }
                : s;
    }

    /// <summary>
    /// The one that follows another: how often each time or room has changed, and what is cancelled, count on from
    /// there.
    /// </summary>
    /// <param name="earlier">The release before it; null for the first.</param>
    public ScheduleDocument After(ScheduleDocument? earlier)
    {
        if (earlier is null)
        {
            return this;
        }

        // What was cancelled had no time and no place any more: whatever it gets now is a change.
        var before = earlier.Appointments().Concat(earlier.Cancelled).ToDictionary(a => a.Uid, StringComparer.Ordinal);
        var lost = earlier.Cancelled.Select(a => a.Uid).ToHashSet(StringComparer.Ordinal);
        var division = new Division(earlier, this);
        var entries = Entries
            .Select(e =>
                e with
                {
                    Sequence = Next(e.Uid, AppointmentOf(e), division.HasChanged(e)),
                    StoodWhole = division.StoodWhole(e),
                    Items =
                    [
                        .. e.Items.Select(i =>
                            i is { Starts: not null, Uid: { } uid }
                                ? i with
                                {
                                    Sequence = Next(uid, AppointmentOf(e, i)),
                                    StoodIn = division.StoodIn(uid),
                                }
                                : i with
                                {
                                    StoodIn = null,
                                }
                        ),
                    ],
                }
            )
            .ToList();
        var document = this with { Entries = entries };
        var there = document.Appointments().Select(a => a.Uid).ToHashSet(StringComparer.Ordinal);
        var gone = before
            .Values.Where(a => !there.Contains(a.Uid))
            .OrderBy(a => a.Starts)
            .ThenBy(a => a.Uid, StringComparer.Ordinal)
            .Select(a => earlier.Cancelled.Contains(a) ? a : a with { Sequence = a.Sequence + 1 });
        return document with { Cancelled = [.. gone] };

        // Calendars take over a change of time or place, or that something is an appointment again, only under a higher
        // number.
        int Next(string uid, Gone now, bool isOtherwise = false) =>
            !before.TryGetValue(uid, out var known)
                ? 0
                : known.Sequence + (IsThereStill(known, now) && !isOtherwise ? 0 : 1);

        bool IsThereStill(Gone known, Gone now) =>
            !lost.Contains(known.Uid) && (known.Room, known.Starts, known.Ends) == (now.Room, now.Starts, now.Ends);
    }

    /// <summary>
    /// This one with the session of one microconference as another document has it: times, topics and people, not
    /// place. A topic that came over from another microconference leaves that one's session with it, as nothing is
    /// discussed twice.
    /// </summary>
    /// <exception cref="LpcSite.Rules.RuleException">
    /// It does not fit into the place that this document gives it.
    /// </exception>
    public ScheduleDocument WithSessionOf(int microconference, ScheduleDocument other)
    {
        var theirs = other.Of(microconference).ToList();
        var topics = theirs.SelectMany(e => e.Items).Select(i => i.Topic).OfType<int>().ToHashSet();
        return this with
        {
            Entries =
            [
                .. Entries.Select(e =>
                    e.Microconference == microconference
                        ? With(e, theirs.Find(t => t.Uid == e.Uid))
                        : Without(e, topics)
                ),
            ],
        };
    }

    private static Entry Without(Entry entry, HashSet<int> topics) =>
        entry.Items.Any(i => i.Topic is { } id && topics.Contains(id))
            ? entry with
            {
                Items = [.. entry.Items.Where(i => i.Topic is not { } id || !topics.Contains(id))],
            }
            : entry;

    // Sessions are arranged in minutes from their start, wherever that start is.
    private static Entry With(Entry here, Entry? there)
    {
        LpcSite.Rules.Rule.Require(
            there is not null,
            $"{here.Title} has a place in public that it has no more. The organizers release the new one first."
        );
        var items = there
            .Items.Select(i => i.Starts is { } starts ? i with { Starts = here.Starts + (starts - there.Starts) } : i)
            .ToList();
        LpcSite.Rules.Rule.Require(
            items.TrueForAll(i => i.Ends is null || i.Ends <= here.Ends),
            $"The session of {here.Title} is longer than the place that is public. The organizers release the new "
                + "one first."
        );
        return here with
        {
            Title = there.Title,
            Slug = there.Slug,
            Text = there.Text,
            Leads = there.Leads,
            KeyAttendees = there.KeyAttendees,
            Items = items,
        };
    }

    /// <summary>
    /// Everything that has a time and a name of its own in calendars: slots, and topics inside them. Coffee has none.
    /// </summary>
    public IEnumerable<Gone> Appointments() =>
        Entries.SelectMany(e =>
            e.Items.Where(i => i is { Starts: not null, Uid: not null })
                .Select(i => AppointmentOf(e, i))
                .Prepend(AppointmentOf(e))
        );

    /// <summary>The whole session as one appointment.</summary>
    public Gone AppointmentOf(Entry e) =>
        new(e.Uid, e.Title, e.Slug, RoomOf(e)?.Name, e.Starts, e.Ends, e.Sequence)
        {
            People = [.. e.Leads.Concat(e.KeyAttendees).Select(n => n.Person).Distinct()],
        };

    private Gone AppointmentOf(Entry e, Item i) =>
        new(
            i.Uid!,
            i.Title,
            e.Slug,
            RoomOf(e)?.Name,
            i.Starts!.Value,
            i.Starts.Value + Duration.FromMinutes(i.Minutes ?? 0),
            i.Sequence
        )
        {
            People = [.. i.Speakers.Select(p => p.Person)],
        };

    /// <summary>What stands over the schedule, and the zone in which its clock runs (IANA).</summary>
    public sealed record Facts(
        string Slug,
        string Name,
        string ShortName,
        LocalDate StartsOn,
        LocalDate EndsOn,
        string TimeZone,
        string City,
        int WalkingMinutes
    )
    {
        /// <summary>
        /// What stands behind the <c>@</c> of its names in calendars; null where all installations have the same.
        /// </summary>
        public string? UidDomain { get; init; }

        /// <summary>
        /// What was imported, with the names that it has in calendars elsewhere; null where nothing was.
        /// </summary>
        public IReadOnlyDictionary<string, string>? ImportedUids { get; init; }

        public static Facts Of(Conference c) =>
            new(c.Slug, c.Name, c.ShortName, c.StartsOn, c.EndsOn, c.TimeZone.Id, c.City, c.WalkingMinutes)
            {
                UidDomain = c.UidDomain == Conferences.Conference.SharedUidDomain ? null : c.UidDomain,
            };
    }

    /// <summary>A room.</summary>
    public sealed record Place(int Id, string Name, int? Capacity, string? Equipment)
    {
        private static readonly string[] Nothing = ["no", "none", "nothing", "without", "n/a", "-", "–", "—"];

        /// <summary>
        /// Whether it says that there is something for sound and picture, and not that there is nothing.
        /// </summary>
        [JsonIgnore]
        public bool IsEquipped =>
            Equipment is { } said
            && !Nothing.Contains(said.TrimStart().Split(' ', ',', ';', '.', ':')[0], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What stands in one slot.</summary>
    /// <param name="Uid">
    /// Names it in calendars for ever: a microconference by itself and its part, everything else by its slot.
    /// </param>
    /// <param name="Slot">The row of the draft from which it was made.</param>
    /// <param name="Slug">Of the microconference.</param>
    /// <param name="Status">
    /// Of the microconference: what is not accepted may be tried in a place, and is not released.
    /// </param>
    /// <param name="Room">Null while none is found.</param>
    /// <param name="Text">The description in Markdown; null where it was not asked for or there is none.</param>
    /// <param name="Items">What happens in it: first what has a time, in order, then the topics without one.</param>
    /// <param name="Sequence">How often its time or room changed since it was first released.</param>
    public sealed record Entry(
        string Uid,
        int Slot,
        SlotKind Kind,
        int? Microconference,
        string? Slug,
        string Title,
        MicroconferenceStatus? Status,
        SessionForm? Form,
        int? Room,
        Instant Starts,
        Instant Ends,
        bool IsLocked,
        string? Text,
        IReadOnlyList<Name> Leads,
        IReadOnlyList<Name> KeyAttendees,
        IReadOnlyList<Item> Items,
        int Sequence = 0
    )
    {
        /// <summary>
        /// Whether an earlier release showed the whole where topics with times of their own stand now: calendars that
        /// have the whole are told that it is no appointment any more.
        /// </summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool StoodWhole { get; init; }

        /// <summary>Whether topics with times stand for the whole.</summary>
        [JsonIgnore]
        public bool IsDivided => Items.Any(i => i is { Topic: not null, Uid: not null, Ends: not null });

        [JsonIgnore]
        public Interval During => new(Starts, Ends);

        [JsonIgnore]
        public int Minutes => (int)(Ends - Starts).TotalMinutes;

        /// <summary>Whether its leads have given times to what happens in it.</summary>
        [JsonIgnore]
        public bool IsArranged => Items.Any(i => i.Starts is not null);
    }

    /// <summary>A topic, coffee, or a word of welcome.</summary>
    /// <param name="Uid">Null for what no calendar shows alone.</param>
    /// <param name="Starts">Null while its leads have given it no time.</param>
    /// <param name="Minutes">As arranged, else as wished for; null while nobody has said.</param>
    /// <param name="Text">The problem statement in Markdown.</param>
    public sealed record Item(
        string? Uid,
        int? Topic,
        bool IsBreak,
        string Title,
        Instant? Starts,
        int? Minutes,
        string? Text,
        IReadOnlyList<Speaker> Speakers,
        int Sequence = 0
    )
    {
        /// <summary>
        /// The uid of the session in which it stood before it had a time of its own; null where it always had one, or
        /// has none.
        /// </summary>
        public string? StoodIn { get; init; }

        [JsonIgnore]
        public Instant? Ends =>
            Starts is { } starts && Minutes is { } minutes ? starts + Duration.FromMinutes(minutes) : null;
    }

    /// <summary>A person, with the last part of the address of their page.</summary>
    public sealed record Name(int Person, string Slug, string FullName);

    /// <summary>Somebody who opens the discussion of a topic.</summary>
    public sealed record Speaker(int Person, string Slug, string FullName, bool IsAlternative, bool IsRemote);

    /// <summary>
    /// Something with a time that calendars may still show: kept after its cancellation, so that they can say so.
    /// </summary>
    public sealed record Gone(
        string Uid,
        string Title,
        string? Slug,
        string? Room,
        Instant Starts,
        Instant Ends,
        int Sequence
    )
    {
        /// <summary>Who led it, was needed at it or would have spoken: their own calendars say so.</summary>
        public IReadOnlyList<int> People { get; init; } = [];
    }

    private sealed class AsText<T>(IPattern<T> pattern) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            pattern.Parse(reader.GetString() ?? "") is { Success: true } parsed
                ? parsed.Value
                : throw new JsonException($"'{reader.GetString()}' is not a time.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(pattern.Format(value));
    }
}
