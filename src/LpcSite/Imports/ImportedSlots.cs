using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using NodaTime;

namespace LpcSite.Imports;

/// <summary>
/// Where a folder places what it speaks of. The slots of a microconference are moved rather than made anew, so that
/// calendars know them again.
/// </summary>
internal sealed class ImportedSlots(
    LpcDbContext db,
    ConferenceFolder folder,
    IReadOnlyDictionary<string, Microconference> microconferences
)
{
    /// <returns>All slots of the conference.</returns>
    public List<Slot> Apply(Conference conference, ConferenceContent? before)
    {
        List<Slot> slots = [.. before?.Slots ?? []];
        if (folder.Slots is not { } wanted)
        {
            return slots;
        }

        foreach (var microconference in folder.Microconferences.Select(m => microconferences[m.Slug]))
        {
            var old = slots
                .Where(slot => slot.Microconference == microconference)
                .OrderBy(slot => slot.During.Start)
                .ToList();
            var then = wanted
                .Where(slot => slot.Microconference == microconference.Slug)
                .OrderBy(slot => slot.Starts)
                .ToList();
            for (var i = 0; i < then.Count; i++)
            {
                var (during, room) = (
                    new Interval(then[i].Starts, then[i].Ends),
                    conference.Rooms.SingleOrDefault(room => room.Name == then[i].Room)
                );
                if (i < old.Count)
                {
                    old[i].Move(during, room);
                }
                else
                {
                    slots.Add(new Slot(conference.Id, microconference, during, room));
                    db.Slots.Add(slots[^1]);
                }
            }

            foreach (var surplus in old.Skip(then.Count))
            {
                slots.Remove(surplus);
                db.Slots.Remove(surplus);
            }
        }

        // What has only a title is known by it. The list is all there is of that kind: one that it does not mention any
        // more goes.
        var others = slots.Where(slot => slot.Microconference is null).OrderBy(slot => slot.During.Start).ToList();
        foreach (var slot in wanted.Where(slot => slot.Microconference is null).OrderBy(slot => slot.Starts))
        {
            var (during, room) = (
                new Interval(slot.Starts, slot.Ends),
                conference.Rooms.SingleOrDefault(room => room.Name == slot.Room)
            );
            if (others.Find(other => (other.Kind, other.Title) == (slot.Kind, slot.Title)) is { } known)
            {
                others.Remove(known);
                known.Move(during, room);
            }
            else
            {
                slots.Add(db.Slots.Add(new Slot(conference.Id, slot.Kind, slot.Title!, during, room)).Entity);
            }
        }

        foreach (var left in others)
        {
            slots.Remove(left);
            db.Slots.Remove(left);
        }

        return slots;
    }
}
