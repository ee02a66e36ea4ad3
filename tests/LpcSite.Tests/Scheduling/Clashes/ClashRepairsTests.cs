using LpcSite.Conferences;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Clashes;

/// <summary>What would end a clash does end it, and costs nothing worse.</summary>
public sealed class ClashRepairsTests
{
    private const int Day = 24 * 60;

    // Two rooms, two days; a morning and an afternoon, each whole and in halves around a break.
    private static readonly IReadOnlyList<GridPlace> Grid =
    [
        .. from day in new[] { 0, Day }
        from start in new[] { 0, 300 }
        from time in new[]
        {
            (After: start, Minutes: 210, IsHalf: false),
            (After: start, Minutes: 90, IsHalf: true),
            (After: start + 120, Minutes: 90, IsHalf: true),
        }
        from room in new[] { 1, 2 }
        select new GridPlace(room, new(At(day + time.After), At(day + time.After + time.Minutes)), time.IsHalf),
    ];

    private static readonly HashSet<string> Nothing = [];

    [Fact]
    public void For_TwoLedByOne_MovesOneToTheNearestFreeHalfDay()
    {
        var schedule = Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 2, 0, 210, leads: [7]));

        var suggestions = Suggest(schedule);

        Assert.Equal([(10, 1, 300), (20, 2, 300), (10, 1, Day)], suggestions.Select(Place));
        Assert.Equal(
            "Move MC 1 to Herbert, Monday 12 September 2022, 15:00–18:30 Europe/Dublin.",
            suggestions[0].Sentence(schedule)
        );
        Assert.Equal("It mends this clash and makes none.", suggestions[0].Effect);
    }

    [Fact]
    public void For_WhatIsLocked_MovesTheOther()
    {
        var locked = Some.Session(1, 1, 0, 210, leads: [7]) with { IsLocked = true };

        Assert.All(
            Suggest(Some.Schedule(locked, Some.Session(2, 2, 0, 210, leads: [7]))),
            s => Assert.Equal(20, s.Slot)
        );
        Assert.Empty(Suggest(Some.Schedule(locked, Some.Session(2, 2, 0, 210, leads: [7]) with { IsLocked = true })));
    }

    [Theory]
    [InlineData(SessionForm.Half, 90)]
    [InlineData(SessionForm.Full, 210)]
    [InlineData(SessionForm.NoAv, 210)]
    [InlineData(null, 210)]
    public void For_AForm_IsAPlaceOfItsLength(SessionForm? form, int minutes)
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 90, leads: [7]) with
            {
                Form = form,
            },
            Some.Session(2, 2, 0, 210, leads: [7]) with
            {
                IsLocked = true,
            }
        );

        Assert.All(Suggest(schedule), s => Assert.Equal(minutes, s.After.Minutes));
        Assert.NotEmpty(Suggest(schedule));
    }

    [Fact]
    public void For_APartOfASplitSession_KeepsItsLengthAndNeverMeetsTheOtherPart()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 90, leads: [7]),
            Some.Session(1, 1, 120, 90, leads: [7]) with
            {
                Slot = 11,
                Uid = "mc-1-2",
            },
            Some.Session(2, 2, 0, 90, leads: [7]) with
            {
                IsLocked = true,
                Form = SessionForm.Half,
            }
        );

        var moves = Suggest(schedule);

        Assert.All(moves, s => Assert.Equal((10, 90), (s.Slot, s.After.Minutes)));
        Assert.DoesNotContain(moves, s => Place(s) is (_, _, 120));
        Assert.NotEmpty(moves);
    }

    [Fact]
    public void For_AnArrangedSession_IsNoPlaceThatCutsItOff()
    {
        var late = Some.Session(1, 1, 0, 210, [7], [], Some.Topic(1, 60, 40, 8)) with { Form = SessionForm.Half };

        Assert.Empty(Suggest(Some.Schedule(late, Some.Session(2, 2, 0, 210, leads: [7]) with { IsLocked = true })));
    }

    [Theory]
    [InlineData(SlotKind.Plenary, null)]
    [InlineData(SlotKind.Hold, 1)]
    [InlineData(SlotKind.Track, 1)]
    public void For_RoomsThatAreTaken_LeavesThemAlone(SlotKind kind, int? room)
    {
        var taken = Some.Session(9, 1, 300, 30) with { Kind = kind, Microconference = null, Room = room };
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, leads: [7]),
            Some.Session(2, 2, 0, 210, leads: [7]) with
            {
                IsLocked = true,
            },
            taken
        );

        var places = Suggest(schedule).Select(Place).ToList();

        Assert.Equal((10, 1, Day), places[0]);
        Assert.Equal(kind is not SlotKind.Plenary, places.Contains((10, 2, 300)));
        Assert.DoesNotContain((10, 1, 300), places);
    }

    [Fact]
    public void For_PlacesThatMakeAnotherHardClash_LeavesThemAlone()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, leads: [7, 8]),
            Some.Session(2, 2, 0, 210, leads: [7]) with
            {
                IsLocked = true,
            },
            Some.Session(3, 2, 300, 210, leads: [8]),
            Some.Session(4, 2, Day, 210, attendees: [8])
        );

        var places = Suggest(schedule, schedule => schedule.First(c => c.Person == 7)).Select(Place).ToList();

        Assert.DoesNotContain(places, p => p is (_, _, 300));
        Assert.Equal((10, 1, Day + 300), places[0]);
        Assert.Equal((10, 1, Day), places[1]);
    }

    [Fact]
    public void For_AWalk_MovesIntoTheSameRoom()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 300, leads: [7]) with
            {
                IsLocked = true,
            },
            Some.Session(2, 2, 300, 210, leads: [7]) with
            {
                Form = SessionForm.NoAv,
            }
        );

        Assert.Contains((20, 1, 300), Suggest(schedule).Select(Place));
    }

    [Fact]
    public void For_ATopic_ChangesPlacesWithOneOfItsLength()
    {
        var session = Some.Session(
            2,
            2,
            0,
            90,
            [],
            [],
            Some.Topic(1, 0, 30, 7),
            Some.Topic(2, 30, 20, 8),
            Some.Topic(3, 60, 30, 9)
        ) with
        {
            IsLocked = true,
        };
        var schedule = Some.Schedule(Some.Session(1, 1, 0, 40, leads: [7]) with { IsLocked = true }, session);

        var only = Assert.Single(Suggest(schedule));

        Assert.Equal((20, false), (only.Slot, only.IsMove));
        Assert.Equal("In MC 2, let “Topic 1” and “Topic 3” change places.", only.Sentence(schedule));
        Assert.Equal([At(60), At(30), At(0)], only.After.Items.Select(i => i.Starts!.Value));
    }

    [Theory]
    [InlineData(40, 50, "10:45")]
    [InlineData(40, 75, "10:45")]
    [InlineData(40, 76, null)]
    [InlineData(60, 50, "11:05")]
    public void For_ATopic_MovesIntoAGapThatIsLongEnough(int busyUntil, int nextMinutes, string? expected)
    {
        var session = Some.Session(
            2,
            2,
            0,
            150,
            [],
            [],
            Some.Topic(1, 0, 30, 7),
            Some.Topic(2, 150 - nextMinutes, nextMinutes, 8)
        ) with
        {
            IsLocked = true,
        };
        var schedule = Some.Schedule(Some.Session(1, 1, 0, busyUntil, leads: [7]) with { IsLocked = true }, session);

        var only = Suggest(schedule).SingleOrDefault();

        Assert.Equal(
            expected is null ? null : $"In MC 2, let “Topic 1” begin at {expected} Europe/Dublin.",
            only?.Sentence(schedule)
        );
    }

    [Fact]
    public void For_ATopicWithoutATime_GetsOneWhereItsSpeakerCanBe()
    {
        var session = Some.Session(2, 2, 0, 90, [], [], Some.Topic(1, null, 30, 7)) with { IsLocked = true };
        var schedule = Some.Schedule(Some.Session(1, 1, 0, 40, leads: [7]) with { IsLocked = true }, session);

        Assert.Equal(
            "In MC 2, let “Topic 1” begin at 10:45 Europe/Dublin.",
            Assert.Single(Suggest(schedule)).Sentence(schedule)
        );
    }

    [Fact]
    public void For_ATopicWhoseOtherTimesClashToo_SuggestsNoOrder()
    {
        var session = Some.Session(2, 2, 0, 60, [], [], Some.Topic(1, 0, 30, 7), Some.Topic(2, 30, 30, 8)) with
        {
            IsLocked = true,
        };

        Assert.Empty(
            Suggest(
                Some.Schedule(
                    Some.Session(1, 1, 0, 30, leads: [7]) with
                    {
                        IsLocked = true,
                    },
                    Some.Session(3, 1, 30, 30, leads: [8, 7]) with
                    {
                        IsLocked = true,
                    },
                    session
                ),
                found => found.First(c => c.Key == "7:mc-1.10:mc-2.20.1:Hard")
            )
        );
    }

    [Fact]
    public void For_ALeadWhoIsAway_MovesToWhenNobodyOfThemIs()
    {
        var schedule = Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7, 8]));

        var moves = Suggest(
            schedule,
            found => found.Single(c => c.Person == 7),
            Some.Away((7, 0, 30), (8, Day, Day + 300))
        );

        Assert.Equal([(10, 1, 300), (10, 1, Day + 300)], moves.Select(Place));
        Assert.Equal("It mends this clash and makes none.", moves[0].Effect);
    }

    [Fact]
    public void For_TwoLedByOne_NeverMovesThemToWhereSomebodyIsAway()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, leads: [7, 8]),
            Some.Session(2, 2, 0, 210, leads: [7]) with
            {
                IsLocked = true,
            }
        );

        Assert.Equal(
            [(10, 1, Day), (10, 1, Day + 300)],
            Suggest(schedule, circumstances: Some.Away((8, 300, 600))).Select(Place)
        );
    }

    [Theory]
    [InlineData("10:20", false)]
    [InlineData("11:00", true)]
    public void For_ATopicWhoseSpeakerIsAwayOrHasNight_MovesItBehindThat(string expected, bool isNight)
    {
        // In Halifax it is six in the morning.
        var topic = Some.Topic(1, 0, 30, 7);
        var session = Some.Session(
            2,
            2,
            0,
            120,
            [],
            [],
            topic with
            {
                Speakers = [topic.Speakers[0] with { IsRemote = true }],
            }
        ) with
        {
            IsLocked = true,
        };
        var schedule = Some.Schedule(session);

        var only = Assert.Single(
            Suggest(schedule, circumstances: isNight ? Some.In("America/Halifax", 7) : Some.Away((7, -10, 20)))
        );

        Assert.Equal($"In MC 2, let “Topic 1” begin at {expected} Europe/Dublin.", only.Sentence(schedule));
    }

    [Fact]
    public void For_ARoomThatIsTooSmall_IsOneWithSeatsForThem()
    {
        var schedule = Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), Some.Session(2, 3, 0, 210));
        schedule = schedule with { Rooms = [.. schedule.Rooms, new(3, "Hall", 500, null), new(4, "Tent", 150, null)] };
        IReadOnlyList<GridPlace> grid =
        [
            .. Grid,
            .. Grid.Where(p => p.Room == 1).SelectMany(p => new[] { p with { Room = 3 }, p with { Room = 4 } }),
        ];
        var circumstances = Some.Starred((1, 200), (2, 20));

        var moves = new ClashRepairs(schedule, circumstances, grid, Nothing).For(
            Assert.Single(ClashFinder.Find(schedule, circumstances))
        );

        Assert.Equal([(10, 3, 300), (10, 3, Day), (10, 3, Day + 300)], moves.Where(s => s.With is null).Select(Place));
        Assert.Equal(
            [((10, 3, 0), 1)],
            moves.Where(s => s.With is not null).Select(s => (Place(s), s.With!.After.Room!.Value))
        );
    }

    // Schedules without a plan: whatever is suggested for them is applied, and what was promised is counted again.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void For_AnySchedule_KeepsWhatItPromises(int seed)
    {
        var random = new Random(seed);
        var schedule = AnySchedule(random);
        schedule = schedule with
        {
            Rooms =
            [
                .. schedule.Rooms.Append(new(3, "Hall", 500, null)).Select(r => r with { Equipment = "Microphones" }),
            ],
        };
        var circumstances = new Circumstances(
            Some.Away([
                .. Enumerable
                    .Range(0, 12)
                    .Select(_ => (Person: random.Next(25), From: random.Next(2) * Day + random.Next(500)))
                    .Select(a => (a.Person, a.From, a.From + 120)),
            ]).Absences,
            Some.In("America/Los_Angeles", [.. Enumerable.Range(0, 6)]).Zones,
            Some.Starred((1, 130), (2, 130), (3, 20)).Stars
        );
        var before = ClashFinder.Find(schedule, circumstances);
        IReadOnlyList<GridPlace> grid =
        [
            .. Grid,
            .. Grid.Where(p => p.Room == 1).Select(p => p with { Room = 3 }),
            .. Grid.Select(p =>
                p with
                {
                    During = new(p.During.Start + Duration.FromDays(2), p.During.End + Duration.FromDays(2)),
                }
            ),
        ];
        var clashRepairs = new ClashRepairs(schedule, circumstances, grid, Nothing);
        var seen = 0;
        foreach (
            var (clash, clashRepair) in before.SelectMany(clash =>
                clashRepairs.For(clash).Select(clashRepair => (clash, clashRepair))
            )
        )
        {
            var changed = clashRepair.In(schedule);
            var after = ClashFinder.Find(changed, circumstances);

            Assert.DoesNotContain(after, c => c.IsBetweenTheSameAs(clash));
            Assert.True(after.Count <= before.Count);
            Assert.Equal(before.Count + clashRepair.Balance, after.Count);
            Assert.DoesNotContain(
                after.ExceptBy(before.Select(c => c.Key), c => c.Key),
                c => c.Severity is ClashSeverity.Hard
            );
            Assert.DoesNotContain(
                after.ExceptBy(before.Select(c => c.Key), c => c.Key),
                c => c.Other.Role is NeedRole.Away or NeedRole.Seats
            );
            Assert.Equal(
                before.Select(c => c.Key).Except(after.Select(c => c.Key)).Order(),
                clashRepair.Mended.Select(c => c.Key).Order()
            );
            Assert.False(clashRepair.IsMove && clashRepair.Before.IsLocked);
            Assert.DoesNotContain(
                changed.Entries,
                e =>
                    e.Slot != clashRepair.Slot
                    && clashRepair.IsMove
                    && e.Room == clashRepair.After.Room
                    && e.Starts < clashRepair.After.Ends
                    && clashRepair.After.Starts < e.Ends
            );
            seen++;
        }

        Assert.InRange(seen, 5, 1000);
        Assert.All(
            before,
            clash => Assert.True(clashRepairs.For(clash).Count(s => s.IsMove) <= ClashRepairs.MostMoves)
        );
    }

    // As many as for Find, each of them clashing.
    [Fact]
    public void For_AllClashesOf25Microconferences_FindsSome()
    {
        var schedule = Some.Schedule([
            .. Enumerable
                .Range(0, 25)
                .Select(mc =>
                    Some.Session(
                        mc + 1,
                        mc % 5 + 1,
                        mc / 5 * 300,
                        210,
                        [mc * 3, mc * 3 + 1, (mc * 3 + 3) % 75],
                        [.. Enumerable.Range(100, 12).Select(p => (p + mc * 7) % 600)],
                        [
                            .. Enumerable
                                .Range(0, 8)
                                .Select(t =>
                                    Some.Topic(
                                        mc * 8 + t,
                                        mc / 5 * 300 + t * 25,
                                        25,
                                        (mc * 31 + t * 17) % 600,
                                        (mc * 13 + t * 29) % 600
                                    )
                                ),
                        ]
                    )
                ),
        ]);
        IReadOnlyList<GridPlace> grid =
        [
            .. Enumerable
                .Range(1, 7)
                .SelectMany(room => Grid.Where(p => p.Room == 1).Select(p => p with { Room = room })),
        ];

        var clashRepairs = new ClashRepairs(schedule, Circumstances.None, grid, Nothing);
        var all = ClashFinder.Find(schedule, Circumstances.None).SelectMany(clashRepairs.For).ToList();

        Assert.NotEmpty(all);
    }

    [Fact]
    public void Grid_OfAConference_IsEveryRoomAtEveryHalfDayAndHalf()
    {
        var conference = new Conference(
            "2022",
            "Plumbing",
            "P",
            new LocalDate(2022, 9, 12),
            new LocalDate(2022, 9, 14),
            DateTimeZoneProviders.Tzdb["Europe/Dublin"],
            "Dublin"
        );
        conference.Arrange([("Herbert", 100, null), ("Ulster", 50, null)]);
        var usual = GridPlace.Of(conference);
        conference.Divide([(null, "Whole day", new(9, 0), new(17, 0), null, 0)]);

        Assert.Equal(3 * 2 * 3 * 2, usual.Count);
        Assert.Equal((At(0), At(210)), usual.Where(p => !p.IsHalf).Select(p => (p.During.Start, p.During.End)).First());
        Assert.Equal([false, false, false, false, false, false], GridPlace.Of(conference).Select(p => p.IsHalf));
    }

    [Fact]
    public void For_AFullGrid_ExchangesTwoThatCanBothBeThere()
    {
        // Both rooms are full on both days; only exchanges with what is in the afternoon end it.
        var schedule = Full(
            (1, 1, 0, [7]),
            (2, 2, 0, [7]),
            (3, 1, 300, [8]),
            (4, 2, 300, [11]),
            (5, 1, Day, [7]),
            (6, 2, Day, [9]),
            (7, 1, Day + 300, [7]),
            (8, 2, Day + 300, [10])
        );

        var swaps = Suggest(schedule, found => found.Single(c => c.Person == 7 && c.Severity is ClashSeverity.Hard));

        Assert.All(swaps, s => Assert.NotNull(s.With));
        Assert.Equal((10, 30), (swaps[0].Slot, swaps[0].With!.Before.Slot));
        Assert.InRange(swaps.Count, 1, ClashRepairs.MostSwaps);
        Assert.DoesNotContain(
            ClashFinder.Find(swaps[0].In(schedule), Circumstances.None),
            c => c.Severity is ClashSeverity.Hard && c.Concerns("mc-2")
        );
        Assert.Equal(
            "Let MC 1 and MC 3 change places: MC 1 in Herbert, Monday 12 September 2022, 15:00–18:30 Europe/Dublin; "
                + "MC 3 in Herbert, Monday 12 September 2022, 10:00–13:30 Europe/Dublin.",
            swaps[0].Sentence(schedule)
        );
    }

    [Theory]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    [InlineData(false, false, 1)]
    public void For_AnExchange_AsksTheOtherToo(bool isLocked, bool isAway, int expected)
    {
        var two = Full((1, 1, 0, [7]), (2, 2, 0, [7]), (3, 1, 300, [8]));
        var schedule = two with
        {
            Entries = [.. two.Entries.Select(e => e with { IsLocked = e.Slot == 20 || (e.Slot == 30 && isLocked) })],
        };
        var grid = Array.Empty<GridPlace>();

        var found = new ClashRepairs(schedule, isAway ? Some.Away((8, 0, 30)) : Circumstances.None, grid, Nothing).For(
            ClashFinder.Find(schedule, Circumstances.None)[0]
        );

        Assert.Equal(expected, found.Count);
    }

    [Theory]
    [InlineData(SessionForm.Full, "Microphones", "none", false)]
    [InlineData(SessionForm.Full, "Microphones", null, false)]
    [InlineData(SessionForm.Full, "Microphones", "Microphones, cameras", true)]
    [InlineData(null, "Microphones", "No A/V", false)]
    [InlineData(SessionForm.NoAv, "Microphones", null, true)]
    [InlineData(SessionForm.Full, null, null, true)]
    public void For_ARoomWithoutWhatItCountsOn_IsNoPlace(SessionForm? form, string? here, string? there, bool expected)
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, leads: [7]) with
            {
                Form = form,
            },
            Some.Session(2, 2, 0, 210, leads: [7]) with
            {
                IsLocked = true,
            }
        );
        schedule = schedule with
        {
            Rooms =
            [
                new(1, "Herbert", 120, here),
                new(2, "Meeting 1&2", null, "Microphones"),
                new(3, "Cellar", null, there),
            ],
        };
        IReadOnlyList<GridPlace> grid = [.. Grid.Where(p => p.Room == 1).Select(p => p with { Room = 3 })];

        var found = new ClashRepairs(schedule, Circumstances.None, grid, Nothing).For(
            ClashFinder.Find(schedule, Circumstances.None)[0]
        );

        Assert.Equal(expected, found.Any(s => s.After.Room == 3));
    }

    [Fact]
    public void For_AnExchange_LeavesSoundAndPictureToThoseWhoCountOnThem()
    {
        var all = Full((1, 1, 0, [7]), (2, 2, 0, [7]), (3, 3, 300, [8]), (4, 1, 300, [9]));
        var schedule = all with
        {
            Rooms =
            [
                new(1, "Herbert", 120, "Cameras"),
                new(2, "Meeting 1&2", null, "Cameras"),
                new(3, "Cellar", null, null),
            ],
            Entries =
            [
                .. all.Entries.Select(e =>
                    e with
                    {
                        IsLocked = e.Slot == 20,
                        Form = e.Slot == 30 ? SessionForm.NoAv : SessionForm.Full,
                    }
                ),
            ],
        };

        var found = new ClashRepairs(schedule, Circumstances.None, [], Nothing).For(
            ClashFinder.Find(schedule, Circumstances.None)[0]
        );

        Assert.Equal([40], found.Select(s => s.With!.Before.Slot));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(200, false)]
    public void For_ARoomThatDoesNotHoldThem_IsNoPlaceAndNoExchange(int stars, bool expected)
    {
        var schedule = Full((1, 3, 0, [7]), (2, 2, 0, [7]), (3, 1, 300, [8]));
        schedule = schedule with
        {
            Rooms = [.. schedule.Rooms, new(3, "Hall", 500, null)],
            Entries = [.. schedule.Entries.Select(e => e with { IsLocked = e.Slot == 20 })],
        };
        var circumstances = Some.Starred((1, stars), (3, 20));

        var found = new ClashRepairs(schedule, circumstances, [.. Grid.Where(p => p.Room == 1)], Nothing).For(
            ClashFinder.Find(schedule, circumstances)[0]
        );

        Assert.Equal(expected, found.Any(s => s.With is not null));
        Assert.Equal(expected, found.Any(s => s.With is null && s.After.Room == 1));
    }

    [Fact]
    public void For_ATimeAtWhichAKeyAttendeeIsAway_IsNoPlace()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, leads: [7], attendees: [8]),
            Some.Session(2, 2, 0, 210, leads: [7]) with
            {
                IsLocked = true,
            }
        );

        Assert.DoesNotContain(
            Suggest(schedule, circumstances: Some.Away((8, 300, 310))).Select(Place),
            p => p is (_, _, 300)
        );
    }

    [Fact]
    public void For_WhatTradesOneClashForAnotherAsBad_IsNoHelp()
    {
        // At every other time the same attendee is wanted elsewhere.
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, attendees: [7]),
            Some.Session(2, 2, 0, 210, attendees: [7]) with
            {
                IsLocked = true,
            },
            Some.Session(3, 2, 300, 210, attendees: [7]) with
            {
                IsLocked = true,
            },
            Some.Session(4, 2, Day, 210, attendees: [7]) with
            {
                IsLocked = true,
            },
            Some.Session(5, 2, Day + 300, 210, attendees: [7]) with
            {
                IsLocked = true,
            }
        );

        Assert.Empty(Suggest(schedule));
    }

    [Fact]
    public void For_WhatMayStay_CountsNeitherAsGainNorAsCost()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, leads: [7], attendees: [8]),
            Some.Session(2, 2, 0, 210, leads: [7], attendees: [8]) with
            {
                IsLocked = true,
            },
            Some.Session(3, 2, 300, 210, attendees: [8]) with
            {
                IsLocked = true,
            }
        );
        var accepted = new HashSet<string> { "8:mc-1.10:mc-2.20:Parallel", "8:mc-1.10:mc-3.30:Parallel" };

        var found = new ClashRepairs(schedule, Circumstances.None, Grid, accepted).For(
            ClashFinder.Find(schedule, Circumstances.None)[0]
        );

        Assert.Equal((10, 1, 300), Place(found[0]));
        Assert.All(found, s => Assert.Equal("It mends this clash and makes none.", s.Effect));
    }

    [Fact]
    public void For_ASessionBesideAPlenary_MovesItAway()
    {
        var plenary = Some.Session(9, 2, 0, 60) with
        {
            Kind = SlotKind.Plenary,
            Microconference = null,
            Slug = null,
            Title = "Opening",
        };
        var schedule = Some.Schedule(Some.Session(1, 1, 0, 210, leads: [7]), plenary);

        Assert.Equal([(10, 1, 300), (10, 1, Day), (10, 1, Day + 300)], Suggest(schedule).Select(Place));
    }

    private static ScheduleDocument Full(params (int Mc, int Room, int After, int[] Leads)[] sessions) =>
        Some.Schedule([.. sessions.Select(s => Some.Session(s.Mc, s.Room, s.After, 210, leads: s.Leads))]);

    private static ScheduleDocument AnySchedule(Random random) =>
        Some.Schedule([
            .. Enumerable
                .Range(1, 6)
                .Select(mc =>
                {
                    var (start, people) = (
                        random.Next(2) * Day + random.Next(2) * 300,
                        Enumerable.Range(0, 4).Select(_ => random.Next(25)).Distinct().ToArray()
                    );
                    return Some.Session(
                        mc,
                        mc % 3,
                        start,
                        210,
                        people[..1],
                        people[1..],
                        [
                            .. Enumerable
                                .Range(0, 5)
                                .Select(t =>
                                    Some.Topic(
                                        mc * 10 + t,
                                        random.Next(5) == 0 ? null : start + t * 40,
                                        30,
                                        random.Next(25),
                                        random.Next(40)
                                    )
                                ),
                        ]
                    ) with
                    {
                        IsLocked = random.Next(5) == 0,
                    };
                })
                .Select(e =>
                    e with
                    {
                        Items =
                        [
                            .. e.Items.Select(i =>
                                i with
                                {
                                    Speakers = [.. i.Speakers.Select(s => s with { IsRemote = s.Person < 6 })],
                                }
                            ),
                        ],
                    }
                ),
        ]);

    private static IReadOnlyList<ClashRepair> Suggest(
        ScheduleDocument schedule,
        Func<IReadOnlyList<Clash>, Clash>? which = null,
        Circumstances? circumstances = null
    ) =>
        new ClashRepairs(schedule, circumstances ?? Circumstances.None, Grid, Nothing).For(
            (which ?? (found => found.Single()))(ClashFinder.Find(schedule, circumstances ?? Circumstances.None))
        );

    private static (int Slot, int? Room, int After) Place(ClashRepair s) =>
        (s.Slot, s.After.Room, (int)(s.After.Starts - Some.Ten).TotalMinutes);

    private static Instant At(int minutes) => Some.Ten + Duration.FromMinutes(minutes);
}
