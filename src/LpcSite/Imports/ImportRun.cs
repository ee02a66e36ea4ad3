using System.Text.Json.Nodes;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Infrastructure;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Imports;

/// <summary>One import at work inside its transaction, with what all its steps need.</summary>
internal sealed class ImportRun(
    LpcDbContext db, MarkdownRenderer renderer, FolderReading reading, ConferenceFolder folder, Instant now, IProgress<ImportProgress>? progress)
{
    private const string Via = "import";

    private readonly List<FolderProblem> _problems = [];
    private readonly Dictionary<string, Microconference> _microconferences = new(StringComparer.Ordinal);
    private ImportedPeople _people = null!;

    public async Task<ImportSummary> ImportAsync(CancellationToken stop)
    {
        var known = await ConferenceContent.LoadAsync(db, folder.Slug, stop);
        _people = await ImportedPeople.FindAsync(db, reading.Names, _problems, stop);
        CheckMerges(known);
        CheckRooms(known);
        if (_problems.Count > 0)
        {
            throw ConferenceImport.Refuse(_problems);
        }

        var conferenceBefore = known is null ? null : ImportAudit.Of(known.ToFolder(Named));
        var before = known?.Microconferences.ToDictionary(m => m.Slug, m => ImportAudit.Of(known.ToFolder(m, Named), m.RevisionNumber), StringComparer.Ordinal) ?? [];
        var conference = await BeginAsync(known, stop);
        await ApplyConferenceAsync(conference, stop);
        ApplyPages(conference);
        ApplyMicroconferences(conference, known);
        progress?.Report(new ImportProgress("Saving", 0, 0));
        var sessions = new ImportedSessions(db, folder, _microconferences);
        await sessions.ClearAsync(known, stop);
        var slots = ApplySlots(conference, known);
        await db.Database.ExecuteSqlAsync($"SET CONSTRAINTS ex_slots_room_during DEFERRED", stop);
        await db.SaveChangesAsync(stop);

        // Calls and notes name their microconference by number, which a new one has only now.
        var calls = ApplyCalls(conference, known);
        var notes = ApplyNotes(known);
        var content = new ConferenceContent(conference, [.. _microconferences.Values], slots, calls, notes) { Sessions = sessions.Apply(known, slots) };
        var summary = Account(content, conferenceBefore, before);
        await db.SaveChangesAsync(stop);
        await db.Database.ExecuteSqlAsync($"SET CONSTRAINTS ALL IMMEDIATE", stop);
        return summary;
    }

    private static PersonName Named(People.Person person) => new(person.Name, person.Slug);

    private void CheckMerges(ConferenceContent? known)
    {
        var slugs = folder.Microconferences.Select(m => m.Slug).Concat(known?.Microconferences.Select(m => m.Slug) ?? []).ToHashSet(StringComparer.Ordinal);
        foreach (var merged in folder.Microconferences.Where(m => m.MergedInto is not null && !slugs.Contains(m.MergedInto)))
        {
            var place = reading.Merges[merged.Slug];
            _problems.Add(new FolderProblem(place.File, place.Line, $"There is no microconference '{merged.MergedInto}'."));
        }
    }

    // A room goes when the folder leaves it out, unless somebody is in it whom the folder does not move.
    private void CheckRooms(ConferenceContent? known)
    {
        if (folder.Rooms is not { } rooms || known is null)
        {
            return;
        }

        var moved = folder.Slots is null ? [] : folder.Microconferences.Select(m => m.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var slot in known.Slots.Where(s => s is { Room: not null, Microconference: not null } && !moved.Contains(s.Microconference.Slug) && rooms.All(room => room.Name != s.Room.Name)))
        {
            _problems.Add(new FolderProblem(
                ConferenceFolder.FileName, 1, $"The room '{slot.Room!.Name}' is not listed under 'rooms', but '{slot.Microconference!.Slug}' meets in it."));
        }
    }

    private async Task<Conference> BeginAsync(ConferenceContent? known, CancellationToken stop)
    {
        if (known is not null)
        {
            known.Conference.RequireOpen();
            return known.Conference;
        }

        // Sponsors, slots and calls name their conference by its number.
        var conference = new Conference(folder.Slug, folder.Name, folder.ShortName, folder.StartsOn, folder.EndsOn, folder.TimeZone, folder.City);
        conference.Publish();
        db.Conferences.Add(conference);
        await db.SaveChangesAsync(stop);
        return conference;
    }

    private async Task ApplyConferenceAsync(Conference conference, CancellationToken stop)
    {
        conference.Describe(folder.Name, folder.ShortName, folder.StartsOn, folder.EndsOn, folder.TimeZone, folder.City);
        if (folder.Rooms is { } rooms)
        {
            conference.Arrange([.. rooms.Select(room => (room.Name, room.Capacity, room.Equipment))]);
        }

        if (folder.HalfDays is { } halfDays)
        {
            conference.Divide([.. halfDays.Select(h => (conference.HalfDays.FirstOrDefault(known => known.Name == h.Name)?.Id, h.Name, h.Starts, h.Ends, h.Break, h.BreakMinutes))]);
        }

        conference.Walk(folder.WalkingMinutes ?? conference.WalkingMinutes);
        if (folder.SponsorTiers is not { } tiers)
        {
            return;
        }

        // Also those that stand in no tier now.
        var sponsors = await db.Sponsors.Include(s => s.Logo).Where(s => s.ConferenceId == conference.Id).ToDictionaryAsync(s => s.Name, StringComparer.Ordinal, stop);
        conference.Thank([.. tiers.Select(tier => (tier.Title, tier.Logos))]);
        foreach (var (tier, wanted) in conference.SponsorTiers.OrderBy(tier => tier.Position).Zip(tiers))
        {
            tier.Fill([.. wanted.Sponsors.Select(sponsor => Describe(sponsor, conference, sponsors))]);
        }
    }

    private Sponsors.Sponsor Describe(ConferenceFolder.Sponsor wanted, Conference conference, Dictionary<string, Sponsors.Sponsor> sponsors)
    {
        if (!sponsors.TryGetValue(wanted.Name, out var sponsor))
        {
            sponsors[wanted.Name] = sponsor = new Sponsors.Sponsor(conference.Id, wanted.Name);
            db.Sponsors.Add(sponsor);
        }

        sponsor.Describe(wanted.Url, wanted.Logo);
        return sponsor;
    }

    // Pages that the folder does not list stay, behind those that it does: others may link to them.
    private void ApplyPages(Conference conference)
    {
        if (folder.Pages is not { } pages)
        {
            return;
        }

        foreach (var (wanted, position) in pages.Select((wanted, position) => (wanted, position)))
        {
            var page = conference.Pages.FirstOrDefault(page => page.Slug == wanted.Slug) ?? db.ConferencePages.Add(new ConferencePage(conference.Id, wanted.Slug, position)).Entity;
            page.Position = position;
            page.Write(wanted.Title, page.Text.Source == wanted.Text ? page.Text : renderer.Render(wanted.Text, AnchorPrefix.OfPage(wanted.Slug), isPage: true), wanted.IsPublished);
        }

        foreach (var (page, left) in conference.Pages.Where(page => pages.All(wanted => wanted.Slug != page.Slug)).OrderBy(page => page.Position).ThenBy(page => page.Id).Select((page, left) => (page, left)))
        {
            page.Position = pages.Count + left;
        }
    }

    private void ApplyMicroconferences(Conference conference, ConferenceContent? known)
    {
        foreach (var microconference in known?.Microconferences ?? [])
        {
            _microconferences[microconference.Slug] = microconference;
        }

        foreach (var (wanted, done) in folder.Microconferences.Select((wanted, done) => (wanted, done)))
        {
            progress?.Report(new ImportProgress(wanted.Slug, done, folder.Microconferences.Count));
            if (!_microconferences.TryGetValue(wanted.Slug, out var microconference))
            {
                _microconferences[wanted.Slug] = microconference = new Microconference(conference, wanted.Slug, wanted.Title, now);
                db.Microconferences.Add(microconference);
            }

            Apply(microconference, wanted);
        }

        // All of them exist now, so that one can name another.
        foreach (var wanted in folder.Microconferences)
        {
            _microconferences[wanted.Slug].Record(wanted.Status, wanted.Form, wanted.MergedInto is { } into ? _microconferences[into] : null);
        }
    }

    private void Apply(Microconference microconference, ConferenceFolder.Microconference wanted)
    {
        microconference.Rename(wanted.Title);
        microconference.TopicsInline = wanted.TopicsInline;
        microconference.LedBy(_people.Of(wanted.Leads));
        microconference.NeedsToHave(_people.Of(wanted.KeyAttendees));
        microconference.Cite([.. wanted.References.Select(reference => (reference.Label, reference.Url))]);
        ApplyTopics(microconference, wanted);
        var text = microconference.Revisions.SingleOrDefault(r => r.Number == microconference.RevisionNumber);
        if (text is not null && text.Description.Source == wanted.Description && text.Results.Source == wanted.Accomplishments)
        {
            return;
        }

        // The folder may take one out of withdrawal with a new text; while it stays withdrawn, its text stays too.
        if (microconference.Status is MicroconferenceStatus.Withdrawn && wanted.Status is not MicroconferenceStatus.Withdrawn)
        {
            microconference.Record(MicroconferenceStatus.Draft, null, null);
        }

        Rule.Require(
            microconference.Status is not MicroconferenceStatus.Withdrawn,
            $"{wanted.FileName}: this microconference was withdrawn; its text can change only with its status.");
        microconference.Revise(
            renderer.Render(wanted.Description, AnchorPrefix.OfDescription(wanted.Slug)),
            renderer.Render(wanted.Accomplishments, AnchorPrefix.OfResults(wanted.Slug)),
            microconference.RevisionNumber, by: null, "Imported", now);
    }

    private void ApplyTopics(Microconference microconference, ConferenceFolder.Microconference wanted)
    {
        List<Topic> listed = [.. ConferenceContent.Listed(microconference)];
        var withdrawn = microconference.Topics.Where(t => t.Status is TopicStatus.Withdrawn).ToList();
        var matches = TopicMatch.Match(wanted.Topics, listed, withdrawn);
        foreach (var left in listed.Except(matches.OfType<Topic>()))
        {
            left.Withdraw();
        }

        foreach (var ((wish, match), position) in wanted.Topics.Zip(matches).Select((pair, position) => (pair, position)))
        {
            var topic = match ?? microconference.Suggest(wish.Title);
            var details = match is not null && topic.Details.Source == wish.Details && topic.Position == position
                ? topic.Details
                : renderer.Render(wish.Details, AnchorPrefix.OfTopic(wanted.Slug, position));
            topic.Reinstate();
            topic.Rename(wish.Title);
            topic.MoveTo(position);
            topic.Describe(wish.Group, wish.Minutes, details, wish.Links, wish.Refs);
            topic.SpokenBy(_people.Of(wish.Speakers), wish.OpenSpeakers, wish.SpeakersNote);
        }
    }

    private List<Scheduling.Slot> ApplySlots(Conference conference, ConferenceContent? before)
    {
        List<Scheduling.Slot> slots = [.. before?.Slots ?? []];
        if (folder.Slots is not { } wanted)
        {
            return slots;
        }

        foreach (var microconference in folder.Microconferences.Select(m => _microconferences[m.Slug]))
        {
            var old = slots.Where(slot => slot.Microconference == microconference).OrderBy(slot => slot.During.Start).ToList();
            var then = wanted.Where(slot => slot.Microconference == microconference.Slug).OrderBy(slot => slot.Starts).ToList();
            for (var i = 0; i < then.Count; i++)
            {
                var (during, room) = (new Interval(then[i].Starts, then[i].Ends), conference.Rooms.SingleOrDefault(room => room.Name == then[i].Room));
                if (i < old.Count)
                {
                    old[i].Move(during, room);
                }
                else
                {
                    slots.Add(new Scheduling.Slot(conference.Id, microconference, during, room));
                    db.Slots.Add(slots[^1]);
                }
            }

            foreach (var surplus in old.Skip(then.Count))
            {
                slots.Remove(surplus);
                db.Slots.Remove(surplus);
            }
        }

        // What has only a title is known by it; what the folder does not mention stays.
        var others = slots.Where(slot => slot.Microconference is null).OrderBy(slot => slot.During.Start).ToList();
        foreach (var slot in wanted.Where(slot => slot.Microconference is null).OrderBy(slot => slot.Starts))
        {
            var (during, room) = (new Interval(slot.Starts, slot.Ends), conference.Rooms.SingleOrDefault(room => room.Name == slot.Room));
            if (others.Find(other => (other.Kind, other.Title) == (slot.Kind, slot.Title)) is { } known)
            {
                others.Remove(known);
                known.Move(during, room);
            }
            else
            {
                slots.Add(db.Slots.Add(new Scheduling.Slot(conference.Id, slot.Kind, slot.Title!, during, room)).Entity);
            }
        }

        return slots;
    }

    private List<Calls.Call> ApplyCalls(Conference conference, ConferenceContent? known)
    {
        List<Calls.Call> calls = [.. known?.Calls ?? []];
        Announce(null, folder.CallForMicroconferences);
        foreach (var wanted in folder.Microconferences)
        {
            Announce(_microconferences[wanted.Slug].Id, wanted.CallForTopics);
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
                calls.Add(call = new Calls.Call(conference.Id, microconferenceId));
                db.Add(call);
            }

            call.Announce(wanted.Opens, wanted.Closes, wanted.Zone, now);
        }
    }

    // What was noted on the site is not the folder's to take back by its silence.
    private List<Notes> ApplyNotes(ConferenceContent? known)
    {
        List<Notes> notes = [.. known?.Notes ?? []];
        foreach (var wanted in folder.Microconferences)
        {
            var microconference = _microconferences[wanted.Slug];
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
            var old = notes.Find(n => n.Of == of && (of.TopicId is not null || n.MicroconferenceId == microconference.Id));
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

    // What changed is what the folder would say otherwise now; the rest was not touched.
    private ImportSummary Account(ConferenceContent content, JsonObject? conferenceBefore, Dictionary<string, JsonObject> before)
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
            if (!Record(microconference.Path, was, ImportAudit.Of(content.ToFolder(microconference, Named), microconference.RevisionNumber), microconference))
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
            [.. _microconferences.Values.Except(theirs).Select(m => m.Slug).Order(StringComparer.Ordinal)]);
    }

    // Which revisions the public may read is derived from what is written down about the microconference itself.
    private bool Record(string subject, JsonObject? before, JsonObject after, Microconference? about = null)
    {
        if (ImportAudit.Difference(before, after) is not var (was, isNow))
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry(null, Via, before is null ? "created" : "updated", subject, was, isNow, now).About(about?.ConferenceId, about?.Id));
        return true;
    }
}
