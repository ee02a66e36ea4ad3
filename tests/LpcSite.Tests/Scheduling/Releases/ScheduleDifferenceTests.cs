using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Releases;

/// <summary>What a release changes, in the sentences that readers get.</summary>
public sealed class ScheduleDifferenceTests
{
    private static readonly string[] Nothing = [];

    [Fact]
    public void Between_TheSame_SaysNothing() =>
        Assert.Equal(
            Nothing,
            Said(Some.Schedule(Some.Session(1, 1, 0, 210, [7])), Some.Schedule(Some.Session(1, 1, 0, 210, [7])))
        );

    [Theory]
    [InlineData(1, 0, 210, null)]
    [InlineData(2, 1740, 210, "MC 1 moved from Monday 10:00 in Herbert to Tuesday 15:00 in Meeting 1&2.")]
    [InlineData(1, 1740, 210, "MC 1 moved from Monday 10:00 to Tuesday 15:00, in Herbert as before.")]
    [InlineData(1, 1, 210, "MC 1 moved from Monday 10:00 to 10:01, in Herbert as before.")]
    [InlineData(2, 0, 210, "MC 1 is in Meeting 1&2 instead of Herbert.")]
    [InlineData(9, 0, 210, "MC 1 is not in Herbert any more; its room is open.")]
    [InlineData(9, 300, 210, "MC 1 moved from Monday 10:00 in Herbert to Monday 15:00, its room still open.")]
    [InlineData(1, 0, 90, "MC 1 lasts 1 hour 30 minutes instead of 3 hours 30 minutes.")]
    [InlineData(1, 0, 211, "MC 1 lasts 3 hours 31 minutes instead of 3 hours 30 minutes.")]
    [InlineData(
        2,
        300,
        60,
        "MC 1 moved from Monday 10:00 in Herbert to Monday 15:00 in Meeting 1&2, and lasts 1 hour instead of 3 "
            + "hours 30 minutes."
    )]
    public void Between_OneSlot_SaysWhereItWentAndHowLongItIs(int room, int after, int minutes, string? sentence)
    {
        var said = Said(
            Some.Schedule(Some.Session(1, 1, 0, 210)),
            Some.Schedule(Some.Session(1, room, after, minutes))
        );

        Assert.Equal(sentence, said.SingleOrDefault());
    }

    [Fact]
    public void Between_ARoomThatIsFound_SaysSo() =>
        Assert.Equal(
            ["MC 1 has a room: Meeting 1&2."],
            Said(Some.Schedule(Some.Session(1, 9, 0, 210)), Some.Schedule(Some.Session(1, 2, 0, 210)))
        );

    [Fact]
    public void Between_PlacedAndCancelled_AreSaidOnceEachWithoutTheirTopics()
    {
        var said = Said(
            Some.Schedule(Some.Session(1, 1, 0, 210, [7], items: Some.Topic(1, 0, 30, 8))),
            Some.Schedule(Some.Session(2, 9, 300, 210, [7], items: Some.Topic(2, 300, 30, 8)))
        );

        Assert.Equal(
            [
                "MC 1 is cancelled. It was on Monday 10:00–13:30 in Herbert.",
                "MC 2 is placed: Monday 15:00–18:30, its room still open.",
            ],
            said
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-30)]
    [InlineData(1740)]
    public void Between_TopicsThatMovedWithTheirSlot_AreNotSaidAgain(int by)
    {
        var said = Said(
            Some.Schedule(
                Some.Session(1, 1, 0, 210, items: [Some.Topic(1, 0, 30), Coffee(90), Some.Topic(2, 120, 30)])
            ),
            Some.Schedule(
                Some.Session(
                    1,
                    1,
                    by,
                    210,
                    items: [Some.Topic(1, by, 30), Coffee(90 + by), Some.Topic(2, 120 + by, 30)]
                )
            )
        );

        Assert.Equal(by == 0 ? 0 : 1, said.Count);
    }

