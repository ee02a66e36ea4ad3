using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace LpcSite.Exports.Text;

/// <summary>
/// The content of a page as plain text of 72 columns: headings underlined, lists with their marks, addresses whole and
/// behind what they are called. What only a browser can use (forms, buttons, menus, pictures without words) is left
/// out.
/// </summary>
public sealed class PageText
{
    private const string LeftOut =
        "script, style, template, form, button, nav, svg, dialog, [hidden], [aria-hidden=true], .unseen, .starring";

    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    };

    private readonly StringBuilder _text = new();
    private readonly Uri _address;

    private PageText(Uri address) => _address = address;

    /// <param name="address">Of the page, against which its links are read.</param>
    public static string Of(string html, Uri address)
    {
        var page = new HtmlParser().ParseDocument(html);
        if (page.QuerySelector("main") is not { } main)
        {
            return "";
        }

        foreach (var element in main.QuerySelectorAll(LeftOut).ToList())
        {
            element.Remove();
        }

        var text = new PageText(address);
        text.AppendChildren(main, "");
        return text._text.ToString().TrimStart('\n');
    }

    // Blocks one by one; what stands between them is a paragraph.
    private void AppendChildren(INode parent, string indent)
    {
        var between = new StringBuilder();
        foreach (var node in parent.ChildNodes)
        {
            if (node is IElement element && IsBlock(element))
            {
                Paragraph(between, indent);
                Append(element, indent);
            }
            else
            {
                Inline(node, between);
            }
        }

        Paragraph(between, indent);
    }

    private void Append(IElement block, string indent)
    {
        switch (block.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Heading(block);
                break;
            case "ul" or "ol":
                List(block, indent);
                break;
            case "pre":
                _text
                    .Append('\n')
                    .AppendJoin(
                        '\n',
                        CleanText.Of(block.TextContent).TrimEnd('\n').Split('\n').Select(line => $"{indent}    {line}")
                    )
                    .Append('\n');
                break;
            case "tr":
                Row(block, indent);
                break;
            case "blockquote":
                AppendChildren(block, indent + "> ");
                break;
            case "dd":
                AppendChildren(block, indent + "  ");
                break;
            case "hr":
                _text.Append("\n--\n");
                break;
            default:
                AppendChildren(block, indent);
                break;
        }
    }

    private void Heading(IElement heading)
    {
        var words = new StringBuilder();
        Inline(heading, words, withAddresses: false);
        if (Said(words) is not { Length: > 0 } title)
        {
            return;
        }

        var from = _text.Append('\n').Length;
        TextColumns.Paragraph(_text, title, "", "");
        var longest = _text.ToString(from, _text.Length - from).Split('\n').Max(line => line.Length);
        if (heading.LocalName is "h1" or "h2")
        {
            _text.Append(heading.LocalName is "h1" ? '=' : '-', longest).Append('\n');
        }
    }

    private void List(IElement list, string indent)
    {
        _text.Append('\n');
        foreach (
            var (item, place) in list
                .Children.Where(child => child.LocalName == "li")
                .Select((item, place) => (item, place))
        )
        {
            var mark = list.LocalName == "ol" ? FormattableString.Invariant($"{place + 1}. ") : "* ";
            var inside = indent + new string(' ', mark.Length);
            var from = _text.Length;
            AppendChildren(item, inside);

            // The mark takes the place of the first indentation; what an item is made of stands close together.
            var text = _text
                .ToString(from, _text.Length - from)
                .TrimStart('\n')
                .Replace("\n\n", "\n", StringComparison.Ordinal);
            _text.Length = from;
            _text.Append(text.Length > inside.Length ? indent + mark + text[inside.Length..] : "");
        }
    }

    private void Row(IElement row, string indent)
    {
        var cells = row.Children.Select(cell =>
        {
            var words = new StringBuilder();
            Inline(cell, words);
            return Said(words);
        });
        TextColumns.Paragraph(_text, string.Join(" | ", cells), indent, indent + "  ");
    }

    private void Paragraph(StringBuilder words, string indent)
    {
        if (Said(words) is { Length: > 0 } text)
        {
            _text.Append('\n');
            TextColumns.Paragraph(_text, text, indent, indent);
        }

        words.Clear();
    }

    private void Inline(INode node, StringBuilder words, bool withAddresses = true)
    {
        switch (node)
        {
            case IText text:
                words.Append(text.Data);
                break;
            case IElement { LocalName: "br" }:
                words.Append(' ');
                break;
            case IElement { LocalName: "img" } picture:
                words.Append(picture.GetAttribute("alt"));
                break;
            default:
                foreach (var child in node.ChildNodes)
                {
                    Inline(child, words, withAddresses);

                    // Blocks inside of a cell or a link are words apart.
                    words.Append(child is IElement element && IsBlock(element) ? " " : "");
                }

                if (
                    withAddresses
                    && node is IElement { LocalName: "a" } link
                    && AddressOf(link) is { } address
                    && address != link.TextContent.Trim()
                )
                {
                    words.Append(" <").Append(address).Append('>');
                }

                break;
        }
    }

    // Places in the same page lead nowhere in a text.
    private string? AddressOf(IElement link) =>
        link.GetAttribute("href") is { Length: > 0 } href
        && href[0] != '#'
        && Uri.TryCreate(_address, href, out var address)
            ? address.AbsoluteUri
            : null;

    private static bool IsBlock(IElement element) => Blocks.Contains(element.LocalName);

    private static string Said(StringBuilder words) =>
        string.Join(' ', CleanText.Of(words.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
