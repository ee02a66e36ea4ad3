using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using LpcSite.Texts;

namespace LpcSite.Exports;

/// <summary>
/// The gate through which every format goes out, whatever was stored before texts had one to come in by: without the
/// characters that XML 1.0 has no way to write, that calendars stumble over and that terminals obey.
/// </summary>
internal static class CleanText
{
    /// <returns>The text with line feeds as its only line ends. What is lost was never visible.</returns>
    public static string Of(string text) => TextIn.Carried(text);

    /// <returns>The text on one line, as titles and names are.</returns>
    public static string Line(string text) => Of(text).Replace('\n', ' ').Replace('\t', ' ').Trim();

    /// <returns>
    /// The name for a sentence of plain text: one that is written from right to left stands between isolates (UAX #9,
    /// section 2.4), so that it does not turn round what stands beside it.
    /// </returns>
    public static string Name(string name) =>
        Line(name) is var line && line.EnumerateRunes().Any(IsFromRightToLeft) ? $"\u2068{line}\u2069" : line;

    /// <returns>The document (XML 1.0, section 2.2), whatever its elements and attributes say.</returns>
    public static string Xml(XElement root)
    {
        foreach (var attribute in root.DescendantsAndSelf().Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            attribute.Value = Of(attribute.Value);
        }

        foreach (var text in root.DescendantNodes().OfType<XText>())
        {
            text.Value = Of(text.Value);
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n";
    }

    // Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours, their presentation forms, and the scripts of the
    // second plane.
    private static bool IsFromRightToLeft(Rune rune) =>
        rune.Value
            is (>= 0x0590 and <= 0x08FF)
                or (>= 0xFB1D and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x10800 and <= 0x10FFF)
                or (>= 0x1E800 and <= 0x1EFFF);

    /// <summary>
    /// For the options of every JSON that goes out or was frozen: escaped or not, a program would print what is in it.
    /// </summary>
    public sealed class Json : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text ? Of(text) : null;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Of(value));
    }
}