    // Its start moved forward, and the topic stayed where it was: nobody who wants to hear it has to know.
    [Fact]
    public void Between_ATopicThatStaysWhileItsSlotGrows_IsNotSaid() =>
        Assert.Equal(
            [
                "MC 1 moved from Monday 10:00 to 09:30, in Herbert as before, and lasts 4 hours instead of 3 hours "
                    + "30 minutes.",
            ],
            Said(
                Some.Schedule(Some.Session(1, 1, 0, 210, items: Some.Topic(1, 60, 30))),
                Some.Schedule(Some.Session(1, 1, -30, 240, items: Some.Topic(1, 60, 30)))
            )
        );

    [Theory]
    [InlineData(null, null, 0, 30, "“Topic 1” has a time: Monday 10:00–10:30.")]
    [InlineData(0, 30, null, null, "“Topic 1” has no time any more. It was on Monday 10:00.")]
    [InlineData(0, 30, 1, 30, "“Topic 1” moved from Monday 10:00 to 10:01.")]
    [InlineData(0, 30, 0, 45, "“Topic 1” takes 45 minutes instead of 30 minutes.")]
    [InlineData(
        0,
        30,
        60,
        45,
        "“Topic 1” moved from Monday 10:00 to 11:00, and takes 45 minutes instead of 30 minutes."
    )]
    [InlineData(null, 30, null, 45, null)]
    public void Between_OneTopic_SaysItsTime(int? oldAfter, int? oldMinutes, int? after, int? minutes, string? sentence)
    {
        var said = Said(
            Some.Schedule(Some.Session(1, 1, 0, 210, items: Some.Topic(1, oldAfter, oldMinutes))),
            Some.Schedule(Some.Session(1, 1, 0, 210, items: Some.Topic(1, after, minutes)))
        );

        Assert.Equal(sentence, said.SingleOrDefault());
    }

    [Fact]
    public void Between_TopicsAddedLeftOutRenamedAndReworded_AreSaidInTheirOrder()
    {
        var before = Some.Session(
            1,
            1,
            0,
            210,
            items: [Some.Topic(1, 0, 30), Some.Topic(2, 30, 30) with { Text = "Old." }]
        ) with
        {
            Text = "T.",
        };
        var after = Some.Session(
            1,
            1,
            0,
            210,
            items:
            [
                Some.Topic(3, 0, 30, 7, 8),
                Some.Topic(2, 30, 30) with
                {
                    Title = "Pinning",
                    Text = "New.",
                },
                Some.Topic(4, null, null),
                Coffee(90),
            ]
        ) with
        {
            Text = "T.",
        };

        Assert.Equal(
            [
                "New: “Topic 3” by Person 7 and Person 8, Monday 10:00–10:30.",
                "“Topic 2” is called “Pinning” now.",
                "New: “Topic 4”, without a time yet.",
                "New: “Coffee”, Monday 11:30–12:00.",
                "“Topic 1” is left out.",
                "Reworded: “Pinning”.",
            ],
            Said(Some.Schedule(before), Some.Schedule(after))
        );
    }

    [Fact]
    public void Between_DocumentsOfWhichOneHasNoTexts_SaysNothingAboutTexts() =>
        Assert.Equal(
            Nothing,
            Said(
                Some.Schedule(Some.Session(1, 1, 0, 210) with { Text = "T." }),
                Some.Schedule(Some.Session(1, 1, 0, 210))
            )
        );

    [Fact]
    public void Between_ATopicThatWentToAnother_IsSaidThereAlone() =>
        Assert.Equal(
            ["“Topic 1” comes over from MC 1, Monday 15:00–15:30."],
            Said(
                Some.Schedule(Some.Session(1, 1, 0, 210, items: Some.Topic(1, 0, 30)), Some.Session(2, 1, 300, 210)),
                Some.Schedule(Some.Session(1, 1, 0, 210), Some.Session(2, 1, 300, 210, items: Some.Topic(1, 300, 30)))
            )
        );

