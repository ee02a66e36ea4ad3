using LpcSite.Exports;
using LpcSite.Exports.Feeds;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Stars;

namespace LpcSite.Tests.Scheduling.Stars;

/// <summary>
/// What stars make of a release: what comes when, what cannot both be heard, and what a star means after a merge.
/// </summary>
public sealed class StarredScheduleTests
{
    private static readonly ScheduleDocument Morning = Some.Schedule(
        Some.Session(
            1,
            1,
            0,
            210,
            [1],
            [],
            Some.Topic(11, 0, 30, 1),
            Some.Topic(12, 30, 30, 2),
            Some.Topic(13, null, 30)
        ),
        Some.Session(2, 2, 0, 210, [2], [], Some.Topic(21, 0, 60, 3), Some.Topic(22, 60, 30, 4)),
        Some.Session(3, 1, 24 * 60, 90, [3])
    );

    [Theory]
    [InlineData("mc-1 mc-2", "mc-1: MC 2; mc-2: MC 1")]
    [InlineData("mc-1 topic-11 topic-12", "")]
    [InlineData("topic-11 topic-12", "")]
    [InlineData("topic-11 topic-22", "")]
    [InlineData("topic-11 topic-21", "topic-11: Topic 21; topic-21: Topic 11")]
    [InlineData("mc-1 topic-11 topic-21", "mc-1: Topic 21; topic-21: MC 1")]
    [InlineData("topic-13 mc-2", "")]
    [InlineData("mc-1 mc-3", "")]
    public void Clashes_AreBetweenDifferentSessionsAtTheSameTime(string stars, string expected)
    {
        var lines = StarredSchedule.Of(Things(Morning), stars.Split(' ')).Days.SelectMany(d => d.Lines);

        Assert.Equal(
            expected,
            string.Join(
                "; ",
                lines
                    .Where(l => l.Clashes.Count > 0)
                    .OrderBy(l => l.Uids[0], StringComparer.Ordinal)
                    .Select(l => $"{l.Uids[0]}: {string.Join(", ", l.Clashes)}")
            )
        );
    }

    [Fact]
    public void Lines_StandByDayAndTimeAndWhatHasNoTimeLast()
    {
        var own = StarredSchedule.Of(
            Things(
                Morning,
                [new(9, "later", "Later", MicroconferenceStatus.Proposed, null)],
                [new(91, 9, "Open", null)]
            ),
            ["mc-3", "topic-22", "mc-9", "topic-91", "topic-13", "mc-1", "topic-999", "mc-1"]
        );

        Assert.Equal(
            ["2022-09-12: MC 1, Topic 22", "2022-09-13: MC 3"],
            own.Days.Select(d => $"{d.Date:uuuu-MM-dd}: {string.Join(", ", d.Lines.Select(l => l.Title))}")
        );
        Assert.Equal(["Later", "Open", "Topic 13"], own.Waiting.Select(l => l.Title));
        Assert.Equal(
            "no time yet, in the session of Monday 12 September, 10:00–13:30 IST, Herbert",
            own.Waiting[2].Place
        );
        Assert.Equal("11:00–11:30 IST, Meeting 1&2", own.Days[0].Lines[1].Words(Morning.Zone));
        Assert.Equal(["topic-999"], own.Gone);
        Assert.Equal(6, own.Count);
    }

    [Fact]
    public void Cancelled_KeepsItsTimeAndClashesWithNothing()
    {
        var after = Some.Schedule(Morning.Entries[0], Morning.Entries[2]).After(Morning);

        var own = StarredSchedule.Of(Things(after), ["mc-1", "mc-2", "topic-22"]);

        Assert.Equal(
            ["MC 1", "Cancelled MC 2", "Cancelled Topic 22"],
            own.Days.Single().Lines.Select(l => $"{(l.IsCancelled ? "Cancelled " : "")}{l.Title}")
        );
        Assert.All(own.Days[0].Lines, l => Assert.Empty(l.Clashes));
        var feed = ScheduleFeed.OfStars(after, ["mc-1", "mc-2"], uid => uid);
        Assert.Equal(
            ["mc-1", "cancelled mc-2"],
            feed.Lines.Select(l => l.Uid).Concat(feed.Cancelled.Select(c => $"cancelled {c.Uid}"))
        );
    }

