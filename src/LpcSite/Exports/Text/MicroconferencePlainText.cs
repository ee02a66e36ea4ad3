using System.Globalization;
using System.Text;
using LpcSite.Conferences;
using LpcSite.Microconferences;

namespace LpcSite.Exports.Text;

/// <summary>The plain text twin of a microconference's page, for terminals and mails: 72 columns, UTF-8.</summary>
public static class MicroconferencePlainText
{
    public static string Write(ConferenceFrame conference, MicroconferenceList list, string origin)
    {
        var text = new StringBuilder();
        Title(text, conference.Name, '=');
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Dates.Range(conference.StartsOn, conference.EndsOn)}, "
                + $"{conference.City}\n{origin}{conference.Path}/mc\n\n"
        );
        if (list.IsShort)
        {
            TextColumns.Paragraph(text, MicroconferenceList.Notice, "", "");
            text.Append('\n');
        }

        foreach (var microconference in list.Microconferences)
        {
            TextColumns.Paragraph(text, microconference.Title, "  ", "    ");
        }

        foreach (var microconference in list.Microconferences)
        {
            text.Append("\n\n");
            Append(text, conference, microconference, origin);
        }

        return CleanText.Of(text.ToString());
    }

    public static string Write(ConferenceFrame conference, MicroconferenceDocument microconference, string origin)
    {
        var text = new StringBuilder();
        Append(text, conference, microconference, origin);
        return CleanText.Of(text.ToString());
    }

    private static void Append(
        StringBuilder text,
        ConferenceFrame conference,
        MicroconferenceDocument microconference,
        string origin
    )
    {
        Title(text, microconference.Title, '=');
        text.Append(
            CultureInfo.InvariantCulture,
            $"{microconference.StatusWord}, revised "
                + $"{Dates.Of(microconference.RevisedAt, conference.TimeZone)}\n{origin}{microconference.Path}\n"
        );
        Section(text, microconference.Description.Source);
        if (microconference.Topics.Count > 0 && !microconference.TopicsInline)
        {
            text.Append('\n');
            Title(text, "Topics", '-');
            AppendTopics(text, microconference, origin);
        }

        if (microconference.Results.Source.Length > 0)
        {
            text.Append('\n');
            Title(text, "Since the last one", '-');
            Section(text, microconference.Results.Source);
        }

        AppendNotes(text, microconference);
        Names(text, "Leads: ", microconference.Leads);
        Names(text, "Key attendees: ", microconference.KeyAttendees);
        if (microconference.References.Count > 0)
        {
            text.Append('\n');
            foreach (var reference in microconference.References)
            {
                TextColumns.Paragraph(text, reference.Url, reference.Bracketed + " ", "    ");
            }
        }
    }

    private static void AppendNotes(StringBuilder text, MicroconferenceDocument microconference)
    {
        if (microconference.Outcome.Source.Length > 0)
        {
            text.Append('\n');
            Title(text, "What came of it", '-');
            Section(text, microconference.Outcome.Source);
        }

        if (microconference.HasNotes)
        {
            text.Append('\n');
            Title(text, "Notes", '-');
            Section(text, microconference.Notes.Source);
            foreach (var topic in microconference.Topics.Where(t => t.Notes.Source.Length > 0))
            {
                text.Append('\n');
                TextColumns.Paragraph(text, topic.Title, "* ", "  ");
                Section(text, topic.Notes.Source);
            }
        }
    }

    private static void AppendTopics(StringBuilder text, MicroconferenceDocument microconference, string origin)
    {
        string? group = null;
        foreach (var topic in microconference.Topics)
        {
            if (topic.Group != group)
            {
                text.Append('\n').Append(group = topic.Group).Append('\n');
            }

            TextColumns.Paragraph(
                text,
                topic.Title + (topic.Minutes is null ? "" : $" ({topic.Minutes} min)"),
                "* ",
                "  "
            );
            if (SpeakerLine.Of(topic) is { Length: > 0 } speakers)
            {
                TextColumns.Paragraph(text, speakers, "  -- ", "     ");
            }

            foreach (
                var line in TextColumns
                    .Fold(topic.Details.Source, TextColumns.Width - 2)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            )
            {
                text.Append(CultureInfo.InvariantCulture, $"  {line}\n");
            }

            foreach (var material in topic.Materials)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {material.Words}: {material.From(origin)}\n");
            }

            foreach (var link in topic.Links)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {link}\n");
            }
        }
    }

    private static void Section(StringBuilder text, string source)
    {
        if (source.Length > 0)
        {
            text.Append('\n').Append(TextColumns.Fold(source));
        }
    }

    private static void Names(StringBuilder text, string heading, IReadOnlyList<MicroconferenceDocument.Name> people)
    {
        if (people.Count > 0)
        {
            text.Append('\n');
            var names = string.Join(", ", people.Select(p => CleanText.Name(p.FullName)));
            TextColumns.Paragraph(text, names, heading, "  ");
        }
    }

    private static void Title(StringBuilder text, string title, char underline)
    {
        TextColumns.Paragraph(text, title, "", "");
        text.Append(underline, Math.Min(title.Length, TextColumns.Width)).Append('\n');
    }
}
