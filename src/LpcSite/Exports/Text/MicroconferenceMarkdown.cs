using System.Globalization;
using System.Text;
using LpcSite.Conferences;
using LpcSite.Markdown;
using LpcSite.Microconferences;

namespace LpcSite.Exports.Text;

/// <summary>
/// The Markdown twin of a microconference's page: its authors' own text, with people, topics and references around it.
/// Titles and names mean themselves, and texts that were written apart stay apart: see <see cref="MarkdownParts"/>.
/// </summary>
public sealed class MicroconferenceMarkdown
{
    private readonly StringBuilder _text = new();
    private readonly ConferenceFrame _conference;
    private readonly string _origin;
    private readonly Queue<string> _sources;

    private MicroconferenceMarkdown(
        ConferenceFrame conference,
        IEnumerable<MicroconferenceDocument> microconferences,
        string origin
    )
    {
        (_conference, _origin) = (conference, origin);
        _sources = new(MarkdownParts.Apart([.. microconferences.SelectMany(Sources)]));
    }

    public static string Write(ConferenceFrame conference, MicroconferenceList list, string origin)
    {
        var sheet = new MicroconferenceMarkdown(conference, list.Microconferences, origin);
        sheet.Line($"# {MarkdownParts.Escaped(conference.Name)}: microconferences\n");
        if (list.IsShort)
        {
            sheet.Line($"{MicroconferenceList.Notice}\n");
        }

        foreach (var microconference in list.Microconferences)
        {
            sheet.Line($"- [{MarkdownParts.Escaped(microconference.Title)}]({origin}{microconference.Path})");
        }

        foreach (var microconference in list.Microconferences)
        {
            sheet.Line("");
            sheet.Append(microconference, "##");
        }

        return CleanText.Of(sheet._text.ToString());
    }

    public static string Write(ConferenceFrame conference, MicroconferenceDocument microconference, string origin)
    {
        var sheet = new MicroconferenceMarkdown(conference, [microconference], origin);
        sheet.Append(microconference, "#");
        return CleanText.Of(sheet._text.ToString());
    }

    /// <summary>Everything of the authors that is Markdown, in the order in which it is written below.</summary>
    private static IEnumerable<string> Sources(MicroconferenceDocument microconference) =>
        [
            microconference.Description.Source,
            .. ShowsTopics(microconference) ? microconference.Topics.Select(t => t.Details.Source) : [],
            microconference.Results.Source,
            microconference.Outcome.Source,
            .. microconference.HasNotes
                ? microconference.Topics.Select(t => t.Notes.Source).Prepend(microconference.Notes.Source)
                : [],
            References(microconference),
        ];

    private static bool ShowsTopics(MicroconferenceDocument microconference) =>
        microconference.Topics.Count > 0 && !microconference.TopicsInline;

    // A label of the list may be one that a text defines, too: the list says what it says.
    private static string References(MicroconferenceDocument microconference) =>
        string.Concat(microconference.References.Select(reference => $"- {reference.Bracketed} {reference.Url}\n"));

    private void Append(MicroconferenceDocument microconference, string level)
    {
        Line($"{level} {MarkdownParts.Escaped(microconference.Title)}\n");
        var revised = Dates.Of(microconference.RevisedAt, _conference.TimeZone);
        Line($"{microconference.StatusWord}, revised {revised}. <{_origin}{microconference.Path}>");
        Section(_sources.Dequeue());
        if (ShowsTopics(microconference))
        {
            Line($"\n{level}# Topics\n");
            AppendTopics(microconference, level);
        }

        Section(_sources.Dequeue(), $"{level}# Since the last one");
        Section(_sources.Dequeue(), $"{level}# What came of it");
        AppendNotes(microconference, level);
        AppendNames(level, "Leads", microconference.Leads);
        AppendNames(level, "Key attendees", microconference.KeyAttendees);
        Section(_sources.Dequeue(), $"{level}# References");
    }

    private void AppendNotes(MicroconferenceDocument microconference, string level)
    {
        if (microconference.HasNotes)
        {
            Line($"\n{level}# Notes");
            Section(_sources.Dequeue());
            foreach (var topic in microconference.Topics)
            {
                Section(_sources.Dequeue(), $"{level}## {MarkdownParts.Escaped(topic.Title)}");
            }
        }
    }

    private void AppendTopics(MicroconferenceDocument microconference, string level)
    {
        string? group = null;
        foreach (var topic in microconference.Topics)
        {
            if (topic.Group != group)
            {
                var heading = topic.Group is null ? "Others" : MarkdownParts.Escaped(topic.Group);
                Line($"{(topic == microconference.Topics[0] ? "" : "\n")}{level}## {heading}\n");
                group = topic.Group;
            }

            var minutes = topic.Minutes is null
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $" ({topic.Minutes} min)");
            Line($"- {MarkdownParts.Escaped(topic.Title)}{minutes}");
            if (SpeakerLine.Of(topic) is { Length: > 0 } speakers)
            {
                Line($"  {MarkdownParts.Escaped(speakers)}");
            }

            foreach (var line in Lines(_sources.Dequeue()))
            {
                Line(line.Length == 0 ? "" : $"  {line}");
            }

            foreach (var material in topic.Materials)
            {
                Line($"  - [{MarkdownParts.Escaped(material.Words)}](<{material.From(_origin)}>)");
            }

            foreach (var link in topic.Links)
            {
                Line($"  - {link}");
            }
        }
    }

    private static IEnumerable<string> Lines(string source) =>
        source.Length == 0 ? [] : source.Trim('\n').Split('\n').Prepend("");

    private void Section(string source, string? heading = null)
    {
        if (source.Length > 0)
        {
            Line(heading is null ? $"\n{source.Trim('\n')}" : $"\n{heading}\n\n{source.Trim('\n')}");
        }
    }

    private void AppendNames(string level, string heading, IReadOnlyList<MicroconferenceDocument.Name> people)
    {
        if (people.Count > 0)
        {
            Line($"\n{level}# {heading}\n");
            foreach (var person in people)
            {
                Line($"- {MarkdownParts.Escaped(CleanText.Name(person.FullName))}");
            }
        }
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
