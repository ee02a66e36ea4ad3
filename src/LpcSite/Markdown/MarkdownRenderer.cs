using System.Globalization;
using System.Net;
using System.Text;
using LpcSite.Texts;
using Markdig.Renderers;
using Markdig.Syntax;

namespace LpcSite.Markdown;

/// <summary>
/// Turns what authors write into HTML that any page may print. Thread-safe; one serves the whole site.
/// </summary>
public sealed class MarkdownRenderer
{
    /// <summary>
    /// Counted up whenever the same text would give other HTML, so that stored HTML can be told to be out of date.
    /// </summary>
    public const int Version = 2;

    /// <summary>In characters (UTF-16 code units), as a form's maxlength counts them.</summary>
    public const int MaxLength = 100_000;

    private readonly HtmlAllowList _allowList = new();

    /// <summary>
    /// Why this text cannot be shown as Markdown, in a sentence for the person who wrote it; null when it can.
    /// </summary>
    public static string? Problem(string source) => TryParse(source, out _);

    /// <returns>
    /// The lines, from 0, of a text that are headings written with #, but for those inside lists and quotes. None where
    /// it cannot be shown as Markdown.
    /// </returns>
    public static IReadOnlyList<int> HeadingsIn(string source) =>
        TryParse(source, out var document) is null
            ? [.. document!.OfType<HeadingBlock>().Where(heading => !heading.IsSetext).Select(heading => heading.Line)]
            : [];

    /// <summary>
    /// Renders any text whatever: one that <see cref="Problem"/> would refuse is shown as it was typed.
    /// </summary>
    /// <param name="source">Markdown; kept as it is in <see cref="MarkdownText.Source"/>.</param>
    /// <param name="anchorPrefix">
    /// What stands before "--" in the id of every heading, so that several texts share a page.
    /// </param>
    /// <param name="isPage">
    /// Whether the text is all that its page holds below the title, and no part among others.
    /// </param>
    public MarkdownText Render(string source, string anchorPrefix, bool isPage = false)
    {
        var html = TryParse(source, out var document) is null
            ? _allowList.Clean(Write(document!, new Anchors(anchorPrefix, levelsAbove: isPage ? 1 : 2)))
            : AsTyped(source);

        // Numbers of characters, such as &#27;, name what no text may hold.
        return MarkdownText.Of(source, TextIn.Carried(html).Trim());
    }

    private static string? TryParse(string source, out MarkdownDocument? document)
    {
        document = null;

        return Unprintable(source) ?? Dialect.TryParse(source, out document);
    }

    /// <returns>What keeps a text from being read as Markdown, in a sentence for its author, or null.</returns>
    internal static string? Unprintable(string source)
    {
        if (source.Length > MaxLength)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The text has {source.Length:N0} characters; {MaxLength:N0} fit."
            );
        }

        if (source != Storable(source))
        {
            return "The text holds a character that cannot be stored (a zero or half of a pair); it may have been "
                + "pasted from a broken file.";
        }

        return HostileShapes.In(source);
    }

    /// <summary>PostgreSQL keeps no U+0000, and UTF-8 has no place for half of a surrogate pair.</summary>
    private static string Storable(string text)
    {
        var storable = new StringBuilder(text.Length);

        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value is 0 ? Rune.ReplacementChar : rune);
        }

        return storable.ToString();
    }

    private static string Write(MarkdownDocument document, Anchors anchors)
    {
        anchors.Give(document);
        Links.Arrange(document, anchors);
        Blocks.Arrange(document);

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Dialect.Pipeline.Setup(renderer);
        renderer.Render(document);

        return writer.ToString();
    }

    private static string AsTyped(string source) =>
        $"<pre tabindex=\"0\">{WebUtility.HtmlEncode(Storable(source))}</pre>";
}
