using LpcSite.Rules;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Releases;

/// <summary>What one release hands on to the next.</summary>
public sealed class ScheduleDocumentTests
{
    [Fact]
    public void ToJson_ReadBack_IsTheSameDocument()
    {
        var schedule = Some.Schedule(
            Some.Session(1, 1, 0, 210, [7], [8], Some.Topic(1, 0, 30, 9), Some.Topic(2, null, null))
        );

        var read = ScheduleDocument.FromJson(schedule.ToJson());

        Assert.Equal(schedule.ToJson(), read.ToJson());
        Assert.Equal(
            (Some.Ten, "Person 9"),
            (read.Entries[0].Items[0].Starts!.Value, read.Entries[0].Items[0].Speakers[0].FullName)
        );
        Assert.Contains("\"starts\":\"2022-09-12T09:00:00Z\"", schedule.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void After_CountsChangesOfTimeOrRoomAndNothingElse()
    {
        var first = Some.Schedule(Some.Session(1, 1, 0, 210, items: Some.Topic(1, 0, 30)), Some.Session(2, 2, 0, 210));
        var second = Some.Schedule(
                Some.Session(1, 1, 0, 210, [7], items: Some.Topic(1, 30, 30)),
                Some.Session(2, 1, 300, 210)
            )
            .After(first);
        var third = Some.Schedule(
                Some.Session(1, 1, 0, 210, [7], items: Some.Topic(1, 30, 30)),
                Some.Session(2, 2, 300, 210)
            )
            .After(second);

        Assert.Equal([0, 1, 1], second.Appointments().Select(a => a.Sequence));
        Assert.Equal([0, 1, 2], third.Appointments().Select(a => a.Sequence));
    }

    // Whoever looks for the door by its old name does not find it: a calendar has to take over the new one, and does so
    // under a higher number alone.
    [Fact]
    public void After_ARoomWithAnotherName_CountsForWhatStandsInIt()
    {
        var first = Some.Schedule(Some.Session(1, 1, 0, 210, items: Some.Topic(1, 0, 30)), Some.Session(2, 2, 0, 210));

        var renamed = (first with { Rooms = [first.Rooms[0] with { Name = "Ada" }, first.Rooms[1]] }).After(first);

        Assert.Equal(
            [("mc-1", 1), ("topic-1", 1), ("mc-2", 0)],
            renamed.Appointments().Select(a => (a.Uid, a.Sequence))
        );
    }

    [Fact]
    public void After_WhatIsGone_IsCancelledUntilItComesBackUnderAHigherNumber()
    {
        var full = Some.Schedule(Some.Session(1, 1, 0, 210), Some.Session(2, 2, 0, 210, items: Some.Topic(1, 0, 30)));
        var less = Some.Schedule(Some.Session(1, 1, 0, 210)).After(full);
        var same = Some.Schedule(Some.Session(1, 1, 0, 210)).After(less);
        var again = Some.Schedule(Some.Session(1, 1, 0, 210), Some.Session(2, 2, 0, 210)).After(less);

        Assert.Equal([("mc-2", 1), ("topic-1", 1)], less.Cancelled.Select(c => (c.Uid, c.Sequence)));
        Assert.Equal(less.ToJson(), same.ToJson());
        Assert.Equal(["topic-1"], again.Cancelled.Select(c => c.Uid));
        Assert.Equal(2, again.Entries[1].Sequence);
    }

    [Fact]
    public void WithSessionOf_TakesOverTheSessionAndLeavesThePlace()
    {
        var released = Some.Schedule(Some.Session(1, 1, 0, 210), Some.Session(2, 2, 0, 210));
        var draft = Some.Schedule(
            Some.Session(1, 2, 300, 210, [7], items: Some.Topic(1, 330, 30)),
            Some.Session(2, 1, 300, 210, [8])
        );

        var published = released.WithSessionOf(1, draft);

        Assert.Equal(released.Entries[1], published.Entries[1]);
        Assert.Equal(
            (1, Some.Ten, 7),
            (published.Entries[0].Room, published.Entries[0].Starts, published.Entries[0].Leads[0].Person)
        );
        Assert.Equal(Some.Ten + Duration.FromMinutes(30), published.Entries[0].Items[0].Starts);
    }

    // Its new leads publish first; the next release must still know each topic once.
    [Fact]
    public void WithSessionOf_ATopicThatCameOver_TakesItOutOfTheOther()
    {
        var released = Some.Schedule(
            Some.Session(1, 1, 0, 210, items: [Some.Topic(1, 0, 30), Some.Topic(2, 30, 30)]),
            Some.Session(2, 2, 0, 210)
        );
        var draft = Some.Schedule(
            Some.Session(1, 1, 0, 210, items: Some.Topic(2, 60, 30)),
            Some.Session(2, 2, 0, 210, items: Some.Topic(1, 60, 30))
        );

        var published = released.WithSessionOf(2, draft).After(released);

        Assert.Equal(["topic-2"], published.Entries[0].Items.Select(i => i.Uid));
        Assert.Equal(("topic-1", 1), (published.Entries[1].Items[0].Uid, published.Entries[1].Items[0].Sequence));
        Assert.Equal(draft.After(published).Entries[0].Items[0].Starts, Some.Ten + Duration.FromMinutes(60));
    }

    [Fact]
    public void WithSessionOf_ThatIsLongerThanThePublicPlace_IsRefused()
    {
        var released = Some.Schedule(Some.Session(1, 1, 0, 90));
        var draft = Some.Schedule(Some.Session(1, 1, 0, 210, items: Some.Topic(1, 80, 30)));

        Assert.Contains(
            "longer than the place that is public",
            Assert.Throws<RuleException>(() => released.WithSessionOf(1, draft)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ForThePublic_LeavesOutWhatIsHeldOrOnlyTried()
    {
        var tried = Some.Session(2, 2, 0, 210) with
        {
            Status = LpcSite.Microconferences.MicroconferenceStatus.Proposed,
        };
        var held = Some.Session(3, 2, 300, 60) with { Kind = SlotKind.Hold, Status = null, Microconference = null };
        var plenary = held with { Kind = SlotKind.Plenary, Uid = "slot-4" };

        Assert.Equal(
            ["mc-1", "slot-4"],
            Some.Schedule(Some.Session(1, 1, 0, 210), tried, held, plenary).ForThePublic().Entries.Select(e => e.Uid)
        );
    }
}
