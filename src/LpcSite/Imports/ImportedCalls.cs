using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Microconferences;
using NodaTime;

namespace LpcSite.Imports;

/// <summary>
/// The deadlines that a folder names. They belong to microconferences by number, which a new one has only once it is
/// saved.
/// </summary>
internal sealed class ImportedCalls(
    LpcDbContext db,
    ConferenceFolder folder,
    IReadOnlyDictionary<string, Microconference> microconferences,
    Instant now
)
{
    /// <returns>All calls of the conference.</returns>
    public List<Call> Apply(Conference conference, ConferenceContent? known)
    {
        List<Call> calls = [.. known?.Calls ?? []];
        Announce(null, folder.CallForMicroconferences);
        foreach (var wanted in folder.Microconferences)
        {
            Announce(microconferences[wanted.Slug].Id, wanted.CallForTopics);
        }

        return calls;

        void Announce(int? microconferenceId, ConferenceFolder.Call? wanted)
        {
            // A deadline that the site has set is not the folder's to take back by its silence.
            if (wanted is null)
            {
                return;
            }

            var call = calls.Find(call => call.MicroconferenceId == microconferenceId);
            if (call is null)
            {
                calls.Add(call = new Call(conference.Id, microconferenceId));
                db.Add(call);
            }

            call.Announce(wanted.Opens, wanted.Closes, wanted.Zone, now);
        }
    }
}
