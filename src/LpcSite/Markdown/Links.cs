using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LpcSite.Markdown;

/// <summary>
/// Decides what of a text may become a link or an image. What may not is shown as text with its address, so that
/// nothing an author wrote is lost.
/// </summary>
internal static class Links
{
    // nofollow: a proposal must not pay for spam. noopener, noreferrer: the other site learns neither this window nor
    // who reads what.
    private const string RelationToElsewhere = "nofollow noopener noreferrer";

    /// <summary>
    /// What the last gate asks of an address in an href, after it was escaped; the text itself must begin with the
    /// scheme.
    /// </summary>
    public static bool IsHarmless(string url) =>
        Begins(url, "https://") || Begins(url, "http://") || Begins(url, "mailto:") || IsFragment(url) || IsWithin(url);

    /// <summary>
    /// Whether an address leads to a place on the site itself: from its root, or from the page that the text stands on.
    /// Browsers take two slashes for another site, a backslash for a slash, and leave out tabs and line feeds (URL
    /// Standard, section 4.4), so that none may be in it.
    /// </summary>
    public static bool IsWithin(string url)
    {
        var path = url.AsSpan(0, url.IndexOfAny(['?', '#']) is var end and >= 0 ? end : url.Length);
        return (path.StartsWith("/") || path.StartsWith("./") || path.StartsWith("../"))
            && !path.Contains("//", StringComparison.Ordinal)
            && !url.Any(c => c is '\\' || char.IsControl(c) || char.IsWhiteSpace(c));
    }

    public static bool IsLink(string url) => IsWeb(url) || IsMail(url);

    /// <summary>Only https: on an encrypted page a browser refuses or upgrades anything else.</summary>
    public static bool IsImage(string url) => Begins(url, "https://") && IsWeb(url);

    public static void Arrange(MarkdownDocument document, Anchors anchors)
    {
        ShowUnused(document);

        foreach (var autolink in document.Descendants<AutolinkInline>().ToList())
        {
            Replace(autolink);
        }

        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage)
            {
                ArrangeImage(link);
            }

