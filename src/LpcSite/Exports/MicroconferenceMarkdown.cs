using System.Globalization;
using System.Text;
using LpcSite.Conferences;
using LpcSite.Microconferences;

namespace LpcSite.Exports;

/// <summary>The Markdown twin of a microconference's page: its authors' own text, with people, topics and references around it.</summary>
public static class MicroconferenceMarkdown
{
    public static string Write(ConferenceFrame conference, MicroconferenceList list, string origin)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {conference.Name}: microconferences\n\n");
        if (list.IsShort)
        {
            text.Append(CultureInfo.InvariantCulture, $"{MicroconferenceList.Notice}\n\n");
        }

        foreach (var microconference in list.Microconferences)
        {
            text.Append(CultureInfo.InvariantCulture, $"- [{microconference.Title}]({origin}{microconference.Path})\n");
        }

        foreach (var microconference in list.Microconferences)
        {
            text.Append('\n');
            Append(text, conference, microconference, origin, "##");
        }

        return text.ToString();
    }

    public static string Write(ConferenceFrame conference, MicroconferenceDocument microconference, string origin)
    {
        var text = new StringBuilder();
        Append(text, conference, microconference, origin, "#");
        return text.ToString();
    }

    private static void Append(StringBuilder text, ConferenceFrame conference, MicroconferenceDocument microconference, string origin, string level)
    {
        text.Append(CultureInfo.InvariantCulture, $"{level} {microconference.Title}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{microconference.StatusWord}, revised {Dates.Of(microconference.RevisedAt, conference.TimeZone)}. <{origin}{microconference.Path}>\n");
        Section(text, microconference.Description.Source);
        if (microconference.Topics.Count > 0 && !microconference.TopicsInline)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{level}# Topics\n\n");
            AppendTopics(text, microconference, origin, level);
        }

        if (microconference.Results.Source.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{level}# Since the last one\n");
            Section(text, microconference.Results.Source);
        }

        AppendNotes(text, microconference, level);
        AppendNames(text, level, "Leads", microconference.Leads);
        AppendNames(text, level, "Key attendees", microconference.KeyAttendees);
        if (microconference.References.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{level}# References\n\n");
            foreach (var reference in microconference.References)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {reference.Bracketed} {reference.Url}\n");
            }
        }
    }

    private static void AppendNotes(StringBuilder text, MicroconferenceDocument microconference, string level)
    {
        if (microconference.Outcome.Source.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{level}# What came of it\n");
            Section(text, microconference.Outcome.Source);
        }

        if (microconference.HasNotes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{level}# Notes\n");
            Section(text, microconference.Notes.Source);
            foreach (var topic in microconference.Topics.Where(t => t.Notes.Source.Length > 0))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{level}## {topic.Title}\n");
                Section(text, topic.Notes.Source);
            }
        }
    }

    private static void AppendTopics(StringBuilder text, MicroconferenceDocument microconference, string origin, string level)
    {
        string? group = null;
        foreach (var topic in microconference.Topics)
        {
            if (topic.Group != group)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(topic == microconference.Topics[0] ? "" : "\n")}{level}## {topic.Group ?? "Others"}\n\n");
                group = topic.Group;
            }

            text.Append(CultureInfo.InvariantCulture, $"- {topic.Title}{(topic.Minutes is null ? "" : $" ({topic.Minutes} min)")}\n");
            if (SpeakerLine.Of(topic) is { Length: > 0 } speakers)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {speakers}\n");
            }

            foreach (var line in Lines(topic.Details.Source))
            {
                text.Append(line.Length == 0 ? "\n" : $"  {line}\n");
            }

            foreach (var material in topic.Materials)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - [{material.Words.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)}](<{material.From(origin)}>)\n");
            }

            foreach (var link in topic.Links)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {link}\n");
            }
        }
    }

    private static IEnumerable<string> Lines(string source) => source.Length == 0 ? [] : source.Trim('\n').Split('\n').Prepend("");

    private static void Section(StringBuilder text, string source)
    {
        if (source.Length > 0)
        {
            text.Append('\n').Append(source.Trim('\n')).Append('\n');
        }
    }

    private static void AppendNames(StringBuilder text, string level, string heading, IReadOnlyList<MicroconferenceDocument.Name> people)
    {
        if (people.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{level}# {heading}\n\n");
            foreach (var person in people)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {person.FullName}\n");
            }
        }
    }
}
