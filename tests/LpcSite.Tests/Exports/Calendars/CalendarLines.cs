using System.Globalization;
using System.Text;

namespace LpcSite.Tests.Exports.Calendars;

/// <summary>
/// A calendar read as RFC 5545 says: by lines, folds and escapes, and not by the library that wrote it.
/// </summary>
internal sealed class CalendarLines
{
    public CalendarLines(string text)
    {
        Dictionary<string, string>? current = null;
        var isZone = false;
        foreach (
            var line in text.Replace("\r\n ", "", StringComparison.Ordinal)
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        )
        {
            // What an empty calendar holds instead of events is no property of it.
            isZone |= line == "BEGIN:VTIMEZONE";
            if (isZone)
            {
                isZone = line != "END:VTIMEZONE";
            }
            else if (line == "BEGIN:VEVENT")
            {
                Events.Add(current = new(StringComparer.Ordinal));
            }
            else if (line == "END:VEVENT")
            {
                current = null;
            }
            else
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                (current ?? Head).Add(line[..colon], Unescaped(line[(colon + 1)..]));
            }
        }
    }

    public Dictionary<string, string> Head { get; } = new(StringComparer.Ordinal);
    public List<Dictionary<string, string>> Events { get; } = [];

    public Dictionary<string, string> Of(string uid) =>
        Events.Single(e => e["UID"].StartsWith($"{uid}.", StringComparison.Ordinal));

    public IEnumerable<string> Uids => Events.Select(e => e["UID"].Split('.')[0]);

    public static DateTime Utc(string value) =>
        DateTime.ParseExact(
            value,
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    private static string Unescaped(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            text.Append(
                value[i] != '\\' ? value[i]
                : value[++i] is 'n' or 'N' ? '\n'
                : value[i]
            );
        }

        return text.ToString();
    }
}
