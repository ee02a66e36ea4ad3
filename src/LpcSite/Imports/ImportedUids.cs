using LpcSite.Data;
using LpcSite.Exports.Calendars;
using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Imports;

/// <summary>
/// Remembers how what came from another installation is called in the calendars that already show it. What was numbered
/// here keeps the name that it has here, and a name that something has stays with it.
/// </summary>
internal sealed class ImportedUids(LpcDbContext db, ConferenceFolder folder, ConferenceContent content)
{
    public async Task ApplyAsync(CancellationToken stop)
    {
        var conference = content.Conference;
        var known = await db.ImportedUids.Where(i => i.ConferenceId == conference.Id).ToListAsync(stop);
        var named = known.Select(i => i.Uid).ToHashSet(StringComparer.Ordinal);
        var taken = known.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (kind, id, name) in Named())
        {
            var uid = FormattableString.Invariant($"{kind}-{id}");
            if (
                name is not null
                && UidScheme.Parse(name) is var (_, _, domain)
                && domain != conference.UidDomain
                && !named.Contains(uid)
                && taken.Add(name)
            )
            {
                db.ImportedUids.Add(new ImportedUid(conference.Id, uid, name));
            }
        }
    }

    private IEnumerable<(string Kind, int Id, string? Name)> Named()
    {
        foreach (var wanted in folder.Microconferences)
        {
            var microconference = content.Microconferences.Single(m => m.Slug == wanted.Slug);
            yield return ("mc", microconference.Id, wanted.Uid);
            foreach (var (topic, wish) in ConferenceContent.Listed(microconference).Zip(wanted.Topics))
            {
                yield return ("topic", topic.Id, wish.Uid);
            }

            yield return ("call", CallOf(microconference.Id), wanted.CallForTopics?.Uid);
        }

        yield return ("call", CallOf(null), folder.CallForMicroconferences?.Uid);
        foreach (var wanted in folder.Slots ?? [])
        {
            if (content.Slots.FirstOrDefault(s => Is(s, wanted)) is { } slot)
            {
                yield return ("slot", slot.Id, wanted.Uid);
            }
        }
    }

    private int CallOf(int? microconference) =>
        content.Calls.FirstOrDefault(c => c.MicroconferenceId == microconference)?.Id ?? 0;

    private static bool Is(Slot slot, ConferenceFolder.Slot wanted) =>
        slot.Microconference is null
        && (slot.Kind, slot.Title, slot.During.Start, slot.Room?.Name)
            == (wanted.Kind, wanted.Title, wanted.Starts, wanted.Room);
}
