using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using NodaTime;

namespace LpcSite.Scheduling.Board;

/// <summary>
/// Where a microconference can stand: one room for a half-day, or for what is before or after its break.
/// </summary>
public sealed record GridPlace(int Room, Interval During, bool IsHalf)
{
    public int Minutes => (int)During.Duration.TotalMinutes;

    /// <summary>
    /// Every place of a conference, by time and then by the order of the rooms. A conference that nobody has divided is
    /// divided as usual.
    /// </summary>
    /// <param name="conference">With its rooms and half-days.</param>
    public static IReadOnlyList<GridPlace> Of(Conference conference)
    {
        var halfDays = conference.HalfDays.Count > 0 ? conference.HalfDays : HalfDay.Usual();
        var days = Dates.Days(conference.StartsOn, conference.EndsOn);
        var times =
            from day in days
            from halfDay in halfDays
            from time in halfDay
                .HalvesOn(day, conference)
                .Select(half => (During: half, IsHalf: true))
                .Prepend((During: halfDay.On(day, conference), IsHalf: false))
            select time;
        return
        [
            .. times
                .OrderBy(t => t.During.Start)
                .SelectMany(t =>
                    conference.Rooms.OrderBy(r => r.Position).Select(r => new GridPlace(r.Id, t.During, t.IsHalf))
                ),
        ];
    }
}
