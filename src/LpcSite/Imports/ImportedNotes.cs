using LpcSite.Data;
using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Results;
using NodaTime;

namespace LpcSite.Imports;

/// <summary>
/// What a folder notes of sessions and topics. It belongs to them by number, which new ones have only once they are
/// saved.
/// </summary>
internal sealed class ImportedNotes(
    LpcDbContext db,
    MarkdownRenderer renderer,
    ConferenceFolder folder,
    IReadOnlyDictionary<string, Microconference> microconferences
)
{
    /// <summary>What was noted on the site is not the folder's to take back by its silence.</summary>
    /// <returns>All notes of the conference.</returns>
    public List<Notes> Apply(ConferenceContent? known, Instant now)
    {
        List<Notes> notes = [.. known?.Notes ?? []];
        foreach (var wanted in folder.Microconferences)
        {
            var microconference = microconferences[wanted.Slug];
            Write(microconference, NotesOf.Outcome, wanted.Outcome);
            Write(microconference, NotesOf.Session, wanted.Notes);
            foreach (var (wish, topic) in wanted.Topics.Zip(ConferenceContent.Listed(microconference)))
            {
                Write(microconference, NotesOf.Topic(topic.Id), wish.Notes);
            }
        }

        return notes;

        void Write(Microconference microconference, NotesOf of, string text)
        {
            var old = notes.Find(n =>
                n.Of == of && (of.TopicId is not null || n.MicroconferenceId == microconference.Id)
            );
            if (text.Length == 0 || old?.Text.Source == text)
            {
                return;
            }

            if (old is null)
            {
                notes.Add(old = db.Notes.Add(new Notes(microconference.Id, of)).Entity);
            }

            old.Write(renderer.Render(text, AnchorPrefix.OfNotes(microconference.Slug, of)), null, now);
        }
    }
}