            if (!link.IsImage && link.Parent is not null)
            {
                ArrangeLink(link, anchors);
            }
        }
    }

    private static bool IsFragment(string url) => url.StartsWith('#') && url.Length > 1;

    private static bool IsWeb(string url) => HasScheme(url, "https://") || HasScheme(url, "http://");

    private static bool IsMail(string url) =>
        HasScheme(url, "mailto:") && url.IndexOf('@', StringComparison.Ordinal) > "mailto:".Length;

    /// <summary>
    /// The text itself must begin with the scheme: what is true after trimming or mending, browsers mend in other ways.
    /// The escaping of Markdig breaks the square brackets of a numeric IPv6 host.
    /// </summary>
    private static bool HasScheme(string url, string scheme) =>
        Begins(url, scheme)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.HostNameType is not UriHostNameType.IPv6;

    private static bool Begins(string url, string scheme) =>
        url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && url.Length > scheme.Length;

    private static void ArrangeImage(LinkInline image)
    {
        var url = Target(image);

        if (IsImage(url))
        {
            var attributes = image.GetAttributes();
            attributes.AddProperty("loading", "lazy");
            attributes.AddProperty("decoding", "async");
        }
        else if (IsWeb(url) && !IsInside(image, of: link => !link.IsImage))
        {
            image.IsImage = false;
        }
        else
        {
            Unwrap(image, withTarget: true);
        }
    }

    private static void ArrangeLink(LinkInline link, Anchors anchors)
    {
        var url = Target(link);

        if (IsInside(link, of: _ => true))
        {
            // A link cannot hold a link, nor an image's description: of an address pasted into one the text remains.
            Unwrap(link, withTarget: false);
        }
        else if (IsFragment(url))
        {
            link.Url = anchors.Resolve(url);
            ShowSomething(link, url);
        }
        else if (IsLink(url) || IsWithin(url))
        {
            if (IsWeb(url))
            {
                link.GetAttributes().AddProperty("rel", RelationToElsewhere);
            }

            ShowSomething(link, url);
            KeepBrackets(link);
        }
        else
        {
            Unwrap(link, withTarget: true);
        }
    }

    /// <summary>
    /// "implemented [1], removed [2]" with both defined is still a sentence about two citations, not about 1 and 2.
    /// </summary>
    private static void KeepBrackets(LinkInline link)
    {
        if (link.IsShortcut && link.Label is { } label && label.All(char.IsAsciiDigit) && link.FirstChild is { } first)
        {
            first.InsertBefore(new LiteralInline("["));
            link.AppendChild(new LiteralInline("]"));
        }
    }

    private static string Target(LinkInline link)
    {
        link.GetDynamicUrl = null;

        return link.Url ?? "";
    }

    private static bool IsInside(LinkInline link, Func<LinkInline, bool> of)
    {
        for (var parent = link.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is LinkInline outer && of(outer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A link without text could be neither seen nor heard.</summary>
    private static void ShowSomething(LinkInline link, string url)
    {
        var hasText = link.Descendants<LeafInline>()
            .Any(leaf =>
                leaf switch
                {
                    LiteralInline literal => !literal.Content.IsEmptyOrWhitespace(),
                    LineBreakInline => false,
                    _ => true,
                }
            );

        if (!hasText)
        {
            link.AppendChild(new LiteralInline(url));
        }
    }

    private static void Unwrap(LinkInline link, bool withTarget)
    {
        if (withTarget && !string.IsNullOrEmpty(link.Url))
        {
            link.InsertAfter(
                new LiteralInline(
                    string.IsNullOrEmpty(link.Title) ? $" ({link.Url})" : $" ({link.Url} \"{link.Title}\")"
                )
            );
        }

        var last = (Inline)link;

        while (link.FirstChild is { } child)
        {
            child.Remove();
            last.InsertAfter(child);
            last = child;
        }

        link.Remove();
    }

    private static void Replace(AutolinkInline autolink)
    {
        var url = autolink.IsEmail ? $"mailto:{autolink.Url}" : autolink.Url;

        if (!IsLink(url))
        {
            autolink.ReplaceBy(new LiteralInline($"<{autolink.Url}>"));
            return;
        }

        var link = new LinkInline(url, "") { IsAutoLink = true, IsClosed = true };
        link.AppendChild(new LiteralInline(autolink.Url));
        autolink.ReplaceBy(link);
    }

    /// <summary>
    /// To CommonMark "[1]: address" is a definition and disappears, even where the text says "[1,2]" and so never
    /// refers to it. Definitions that nothing uses are shown where they stand.
    /// </summary>
    private static void ShowUnused(MarkdownDocument document)
    {
        var used = document.Descendants<LinkInline>().Select(link => link.Reference).ToHashSet();
        var known = used.OfType<LinkReferenceDefinition>().Select(Said).ToHashSet();
        var unused = document
            .Descendants<LinkReferenceDefinition>()
            .Where(definition => !used.Contains(definition) && !known.Contains(Said(definition)))
            .ToList();

        if (unused.Count is 0)
        {
            return;
        }

        var blocks = document.ToList();
        document.Clear();

        foreach (
            var block in blocks
                .Where(block => block is not LinkReferenceDefinitionGroup)
                .Concat(unused.Select(Shown))
                .OrderBy(block => block.Span.Start)
        )
        {
            document.Add(block);
        }
    }

    // Two that say the same are one, as in a text that was put together of two.
    private static (string? Label, string? Url) Said(LinkReferenceDefinition definition) =>
        (definition.Label?.ToUpperInvariant(), definition.Url);

    private static ParagraphBlock Shown(LinkReferenceDefinition definition)
    {
        var url = definition.Url ?? "";
        var text = new ContainerInline();
        text.AppendChild(new LiteralInline($"[{definition.Label}]: "));

        if (IsLink(url) || IsWithin(url))
        {
            text.AppendChild(new LinkInline(url, "") { IsAutoLink = true, IsClosed = true });
        }
        else
        {
            text.AppendChild(new LiteralInline(url));
        }

        if (!string.IsNullOrEmpty(definition.Title))
        {
            text.AppendChild(new LiteralInline($" \"{definition.Title}\""));
        }

        return new() { Inline = text, Span = definition.Span };
    }
}
