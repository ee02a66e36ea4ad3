using System.Text.Json.Nodes;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Imports;

/// <summary>One import at work inside its transaction, with what all its steps need.</summary>
internal sealed class ImportRun(
    LpcDbContext db,
    MarkdownRenderer renderer,
    FolderReading reading,
    ConferenceFolder folder,
    Instant now,
    IProgress<ImportProgress>? progress
)
{
    private const string Via = "import";

    private readonly List<FolderProblem> _problems = [];
    private IReadOnlyDictionary<string, Microconference> _microconferences = null!;
    private ImportedPeople _people = null!;

    public async Task<ImportSummary> ImportAsync(CancellationToken stop)
    {
        var known = await ConferenceContent.LoadAsync(db, folder.Slug, stop);
        _people = await ImportedPeople.FindAsync(db, reading, known, _problems, stop);
        CheckMerges(known);
        CheckRooms(known);
        _problems.AddRange(ImportedGridCheck.ProblemsOf(folder, known, reading.Places));
        CheckState(known);
        if (_problems.Count > 0)
        {
            throw ConferenceImport.Refuse(_problems);
        }

        var conferenceBefore = known is null ? null : ImportAudit.Of(known.ToFolder(Named));
        var before =
            known?.Microconferences.ToDictionary(
                m => m.Slug,
                m => ImportAudit.Of(known.ToFolder(m, Named), m.RevisionNumber),
                StringComparer.Ordinal
            )
            ?? [];
        var conference = await BeginAsync(known, stop);
        var whole = new ImportedConference(db, renderer, folder);
        await whole.ApplyAsync(conference, stop);
        whole.ApplyPages(conference);
        _microconferences = new ImportedMicroconferences(db, renderer, folder, _people) { Progress = progress }.Apply(
            conference,
            known,
            now
        );
        progress?.Report(new ImportProgress("Saving", 0, 0));
        var sessions = new ImportedSessions(db, folder, _microconferences);
        await sessions.ClearAsync(known, stop);
        var slots = new ImportedSlots(db, folder, _microconferences).Apply(conference, known);
        await db.Database.ExecuteSqlAsync($"SET CONSTRAINTS ex_slots_room_during DEFERRED", stop);
        await db.SaveChangesAsync(stop);

        var calls = new ImportedCalls(db, folder, _microconferences, now).Apply(conference, known);
        var notes = new ImportedNotes(db, renderer, folder, _microconferences).Apply(known, now);
        var content = new ConferenceContent(conference, [.. _microconferences.Values], slots, calls, notes)
        {
            Sessions = sessions.Apply(known, slots),
        };
        var summary = Account(content, conferenceBefore, before);
        await db.SaveChangesAsync(stop);
        await new ImportedUids(db, folder, content).ApplyAsync(stop);
        await db.SaveChangesAsync(stop);
        await db.Database.ExecuteSqlAsync($"SET CONSTRAINTS ALL IMMEDIATE", stop);
        return summary;
    }

    private static PersonName Named(People.Person person) => new(person.Name, person.Slug);

    private void CheckMerges(ConferenceContent? known)
    {
        var slugs = folder
            .Microconferences.Select(m => m.Slug)
            .Concat(known?.Microconferences.Select(m => m.Slug) ?? [])
            .ToHashSet(StringComparer.Ordinal);
        foreach (
            var merged in folder.Microconferences.Where(m => m.MergedInto is not null && !slugs.Contains(m.MergedInto))
        )
        {
            var place = reading.Merges[merged.Slug];
            _problems.Add(
                new FolderProblem(place.File, place.Line, $"There is no microconference '{merged.MergedInto}'.")
            );
        }
    }

    // What is archived, or was withdrawn, the folder cannot change.
    private void CheckState(ConferenceContent? known)
    {
        if (known?.Conference is { State: ConferenceState.Archived } archived)
        {
            _problems.Add(
                reading.Places.Problem(
                    ConferenceFolder.FileName,
                    "slug",
                    Conference.ArchivedSentence(archived.ShortName)
                )
            );
        }

        foreach (var wanted in folder.Microconferences.Where(m => m.Status is MicroconferenceStatus.Withdrawn))
        {
            var before = known?.Microconferences.FirstOrDefault(m =>
                m.Slug == wanted.Slug && m.Status is MicroconferenceStatus.Withdrawn
            );
            var text = before?.Revisions.SingleOrDefault(r => r.Number == before.RevisionNumber);
            if (
                before is not null
                && (text?.Description.Source != wanted.Description || text.Results.Source != wanted.Accomplishments)
            )
            {
                _problems.Add(
                    reading.Places.Problem(
                        wanted.FileName,
                        "status",
                        "This microconference was withdrawn; its text can change only with its status."
                    )
                );
            }
        }
    }

    // A room goes when the folder leaves it out, unless somebody is in it whom the folder does not move.
    private void CheckRooms(ConferenceContent? known)
    {
        if (folder.Rooms is not { } rooms || known is null)
        {
            return;
        }

        var moved = folder.Slots is null
            ? []
            : folder.Microconferences.Select(m => m.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (
            var slot in known.Slots.Where(s =>
                s.Room is { } room && rooms.All(other => other.Name != room.Name) && Stays(s)
            )
        )
        {
            _problems.Add(
                reading.Places.Problem(
                    ConferenceFolder.FileName,
                    "rooms",
                    $"The room '{slot.Room!.Name}' is not listed under 'rooms', but "
                        + $"'{slot.Microconference?.Slug ?? slot.Title}' meets in it."
                )
            );
        }

        bool Stays(Slot slot) =>
            slot.Microconference is null ? folder.Slots is null : !moved.Contains(slot.Microconference.Slug);
    }

    private async Task<Conference> BeginAsync(ConferenceContent? known, CancellationToken stop)
    {
        if (known is not null)
        {
            return known.Conference;
        }

        // Sponsors, slots and calls name their conference by its number.
        var conference = new Conference(
            folder.Slug,
            folder.Name,
            folder.ShortName,
            folder.StartsOn,
            folder.EndsOn,
            folder.TimeZone,
            folder.City
        );
        conference.Publish();
        db.Conferences.Add(conference);
        await db.SaveChangesAsync(stop);
        return conference;
    }

    // What changed is what the folder would say otherwise now; the rest was not touched.
    private ImportSummary Account(
        ConferenceContent content,
        JsonObject? conferenceBefore,
        Dictionary<string, JsonObject> before
    )
    {
        Record(content.Conference.Path, conferenceBefore, ImportAudit.Of(content.ToFolder(Named)));
        foreach (var person in _people.Created)
        {
            Record($"/people/{person.Slug}", null, new JsonObject { ["name"] = person.Name });
        }

        var (created, updated) = (0, 0);
        foreach (var slug in folder.Microconferences.Select(m => m.Slug))
        {
            var microconference = _microconferences[slug];
            var was = before.GetValueOrDefault(slug);
            if (
                !Record(
                    microconference.Path,
                    was,
                    ImportAudit.Of(content.ToFolder(microconference, Named), microconference.RevisionNumber),
                    microconference
                )
            )
            {
                continue;
            }

            microconference.Touch(now);
            (created, updated) = was is null ? (created + 1, updated) : (created, updated + 1);
        }

        var theirs = folder.Microconferences.Select(m => _microconferences[m.Slug]).ToList();
        return new ImportSummary(
            content.Conference.ShortName,
            created,
            updated,
            theirs.Count - created - updated,
            theirs.Sum(m => m.Leads.Count),
            theirs.Sum(m => ConferenceContent.Listed(m).Count()),
            theirs.Sum(m => m.KeyAttendees.Count),
            content.Conference.SponsorTiers.Count,
            _people.Created.Count,
            [.. _microconferences.Values.Except(theirs).Select(m => m.Slug).Order(StringComparer.Ordinal)]
        )
        {
            Accounts = _people.Accounts,
            Namesakes = _people.Namesakes,
        };
    }

    // Which revisions the public may read is derived from what is written down about the microconference itself.
    private bool Record(string subject, JsonObject? before, JsonObject after, Microconference? about = null)
    {
        if (ImportAudit.Difference(before, after) is not var (was, isNow))
        {
            return false;
        }

        db.Record(
            new Act(null, Via, now),
            before is null ? "created" : "updated",
            new AuditSubject(subject, about?.ConferenceId, about?.Id),
            before: was,
            after: isNow
        );
        return true;
    }
}
