using LpcSite.Scheduling.Releases;

namespace LpcSite.Tests.Scheduling.Releases;

/// <summary>Whom a release concerns, and whom not.</summary>
public sealed class OwnChangeTests
{
    [Fact]
    public void Between_TheFirstRelease_ConcernsLeadsAndSpeakersAndNoKeyAttendees() =>
        Assert.Equal(
            [7, 9],
            OwnChange
                .Between(null, Some.Schedule(Some.Session(1, 1, 0, 210, [7], [8], Some.Topic(1, 0, 30, 9))))
                .Keys.Order()
        );

    [Theory]
    [InlineData(1, 0, 210, 0)]
    [InlineData(2, 0, 210, 2)]
    [InlineData(1, 1, 210, 2)]
    [InlineData(1, 0, 240, 1)]
    public void Between_ASlot_ConcernsItsSpeakerOnlyIfHisTopicIsElsewhere(
        int room,
        int after,
        int minutes,
        int people
    ) =>
        Assert.Equal(
            people,
            OwnChange
                .Between(
                    Some.Schedule(
                        Some.Session(1, 1, 0, 210, [7], [], Some.Topic(1, 0, 30, 9)),
                        Some.Session(2, 1, 300, 60, [8])
                    ),
                    Some.Schedule(
                        Some.Session(1, room, after, minutes, [7], [], Some.Topic(1, after, 30, 9)),
                        Some.Session(2, 1, 300, 60, [8])
                    )
                )
                .Count
        );

    [Fact]
    public void Between_TwoTopicsThatChangePlaces_ConcernsTheirSpeakersAlone() =>
        Assert.Equal(
            [9, 10],
            OwnChange
                .Between(
                    Some.Schedule(
                        Some.Session(
                            1,
                            1,
                            0,
                            210,
                            [7],
                            [],
                            Some.Topic(1, 0, 30, 9),
                            Some.Topic(2, 30, 30, 10),
                            Some.Topic(3, 60, 30, 11)
                        )
                    ),
                    Some.Schedule(
                        Some.Session(
                            1,
                            1,
                            0,
                            210,
                            [7],
                            [],
                            Some.Topic(2, 0, 30, 10),
                            Some.Topic(1, 30, 30, 9),
                            Some.Topic(3, 60, 30, 11)
                        )
                    )
                )
                .Keys.Order()
        );

    // Without a time of its own the topic is somewhere in the session: that is where its speaker has to be.
    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(300, null, 1)]
    [InlineData(0, 0, 1)]
    public void Between_ATopicWithoutATime_FollowsItsSession(int after, int? topicAfter, int people) =>
        Assert.Equal(
            people,
            OwnChange
                .Between(
                    Some.Schedule(Some.Session(1, 1, 0, 210, [], [], Some.Topic(1, null, 30, 9))),
                    Some.Schedule(Some.Session(1, 1, after, 210, [], [], Some.Topic(1, topicAfter, 30, 9)))
                )
                .Count
        );

    [Fact]
    public void Between_WhoIsNotNeededAnyMore_IsConcernedOnce()
    {
        var change = Assert.Single(
            OwnChange.Between(
                Some.Schedule(Some.Session(1, 1, 0, 210, [7, 8])),
                Some.Schedule(Some.Session(1, 1, 0, 210, [7]))
            )
        );

        Assert.Equal((8, null, "MC 1"), (change.Key, change.Value.Single().After, change.Value.Single().Before!.Title));
    }

    [Fact]
    public void Between_WordsAndPeopleThatChange_ConcernNobodyElse() =>
        Assert.Equal(
            [8],
            OwnChange
                .Between(
                    Some.Schedule(Some.Session(1, 1, 0, 210, [7], [], Some.Topic(1, 0, 30, 9))),
                    Some.Schedule(
                        Some.Session(
                            1,
                            1,
                            0,
                            210,
                            [7],
                            [],
                            Some.Topic(1, 0, 30, 9, 8) with
                            {
                                Title = "Other",
                                Text = "Other.",
                            }
                        ) with
                        {
                            Title = "Else",
                            Slug = "else",
                        }
                    )
                )
                .Keys
        );
}