    [Fact]
    public void Merged_MeansWhatItBecame_OnceNoReleaseShowsItByItself()
    {
        Starrables.Whole[] wholes =
        [
            new(1, "mc-number-1", "MC 1", MicroconferenceStatus.Accepted, null),
            new(7, "seven", "Seven", MicroconferenceStatus.Merged, 8),
            new(8, "eight", "Eight", MicroconferenceStatus.Merged, 1),
        ];
        var things = Things(Morning, wholes, [new(71, 1, "Part", 11)]);

        var own = StarredSchedule.Of(things, ["mc-7", "mc-1", "topic-71"]);

        Assert.Equal(["mc-7.mc-1", "topic-71"], own.Days.Single().Lines.Select(l => StarUids.Write(l.Uids)));
        Assert.Equal(["MC 1", "Topic 11"], own.Titles);
        Assert.Equal("mc-7", Things(Some.Schedule(Some.Session(7, 1, 0, 60)), wholes).Now("mc-7"));
        Assert.Equal(
            ["mc-1"],
            ScheduleFeed.OfStars(Morning, ["mc-7", "topic-71"], things.Now).Lines.Select(l => l.Uid)
        );
    }

    [Fact]
    public void Merged_InACircle_Ends() =>
        Assert.NotNull(
            Things(
                    null,
                    [
                        new(1, "a", "A", MicroconferenceStatus.Merged, 2),
                        new(2, "b", "B", MicroconferenceStatus.Merged, 1),
                    ]
                )
                .Now("mc-1")
        );

    [Theory]
    [InlineData("mc-1", true)]
    [InlineData("mc-9", true)]
    [InlineData("topic-91", true)]
    [InlineData("mc-5", false)]
    [InlineData("mc-1-2", false)]
    [InlineData("slot-10", false)]
    [InlineData("topic-71", false)]
    public void Starrable_IsWhatIsReleasedOrListed(string uid, bool can) =>
        Assert.Equal(
            can,
            Things(
                    Morning,
                    [
                        new(9, "later", "Later", MicroconferenceStatus.Proposed, null),
                        new(5, "gone", "Gone", MicroconferenceStatus.Withdrawn, null),
                    ],
                    [new(91, 9, "Open", null), new(71, 9, "Part", 91)]
                )
                .Has(uid)
        );

    [Theory]
    [InlineData(null, "", 0)]
    [InlineData("mc-7.topic-12", "mc-7.topic-12", 0)]
    [InlineData("mc-7,mc-7..slot-3 ", "mc-7.slot-3", 0)]
    [InlineData("mc-0.mc-007.mc-7-2.MC-8.topic-9999999999.<script>.%00.mc-7\n", "mc-7-2", 7)]
    public void Read_OfAnAddress_TakesWhatIsWellFormed(string? text, string uids, int wrong)
    {
        var read = StarUids.Read(text);

        Assert.Equal((uids, wrong), (StarUids.Write(read.Uids), read.Wrong));
    }

    [Fact]
    public void Picture_OfAnAddress_HasNoStyleAndAWhiteGround()
    {
        var picture = QrPicture.Of("https://plumbing.example/2022/stars?of=mc-7", "A \"label\"");

        Assert.Contains("aria-label=\"A &quot;label&quot;\"", picture, StringComparison.Ordinal);
        Assert.Contains("fill=\"#fff\"", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("style", picture, StringComparison.Ordinal);
        Assert.Null(QrPicture.Of(new('a', QrPicture.MostLetters + 1), ""));
        Assert.NotNull(QrPicture.Of(new('a', QrPicture.MostLetters), ""));
    }

    // Read back from what is drawn: every dark module is there, and no other.
    [Fact]
    public void Picture_OfAnAddress_DrawsTheModulesOfItsCode()
    {
        const string Address = "webcal://plumbing.example/2022/stars/abc.ics";
        using var code = QRCoder.QRCodeGenerator.GenerateQrCode(Address, QRCoder.QRCodeGenerator.ECCLevel.M);
        var drawn = new HashSet<(int X, int Y)>();
        foreach (
            var run in QrPicture
                .Of(Address, "")!
                .Split("d=\"")[1]
                .Split('"')[0]
                .Split('M', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var numbers = run.Split([' ', 'h', 'v'], 4)
                .Take(3)
                .Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))
                .ToArray();
            drawn.UnionWith(Enumerable.Range(numbers[0], numbers[2]).Select(x => (x, numbers[1])));
        }

        var dark = code.ModuleMatrix.SelectMany(
            (row, y) => Enumerable.Range(0, row.Length).Where(x => row[x]).Select(x => (x, y))
        );
        Assert.True(drawn.SetEquals(dark));
    }

    private static Starrables Things(
        ScheduleDocument? schedule,
        Starrables.Whole[]? wholes = null,
        Starrables.Part[]? parts = null
    ) => new("2022", schedule is null ? null : new(1, Some.Ten, schedule), wholes ?? [], parts ?? []);
}
