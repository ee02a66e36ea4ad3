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

    private const string Refresh = "PT6H";

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

    // The serializer folds between the halves of a surrogate pair, which UTF-8 then cannot write: its folds are taken back and made anew.
    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MostOctets)
                {
                    folded.Append("\r\n ");
                    octets = 1;
                }

                folded.Append(rune);
                octets += rune.Utf8SequenceLength;
            }

            folded.Append("\r\n");
        }

        return folded.ToString();
    }
}
