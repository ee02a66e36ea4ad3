using System.Text;
using Ical.Net;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace LpcSite.Exports.Calendars;

/// <summary>
/// What all of the site's calendars (RFC 5545) have in common: their head, their times in UTC, and how their lines are
/// folded.
/// </summary>
internal static class CalendarText
{
    // What the standard names in its first breath; a line's end does not count.
    private const int MostOctets = 75;

    /// <summary>How long a calendar may show what it has before it asks again.</summary>
    public const string Refresh = "PT6H";

    // A calendar holds at least one component (section 3.6), and no event is less than one that says nothing: a zone is
    // the one component that no program shows.
    private const string NoEvent =
        "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        + "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

    private const string Last = "END:VCALENDAR\r\n";

    /// <summary>
    /// The head of a calendar to subscribe to. It names no method: with one it would be a message to somebody, and
    /// needed an organizer in every event (RFC 5546, section 3.2.1).
    /// </summary>
    /// <param name="about">What kind of calendar it is, for the product's identifier.</param>
    /// <param name="emptiness">What is said of a calendar without any event; null where there is one.</param>
    public static void Begin(StringBuilder text, string name, string about, string? emptiness)
    {
        var escaped = Escaped(name);
        text.Append("BEGIN:VCALENDAR\r\nNAME:")
            .Append(escaped)
            .Append("\r\nPRODID:-//LpcSite//")
            .Append(about)
            .Append("//EN\r\nREFRESH-INTERVAL;VALUE=DURATION:")
            .Append(Refresh)
            .Append("\r\nVERSION:2.0\r\nX-PUBLISHED-TTL:")
            .Append(Refresh)
            .Append("\r\nX-WR-CALNAME:")
            .Append(escaped)
            .Append("\r\n");
        if (emptiness is not null)
        {
            text.Append("DESCRIPTION:")
                .Append(Escaped(emptiness))
                .Append("\r\nX-WR-CALDESC:")
                .Append(Escaped(emptiness))
                .Append("\r\n")
                .Append(NoEvent);
        }
    }

    public static string End(StringBuilder text) => text.Append(Last).ToString();

    /// <summary>The same head for the library that writes calendars.</summary>
    public static Calendar Named(string name, string about)
    {
        var calendar = new Calendar { ProductId = $"-//LpcSite//{about}//EN" };
        calendar.AddProperty("NAME", name);
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddProperty("X-PUBLISHED-TTL", Refresh);
        var refresh = new CalendarProperty("REFRESH-INTERVAL", Refresh);
        refresh.AddParameter("VALUE", "DURATION");
        calendar.AddProperty(refresh);
        return calendar;
    }

    public static CalDateTime Utc(Instant instant) => new(instant.ToDateTimeUtc(), CalDateTime.UtcTzId);

    /// <param name="emptiness">What is said of it where it holds no event.</param>
    public static string Write(Calendar calendar, string emptiness)
    {
        var isEmpty = calendar.Events.Count == 0;
        if (isEmpty)
        {
            calendar.AddProperty("DESCRIPTION", emptiness);
            calendar.AddProperty("X-WR-CALDESC", emptiness);
        }

        var text = new CalendarSerializer().SerializeToString(calendar) ?? "";
        return Folded(isEmpty ? text.Replace(Last, NoEvent + Last, StringComparison.Ordinal) : text);
    }

    /// <summary>As a value of type TEXT (section 3.3.11).</summary>
    public static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>
    /// Breaks long lines between characters. Folds that are there are taken back and made anew: the library's part
    /// surrogate pairs, which UTF-8 cannot write.
    /// </summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length + text.Length / MostOctets * 3);
        var lines = text.Replace("\r\n ", "", StringComparison.Ordinal)
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.Select(CleanText.Line))
        {
            var (octets, from) = (0, 0);
            for (var at = 0; at < line.Length; at++)
            {
                var isPair =
                    char.IsHighSurrogate(line[at]) && at + 1 < line.Length && char.IsLowSurrogate(line[at + 1]);
                var size =
                    isPair ? 4
                    : line[at] < 0x80 ? 1
                    : line[at] < 0x800 ? 2
                    : 3;
                if (octets + size > MostOctets)
                {
                    folded.Append(line, from, at - from).Append("\r\n ");
                    (octets, from) = (1, at);
                }

                octets += size;
                at += isPair ? 1 : 0;
            }

            folded.Append(line, from, line.Length - from).Append("\r\n");
        }

        return folded.ToString();
    }
}
