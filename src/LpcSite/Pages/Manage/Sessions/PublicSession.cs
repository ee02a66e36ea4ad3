using LpcSite.Microconferences;
using LpcSite.Rules;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>
/// What the public sees of a session, and what would change if its leads published it as it is saved.
/// </summary>
/// <param name="Differences">A sentence each.</param>
/// <param name="MayPublish">Whether there is anything to publish.</param>
public sealed record PublicSession(string Sentence, IReadOnlyList<string> Differences, bool MayPublish)
{
    /// <param name="latest">The last release; null before the first.</param>
    /// <param name="draft">With its texts.</param>
    public static PublicSession Of(
        Microconference microconference,
        int number,
        ScheduleDocument? latest,
        ScheduleDocument draft,
        SessionBoard board
    )
    {
        if (latest?.Of(microconference.Id).FirstOrDefault() is not { } there)
        {
            return new(
                "Its place is not public yet. What you arrange here becomes public with it, when the organizers "
                    + "release the schedule.",
                [],
                false
            );
        }

        var place = draft.Of(microconference.Id).FirstOrDefault();
        List<string> moved =
            place is null || (place.Starts, place.Ends, place.Room) == (there.Starts, there.Ends, there.Room)
                ? []
                :
                [
                    "The organizers have given it another place since, which becomes public with their next "
                        + "release. Until then the public reads "
                        + $"{LpcSite.Conferences.Dates.Moment(there.Starts, board.Zone)}.",
                ];
        try
        {
            var next = latest.WithSessionOf(microconference.Id, draft.ForThePublic()).After(latest);
            return next.ToJson() == latest.ToJson()
                ? new($"It is public as it is arranged here (release {number}).", moved, false)
                : new(
                    $"It has changed since release {number}:",
                    [.. Changes(microconference.Id, latest, next, board), .. moved],
                    true
                );
        }
        catch (RuleException broken)
        {
            return new(broken.Message, moved, false);
        }
    }

    private static List<string> Changes(
        int microconference,
        ScheduleDocument before,
        ScheduleDocument after,
        SessionBoard board
    )
    {
        var (old, now) = (Items(before), Items(after));
        List<string> changes =
        [
            .. now.Where(n =>
                    !old.TryGetValue(n.Key, out var o) || (o.Starts, o.Minutes) != (n.Value.Starts, n.Value.Minutes)
                )
                .Select(n => $"“{n.Value.Title}”: {Time(n.Value)}{Instead(n.Key)}"),
            .. old.Where(o => !now.ContainsKey(o.Key)).Select(o => $"“{o.Value.Title}” is not in it any more"),
        ];
        return changes.Count > 0 ? changes : ["Titles, texts or people"];

        Dictionary<(int?, string, int), ScheduleDocument.Item> Items(ScheduleDocument document) =>
            document
                .Of(microconference)
                .SelectMany(e => e.Items)
                .GroupBy(i => (i.Topic, Title: i.Topic is null ? i.Title : ""))
                .SelectMany(same => same.Select((item, n) => (Key: (same.Key.Topic, same.Key.Title, n), item)))
                .ToDictionary(i => i.Key, i => i.item);

        string Instead((int?, string, int) item) =>
            old.TryGetValue(item, out var o) ? $" instead of {Time(o)}" : ", which is new";

        string Time(ScheduleDocument.Item item) =>
            item is { Starts: { } starts, Ends: { } ends } ? board.TimesOf(new(starts, ends)) : "no time";
    }
}
