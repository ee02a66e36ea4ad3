using System.Globalization;
using System.Text;

namespace LpcSite.People;

/// <summary>
/// What spellings of a name have in common that nobody tells apart by eye: compatibility composition (NFKC, Unicode
/// Standard Annex 15), no characters without a glyph (Default_Ignorable_Code_Point, Unicode Standard, section 5.21),
/// one apostrophe, one hyphen, single spaces, no case.
/// </summary>
internal static class NameKey
{
    // Typed for an apostrophe, by keyboards, word processors and transliterations.
    private const string Apostrophes =
        "'\u2018\u2019\u201B\u2032\u0060\u00B4\u02B9\u02BB\u02BC\u02BD\u02BE\u02BF"
        + "\u055A\u05F3\u07F4\u1FBD\u1FBF\u1FEF\u1FFD\u1FFE\uA78C\uFF07";

    // Ignorable, though not of the category of formats and controls: joiners, fillers, vowels without a sign,
    // variation selectors.
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x2065, 0x2065),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xFFF0, 0xFFF8),
        (0xE0000, 0xE0FFF),
    ];

    /// <returns>At most <see cref="Person.NameMaxLength"/> characters, as some letters become many.</returns>
    public static string Of(string name)
    {
        var plain = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Where(IsSeen))
        {
            var letter = rune.ToString();
            plain.Append(
                Apostrophes.Contains(letter, StringComparison.Ordinal) ? "'"
                : IsDash(rune) ? "-"
                : letter
            );
        }

        var words = plain
            .ToString()
            .Normalize(NormalizationForm.FormKC)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Cut(string.Join(' ', words).ToLowerInvariant().Normalize(NormalizationForm.FormKC));
    }

    // Not between the two halves of a letter.
    private static string Cut(string key) =>
        key.Length <= Person.NameMaxLength ? key
        : char.IsHighSurrogate(key[Person.NameMaxLength - 1]) ? key[..(Person.NameMaxLength - 1)]
        : key[..Person.NameMaxLength];

    private static bool IsSeen(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control)
            && !Array.Exists(Ignorable, range => rune.Value >= range.First && rune.Value <= range.Last);

    private static bool IsDash(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation || rune.Value is 0x2212 or 0x2043;
}
