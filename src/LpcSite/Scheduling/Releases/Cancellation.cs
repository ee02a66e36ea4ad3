using NodaTime;

namespace LpcSite.Scheduling.Releases;

/// <summary>
/// What readers of the schedule are told that was announced and is not on any more, where it would have stood.
/// </summary>
/// <param name="Title">Of a topic with the microconference in which it was to be discussed.</param>
/// <param name="IsMoved">
/// Its microconference is on, only not in this place: saying that it is cancelled would send people home.
/// </param>
/// <param name="Path">Of the page that stays and says so; null where there was none.</param>
public sealed record Cancellation(string Title, string? Room, Instant Starts, Instant Ends, bool IsMoved, string? Path)
{
    private const string Topic = "topic-";

    public string Word => IsMoved ? "Not at this time any more" : "Cancelled";

    /// <summary>
    /// By time. Topics of a session that is gone go without saying, and one that only lost its time still stands in its
    /// session.
    /// </summary>
    /// <param name="choice">What the reader wants to see; the same as in the schedule.</param>
    public static IReadOnlyList<Cancellation> Of(ScheduleDocument schedule, ScheduleChoice choice)
    {
        var there = schedule
            .Entries.SelectMany(e => e.Items)
            .Select(i => i.Uid)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var sessions = schedule.Cancelled.Where(c => !IsTopic(c)).ToList();
        return
        [
            .. schedule
                .Cancelled.Where(c =>
                    choice.IsThere(schedule, c)
                    && !there.Contains(c.Uid)
                    && !(
                        IsTopic(c) && sessions.Exists(s => s.Slug == c.Slug && s.Starts <= c.Starts && c.Ends <= s.Ends)
                    )
                )
                .OrderBy(c => c.Starts)
                .ThenBy(c => c.Uid, StringComparer.Ordinal)
                .Select(c => Of(schedule, c)),
        ];
    }

    private static Cancellation Of(ScheduleDocument schedule, ScheduleDocument.Gone gone)
    {
        var now = gone.Slug is null ? null : schedule.Entries.FirstOrDefault(e => e.Slug == gone.Slug);
        return new(
            IsTopic(gone) && now is not null ? $"“{gone.Title}” in {now.Title}" : gone.Title,
            gone.Room,
            gone.Starts,
            gone.Ends,
            now is not null && !IsTopic(gone),
            PathOf(schedule, gone)
        );
    }

    /// <summary>
    /// Where what was announced keeps its page; null for what never had one, such as a break. A topic is found by its
    /// number, wherever it has gone.
    /// </summary>
    public static string? PathOf(ScheduleDocument schedule, ScheduleDocument.Gone gone) =>
        gone.Slug is null ? null
        : IsTopic(gone) ? $"/{schedule.Conference.Slug}/mc/{gone.Slug}/topics/{gone.Uid[Topic.Length..]}"
        : $"/{schedule.Conference.Slug}/mc/{gone.Slug}";

    private static bool IsTopic(ScheduleDocument.Gone gone) => gone.Uid.StartsWith(Topic, StringComparison.Ordinal);
}
