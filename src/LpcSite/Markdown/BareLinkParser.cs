using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace LpcSite.Markdown;

/// <summary>
/// Makes links of the http, https and mailto addresses that people paste into a sentence, and of nothing that merely
/// resembles one. It stands before emphasis, so that underscores inside an address stay there; what it does not take
/// remains text to the last character.
/// </summary>
internal sealed class BareLinkParser : InlineParser
{
    // More than servers take.
    private const int MaxAddressLength = 2_000;

    private static readonly string[] Schemes = ["https://", "http://", "mailto:"];

    public BareLinkParser()
    {
        OpeningCharacters = ['h', 'H', 'm', 'M'];
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (!CanPrecede(slice.PeekCharExtra(-1), slice.PeekCharExtra(-2)))
        {
            return false;
        }

        var text = slice.AsSpan();
        var scheme = SchemeOf(text);

        if (scheme is null || text.Length == scheme.Length || !char.IsLetterOrDigit(text[scheme.Length]))
        {
            return false;
        }

        var end = EndOf(text, scheme.Length);
        var length = WithoutPunctuation(text[..end]);
        var isLink = length <= MaxAddressLength && Links.IsLink(text[..length].ToString());

        // What is no address after all is text as far as it was read: reading "https://https://…" again from each of
        // its beginnings would take for ever.
        processor.Inline = isLink ? Link(processor, slice, length) : Text(processor, slice, end);
        slice.Start += isLink ? length : end;

        return true;
    }

    private static LinkInline Link(InlineProcessor processor, StringSlice slice, int length)
    {
        var text = Text(processor, slice, length);
        var link = new LinkInline(text.Content.ToString(), "")
        {
            IsAutoLink = true,
            IsClosed = true,
            Span = text.Span,
            Line = text.Line,
            Column = text.Column,
        };
        link.AppendChild(text);

        return link;
    }

    private static LiteralInline Text(InlineProcessor processor, StringSlice slice, int length)
    {
        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        var content = new StringSlice(slice.Text, slice.Start, slice.Start + length - 1);

        return new(content)
        {
            IsClosed = true,
            Span = new(start, start + length - 1),
            Line = line,
            Column = column,
        };
    }

    private static int WithoutPunctuation(ReadOnlySpan<char> address) => address.TrimEnd(".,:;!?'*_~").Length;

    /// <summary>
    /// After a letter, or after a letter and a mark that a scheme may contain, the address began earlier and is of
    /// another kind: "hhttps:", "git+https:".
    /// </summary>
    private static bool CanPrecede(char last, char lastButOne) =>
        !char.IsLetterOrDigit(last) && (last is not ('+' or '-' or '.') || !char.IsLetterOrDigit(lastButOne));

    private static string? SchemeOf(ReadOnlySpan<char> text)
    {
        foreach (var scheme in Schemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return scheme;
            }
        }

        return null;
    }

    private static int EndOf(ReadOnlySpan<char> text, int at)
    {
        Span<int> open = [0, 0, 0];

        for (; at < text.Length && at <= MaxAddressLength; at++)
        {
            var c = text[at];
            var bracket = "([{".IndexOf(c, StringComparison.Ordinal);

            if (bracket >= 0)
            {
                open[bracket]++;
                continue;
            }

            // A closing bracket that the address did not open belongs to the sentence around it.
            bracket = ")]}".IndexOf(c, StringComparison.Ordinal);

            if (
                IsEnd(c)
                || (bracket >= 0 && --open[bracket] < 0)
                || IsQuotedMark(text[at..])
                || (c is ',' or ';' && SchemeOf(text[(at + 1)..]) is not null)
            )
            {
                break;
            }
        }

        return at;
    }

    /// <summary>
    /// The | ends a table's cell. Beyond ASCII letters are part of addresses, quotation marks and dashes are not.
    /// </summary>
    private static bool IsEnd(char c) =>
        char.IsWhiteSpace(c)
        || char.IsControl(c)
        || c is '<' or '>' or '"' or '`' or '|'
        || (c > '\x7F' && char.IsPunctuation(c));

    private static bool IsQuotedMark(ReadOnlySpan<char> text) =>
        text.StartsWith("&lt;", StringComparison.Ordinal)
        || text.StartsWith("&gt;", StringComparison.Ordinal)
        || text.StartsWith("&quot;", StringComparison.Ordinal);
}
