using System.Text;

namespace LpcSite.Exports;

/// <summary>Texts as every format can carry them: without the characters that XML 1.0 has no way to write and calendars stumble over.</summary>
internal static class CleanText
{
    /// <returns>The text with line feeds as its only line ends. What is lost was never visible.</returns>
    public static string Of(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        if (!lines.Any(c => c < ' ' ? c is not ('\n' or '\t') : char.IsControl(c) || char.IsSurrogate(c) || c > '\uFFFD'))
        {
            return lines;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in lines.EnumerateRunes())
        {
            // The last two code points of the plane are no characters (XML 1.0, section 2.2).
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <returns>The text on one line, as titles and names are.</returns>
    public static string Line(string text) => Of(text).Replace('\n', ' ').Replace('\t', ' ').Trim();
}
