using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling.Sessions;

/// <summary>How a session is arranged, for its page and for the use case that arranges it anew.</summary>
public static class SessionQueries
{
    public static async Task<Session> SessionAsync(this LpcDbContext db, int microconferenceId, CancellationToken stop)
    {
        var places = await db
            .Slots.Where(s => s.MicroconferenceId == microconferenceId)
            .OrderBy(s => s.During)
            .ThenBy(s => s.Id)
            .Select(s => new Session.Place(s.Id, s.During, s.RoomId, s.Room!.Name))
            .ToListAsync(stop);
        var items = await db
            .SessionItems.Where(i => i.MicroconferenceId == microconferenceId)
            .Select(i => new Session.Item(
                i.Id,
                new SessionPart(i.SlotId, i.TopicId, i.Title, i.IsBreak, i.StartsAfter, i.Minutes),
                i.Topic!.Title ?? i.Title!,
                i.Topic == null ? null : i.Topic.Status
            ))
            .ToListAsync(stop);
        return new(
            places,
            [
                .. items
                    .OrderBy(i => i.Part.Slot is { } slot ? places.FindIndex(p => p.Slot == slot) : int.MaxValue)
                    .ThenBy(i => i.Part.StartsAfter)
                    .ThenBy(i => i.Id),
            ]
        );
    }
}
