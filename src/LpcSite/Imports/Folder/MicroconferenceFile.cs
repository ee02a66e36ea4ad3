using LpcSite.Conferences;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Results;
using LpcSite.People;
using LpcSite.People.Picker;
using LpcSite.Scheduling.Sessions;
using LpcSite.Topics;

namespace LpcSite.Imports.Folder;

/// <summary>Reads one <c>SLUG.md</c>: the keys between its fences, and the description after them.</summary>
internal sealed class MicroconferenceFile(
    string slug,
    ConferenceFolderReader folder,
    FolderFile file,
    Dictionary<string, FolderPlace> merges
)
{
    private static readonly string[] Keys =
    [
        "title",
        "slug",
        "uid",
        "status",
        "form",
        "merged_into",
        "leads",
        "key_attendees",
        "call_for_topics",
        "topics",
        "session",
        "references",
        "accomplishments",
        "outcome",
        "notes",
        "topics_inline",
    ];

    private static readonly string[] TopicKeys =
    [
        "title",
        "uid",
        "group",
        "minutes",
        "speakers",
        "speakers_note",
        "details",
        "notes",
        "links",
        "refs",
    ];
    private static readonly string[] ReferenceKeys = ["label", "url"];

    // "To be announced" says the same as "to be determined".
    private static readonly string[] Nobodies = [ConferenceFolder.Nobody, "TBA"];

    public static string NotASlug(string text) =>
        $"'{text}' is not a slug: lower-case letters a to z, digits and single hyphens, {Slug.MaxLength} characters "
        + "at most.";

    public ConferenceFolder.Microconference? Read(byte[] bytes)
    {
        // The first line of the YAML is the second one of the file, after the fence.
        if (
            file.Decode(bytes) is not { } text
            || file.Split(text) is not var (yaml, body, line)
            || file.Parse(yaml, 1, Keys) is not { } map
        )
        {
            return null;
        }

        CheckSlug(map);
        folder.Note(file.Name, map, "status");
        folder.Note(file.Name, map, "session");
        var title = map.Required("title", Microconference.TitleMaxLength);
        var uid = folder.ReadUid(map, "mc");
        var status = map.Word<MicroconferenceStatus>("status", required: true);
        var (form, mergedInto) = (map.Word<SessionForm>("form", required: false), map.AsWritten("merged_into"));
        CheckDecision(map, status, mergedInto);
        var (leads, keyAttendees) = (ReadPeople(map, "leads"), ReadPeople(map, "key_attendees"));
        if (!map.Has("leads"))
        {
            map.Problem("leads", "The key 'leads' is missing: a microconference has at least one lead.");
        }
        else if (map.IsEmptyList("leads"))
        {
            map.Problem("leads", "A microconference has at least one lead.");
        }

        var topics = map.Maps("topics", TopicKeys).Select(ReadTopic).OfType<ConferenceFolder.Topic>().ToList();
        var titles = topics.ConvertAll(topic => topic.Title);
        var session = map.Has("session")
            ? map.Maps("session", ConferenceGridReader.SessionKeys)
                .Select(part => ConferenceGridReader.ReadPart(part, titles))
                .OfType<ConferenceFolder.SessionPart>()
                .ToList()
            : null;
        CheckSession(map, topics, session);
        map.AtMost("topics", topics.Count, ProposalLists.MaxTopics);
        map.AtMost("session", session?.Count ?? 0, SessionItem.MaxOfMicroconference);
        var references = map.Maps("references", ReferenceKeys)
            .Select(ReadReference)
            .OfType<ConferenceFolder.Reference>()
            .ToList();
        map.AtMost("references", references.Count, ProposalLists.MaxReferences);
        map.AtMost("leads", leads.Count, PersonPicker.MaxNames);
        map.AtMost("key_attendees", keyAttendees.Count, PersonPicker.MaxNames);
        var accomplishments = ReadMarkdown(map, "accomplishments");
        var (outcome, notes) = (ReadNotes(map, "outcome"), ReadNotes(map, "notes"));
        var description = file.Body(body, line);
        var (call, inline) = (
            folder.ReadCall(map.Map("call_for_topics", ConferenceFolderReader.CallKeys)),
            map.Flag("topics_inline")
        );
        return title is null || status is null
            ? null
            : new ConferenceFolder.Microconference(
                slug,
                title,
                status.Value,
                form,
                mergedInto,
                leads,
                keyAttendees,
                call,
                topics,
                references,
                accomplishments,
                inline,
                description
            )
            {
                Outcome = outcome,
                Notes = notes,
                Session = session,
                Uid = uid,
            };
    }

    private static void CheckSession(
        YamlMap map,
        List<ConferenceFolder.Topic> topics,
        List<ConferenceFolder.SessionPart>? session
    )
    {
        foreach (
            var twice in (session ?? [])
                .Where(part => part.Topic is not null)
                .GroupBy(part => part.Topic, StringComparer.Ordinal)
        )
        {
            var there = topics.Count(topic => topic.Title == twice.Key);
            if (there > 0 && twice.Count() > there)
            {
                map.Problem("session", $"The topic '{twice.Key}' stands in the session {twice.Count()} times.");
            }
        }
    }

    private void CheckSlug(YamlMap map)
    {
        if (map.RequiredAsWritten("slug") is not { } text)
        {
            return;
        }

        if (!Slug.IsValid(text))
        {
            map.Problem("slug", NotASlug(text));
        }
        else if (text != slug)
        {
            map.Problem("slug", $"The slug is '{text}', but the file is called '{slug}.md'.");
        }
    }

    private void CheckDecision(YamlMap map, MicroconferenceStatus? status, string? mergedInto)
    {
        if (status is not null && map.Has("form") && status is not MicroconferenceStatus.Accepted)
        {
            map.Problem("form", "Only an accepted microconference has a form.");
        }

        if (mergedInto is not null)
        {
            merges[slug] = new FolderPlace(file.Name, map.LineOf("merged_into"));
        }

        if (status is not null && (status is MicroconferenceStatus.Merged) != (mergedInto is not null))
        {
            map.Problem(
                mergedInto is null ? "status" : "merged_into",
                "A merged microconference names the one it went into in 'merged_into', and no other does."
            );
        }
    }

    private List<PersonName> ReadPeople(YamlMap map, string key)
    {
        var people = new List<PersonName>();
        foreach (var (text, line) in map.Texts(key, int.MaxValue))
        {
            if (IsNobody(text))
            {
                file.Problem(line, $"'{text}' is nobody; only speakers may still be open.");
            }
            else
            {
                Add(people, text, line);
            }
        }

        return people;
    }

    private void Add(List<PersonName> people, string text, int line)
    {
        var name = PersonName.Parse(text);
        if (name.Name.Length > Person.NameMaxLength)
        {
            file.Problem(line, $"The name has {name.Name.Length} characters; at most {Person.NameMaxLength} fit.");
            return;
        }

        folder.Mention(name, file.Name, line);
        people.Add(name);
    }

    private ConferenceFolder.Topic? ReadTopic(YamlMap map)
    {
        var title = map.Required("title", Topic.TitleMaxLength);
        var uid = folder.ReadUid(map, "topic");
        var (group, minutes) = (
            map.Optional("group", Topic.GroupMaxLength),
            map.Number("minutes", 1, Topic.MaxMinutes)
        );
        if (group is { Length: 0 })
        {
            map.Problem("group", "The key 'group' is empty.");
        }

        var people = new List<PersonName>();
        var open = 0;
        foreach (var (text, line) in map.Texts("speakers", int.MaxValue))
        {
            if (IsNobody(text))
            {
                open++;
            }
            else
            {
                Add(people, text, line);
            }
        }

        map.AtMost("speakers", people.Count + open, PersonPicker.MaxNames);
        var note = map.Optional("speakers_note", Topic.NoteMaxLength);
        var details = ReadMarkdown(map, "details");
        var notes = ReadNotes(map, "notes");
        List<string> links = [.. map.Texts("links", Reference.UrlMaxLength).Select(link => link.Text)];
        List<string> refs = [.. map.Texts("refs", Reference.LabelMaxLength).Select(label => label.Text)];
        map.AtMost("links", links.Count, ProposalLists.MaxReferences);
        map.AtMost("refs", refs.Count, ProposalLists.MaxReferences);
        return title is null
            ? null
            : new ConferenceFolder.Topic(title, group, minutes, people, open, note, details, links, refs)
            {
                Notes = notes,
                Uid = uid,
            };
    }

    private static ConferenceFolder.Reference? ReadReference(YamlMap map)
    {
        var (label, url) = (
            map.Required("label", Reference.LabelMaxLength),
            map.Required("url", Reference.UrlMaxLength)
        );
        return label is null || url is null ? null : new ConferenceFolder.Reference(label, url);
    }

    private static string ReadMarkdown(YamlMap map, string key)
    {
        var source = map.Lines(key) ?? "";
        if (MarkdownRenderer.Problem(source) is { } problem)
        {
            map.Problem(key, problem);
        }

        return source;
    }

    private static string ReadNotes(YamlMap map, string key)
    {
        var source = ReadMarkdown(map, key);
        if (source.Length > Notes.MaxLength)
        {
            map.Problem(key, $"Notes have at most {Notes.MaxLength} characters, and these {source.Length}.");
        }

        return source;
    }

    private static bool IsNobody(string text) => Nobodies.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
}
