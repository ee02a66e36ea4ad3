using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace LpcSite.Tests.Texts;

/// <summary>What a strict reader of each format says of an answer.</summary>
internal static class PublicFormats
{
    /// <returns>What is wrong with it; null for nothing.</returns>
    public static string? Problem(string mediaType, string text) =>
        Control(mediaType, text)
        ?? (
            mediaType switch
            {
                "text/calendar" => OfCalendar(text),
                _ when mediaType.EndsWith("xml", StringComparison.Ordinal) => OfXml(text),
                _ when mediaType.EndsWith("json", StringComparison.Ordinal) => OfJson(text),
                _ => null,
            }
        );

    // Line ends of calendars and tables are CR LF (RFC 5545, section 3.1; RFC 4180, section 2).
    private static string? Control(string mediaType, string text)
    {
        var lines = mediaType is "text/calendar" or "text/csv" or "text/html"
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal)
            : text;
        var at = lines
            .ToList()
            .FindIndex(c => char.IsControl(c) && c is not ('\n' or '\t') || c is '\uFFFE' or '\uFFFF');
        return at < 0 ? null : $"U+{(int)lines[at]:X4} in '{lines[Math.Max(0, at - 40)..at]}'";
    }

    private static string? OfXml(string text)
    {
        try
        {
            return XDocument.Parse(text).Root is null ? "nothing" : null;
        }
        catch (XmlException invalid)
        {
            return invalid.Message;
        }
    }

    private static string? OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Strings(document.RootElement)
                .Select(value => Control("application/json", value))
                .FirstOrDefault(problem => problem is not null);
        }
        catch (JsonException invalid)
        {
            return invalid.Message;
        }
    }

    private static IEnumerable<string> Strings(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(property => Strings(property.Value).Prepend(property.Name)),
            _ => [],
        };

    private static string? OfCalendar(string text)
    {
        var open = new Stack<string>();
        var physical = text.Split("\r\n");
        if (
            physical.FirstOrDefault(line =>
                Encoding.UTF8.GetByteCount(line) > 75 || line.Contains('\n', StringComparison.Ordinal)
            ) is
            { } wrong
        )
        {
            return $"not a line of 75 octets: {wrong}";
        }

        foreach (
            var line in text.Replace("\r\n ", "", StringComparison.Ordinal)
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var (name, value) = line.Split(':', 2) is [var before, var after] ? (before, after) : ("", line);
            if (name == "BEGIN")
            {
                open.Push(value);
            }
            else if (name == "END" && (!open.TryPop(out var opened) || opened != value))
            {
                return $"ends {value}";
            }
            else if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
            {
                return $"no property: {line}";
            }
        }

        return open.Count == 0 ? null : $"{open.Peek()} is open";
    }
}
