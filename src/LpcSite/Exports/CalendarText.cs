using System.Text;
using Ical.Net;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace LpcSite.Exports;

/// <summary>What all of the site's calendars (RFC 5545) have in common: their head, their times in UTC, and how their lines are folded.</summary>
internal static class CalendarText
{
    // What the standard names in its first breath; a line's end does not count.
    private const int MostOctets = 75;

    /// <summary>How long a calendar may show what it has before it asks again.</summary>
    public const string Refresh = "PT6H";

    /// <param name="about">What kind of calendar it is, for the product's identifier.</param>
    public static Calendar Named(string name, string about)
    {
        var calendar = new Calendar { Method = "PUBLISH", ProductId = $"-//LpcSite//{about}//EN" };
        calendar.AddProperty("NAME", name);
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddProperty("X-PUBLISHED-TTL", Refresh);
        var refresh = new CalendarProperty("REFRESH-INTERVAL", Refresh);
        refresh.AddParameter("VALUE", "DURATION");
        calendar.AddProperty(refresh);
        return calendar;
    }

    public static CalDateTime Utc(Instant instant) => new(instant.ToDateTimeUtc(), CalDateTime.UtcTzId);

    public static string Write(Calendar calendar) => Folded(new CalendarSerializer().SerializeToString(calendar) ?? "");

    /// <summary>Breaks long lines between characters. Folds that are there are taken back and made anew: the library's part surrogate pairs, which UTF-8 cannot write.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length + text.Length / MostOctets * 3);
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var (octets, from) = (0, 0);
            for (var at = 0; at < line.Length; at++)
            {
                var isPair = char.IsHighSurrogate(line[at]) && at + 1 < line.Length && char.IsLowSurrogate(line[at + 1]);
                var size = isPair ? 4 : line[at] < 0x80 ? 1 : line[at] < 0x800 ? 2 : 3;
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
