using System.Diagnostics;
using System.Globalization;
using LpcSite.Exports.Calendars;
using LpcSite.Exports.Feeds;
using LpcSite.Exports.Schedule;
using LpcSite.Microconferences.Revisions;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Exports.Schedule;
using LpcSite.Tests.Scheduling;
using NodaTime;

namespace LpcSite.Benchmarks;

/// <summary>
/// What the pages of the largest conference that is likely wait for, each with the time that it may take. The time is
/// the best of some, so that a busy machine does not decide; the tests count, and look at no clock.
/// </summary>
internal static class Bounds
{
    private const int Rounds = 9;

    public static int Run()
    {
        var schedule = Schedule();
        var circumstances = Circumstances();
        var latestRelease = SomeSchedule.Large();
        var clashRepairs = new ClashRepairs(
            schedule,
            LpcSite.Scheduling.Clashes.Circumstances.None,
            Grid(),
            new HashSet<string>()
        );
        var late = 0;
        Within(
            20,
            "clashes of 25 microconferences, 200 topics, 600 people",
            () => ClashFinder.Find(schedule, circumstances)
        );
        Within(
            1000,
            "suggestions for all of them",
            () =>
                ClashFinder
                    .Find(schedule, LpcSite.Scheduling.Clashes.Circumstances.None)
                    .SelectMany(clashRepairs.For)
                    .ToList()
        );
        Within(50, "schedule.xml of 200 topics", () => ScheduleXml.Write(latestRelease, SomeSchedule.Origin));
        Within(50, "schedule.json of 200 topics", () => ScheduleJson.Write(latestRelease, SomeSchedule.Origin));
        Within(50, "/api/v1/…/schedule of 200 topics", () => ScheduleApi.Write(latestRelease, SomeSchedule.Origin));
        Within(
            50,
            "schedule.ics of 200 topics",
            () => ScheduleCalendar.Write(latestRelease, ScheduleFeed.Of(latestRelease.Document), SomeSchedule.Origin)
        );
        foreach (var (what, before, after) in LongTexts())
        {
            Within(500, $"difference of two texts of 100 KB, {what}", () => TextDiff.Between(before, after));
        }

        return late == 0 ? 0 : 1;

        void Within(int milliseconds, string what, Func<object> work)
        {
            work();
            var best = Enumerable
                .Range(0, Rounds)
                .Min(_ =>
                {
                    var started = Stopwatch.GetTimestamp();
                    work();
                    return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                });
            late += best > milliseconds ? 1 : 0;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: {best:0.0} ms, {(best > milliseconds ? "MORE THAN" : "of")} {milliseconds} ms"
                )
            );
        }
    }

    private static ScheduleDocument Schedule() =>
        Some.Schedule([
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
                                )
                                .Select(t =>
                                    t with
                                    {
                                        Speakers = [.. t.Speakers.Select(s => s with { IsRemote = s.Person < 300 })],
                                    }
                                ),
                        ]
                    )
                ),
        ]);

    private static Circumstances Circumstances() =>
        new(
            Some.Away([
                .. Enumerable
                    .Range(0, 600)
                    .SelectMany(p =>
                        Enumerable.Range(0, 3).Select(i => (p, p * 7 % 1500 + i * 400, p * 7 % 1500 + i * 400 + 90))
                    ),
            ]).Absences,
            Some.In("Asia/Tokyo", [.. Enumerable.Range(0, 300)]).Zones,
            Some.Starred([.. Enumerable.Range(1, 25).Select(mc => (mc, 100 + mc))]).Stars
        );

    // Seven rooms, each at every half-day that the schedule uses.
    private static IReadOnlyList<GridPlace> Grid() =>
        [
            .. Enumerable
                .Range(1, 7)
                .SelectMany(room =>
                    Enumerable
                        .Range(0, 5)
                        .Select(half => new GridPlace(
                            room,
                            new Interval(Some.At(half * 300), Some.At(half * 300 + 210)),
                            IsHalf: false
                        ))
                ),
        ];

    private static IEnumerable<(string What, string Before, string After)> LongTexts()
    {
        var words = string.Join(' ', Enumerable.Range(0, 15_000).Select(i => $"w{i * 7919 % 4001}"));
        var lines = string.Join(
            '\n',
            Enumerable
                .Range(0, 1200)
                .Select(i => $"Line {i} has some words about subsystem {i * 31 % 97} and what is next for it.")
        );
        var tiny = string.Join('\n', Enumerable.Range(0, 50_000).Select(i => (char)('a' + (i % 26))));
        yield return ("few changes", lines, lines.Replace("subsystem 13 ", "the scheduler ", StringComparison.Ordinal));
        yield return ("one long line", words, words.Replace("w17 ", "new ", StringComparison.Ordinal));
        yield return ("nothing in common", lines, words);
        yield return (
            "every line changed",
            lines,
            lines.Replace("some words", "a few words", StringComparison.Ordinal)
        );
        yield return ("tiny lines reversed", tiny, new string([.. tiny.Reverse()]));
    }
}