    [Fact]
    public void Between_PeopleWhoComeAndGo_NamesThemAndNobodyWhoWasMerged()
    {
        var before = Some.Session(1, 1, 0, 210, [1, 2], [], Some.Topic(1, 0, 30, 3, 4));
        var merged = Some.Session(1, 1, 0, 210, [], [], []).Leads;
        var after = Some.Session(1, 1, 0, 210, [5, 6], [], Some.Topic(1, 0, 30, 4)) with { };
        after = after with { Leads = [.. after.Leads, .. merged, new(99, "person-1", "Person 1")] };

        Assert.Equal(
            [
                "Person 5 and Person 6 lead MC 1 now.",
                "Person 2 does not lead MC 1 any more.",
                "Person 3 does not speak about “Topic 1” any more.",
            ],
            Said(Some.Schedule(before), Some.Schedule(after))
        );
    }

    [Fact]
    public void Between_GroupsAreSortedAndPlenariesStandLast()
    {
        var opening = Some.Session(9, 1, -60, 30) with
        {
            Kind = SlotKind.Plenary,
            Microconference = null,
            Slug = null,
            Status = null,
            Title = "Opening",
            Uid = "slot-9",
        };
        var difference = ScheduleDifference.Between(
            Some.Schedule(
                opening,
                Some.Session(2, 1, 0, 210) with
                {
                    Title = "zoned",
                },
                Some.Session(1, 2, 0, 210) with
                {
                    Title = "Android",
                }
            ),
            Some.Schedule(
                opening with
                {
                    Uid = "slot-10",
                    Starts = opening.Starts - Duration.FromMinutes(30),
                },
                Some.Session(2, 2, 0, 210) with
                {
                    Title = "zoned",
                },
                Some.Session(1, 1, 0, 210) with
                {
                    Title = "Android",
                }
            )
        );

        Assert.Equal(["Android", "zoned", "Plenaries and tracks"], difference.Groups.Select(g => g.Title));
        Assert.Equal(["mc-number-1", "mc-number-2", null], difference.Groups.Select(g => g.Slug));
        Assert.Equal(
            "Opening moved from Monday 09:00 to 08:30, in Herbert as before, and lasts 1 hour instead of 30 minutes.",
            difference.Groups[^1].Sentences.Single()
        );
        Assert.Equal("Europe/Dublin", difference.Zone);
    }

    [Fact]
    public void Between_ARoomThatIsRenamed_IsSaidOnceAndMovesNobody()
    {
        var before = Some.Schedule(Some.Session(1, 1, 0, 210), Some.Session(2, 1, 300, 210));
        var after = before with { Rooms = [before.Rooms[0] with { Name = "Aula" }, before.Rooms[1]] };

        Assert.Equal(["The room Herbert is called Aula now."], Said(before, after));
    }

    [Fact]
    public void Between_ASplitMicroconference_SaysWhichPart()
    {
        var second = Some.Session(1, 2, 300, 90) with { Uid = "mc-1-2" };

        Assert.Equal(
            ["MC 1 (part 2) is placed: Monday 15:00–16:30 in Meeting 1&2."],
            Said(Some.Schedule(Some.Session(1, 1, 0, 210)), Some.Schedule(Some.Session(1, 1, 0, 210), second))
        );
        Assert.Equal(
            ["MC 1 (part 2) is cancelled. It was on Monday 15:00–16:30 in Meeting 1&2."],
            Said(Some.Schedule(Some.Session(1, 1, 0, 210), second), Some.Schedule(Some.Session(1, 1, 0, 210)))
        );
    }

    [Fact]
    public void Between_DaysOfMoreThanAWeek_NamesTheirDates() =>
        Assert.Equal(
            ["MC 1 moved from Monday 12 September 10:00 to Monday 19 September 10:00, in Herbert as before."],
            Said(Some.Schedule(Some.Session(1, 1, 0, 210)), Some.Schedule(Some.Session(1, 1, 7 * 1440, 210)))
        );

    private static ScheduleDocument.Item Coffee(int after) =>
        Some.Topic(0, after, 30) with
        {
            Uid = null,
            Topic = null,
            IsBreak = true,
            Title = "Coffee",
        };

    private static IReadOnlyList<string> Said(ScheduleDocument before, ScheduleDocument after) =>
        [.. ScheduleDifference.Between(before, after).Groups.SelectMany(g => g.Sentences)];
}
