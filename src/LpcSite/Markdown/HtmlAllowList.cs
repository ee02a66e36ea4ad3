using AngleSharp.Dom;
using Ganss.Xss;

namespace LpcSite.Markdown;

/// <summary>
/// The last gate before HTML is stored: lets through what the site's Markdown makes and nothing else, whatever the
/// parser before it did.
/// </summary>
public sealed class HtmlAllowList
{
    public static readonly IReadOnlyList<string> Elements =
    [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];

    public static readonly IReadOnlyList<string> Attributes =
    [
        "alt",
        "aria-label",
        "class",
        "decoding",
        "href",
        "id",
        "loading",
        "rel",
        "role",
        "src",
        "start",
        "tabindex",
        "title",
    ];

    public static readonly IReadOnlyList<string> Classes = ["center", "left", "right", "scroll", "task"];

    // Sanitize may be called from many threads as long as nobody changes the settings, which end with this constructor.
    private readonly HtmlSanitizer _sanitizer;

    public HtmlAllowList()
    {
        _sanitizer = new(
            new()
            {
                AllowedTags = Elements.ToHashSet(StringComparer.OrdinalIgnoreCase),
                AllowedAttributes = Attributes.ToHashSet(StringComparer.OrdinalIgnoreCase),
                AllowedClasses = Classes.ToHashSet(StringComparer.OrdinalIgnoreCase),
                AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
                UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src" },
            }
        );

        // The sanitizer's own rule would drop some addresses that are odd and harmless, after their text was already
        // written.
        _sanitizer.FilterUrl += (_, e) => e.SanitizedUrl = IsAllowed(e.Tag, e.OriginalUrl) ? e.OriginalUrl : null;
        // "&{" ran script in Netscape 4 and nowhere since; today it is a piece of C in somebody's link.
        _sanitizer.RemovingAttribute += (_, e) => e.Cancel = e.Reason is RemoveReason.NotAllowedValue;
    }

    public string Clean(string html) => _sanitizer.Sanitize(html);

    private static bool IsAllowed(IElement element, string url) =>
        element.LocalName is "img" ? Links.IsImage(url) : Links.IsHarmless(url);
}
