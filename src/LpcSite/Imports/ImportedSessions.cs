using LpcSite.Data;
using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Sessions;

namespace LpcSite.Imports;

/// <summary>
/// The sessions that a folder arranges. What it says of one replaces what is there; of the others it says nothing, and
/// they stay.
/// </summary>
internal sealed class ImportedSessions(
    LpcDbContext db,
    ConferenceFolder folder,
    IReadOnlyDictionary<string, Microconference> microconferences
)
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<SessionItem>> _standing = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes out what the folder arranges otherwise, before slots move: a shorter slot has to hold only what is to
    /// stand in it.
    /// </summary>
    public async Task ClearAsync(ConferenceContent? known, CancellationToken stop)
    {
        foreach (var wanted in folder.Microconferences.Where(m => m.Session is not null))
        {
            var microconference = microconferences[wanted.Slug];
            var told = known is null || microconference.Id == 0 ? [] : known.SessionItemsOf(microconference).ToList();
            if (
                known is not null
                && Laid(wanted.Session!).SequenceEqual(told.Select(t => (t.Part, t.Item.StartsAfter)))
            )
            {
                _standing[wanted.Slug] = [.. told.Select(t => t.Item)];
            }
            else
            {
                _changed.Add(wanted.Slug);
                db.SessionItems.RemoveRange(known?.Sessions.Where(i => i.Microconference == microconference) ?? []);
            }
        }

        await db.SaveChangesAsync(stop);
    }

    /// <param name="slots">Where everything stands now.</param>
    /// <returns>All sessions of the conference.</returns>
    public IReadOnlyList<SessionItem> Apply(ConferenceContent? known, IReadOnlyList<Slot> slots)
    {
        var items = (known?.Sessions ?? []).Where(i => !_changed.Contains(i.Microconference.Slug)).ToList();
        foreach (var wanted in folder.Microconferences)
        {
            if (_changed.Contains(wanted.Slug))
            {
                items.AddRange(ItemsOf(wanted, slots));
            }
            else if (_standing.TryGetValue(wanted.Slug, out var standing))
            {
                Stand(standing, wanted, slots);
            }
        }

        return items;
    }

    // What is arranged as before stands in its slot again, where that has gone and come back meanwhile.
    private void Stand(
        IReadOnlyList<SessionItem> standing,
        ConferenceFolder.Microconference wanted,
        IReadOnlyList<Slot> slots
    )
    {
        var theirs = SlotsOf(wanted, slots);
        foreach (var (item, (part, _)) in standing.Zip(Laid(wanted.Session!)))
        {
            var slot = theirs.ElementAtOrDefault(part.Part - 1);
            if (item.Slot != slot)
            {
                item.GoTo(slot);
            }
        }
    }

    private List<Slot> SlotsOf(ConferenceFolder.Microconference wanted, IReadOnlyList<Slot> slots) =>
        [.. slots.Where(s => s.Microconference == microconferences[wanted.Slug]).OrderBy(s => s.During.Start)];

    // Part by part, in whatever order the folder lists them, each with the minutes from the start of its slot.
    private static IEnumerable<(ConferenceFolder.SessionPart Part, int StartsAfter)> Laid(
        IReadOnlyList<ConferenceFolder.SessionPart> session
    )
    {
        foreach (var parts in session.GroupBy(p => p.Part).OrderBy(p => p.Key))
        {
            var ends = 0;
            foreach (var part in parts)
            {
                yield return (part, ends + part.Gap);
                ends += part.Gap + part.Minutes;
            }
        }
    }

    private List<SessionItem> ItemsOf(ConferenceFolder.Microconference wanted, IReadOnlyList<Slot> slots)
    {
        var microconference = microconferences[wanted.Slug];
        var theirs = SlotsOf(wanted, slots);
        var topics = ConferenceContent.Listed(microconference).ToList();
        var items = new List<SessionItem>();
        foreach (var (part, after) in Laid(wanted.Session!))
        {
            var slot = theirs.ElementAtOrDefault(part.Part - 1);
            var topic = part.Topic is null ? null : topics.Find(t => t.Title == part.Topic);
            if (topic is not null)
            {
                topics.Remove(topic);
            }

            items.Add(
                topic is not null
                    ? SessionItem.Of(microconference, slot, topic, after, part.Minutes)
                    : SessionItem.Titled(microconference, slot, part.Title!, part.IsBreak, after, part.Minutes)
            );
        }

        db.SessionItems.AddRange(items);
        return items;
    }
}
