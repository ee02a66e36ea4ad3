using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Scheduling;
using NodaTime;
using static LpcSite.Scheduling.Releases.ScheduleDocument;

namespace LpcSite.Tests.Exports.Schedule;

/// <summary>
/// Released schedules with everything odd that the tests know of, and one as large as a conference is likely to be.
/// </summary>
internal static class SomeSchedule
{
    public const string Origin = "https://lpc.example.org";

    /// <summary>What no format may choke on.</summary>
    public static readonly string Hostile =
        "]]> & <b>“bold”</b> \u0001\u0008\u007f 😀; commas, back\\slashes\\n\r\nand a second line\n\n- "
        + $"{string.Concat(Enumerable.Repeat("😀é", 80))}\n- {new string('x', 400)}";

    public static readonly string LongTitle =
        $"Łącza & ørnulf: {string.Join(' ', Enumerable.Repeat("bending pipes", 17))}"[..250].Trim();

    public static readonly Instant ReleasedAt = Instant.FromUtc(2022, 8, 1, 12, 30, 15);

    private static Instant Ten => Some.Ten;

    public static LatestRelease Everything() =>
        new(
            7,
            ReleasedAt,
            Some.Schedule(
                Slot(1, SlotKind.Plenary, "Opening & <welcome>", 1, -60, 30),
                Mc(
                    1,
                    "rust",
                    "Rust for łódź",
                    1,
                    0,
                    210,
                    [1, 2],
                    Hostile,
                    Topic(11, "Pinning ]]> & <safety>", 0, 30, Hostile, 3),
                    Topic(12, "Second", 30, 30, null, 3, 4),
                    Coffee(60),
                    Topic(13, LongTitle, 90, 45, "Text.", 6),
                    Topic(14, "Without a time", null, 20, null, 4)
                ),
                Mc(2, "pipes-and-pumps", "Pipes & pumps", 2, 0, 90, [5], null, Topic(22, "Later", null, null, null, 3)),
                Mc(3, "homeless", "Homeless", null, 0, 210, [6], "*Markdown* as typed."),
                Mc(4, "5g", "5G", null, 30, 60, [6], null),
                Slot(2, SlotKind.Track, "Kernel Summit", 3, 0, 420),
                Slot(3, SlotKind.Hold, "Secret walrus", 2, 120, 60),
                Mc(
                    2,
                    "pipes-and-pumps",
                    "Pipes & pumps",
                    3,
                    24 * 60,
                    90,
                    [5],
                    null,
                    Topic(21, "Bending", 24 * 60, 45, null, 4)
                ) with
                {
                    Uid = "mc-2-2",
                    Slot = 25,
                }
            ) with
            {
                Rooms =
                [
                    new(1, "Herbert", 120, null),
                    new(2, "Meeting 1&2", null, "Microphones, \"camera\""),
                    new(3, "Pump <room>", 30, ""),
                ],
                Cancelled =
                [
                    new("mc-9", "Gone for good", "gone", "Herbert", Ten, Ten + Duration.FromMinutes(90), 2)
                    {
                        People = [1],
                    },
                    new("topic-99", "No longer", "rust", "Herbert", Ten, Ten + Duration.FromMinutes(30), 1)
                    {
                        People = [3],
                    },
                ],
            }
        );

    /// <summary>The same with slides, a recording and a link at its first topic.</summary>
    public static LatestRelease WithMaterials() =>
        Everything() with
        {
            Materials = new (int Topic, MaterialLine Line)[]
            {
                (11, new(1, MaterialKind.Slides, null, null, null, "pinning & safety.pdf", "application/pdf", 12)),
                (
                    11,
                    new(
                        2,
                        MaterialKind.Link,
                        "Patches <v2>",
                        "https://lore.example.org/?a=1&b=2",
                        null,
                        null,
                        null,
                        null
                    )
                ),
                (11, new(3, MaterialKind.Recording, null, "https://video.example.org/watch?v=1", 90, null, null, null)),
            }.ToLookup(m => m.Topic, m => m.Line),
        };

    /// <summary>3 days, 7 rooms, 200 topics with text.</summary>
    public static LatestRelease Large()
    {
        var text = string.Join(
            '\n',
            Enumerable.Repeat(
                "A line of Markdown that says what the *problem* is, what was tried, and what choices there are.",
                15
            )
        );
        var sessions = Enumerable
            .Range(0, 40)
            .Select(i => (Mc: i + 1, Room: i % 7 + 1, After: i / 14 * 24 * 60 + i / 7 % 2 * 240))
            .Select(s =>
                Mc(
                    s.Mc,
                    FormattableString.Invariant($"mc-{s.Mc}"),
                    FormattableString.Invariant($"Microconference {s.Mc}"),
                    s.Room,
                    s.After,
                    210,
                    [s.Mc, s.Mc + 1],
                    text,
                    [
                        .. Enumerable
                            .Range(0, 5)
                            .Select(t =>
                                Topic(
                                    s.Mc * 5 + t,
                                    FormattableString.Invariant(
                                        $"Topic {s.Mc * 5 + t}, which has a title of usual length"
                                    ),
                                    s.After + t * 40,
                                    40,
                                    text,
                                    s.Mc * 3 + t
                                )
                            ),
                    ]
                )
            );
        return new(
            30,
            ReleasedAt,
            Some.Schedule([.. sessions.OrderBy(e => e.Starts)]) with
            {
                Rooms =
                [
                    .. Enumerable
                        .Range(1, 7)
                        .Select(r => new Place(r, FormattableString.Invariant($"Room {r}"), 100, null)),
                ],
            }
        );
    }

    public static Entry Mc(
        int id,
        string slug,
        string title,
        int? room,
        int after,
        int minutes,
        int[] leads,
        string? text,
        params Item[] items
    ) =>
        new(
            FormattableString.Invariant($"mc-{id}"),
            id * 10,
            SlotKind.Microconference,
            id,
            slug,
            title,
            MicroconferenceStatus.Accepted,
            SessionForm.Full,
            room,
            At(after),
            At(after + minutes),
            false,
            text,
            [.. leads.Select(Person)],
            [Person(8)],
            items,
            id
        );

    public static Entry Slot(int id, SlotKind kind, string title, int room, int after, int minutes) =>
        new(
            FormattableString.Invariant($"slot-{id}"),
            id,
            kind,
            null,
            null,
            title,
            null,
            null,
            room,
            At(after),
            At(after + minutes),
            false,
            null,
            [],
            [],
            []
        );

    public static Item Topic(int id, string title, int? after, int? minutes, string? text, params int[] speakers) =>
        new(
            FormattableString.Invariant($"topic-{id}"),
            id,
            false,
            title,
            after is { } start ? At(start) : null,
            minutes,
            text,
            [.. speakers.Select(s => new Speaker(s, Person(s).Slug, Person(s).FullName, s == 4, s == 3))],
            id % 2
        );

    private static Item Coffee(int after) => new(null, null, true, "Coffee", At(after), 30, null, []);

    private static Name Person(int id) =>
        new(
            id,
            FormattableString.Invariant($"person-{id}"),
            id == 1 ? "Åse Østby-Łoś" : FormattableString.Invariant($"Person {id}")
        );

    private static Instant At(int minutes) => Ten + Duration.FromMinutes(minutes);
}
