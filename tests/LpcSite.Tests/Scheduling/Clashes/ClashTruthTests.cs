using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using NodaTime;
using Interval = NodaTime.Interval;

namespace LpcSite.Tests.Scheduling.Clashes;

/// <summary>
/// What the engine finds is what there is, neither less nor more: in a large programme that is known, and in any small
/// one.
/// </summary>
public sealed class ClashTruthTests
{
    private const int Day = 24 * 60;

    // Sixty sessions of five topics on five days, in six rooms; everybody has one thing to do but for seven times.
    [Fact]
    public void Find_SevenOverlapsPlantedAmong300Topics_AreThoseSeven()
    {
        var entries = Programme().ToDictionary(e => e.Slot);
        Assert.Equal(300, entries.Values.Sum(e => e.Items.Count));
        Assert.Empty(ClashFinder.Find(Conference(entries.Values), Circumstances.None));

        // One person leads the same two on Monday and on Tuesday.
        Lead(entries, 9001, 10, 20);
        entries[11] = Part(entries[10], 11, 1, Day + 600, 60);
        entries[21] = Part(entries[20], 21, 2, Day + 630, 60);

        // One leads past midnight, and speaks early on the next day.
        entries[70] = Moved(entries[70], 3, (2 * Day) + 720, 240);
        entries[80] = Moved(entries[80], 4, (2 * Day) + 930, 60) with
        {
            Items = [Some.Topic(9080, (2 * Day) + 930, 30, 9002)],
        };
        Lead(entries, 9002, 70);

        // One comes late from another room; another stays in the same room, and is not late.
        entries[130] = Moved(entries[130], 1, (2 * Day) + 480, 30);
        entries[140] = Moved(entries[140], 2, (2 * Day) + 512, 30);
        entries[150] = Moved(entries[150], 1, (2 * Day) + 510, 30);
        Lead(entries, 9003, 130, 140);
        Lead(entries, 9004, 130, 150);

        // Parts that follow each other in two rooms are one session; in the second of them its speaker is needed
        // elsewhere.
        entries[190] = Moved(entries[190], 5, (3 * Day) + 480, 60) with
        {
            Items = [],
        };
        entries[191] = Part(entries[190], 191, 6, (3 * Day) + 540, 60) with
        {
            Items = [Some.Topic(9190, (3 * Day) + 550, 20, 9005)],
        };
        Lead(entries, 9006, 190, 191);
        entries[200] = Moved(entries[200], 1, (3 * Day) + 480, 120) with
        {
            Items = [Some.Topic(9200, (3 * Day) + 490, 20, 9005), Some.Topic(9201, (3 * Day) + 565, 20, 9005)],
        };

        // One is wanted in two at once from start to end, and one in a session that will not be held.
        entries[250] = entries[250] with
        {
            KeyAttendees = [Name(9007), Name(9008)],
        };
        entries[260] = entries[260] with { KeyAttendees = [Name(9007)] };
        entries[270] = entries[270] with { KeyAttendees = [Name(9008)], Status = MicroconferenceStatus.Withdrawn };

        // Half of one of two topics of one speaker.
        var (one, other) = (entries[310], entries[320]);
        entries[310] = one with { Items = [Topic(one, 9310, 0, 9009), Topic(one, 9311, 60, 9009)] };
        entries[320] = other with { Items = [Topic(other, 9320, 75, 9009), Topic(other, 9321, 120, 9009)] };

        var found = ClashFinder.Find(Conference(entries.Values), Circumstances.None);

        Assert.Equal(
            [
                (9001, ClashSeverity.Hard, 0, 210),
                (9001, ClashSeverity.Hard, Day + 630, Day + 660),
                (9002, ClashSeverity.Hard, (2 * Day) + 930, (2 * Day) + 960),
                (9003, ClashSeverity.Walk, (2 * Day) + 510, (2 * Day) + 512),
                (9005, ClashSeverity.Hard, (3 * Day) + 565, (3 * Day) + 570),
                (9007, ClashSeverity.Parallel, Minute(entries[250].Starts), Minute(entries[250].Ends)),
                (9009, ClashSeverity.Hard, Minute(entries[310].Starts) + 75, Minute(entries[310].Starts) + 90),
            ],
            found.Select(c => (c.Person!.Value, c.Severity, Minute(c.During.Start), Minute(c.During.End))).Order()
        );
        Assert.Equal(7, found.Select(c => c.Key).Distinct().Count());
    }

