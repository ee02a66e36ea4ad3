using System.Globalization;
using System.Text;
using LpcSite.Conferences;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Texts;
using LpcSite.Topics.Speakers;
using NodaTime;

namespace LpcSite.Exports.Text;

/// <summary>
/// The plain text twin of the public schedule, for terminals and mails: 80 columns, UTF-8, the venue's time with its
/// zone.
/// </summary>
public static class SchedulePlainText
{
    private const int Width = 80;

    // Under a session's heading, and under the titles of its topics, which begin after their time and minutes.
    private const string Inside = "  ";
    private const string UnderTitle = "                 ";

    /// <param name="schedule">Null before the first release.</param>
    public static string Write(
        ConferenceFrame conference,
        LatestRelease? schedule,
        ScheduleChoice choice,
        string origin
    )
    {
        var text = new StringBuilder();
        Title(text, $"{conference.ShortName}: schedule", '=');
        if (schedule is null)
        {
            TextColumns.Paragraph(
                text,
                "The schedule is not public yet. Until then there are the microconferences that it will be made of, "
                    + "and the calls for what is still missing:",
                "",
                "",
                Width
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"{origin}{conference.Path}/mc\n{origin}{conference.Path}/calls\n"
            );
            return CleanText.Of(text.ToString());
        }

        var zone = schedule.Document.Zone;
        TextColumns.Paragraph(
            text,
            $"Release {schedule.Number}, {Dates.Moment(schedule.At, zone)}. All times are those of the venue, "
                + $"{zone.Id}.",
            "",
            "",
            Width
        );
        text.Append(CultureInfo.InvariantCulture, $"{origin}{conference.Path}/schedule\n");
        var shown = choice.Of(schedule.Document);
        if (!choice.IsAll)
        {
            text.Append(
                shown.Entries.Count == 0
                    ? "\nNothing in the schedule is what was chosen.\n"
                    : "\nOnly what was chosen.\n"
            );
        }

        var cancelled = Cancellation.Of(schedule.Document, choice).ToLookup(c => shown.DayOf(c.Starts));
        foreach (var day in shown.Days.Concat(cancelled.Select(c => c.Key)).Distinct().Order())
        {
            text.Append("\n\n");
            Title(text, VenueTime.Day(day), '-');
            var gone = new Queue<Cancellation>(cancelled[day]);
            foreach (var entry in shown.On(day))
            {
                Append(text, gone, until: entry.Starts, zone);
                text.Append('\n');
                Append(text, shown, entry);
            }

            Append(text, gone, until: Instant.MaxValue, zone);
        }

        return CleanText.Of(text.ToString());
    }

    // Where it would have stood: behind what begins at the same time.
    private static void Append(StringBuilder text, Queue<Cancellation> cancelled, Instant until, DateTimeZone zone)
    {
        while (cancelled.TryPeek(out var one) && one.Starts < until)
        {
            cancelled.Dequeue();
            text.Append('\n');
            TextColumns.Paragraph(
                text,
                $"{one.Word.ToUpperInvariant()}: "
                    + $"{VenueTime.Span(one.Starts, one.Ends, zone)}{(one.Room is null ? "" : $", {one.Room}")}",
                "",
                Inside,
                Width
            );
            TextColumns.Paragraph(text, one.Title, Inside, Inside, Width);
        }
    }

    private static void Append(StringBuilder text, ScheduleDocument schedule, ScheduleDocument.Entry entry)
    {
        var (zone, room) = (schedule.Zone, schedule.RoomOf(entry));
        var seats = room?.Capacity is { } capacity ? $" ({Wording.Count(capacity, "seat")})" : "";
        TextColumns.Paragraph(
            text,
            $"{VenueTime.Span(entry.Starts, entry.Ends, zone)}, {room?.Name ?? "room to follow"}{seats}{FormOf(entry)}",
            "",
            Inside,
            Width
        );
        TextColumns.Paragraph(text, entry.Title, Inside, Inside, Width);
        if (entry.Leads.Count > 0)
        {
            var names = string.Join(", ", entry.Leads.Select(l => CleanText.Name(l.FullName)));
            TextColumns.Paragraph(text, $"led by {names}", Inside, Inside + "  ", Width);
        }

        foreach (var item in entry.Items.Where(i => i.Starts is not null))
        {
            Append(text, item, $"{Inside}{VenueTime.Clock(item.Starts!.Value, zone)} {ZoneOf(item.Starts.Value)}");
        }

        var open = entry.Items.Where(i => i.Starts is null).ToList();
        if (open.Count > 0)
        {
            text.Append(Inside).Append("Without a time yet:\n");
            open.ForEach(item => Append(text, item, Inside + "     "));
        }

        // Named again only where the clock has changed since the session began.
        string ZoneOf(Instant instant) =>
            VenueTime.Zone(instant, zone) is var name && name == VenueTime.Zone(entry.Starts, zone) ? "" : name + " ";
    }

    private static void Append(StringBuilder text, ScheduleDocument.Item item, string when)
    {
        var minutes = item.Minutes is { } known ? FormattableString.Invariant($"{known} min") : "";
        TextColumns.Paragraph(
            text,
            item.Title,
            $"{when.TrimEnd()}  {minutes}".PadRight(UnderTitle.Length - 1) + " ",
            UnderTitle,
            Width
        );
        if (item.Speakers.Count > 0)
        {
            TextColumns.Paragraph(text, SpeakerNames.Of(item), UnderTitle + "-- ", UnderTitle + "   ", Width);
        }
    }

    private static string FormOf(ScheduleDocument.Entry entry) =>
        entry switch
        {
            { Kind: SlotKind.Plenary } => ", for everybody",
            { Kind: SlotKind.Track } => ", track",
            { Form: SessionForm.NoAv } => ", without staffed audio and video",
            _ => "",
        };

    private static void Title(StringBuilder text, string title, char underline)
    {
        TextColumns.Paragraph(text, title, "", "", Width);
        text.Append(underline, Math.Min(title.Length, Width)).Append('\n');
    }
}
