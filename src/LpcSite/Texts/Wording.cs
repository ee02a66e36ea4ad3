using System.Globalization;
using System.Text;

namespace LpcSite.Texts;

/// <summary>
/// How pages, letters and commands count things and name them, so that none of them says "1 letters" or
/// "changesrequested".
/// </summary>
public static class Wording
{
    private const string Kind = "microconference";

    /// <param name="many">Where an s does not make it many, such as <c>people</c>.</param>
    /// <returns>Such as <c>1 email</c> or <c>1,200 emails</c>.</returns>
    public static string Count(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {Of(number, one, many)}");

    /// <returns>The word alone, for where the number stands elsewhere.</returns>
    public static string Of(long number, string one, string? many = null) => number == 1 ? one : many ?? PluralOf(one);

    /// <summary>A value of an enum inside a sentence: <c>ChangesRequested</c> is "changes requested".</summary>
    public static string InWords<T>(this T value)
        where T : struct, Enum
    {
        var words = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>
    /// A microconference inside a sentence: "the Real-time microconference", and "the Scheduler Microconference" where
    /// the title says already what it is.
    /// </summary>
    public static string Microconference(string title) =>
        SaysWhatItIs(title) ? $"the {WithoutThe(title)}" : $"the {WithoutThe(title)} {Kind}";

    /// <summary>Whether a title needs no "microconference" beside it.</summary>
    public static bool SaysWhatItIs(string title) =>
        title.Contains(Kind, StringComparison.OrdinalIgnoreCase) || title.EndsWith(" MC", StringComparison.Ordinal);

    /// <summary>As a sentence begins.</summary>
    public static string Capitalized(string words) =>
        words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    private static string WithoutThe(string title) =>
        title.StartsWith("The ", StringComparison.Ordinal) ? title[4..] : title;

    private static string PluralOf(string one) =>
        one switch
        {
            _ when one.EndsWith('y') && !"aeiou".Contains(one[^2], StringComparison.Ordinal) => one[..^1] + "ies",
            _ when one.EndsWith('s')
                    || one.EndsWith("sh", StringComparison.Ordinal)
                    || one.EndsWith("ch", StringComparison.Ordinal) => one + "es",
            "person" => "people",
            _ => one + "s",
        };
}