    [Property(MaxTest = 400)]
    public Property Find_AnyProgramme_IsWhatCountingByHandGives() =>
        Prop.ForAll(
            Programmes(),
            schedule =>
            {
                var found = ClashFinder.Find(schedule, Circumstances.None).Where(c => c.Person is not null).ToList();
                Assert.Equal(
                    ByHand(schedule),
                    found
                        .Select(c =>
                            Line.Of(c.Person!.Value, c.One.Slot!.Value, c.Other.Slot!.Value, c.Severity, c.During)
                        )
                        .OrderBy(l => l.Place)
                );
                Assert.Equal(found.Count, found.Select(c => c.Key).Distinct().Count());
            }
        );

    [Property(MaxTest = 200)]
    public Property Key_OfEachClash_StaysWhateverHappensToTheWholeDay(int hours, bool isElsewhere) =>
        Prop.ForAll(
            Programmes(),
            schedule =>
            {
                var moved = schedule with
                {
                    Entries =
                    [
                        .. schedule.Entries.Select(e => Later(e, Duration.FromHours(hours % 1000), isElsewhere)),
                    ],
                };
                Assert.Equal(Keys(schedule), Keys(moved));
            }
        );

    private static IEnumerable<string> Keys(ScheduleDocument schedule) =>
        ClashFinder
            .Find(schedule, Circumstances.None)
            .Where(c => c.Severity is not ClashSeverity.Walk)
            .Select(c => c.Key)
            .Order(StringComparer.Ordinal);

    // Everything of this is written as slowly and as plainly as can be: all of one person, two by two.
    private static IEnumerable<Line> ByHand(ScheduleDocument schedule)
    {
        var needs =
            new List<(
                int Person,
                int Mc,
                int Slot,
                int? Room,
                string Role,
                bool IsWhole,
                Interval During,
                bool IsRemote
            )>();
        foreach (var e in schedule.Entries)
        {
            if (e.Microconference is not { } mc || e.Status is MicroconferenceStatus.Withdrawn)
            {
                continue;
            }

            needs.AddRange(e.Leads.Select(l => (l.Person, mc, e.Slot, e.Room, "firm", true, e.During, false)));
            needs.AddRange(e.KeyAttendees.Select(k => (k.Person, mc, e.Slot, e.Room, "loose", true, e.During, false)));
            foreach (var item in e.Items.Where(i => i.Starts is not null))
            {
                needs.AddRange(
                    item.Speakers.Select(s =>
                        (
                            s.Person,
                            mc,
                            e.Slot,
                            e.Room,
                            s.IsAlternative ? "loose" : "firm",
                            false,
                            new Interval(item.Starts, item.Ends),
                            s.IsRemote
                        )
                    )
                );
            }

            // What has no time may be in every part.
            foreach (
                var item in schedule
                    .Entries.Where(o => o.Microconference == mc && o.Status is MicroconferenceStatus.Accepted)
                    .SelectMany(o => o.Items)
                    .Where(i => i.Starts is null)
            )
            {
                needs.AddRange(
                    item.Speakers.Select(s => (s.Person, mc, e.Slot, e.Room, "loose", true, e.During, s.IsRemote))
                );
            }
        }

        var lines = new List<Line>();
        foreach (var one in needs)
        {
            foreach (var other in needs.Where(o => o.Person == one.Person && o.Slot != one.Slot))
            {
                var (from, to) = (
                    Instant.Max(one.During.Start, other.During.Start),
                    Instant.Min(one.During.End, other.During.End)
                );
                if (from < to)
                {
                    var severity =
                        (one.Role, other.Role) is ("firm", "firm") ? ClashSeverity.Hard
                        : one.IsWhole && other.IsWhole ? ClashSeverity.Parallel
                        : ClashSeverity.Soft;
                    lines.Add(Line.Of(one.Person, one.Slot, other.Slot, severity, new(from, to)));
                }
                else if (
                    one.During.End <= other.During.Start
                    && (other.During.Start - one.During.End).TotalMinutes < 5
                    && one.Mc != other.Mc
                    && one.Room is not null
                    && other.Room is not null
                    && one.Room != other.Room
                    && !one.IsRemote
                    && !other.IsRemote
                    && (one.Role, other.Role) is ("firm", "firm")
                )
                {
                    lines.Add(
                        Line.Of(
                            one.Person,
                            one.Slot,
                            other.Slot,
                            ClashSeverity.Walk,
                            new(one.During.End, other.During.Start)
                        )
                    );
                }
            }
        }

        var told = new List<Line>();
        foreach (
            var line in lines
                .Distinct()
                .OrderBy(l => l.Severity)
                .ThenBy(l => l.Severity is ClashSeverity.Walk ? l.To - l.From : l.From - l.To)
                .ThenBy(l => l.From)
        )
        {
            if (!told.Exists(other => other.Tells(line)))
            {
                told.Add(line);
            }
        }

        return told.OrderBy(line => line.Place);
    }

