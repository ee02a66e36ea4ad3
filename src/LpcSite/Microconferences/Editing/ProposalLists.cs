using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Markdown;
using LpcSite.People;
using LpcSite.People.Picker;
using LpcSite.Rules;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// Puts what somebody changed in the lists of a form into a microconference that others may have changed meanwhile:
/// what they were shown is compared with what they sent, and only the difference is theirs. What another added stays,
/// what another removed stays away.
/// </summary>
public sealed class ProposalLists(LpcDbContext db, PersonPicker people, MarkdownRenderer renderer, IClock clock)
{
    public const int MaxTopics = 60;
    public const int MaxReferences = 60;

    /// <param name="microconference">With its topics and their speakers, key attendees and references loaded.</param>
    /// <exception cref="RuleException">One of the entries breaks a rule.</exception>
    public async Task ApplyAsync(
        Microconference microconference,
        WrittenLists shown,
        WrittenLists sent,
        Person by,
        CancellationToken stop
    )
    {
        Rule.Require(sent.Topics.Count <= MaxTopics, $"At most {MaxTopics} topics fit into one microconference.");
        Rule.Require(
            sent.References.Count <= MaxReferences,
            $"At most {MaxReferences} references fit into one microconference."
        );
        var changed = sent.Topics.Except(shown.Topics).ToList();
        Rule.Require(
            sent.Topics.Select(t => t.Speakers)
                .Append(sent.KeyAttendees)
                .All(list => list.Count <= PersonPicker.MaxNames),
            $"At most {PersonPicker.MaxNames} names fit into one list."
        );

        // Everybody whom the form names anew, at once: who is new in two places is one.
        var attending = shown.KeyAttendees.SequenceEqual(sent.KeyAttendees) ? [] : sent.KeyAttendees;
        var names = changed.SelectMany(t => t.Speakers).Concat(attending).Distinct().ToList();
        var found = names
            .Zip(await people.FindOrAddAsync(names, stop))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        var topics = ApplyTopics(microconference, shown.Topics, sent.Topics, found);
        var attendees = ApplyKeyAttendees(microconference, shown.KeyAttendees, sent.KeyAttendees, found);
        if (ApplyReferences(microconference, shown.References, sent.References) | topics | attendees)
        {
            var now = clock.GetCurrentInstant();
            microconference.Touch(now);
            db.Record(
                new Act(by, "edit", now),
                "changed the lists",
                microconference.AsSubject(),
                before: JsonSerializer.Serialize(shown),
                after: JsonSerializer.Serialize(sent)
            );
        }
    }

    private bool ApplyTopics(
        Microconference microconference,
        IReadOnlyList<WrittenLists.Topic> shown,
        IReadOnlyList<WrittenLists.Topic> sent,
        Dictionary<NamedPerson, Person> found
    )
    {
        if (shown.SequenceEqual(sent))
        {
            return false;
        }

        var order = new List<Topic>();
        foreach (var written in sent)
        {
            var topic = Shown(microconference, written.Id) ?? microconference.Suggest(written.Title);
            if (!shown.Contains(written))
            {
                Write(microconference, topic, written, found);
            }

            order.Add(topic);
        }

        foreach (var removed in shown.Where(s => sent.All(w => w.Id != s.Id)))
        {
            Shown(microconference, removed.Id)?.Withdraw();
        }

        var place = 0;
        foreach (var topic in order.Concat(microconference.Topics.Except(order).OrderBy(t => t.Position)).ToList())
        {
            Move(microconference, topic, place++);
        }

        return true;
    }

    // What somebody submits is not in the lists of this form.
    private static Topic? Shown(Microconference microconference, int? id) =>
        microconference.Topics.SingleOrDefault(t => t.Id == id && Topic.PublicStatuses.Contains(t.Status));

    // The anchors in a topic's text carry its place.
    private void Move(Microconference microconference, Topic topic, int place)
    {
        if (topic.Position != place)
        {
            topic.MoveTo(place);
            topic.Rerender(renderer.Render(topic.Details.Source, AnchorPrefix.OfTopic(microconference.Slug, place)));
        }
    }

    private void Write(
        Microconference microconference,
        Topic topic,
        WrittenLists.Topic written,
        Dictionary<NamedPerson, Person> found
    )
    {
        Rule.Require(
            MarkdownRenderer.Problem(written.Details) is null,
            $"Topic '{written.Title}': {MarkdownRenderer.Problem(written.Details)}"
        );
        topic.Rename(written.Title);
        topic.Describe(
            written.Group,
            written.Minutes,
            renderer.Render(written.Details, AnchorPrefix.OfTopic(microconference.Slug, topic.Position)),
            topic.Links,
            topic.Refs
        );
        topic.SpokenBy([.. written.Speakers.Select(s => found[s])], topic.OpenSpeakers, topic.SpeakersNote);
    }

    private static bool ApplyKeyAttendees(
        Microconference microconference,
        IReadOnlyList<NamedPerson> shown,
        IReadOnlyList<NamedPerson> sent,
        Dictionary<NamedPerson, Person> found
    )
    {
        if (shown.SequenceEqual(sent))
        {
            return false;
        }

        var now = microconference.KeyAttendees.OrderBy(k => k.Position).Select(k => k.Person).ToList();
        var wanted = sent.Select(s => found[s]).ToList();
        var before = shown.Select(s => s.Id).ToHashSet();
        return microconference.NeedsToHave([.. wanted, .. now.Except(wanted).Where(p => !before.Contains(p.Id))]);
    }

    private static bool ApplyReferences(
        Microconference microconference,
        IReadOnlyList<WrittenLists.Reference> shown,
        IReadOnlyList<WrittenLists.Reference> sent
    )
    {
        if (shown.SequenceEqual(sent))
        {
            return false;
        }

        foreach (var reference in sent)
        {
            Rule.Require(
                reference.Label.Length is > 0 and <= Reference.LabelMaxLength,
                $"A reference has a label of 1 to {Reference.LabelMaxLength} characters, such as [1]."
            );
            Rule.Require(
                Reference.IsWebAddress(reference.Url),
                $"'{reference.Url}' is not a web address that begins with https:// or http://."
            );
        }

        var others = microconference
            .References.OrderBy(r => r.Position)
            .Select(r => new WrittenLists.Reference(r.Label, r.Url))
            .Except(shown)
            .Except(sent);
        return microconference.Cite([.. sent.Concat(others).Select(r => (r.Label, r.Url))]);
    }
}
