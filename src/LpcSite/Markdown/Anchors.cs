using System.Globalization;
using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LpcSite.Markdown;

/// <summary>
/// Gives every heading of one text a place in the page's outline and an id that depends on nothing but the headings
/// before it.
/// </summary>
/// <param name="levelsAbove">
/// How many levels of headings stand above the text: h1 of its page, and h2 where it is a part of one.
/// </param>
internal sealed class Anchors(string prefix, int levelsAbove)
{
    private const int MaxSlugLength = 80;
    private const string OfNoText = "section";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    public void Give(MarkdownDocument document)
    {
        // Authors begin with the size they like and skip some; readers who go from heading to heading need an outline
        // without gaps.
        var above = new Stack<int>();
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            while (above.TryPeek(out var level) && level >= heading.Level)
            {
                above.Pop();
            }

            above.Push(heading.Level);
            heading.Level = Math.Min(above.Count + levelsAbove, 6);
            heading.GetAttributes().Id = Id(Unique(Slug(TextOf(heading))));
        }
    }

    /// <summary>
    /// An author writes "#goals" and cannot know the prefix; a name that no heading has may be anywhere on the page.
    /// </summary>
    public string Resolve(string fragment) => _taken.Contains(fragment[1..]) ? $"#{Id(fragment[1..])}" : fragment;

    internal static string Slug(string text)
    {
        var slug = new StringBuilder();

        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            var ascii = Ascii(c);

            if (ascii.Length > 0)
            {
                slug.Append(ascii);
            }
            else if (!BelongsToItsWord(c) && slug.Length > 0 && slug[^1] is not '-')
            {
                slug.Append('-');
            }

            if (slug.Length >= MaxSlugLength)
            {
                break;
            }
        }

        return slug.ToString().Trim('-') is { Length: > 0 } words ? words : OfNoText;
    }

    private string Id(string slug) => $"{prefix}--{slug}";

    private string Unique(string slug)
    {
        var candidate = slug;

        // The count goes on where it ended, or ten thousand equal headings would take a hundred million steps.
        while (!_taken.Add(candidate))
        {
            var number = _last.GetValueOrDefault(slug, 1) + 1;
            _last[slug] = number;
            candidate = string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
        }

        return candidate;
    }

    private static string TextOf(HeadingBlock heading)
    {
        var text = new StringBuilder();

        foreach (var inline in heading.Inline?.Descendants<LeafInline>() ?? [])
        {
            text.Append(
                inline switch
                {
                    LiteralInline literal => literal.Content.ToString(),
                    CodeInline code => code.Content,
                    HtmlEntityInline entity => entity.Transcoded.ToString(),
                    LineBreakInline => " ",
                    _ => "",
                }
            );
        }

        return text.ToString();
    }

    /// <summary>
    /// Lower-case ASCII for a letter or digit; these letters do not decompose into a base and a mark, as é does.
    /// </summary>
    private static string Ascii(char c) =>
        c switch
        {
            >= 'a' and <= 'z' or >= '0' and <= '9' => c.ToString(),
            >= 'A' and <= 'Z' => ((char)(c + ('a' - 'A'))).ToString(),
            'ß' or 'ẞ' => "ss",
            'æ' or 'Æ' => "ae",
            'œ' or 'Œ' => "oe",
            'ø' or 'Ø' => "o",
            'ł' or 'Ł' => "l",
            'đ' or 'Đ' or 'ð' or 'Ð' => "d",
            'þ' or 'Þ' => "th",
            'ħ' or 'Ħ' => "h",
            'ı' => "i",
            _ => "",
        };

    /// <summary>Accents taken off by the normalization, and apostrophes of either kind.</summary>
    private static bool BelongsToItsWord(char c) =>
        c is '\'' or '’' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark;
}
