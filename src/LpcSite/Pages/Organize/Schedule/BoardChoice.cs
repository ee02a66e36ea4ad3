using LpcSite.Conferences;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>What a place is looked for on the board: a microconference, or a slot that is moved.</summary>
/// <param name="Slug">Of the microconference; null where a slot is moved.</param>
/// <param name="Standing">How many places the microconference has.</param>
/// <param name="Version">Of the slot.</param>
public sealed record BoardChoice(string Title, string? Slug, int Standing, int? Slot, uint Version, RequiredTime Wish)
{
    public static BoardChoice Of(BoardLine line) =>
        new(line.Title, line.Slug, line.Places, null, 0, RequiredTime.Of(line.Form));

    public static BoardChoice Of(ScheduleDocument.Entry entry, uint version, Conference conference) =>
        new(entry.Title, null, 0, entry.Slot, version, RequiredTime.Of(entry.During, conference));
}
