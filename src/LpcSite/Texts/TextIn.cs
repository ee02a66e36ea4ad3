using System.Globalization;
using System.Text;

namespace LpcSite.Texts;

/// <summary>
/// The one gate through which text comes in, typed or imported: line feeds as the only line ends, composed letters
/// (Unicode normalization form C, UAX #15), and no character that formats cannot carry or that terminals obey. What is
/// stored has passed, so that two texts that look alike compare alike.
/// </summary>
public static class TextIn
{
    // UAX #15, section 13 (stream-safe text): no language needs more marks on a letter, and sorting them costs the
    // square of their number.
    private const int MostMarks = 30;

    /// <summary>
    /// A text of many lines, such as Markdown. Tabs stay, and so do marks of direction and joiners, which some scripts
    /// need.
    /// </summary>
    public static string Lines(string text) => Cleaned(text, isOneLine: false);

    /// <summary>
    /// A text of one line, such as a title or an address: without invisible characters and marks of direction, and
    /// without space around it.
    /// </summary>
    public static string Line(string text) => Cleaned(text, isOneLine: true).Trim();

    /// <summary>A name: one line whose words are one space apart, whatever kind of space was typed.</summary>
    public static string Name(string text) =>
        string.Join(' ', Line(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// A text as every format can carry it, for what is made of texts: nothing is composed, as a mark at the beginning
    /// of a text would become part of the tag before it.
    /// </summary>
    internal static string Carried(string text) => Filtered(text, isOneLine: false);

    private static string Cleaned(string text, bool isOneLine) =>
        Filtered(text, isOneLine).Normalize(NormalizationForm.FormC);

    private static string Filtered(string text, bool isOneLine)
    {
        var clean = new StringBuilder(text.Length);
        var (marks, before) = (0, default(Rune));

        // A half of a surrogate pair comes out as U+FFFD.
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            var isMark =
                Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.EnclosingMark
                    or UnicodeCategory.SpacingCombiningMark;
            marks = isMark ? marks + 1 : 0;
            if (EndsLine(rune.Value))
            {
                clean.Append(isOneLine ? ' ' : '\n');
            }
            else if (rune.Value is '\t')
            {
                clean.Append(isOneLine ? ' ' : '\t');
            }
            else if (marks <= MostMarks && !IsNoText(rune) && !(isOneLine && IsInvisible(rune, before)))
            {
                clean.Append(rune);
            }

            before = rune;
        }

        return clean.ToString();
    }

    // Line feed, line and form feed, carriage return, next line, and the separators of lines and paragraphs.
    private static bool EndsLine(int value) => value is '\n' or '\v' or '\f' or '\r' or 0x85 or 0x2028 or 0x2029;

    // Controls, the 66 code points that are no characters, and the byte order mark, which is none inside a text.
    private static bool IsNoText(Rune rune) =>
        Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF or 0xFEFF;

    /// <summary>
    /// What takes no place on a line (Unicode's Default_Ignorable_Code_Point and other format characters), and blanks
    /// that are no spaces.
    /// </summary>
    private static bool IsInvisible(Rune rune, Rune before) =>
        rune.Value switch
        {
            // Signs of numbers and verses stand over the digits that follow them, and are seen.
            (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD => false,
            0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 => true,
            0x2800 or 0x3164 or 0xFFA0 => true,
            var value when IsVariationSelector(value) => !HasVariations(before),
            (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) => true,
            _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format,
        };

    private static bool IsVariationSelector(int value) =>
        value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    // Symbols, which are drawn as text or as emoji, and ideographs, some names among them.
    private static bool HasVariations(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol
        || rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFD);
}