    private static Arbitrary<ScheduleDocument> Programmes() =>
        (
            from count in Gen.Choose(2, 8)
            from entries in Entry().ListOf(count)
            select Some.Schedule([
                .. entries.Select(
                    (e, i) =>
                        e with
                        {
                            Slot = 10 + i,
                            Uid = FormattableString.Invariant($"slot-{i}"),
                            Items = Numbered(e, i),
                        }
                ),
            ])
        ).ToArbitrary();

    // Few people and few hours, so that much of it meets; also over midnight, and in three parts of one
    // microconference.
    private static Gen<ScheduleDocument.Entry> Entry() =>
        from mc in Gen.Choose(1, 4)
        from room in Gen.Choose(0, 2)
        from after in Gen.Choose(0, 120)
        from minutes in Gen.Choose(1, 24)
        from isGone in Gen.Choose(0, 9)
        from leads in Gen.Choose(1, 4).ListOf(1)
        from attendees in Gen.Choose(1, 4).ListOf(1)
        from hasLead in Gen.Elements(true, false)
        from isWanted in Gen.Elements(true, false)
        from items in Item(after * 10, minutes * 10).ListOf(2)
        select Some.Session(
            mc,
            room,
            after * 10,
            minutes * 10,
            hasLead ? [.. leads] : [],
            isWanted ? [.. attendees] : [],
            [.. items]
        ) with
        {
            Room = room == 0 ? null : room,
            Status = isGone == 0 ? MicroconferenceStatus.Withdrawn : MicroconferenceStatus.Accepted,
        };

    private static Gen<ScheduleDocument.Item> Item(int starts, int minutes) =>
        from speaker in Gen.Choose(1, 5)
        from at in Gen.Choose(0, Math.Max(0, minutes - 10))
        from isTimed in Gen.Elements(true, true, false)
        from isAlternative in Gen.Elements(true, false, false)
        from isRemote in Gen.Elements(true, false, false)
        let topic = Some.Topic(1, isTimed ? starts + at : null, 10, speaker)
        select topic with
        {
            Speakers = [topic.Speakers[0] with { IsAlternative = isAlternative, IsRemote = isRemote }],
        };

