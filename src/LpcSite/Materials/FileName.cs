using System.Globalization;
using System.Text;

namespace LpcSite.Materials;

/// <summary>
/// What a file is called on the site: its sender's words, and nothing that means something to a file system, a shell, a
/// header or the eye.
/// </summary>
public static class FileName
{
    /// <summary>The extension included.</summary>
    public const int MaxLength = 100;

    private const string Otherwise = "slides";
    private const int LongestExtension = 5;

    // What of a sender's name says how the file is made is replaced by what its content says.
    private static readonly string[] Extensions =
    [
        ".pdf",
        ".odp",
        ".otp",
        ".pptx",
        ".pptm",
        ".ppt",
        ".txt",
        ".text",
        ".md",
        ".rst",
    ];

    /// <param name="sent">As the sender's browser says, with or without folders.</param>
    /// <param name="extension">What the content calls for, such as <c>.pdf</c>.</param>
    public static string From(string sent, string extension)
    {
        var name = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        var known = Array.Find(Extensions, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        var clean = Clean(known is null ? name : name[..^known.Length]);
        return (clean.Length == 0 ? Otherwise : clean) + extension;
    }

    // Letters, digits and their marks stay; between them single hyphens, underscores and blanks.
    private static string Clean(string name)
    {
        var clean = new StringBuilder();
        foreach (var rune in Composed(name).EnumerateRunes())
        {
            var isLetter =
                Rune.IsLetterOrDigit(rune)
                || clean.Length > 0
                    && Rune.GetUnicodeCategory(rune)
                        is UnicodeCategory.NonSpacingMark
                            or UnicodeCategory.SpacingCombiningMark;
            var text =
                isLetter || rune.Value == '_' ? rune.ToString()
                : rune.Value == ' ' ? " "
                : Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format ? ""
                : "-";
            if (clean.Length + text.Length > MaxLength - LongestExtension)
            {
                break;
            }

            if (isLetter || text is "_" || text.Length > 0 && clean.Length > 0 && clean[^1] is not (' ' or '-'))
            {
                clean.Append(text);
            }
        }

        return clean.ToString().Trim(' ', '-');
    }

    // Half a pair of surrogates has no normal form.
    private static string Composed(string name) =>
        new string([.. name.EnumerateRunes().SelectMany(rune => rune.ToString())]).Normalize(NormalizationForm.FormC);
}
