using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Imports;

/// <summary>
/// The microconferences of a folder with their texts, people and topics. A text that is as it was gets no revision.
/// </summary>
internal sealed class ImportedMicroconferences(
    LpcDbContext db,
    MarkdownRenderer renderer,
    ConferenceFolder folder,
    ImportedPeople people
)
{
    private readonly Dictionary<string, Microconference> _microconferences = new(StringComparer.Ordinal);

    /// <summary>Hears of each as its turn comes.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }

    /// <returns>All microconferences of the conference by slug, also those of which the folder says nothing.</returns>
    public IReadOnlyDictionary<string, Microconference> Apply(
        Conference conference,
        ConferenceContent? known,
        Instant now
    )
    {
        foreach (var microconference in known?.Microconferences ?? [])
        {
            _microconferences[microconference.Slug] = microconference;
        }

        foreach (var (wanted, done) in folder.Microconferences.Select((wanted, done) => (wanted, done)))
        {
            Progress?.Report(new ImportProgress(wanted.Slug, done, folder.Microconferences.Count));
            if (!_microconferences.TryGetValue(wanted.Slug, out var microconference))
            {
                _microconferences[wanted.Slug] = microconference = new Microconference(
                    conference,
                    wanted.Slug,
                    wanted.Title,
                    now
                );
                db.Microconferences.Add(microconference);
            }

            Apply(microconference, wanted, now);
        }

        // All of them exist now, so that one can name another.
        foreach (var wanted in folder.Microconferences)
        {
            _microconferences[wanted.Slug]
                .Record(wanted.Status, wanted.Form, wanted.MergedInto is { } into ? _microconferences[into] : null);
        }

        return _microconferences;
    }

    private void Apply(Microconference microconference, ConferenceFolder.Microconference wanted, Instant now)
    {
        microconference.Rename(wanted.Title);
        microconference.TopicsInline = wanted.TopicsInline;
        microconference.LedBy(people.Of(wanted.Slug, ImportedRole.Lead, wanted.Leads));
        microconference.NeedsToHave(people.Of(wanted.Slug, ImportedRole.KeyAttendee, wanted.KeyAttendees));
        microconference.Cite([.. wanted.References.Select(reference => (reference.Label, reference.Url))]);
        ApplyTopics(microconference, wanted);
        var text = microconference.Revisions.SingleOrDefault(r => r.Number == microconference.RevisionNumber);
        if (
            text is not null
            && text.Description.Source == wanted.Description
            && text.Results.Source == wanted.Accomplishments
        )
        {
            return;
        }

        // The folder may take one out of withdrawal with a new text; while it stays withdrawn, its text stays too.
        if (
            microconference.Status is MicroconferenceStatus.Withdrawn
            && wanted.Status is not MicroconferenceStatus.Withdrawn
        )
        {
            microconference.Record(MicroconferenceStatus.Draft, null, null);
        }

        microconference.Revise(
            renderer.Render(wanted.Description, AnchorPrefix.OfDescription(wanted.Slug)),
            renderer.Render(wanted.Accomplishments, AnchorPrefix.OfResults(wanted.Slug)),
            microconference.RevisionNumber,
            by: null,
            "Imported",
            now
        );
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

        foreach (
            var ((wish, match), position) in wanted.Topics.Zip(matches).Select((pair, position) => (pair, position))
        )
        {
            var topic = match ?? microconference.Suggest(wish.Title);
            var details =
                match is not null && topic.Details.Source == wish.Details && topic.Position == position
                    ? topic.Details
                    : renderer.Render(wish.Details, AnchorPrefix.OfTopic(wanted.Slug, position));
            topic.Reinstate();
            topic.Rename(wish.Title);
            topic.MoveTo(position);
            topic.Describe(wish.Group, wish.Minutes, details, wish.Links, wish.Refs);
            var speakers = people.Of(wanted.Slug, ImportedRole.Speaker, wish.Speakers);
            topic.SpokenBy(speakers, wish.OpenSpeakers, wish.SpeakersNote);
        }
    }
}
