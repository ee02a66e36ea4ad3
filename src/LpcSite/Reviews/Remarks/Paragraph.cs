using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace LpcSite.Reviews.Remarks;

/// <summary>One block of a text as readers see it: a paragraph, a list, a heading, a table.</summary>
/// <param name="Place">From 0.</param>
/// <param name="Html">As it is stored, safe to print.</param>
/// <param name="Text">Its words alone.</param>
public sealed record Paragraph(int Place, string Html, string Text)
{
    // Less in common than this, and it is another paragraph. Found by trying on edits of the kind that leads make: a
    // sentence added, removed or turned round stays well above, and two paragraphs on one subject stay below.
    private const double LeastLikeness = 0.4;

    /// <summary>The blocks of a text that the site's renderer made.</summary>
    public static IReadOnlyList<Paragraph> Of(string html) =>
        [
            .. new HtmlParser()
                .ParseDocument(html)
                .Body!.Children.Select((block, place) => new Paragraph(place, block.OuterHtml, Words(block))),
        ];

    /// <summary>
    /// The paragraph that was once the one of these words: the same one, or else the one that has most in common with
    /// it.
    /// </summary>
    /// <param name="place">Where it stood; of several that are alike the nearest is meant.</param>
    /// <returns>Null when there is none any more.</returns>
    public static Paragraph? Find(IReadOnlyList<Paragraph> paragraphs, string quote, int place)
    {
        var words = Bag(quote);
        return paragraphs
            .Select(p =>
                (
                    Paragraph: p,
                    Likeness: p.Text.StartsWith(quote, StringComparison.Ordinal) ? 1 : Likeness(words, Bag(p.Text))
                )
            )
            .Where(found => found.Likeness >= LeastLikeness)
            .OrderByDescending(found => found.Likeness)
            .ThenBy(found => Math.Abs(found.Paragraph.Place - place))
            .Select(found => found.Paragraph)
            .FirstOrDefault();
    }

    // Dice's coefficient over words with their numbers: twice what both have, of what there is.
    private static double Likeness(Dictionary<string, int> one, Dictionary<string, int> other)
    {
        var common = one.Sum(word => Math.Min(word.Value, other.GetValueOrDefault(word.Key)));
        return 2.0 * common / Math.Max(1, one.Values.Sum() + other.Values.Sum());
    }

    private static Dictionary<string, int> Bag(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .CountBy(word => word.Trim('.', ',', ';', ':', '(', ')', '?', '!'), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static string Words(IElement block) =>
        string.Join(' ', block.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