    private static IReadOnlyList<ScheduleDocument.Item> Numbered(ScheduleDocument.Entry e, int entry) =>
        [
            .. e.Items.Select(
                (item, i) =>
                    item with
                    {
                        Topic = (entry * 10) + i + 1,
                        Uid = FormattableString.Invariant($"topic-{(entry * 10) + i + 1}"),
                    }
            ),
        ];

    private static ScheduleDocument.Entry Later(ScheduleDocument.Entry e, Duration later, bool isElsewhere) =>
        e with
        {
            Title = $"{e.Title} renamed",
            Room = isElsewhere ? 3 - e.Room : e.Room,
            Starts = e.Starts + later,
            Ends = e.Ends + later,
            Items = [.. e.Items.Select(i => i with { Starts = i.Starts + later })],
        };

    private static IEnumerable<ScheduleDocument.Entry> Programme() =>
        Enumerable
            .Range(0, 60)
            .Select(i =>
            {
                var (mc, starts) = (i + 1, (i / 12 * Day) + (i / 6 % 2 * 300));
                return Some.Session(
                    mc,
                    (i % 6) + 1,
                    starts,
                    210,
                    [(mc * 100) + 1, (mc * 100) + 2],
                    [(mc * 100) + 3],
                    [
                        .. Enumerable
                            .Range(0, 5)
                            .Select(t =>
                                Some.Topic(
                                    (mc * 10) + t,
                                    starts + (t * 40),
                                    40,
                                    (mc * 100) + 10 + t,
                                    (mc * 100) + 20 + t
                                )
                            ),
                    ]
                );
            });

    private static ScheduleDocument Conference(IEnumerable<ScheduleDocument.Entry> entries) =>
        Some.Schedule([.. entries.OrderBy(e => e.Starts)]);

    private static void Lead(Dictionary<int, ScheduleDocument.Entry> entries, int person, params int[] slots)
    {
        foreach (var slot in slots)
        {
            entries[slot] = entries[slot] with { Leads = [.. entries[slot].Leads, Name(person)] };
        }
    }

    private static ScheduleDocument.Entry Part(ScheduleDocument.Entry of, int slot, int room, int after, int minutes) =>
        Moved(of, room, after, minutes) with
        {
            Slot = slot,
            Uid = $"{of.Uid}-2",
            Items = [],
        };

    private static ScheduleDocument.Entry Moved(ScheduleDocument.Entry e, int room, int after, int minutes) =>
        e with
        {
            Room = room,
            Starts = Some.At(after),
            Ends = Some.At(after + minutes),
            Items = [],
        };

    private static ScheduleDocument.Item Topic(ScheduleDocument.Entry of, int id, int after, int speaker) =>
        Some.Topic(id, Minute(of.Starts) + after, 30, speaker);

    private static ScheduleDocument.Name Name(int person) =>
        new(person, FormattableString.Invariant($"person-{person}"), FormattableString.Invariant($"Person {person}"));

    private static int Minute(Instant instant) => (int)(instant - Some.Ten).TotalMinutes;

    private sealed record Line(int Person, int First, int Second, ClashSeverity Severity, Instant From, Instant To)
    {
        public static Line Of(int person, int one, int other, ClashSeverity severity, Interval during) =>
            new(person, Math.Min(one, other), Math.Max(one, other), severity, during.Start, during.End);

        // Whether whoever reads this one needs not read the other.
        public bool Tells(Line other) =>
            other != this
            && (Person, First, Second) == (other.Person, other.First, other.Second)
            && (Severity, other.Severity) switch
            {
                (ClashSeverity.Walk, ClashSeverity.Walk) => From <= other.To && other.From <= To,
                var (mine, theirs) when mine < theirs => From < other.To && other.From < To,
                var (mine, theirs) => mine == theirs && From <= other.From && other.To <= To,
            };

        public (int, int, int, int, Instant, Instant) Place => (Person, First, Second, (int)Severity, From, To);
    }
}
