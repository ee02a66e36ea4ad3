using System.Text;
using LpcSite.Scheduling;
using NodaTime.Text;

namespace LpcSite.Exports;

/// <summary>
/// The released schedule, or a part of it, as a calendar (RFC 5545) to subscribe to. Times are instants in UTC, so that no reader's own
/// table of zones moves them; a calendar shows them in the zone of whoever looks at it.
/// <para>It is written line by line: the library that writes the calendar of the calls takes ten times as long, which nobody notices there.</para>
/// </summary>
public static class ScheduleCalendar
{
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(Released released, ScheduleFeed feed, string origin)
    {
        var name = Escaped(CleanText.Line(feed.Name));
        var text = new StringBuilder()
            .Append("BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\n").Append("NAME:").Append(name)
            .Append("\r\nPRODID:-//LpcSite//Schedule//EN\r\nREFRESH-INTERVAL;VALUE=DURATION:").Append(CalendarText.Refresh)
            .Append("\r\nVERSION:2.0\r\nX-PUBLISHED-TTL:").Append(CalendarText.Refresh).Append("\r\nX-WR-CALNAME:").Append(name).Append("\r\n");
        foreach (var line in feed.Lines)
        {
            Append(text, released, line, origin);
        }

        foreach (var gone in feed.Cancelled)
        {
            Append(text, released, gone, origin);
        }

        return CalendarText.Folded(text.Append("END:VCALENDAR\r\n").ToString());
    }

    private static void Append(StringBuilder text, Released released, ScheduleLine line, string origin)
    {
        var people = string.Join(", ", line.People.Select(p => p.Name));
        var address = origin + line.Path;
        Append(text, released, new(line.Uid, line.Title, null, line.Place, line.Starts, line.Ends, line.Sequence), line.Track,
            $"{(line.Topic is null ? "" : $"{line.Track}\n")}{(people.Length == 0 ? "" : $"{people}\n")}\n{line.Text}\n\n{address}".TrimStart('\n'), "CONFIRMED", address);
    }

    // What is gone belonged to its microconference, which may be gone as well.
    private static void Append(StringBuilder text, Released released, ScheduleDocument.Gone gone, string origin)
    {
        var document = released.Document;
        var of = gone.Slug is null ? null : document.Entries.FirstOrDefault(e => e.Slug == gone.Slug)?.Title
            ?? document.Cancelled.FirstOrDefault(c => c.Slug == gone.Slug && c.Uid.StartsWith("mc-", StringComparison.Ordinal))?.Title;
        var address = $"{origin}/{document.Conference.Slug}/{(gone.Slug is null ? "schedule" : $"mc/{gone.Slug}")}";
        Append(text, released, gone with { Title = CleanText.Line(gone.Title), Room = ScheduleLine.PlaceOf(gone.Room) }, CleanText.Line(of ?? gone.Title), $"This was cancelled.\n\n{address}", "CANCELLED", address);
    }

    // It is transparent: nobody is busy because he reads a schedule, and what he goes to he decides himself.
    private static void Append(StringBuilder text, Released released, ScheduleDocument.Gone one, string category, string description, string status, string address) => text
        .Append("BEGIN:VEVENT\r\nCATEGORIES:").Append(Escaped(category))
        .Append("\r\nDESCRIPTION:").Append(Escaped(description))
        .Append("\r\nDTEND:").Append(Utc.Format(one.Ends))
        .Append("\r\nDTSTAMP:").Append(Utc.Format(released.At))
        .Append("\r\nDTSTART:").Append(Utc.Format(one.Starts))
        .Append("\r\nLAST-MODIFIED:").Append(Utc.Format(released.At))
        .Append("\r\nLOCATION:").Append(Escaped(one.Room ?? ""))
        .Append("\r\nSEQUENCE:").Append(one.Sequence)
        .Append("\r\nSTATUS:").Append(status)
        .Append("\r\nSUMMARY:").Append(Escaped(one.Title))
        .Append("\r\nTRANSP:TRANSPARENT\r\nUID:").Append(one.Uid).Append('.').Append(released.Document.Conference.Slug).Append("@lpcsite")
        .Append("\r\nURL:").Append(address).Append("\r\nEND:VEVENT\r\n");

    // Section 3.3.11.
    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
