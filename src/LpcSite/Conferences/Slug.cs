using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LpcSite.Conferences;

/// <summary>The part of an address that names a thing: lower-case ASCII letters, digits and single hyphens.</summary>
public static partial class Slug
{
    public const int MaxLength = 80;

    // Letters that Unicode does not decompose, as the people who bear them write their names in ASCII.
    private static readonly Dictionary<char, string> Spelled = new()
    {
        ['ł'] = "l",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ı'] = "i",
        ['ħ'] = "h",
        ['ŋ'] = "ng",
    };

    public static bool IsValid(string text) => text.Length <= MaxLength && Pattern().IsMatch(text);

    /// <returns>
    /// The text as an address part; <paramref name="otherwise"/> when it has no letter or digit that ASCII can spell.
    /// </returns>
    public static string From(string text, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (Spelled.TryGetValue(letter, out var spelled))
            {
                slug.Append(spelled);
            }
            else if (
                CharUnicodeInfo.GetUnicodeCategory(letter)
                    is not UnicodeCategory.NonSpacingMark
                        and not UnicodeCategory.OtherPunctuation
                || letter is '/' or '.' or ',' or '&' or ':' or '@'
            )
            {
                slug.Append('-');
            }
        }

        var folded = Hyphens().Replace(slug.ToString(), "-").Trim('-');
        return folded.Length == 0 ? otherwise : folded[..Math.Min(folded.Length, MaxLength)].TrimEnd('-');
    }

    [GeneratedRegex(@"\A[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex("-{2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hyphens();
}
