using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Microconferences;
using LpcSite.Scheduling;

namespace LpcSite.Imports;

/// <summary>The sessions that a folder arranges. What it says of one replaces what is there; of the others it says nothing, and they stay.</summary>
internal sealed class ImportedSessions(LpcDbContext db, ConferenceFolder folder, IReadOnlyDictionary<string, Microconference> microconferences)
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>Takes out what the folder arranges otherwise, before slots move: a shorter slot has to hold only what is to stand in it.</summary>
    public async Task ClearAsync(ConferenceContent? known, CancellationToken stop)
    {
        foreach (var wanted in folder.Microconferences.Where(m => m.Session is not null))
        {
            var microconference = microconferences[wanted.Slug];
            var old = known?.Sessions.Where(i => i.Microconference == microconference).ToList() ?? [];
            if (known is null || microconference.Id == 0 || !Same(wanted.Session!, known, microconference))
            {
                _changed.Add(wanted.Slug);
                db.SessionItems.RemoveRange(old);
            }
        }

        await db.SaveChangesAsync(stop);
    }

    /// <param name="slots">Where everything stands now.</param>
    /// <returns>All sessions of the conference.</returns>
    public IReadOnlyList<SessionItem> Apply(ConferenceContent? known, IReadOnlyList<Slot> slots)
    {
        var items = (known?.Sessions ?? []).Where(i => !_changed.Contains(i.Microconference.Slug)).ToList();
        foreach (var wanted in folder.Microconferences.Where(m => _changed.Contains(m.Slug)))
        {
            items.AddRange(ItemsOf(wanted, slots));
        }

        return items;
    }

    private static bool Same(IReadOnlyList<ConferenceFolder.SessionPart> wanted, ConferenceContent known, Microconference microconference) =>
        wanted.SequenceEqual(known.SessionOf(microconference) ?? []);

    private List<SessionItem> ItemsOf(ConferenceFolder.Microconference wanted, IReadOnlyList<Slot> slots)
    {
        var microconference = microconferences[wanted.Slug];
        var theirs = slots.Where(s => s.Microconference == microconference).OrderBy(s => s.During.Start).ToList();
        var topics = ConferenceContent.Listed(microconference).ToList();
        var (items, ends) = (new List<SessionItem>(), new Dictionary<int, int>());
        foreach (var part in wanted.Session!)
        {
            var (slot, after) = (theirs.ElementAtOrDefault(part.Part - 1), ends.GetValueOrDefault(part.Part) + part.Gap);
            ends[part.Part] = after + part.Minutes;
            var topic = part.Topic is null ? null : topics.Find(t => t.Title == part.Topic);
            if (topic is not null)
            {
                topics.Remove(topic);
            }

            items.Add(topic is not null ? SessionItem.Of(microconference, slot, topic, after, part.Minutes) : SessionItem.Titled(microconference, slot, part.Title!, part.IsBreak, after, part.Minutes));
        }

        db.SessionItems.AddRange(items);
        return items;
    }
}
