using System.Globalization;
using System.Net;
using System.Text;

namespace LpcSite.Markdown;

/// <summary>
/// A text in Markdown as its author wrote it, together with the HTML rendered from it, so that a page never parses
/// Markdown.
/// </summary>
public sealed record class MarkdownText
{
    // Inside a word these change its look, not its end; every other element separates words.
    private static readonly HashSet<string> WithinWords = new(StringComparer.Ordinal)
    {
        "a",
        "code",
        "del",
        "em",
        "strong",
    };

    private MarkdownText() { }

    /// <summary>Nothing, which every renderer prints alike.</summary>
    public static MarkdownText Empty { get; } = Of("", "");

    /// <summary>What the author typed, unchanged.</summary>
    public string Source { get; private init; } = "";

    /// <summary>Safe to print as it is: only elements and attributes of <see cref="HtmlAllowList"/>.</summary>
    public string Html { get; private init; } = "";

    /// <summary>
    /// The <see cref="MarkdownRenderer.Version"/> that made the HTML; a lower one than today's is due to be rendered
    /// again.
    /// </summary>
    public int RendererVersion { get; private init; }

    internal static MarkdownText Of(string source, string html) =>
        new()
        {
            Source = source,
            Html = html,
            RendererVersion = MarkdownRenderer.Version,
        };

    /// <summary>The beginning as plain text on one line, for link previews and feeds.</summary>
    /// <param name="length">The most characters the result may have, the "…" of a cut text included.</param>
    public string Excerpt(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);

        var text = Words(Html, enough: length + 1);

        return text.Length <= length ? text : Cut(text, length);
    }

    /// <summary>
    /// The HTML for a page or a feed that stands elsewhere than the page the text was written for: links within the
    /// site lead where they lead there (RFC 3986, section 5).
    /// </summary>
    /// <param name="home">The address of that page; with scheme and host, where links have to lead there from other
    /// sites.</param>
    public string HtmlFrom(string home) => HtmlFrom(Html, home);

    /// <inheritdoc cref="HtmlFrom(string)"/>
    /// <param name="html">As the renderer made it.</param>
    public static string HtmlFrom(string html, string home)
    {
        var isElsewhere = !home.StartsWith('/');
        var written = new StringBuilder(html.Length);
        var (from, at) = (0, html.IndexOf('<', StringComparison.Ordinal));
        while (at >= 0)
        {
            var end = EndOfTag(html, at);
            if (
                Href(html, at, end) is var (start, length)
                && WebUtility.HtmlDecode(html.Substring(start, length)) is var url
                && (url.StartsWith('.') || isElsewhere && (url.StartsWith('/') || url.StartsWith('#')))
            )
            {
                var address = new Uri(new Uri(isElsewhere ? home : $"https://site.invalid{home}"), url);
                var place = isElsewhere ? address.AbsoluteUri : address.PathAndQuery + address.Fragment;
                written.Append(html, from, start - from).Append(WebUtility.HtmlEncode(place));
                from = start + length;
            }

            at = end < html.Length ? html.IndexOf('<', end) : -1;
        }

        return from == 0 ? html : written.Append(html, from, html.Length - from).ToString();
    }

    // The value in the tag, as the sanitizer writes it: in double quotes.
    private static (int Start, int Length)? Href(string html, int at, int end)
    {
        const string Name = " href=\"";
        var start = html.IndexOf(Name, at, end - at, StringComparison.Ordinal);
        return start < 0 ? null : (start + Name.Length, html.IndexOf('"', start + Name.Length) - start - Name.Length);
    }

    private static string Cut(string text, int length)
    {
        // One word longer than the whole excerpt is cut inside, but never inside a character.
        var space = text.LastIndexOf(' ', length - 1);
        var end = space > 0 ? space : length - 1;

        if (space <= 0 && end > 0 && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return string.Concat(text.AsSpan(0, end).TrimEnd(",;:–—- "), "…");
    }

    /// <summary>
    /// Reads no further than <paramref name="enough"/> characters, so that a preview costs the same for every length of
    /// text.
    /// </summary>
    private static string Words(string html, int enough)
    {
        var words = new StringBuilder();
        var at = 0;

        while (at < html.Length && words.Length < enough)
        {
            if (html[at] is '<')
            {
                var end = EndOfTag(html, at);

                if (!WithinWords.Contains(NameOfTag(html.AsSpan(at, end - at))))
                {
                    Append(words, " ");
                }

                at = end;
            }
            else
            {
                var end = html.IndexOf('<', at) is var next and >= 0 ? next : html.Length;
                Append(words, WebUtility.HtmlDecode(html[at..end]));
                at = end;
            }
        }

        return words.ToString().TrimEnd();
    }

    private static void Append(StringBuilder words, string text)
    {
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) is not UnicodeCategory.Control)
            {
                words.Append(c);
            }
            else if (words.Length > 0 && words[^1] is not ' ')
            {
                words.Append(' ');
            }
        }
    }

    /// <summary>An attribute's value may hold a bare &gt;, so quotes are stepped over.</summary>
    private static int EndOfTag(string html, int at)
    {
        var quoted = false;

        for (; at < html.Length; at++)
        {
            if (html[at] is '"')
            {
                quoted = !quoted;
            }
            else if (html[at] is '>' && !quoted)
            {
                return at + 1;
            }
        }

        return html.Length;
    }

    private static string NameOfTag(ReadOnlySpan<char> tag)
    {
        var name = tag.Trim("</>");
        var end = name.IndexOfAny(' ', '/', '>');

        return (end < 0 ? name : name[..end]).ToString();
    }
}
