using System.Buffers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LpcSite.Markdown;

/// <summary>
/// Finds, each in one pass, the shapes of text that cost the parser or the sanitizer far more than their length, or the
/// page far more room.
/// </summary>
internal static class HostileShapes
{
    // A link's address may hold brackets, so each "[a](" that nothing closes is followed to the end of its paragraph.
    private const int MaxOpenBrackets = 200;

    // The parser compares each mark that may open or close something with those before it in its paragraph.
    private const int MaxMarks = 2_000;

    // Every row is filled up to the width of the widest: a wide row and many narrow ones make a table far larger than
    // its text.
    private const int MaxTableCells = 10_000;

    // Far above what anybody can read, far below what a thread's stack bears where the HTML is walked.
    private const int MaxDepth = 60;

    // The sanitizer finds a node's neighbour by counting from the first: each that stands beside others costs as many
    // steps as there are.
    private const int MaxSiblings = 10_000;

    /// <summary>How many such steps a whole text may cost: those of two rows that are as long as one may be.</summary>
    public const long MaxSteps = 2L * MaxSiblings * MaxSiblings;

    // Each reference link repeats its address: a long one used ten thousand times would fill the memory.
    private const int MaxReferenced = 5 * MarkdownRenderer.MaxLength;

    private static readonly SearchValues<char> SeparatorRow = SearchValues.Create(" \t\r|:->*+.)0123456789");

    /// <summary>For the parser's own limit, too, which counts brackets and asterisks that nothing closes.</summary>
    public static string TooDeep =>
        "The text is nested too deeply: quotes, lists, links and emphasis are too many in each other or too many "
        + "left open.";

    /// <summary>Before parsing.</summary>
    /// <returns>A sentence for the author, or null.</returns>
    public static string? In(string source)
    {
        var paragraph = new Paragraph();

        // Blank means what it means to CommonMark: a form feed or a no-break space must not seem to end a paragraph
        // that goes on.
        foreach (var range in source.AsSpan().Split('\n'))
        {
            var line = source.AsSpan(range);

            if (line.Trim(" \t\r").IsEmpty)
            {
                paragraph = new();
                continue;
            }

            if (BeginsListItem(line))
            {
                paragraph = new();
            }

            paragraph.Read(line);

            if (paragraph.OpenBrackets > MaxOpenBrackets)
            {
                return $"The text is nested too deeply: more than {MaxOpenBrackets} round brackets are open at once.";
            }

            if (paragraph.Marks > MaxMarks)
            {
                return "A paragraph has more than 2,000 asterisks, underscores, tildes and square brackets; an "
                    + "empty line would make two of it.";
            }

            if (paragraph.Cells > MaxTableCells)
            {
                return "A table has more than 10,000 cells; that many do not fit on a page.";
            }
        }

        return null;
    }

    /// <summary>After parsing.</summary>
    /// <returns>A sentence for the author, or null.</returns>
    public static string? In(MarkdownDocument document)
    {
        var (referenced, steps) = (0L, 0L);
        var rest = new Stack<(MarkdownObject Node, int Depth)>([(document, 0)]);

        while (rest.TryPop(out var next))
        {
            if (next.Depth > MaxDepth)
            {
                return TooDeep;
            }

            if (next.Node is LinkInline { Reference: not null } link)
            {
                referenced += (link.Url?.Length ?? 0) + (link.Title?.Length ?? 0);
            }

            var siblings = 0L;

            foreach (var child in Children(next.Node))
            {
                siblings += IsText(child) ? 0 : 1;
                rest.Push((child, next.Depth + 1));
            }

            steps += siblings * siblings;

            if (siblings > MaxSiblings || steps > MaxSteps)
            {
                return "The text has more than 10,000 paragraphs, list items, headings, links, line breaks or other "
                    + "parts in a row; split it into several texts.";
            }
        }

        return referenced > MaxReferenced
            ? "The text uses long reference links so often that the page would become too large."
            : null;
    }

    /// <summary>
    /// What the page joins with the text beside it. Everything else becomes an element of its own, a hard line break
    /// too.
    /// </summary>
    private static bool IsText(MarkdownObject node) =>
        node is LiteralInline or HtmlEntityInline or LineBreakInline { IsHard: false };

    private static IEnumerable<MarkdownObject> Children(MarkdownObject node) =>
        node switch
        {
            ContainerBlock block => block,
            ContainerInline inline => inline,
            LeafBlock { Inline: { } text } => text,
            _ => [],
        };

    /// <summary>Only what ends every paragraph before it, however long a tight list is.</summary>
    private static bool BeginsListItem(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart(' ');

        return line.Length - text.Length < 4
            && text.Length > 2
            && text[0] is '-' or '*' or '+'
            && text[1] is ' '
            && !text[2..].Trim(" \t\r").IsEmpty;
    }

    private struct Paragraph
    {
        private int _lines;
        private int _columns;
        private int _pipes;
        private bool _isTable;

        public int OpenBrackets { get; private set; }

        public int Marks { get; private set; }

        /// <summary>
        /// Of the table as it would be filled up; of what is no table, its pipes, which the parser keeps until it
        /// knows.
        /// </summary>
        public readonly long Cells => _isTable ? Math.Max(_pipes, (long)_lines * _columns) : _pipes;

        public void Read(ReadOnlySpan<char> line)
        {
            _lines++;
            var pipes = line.Count('|');
            _pipes += pipes;
            _columns = Math.Max(_columns, pipes + 1);
            // The row under a table's head, perhaps in a quote or a list.
            _isTable |= pipes > 0 && line.Contains('-') && !line.ContainsAnyExcept(SeparatorRow);

            for (var i = 0; i < line.Length; i++)
            {
                switch (line[i])
                {
                    // Runs count once, and snake_case not at all.
                    case '*' or '~' when i is 0 || line[i - 1] != line[i] || (i > 1 && line[i - 2] is '\\'):
                    case '_'
                        when i is 0
                            || i == line.Length - 1
                            || !char.IsLetterOrDigit(line[i - 1])
                            || !char.IsLetterOrDigit(line[i + 1]):
                    case '[' or ']':
                        Marks++;
                        break;
                    case '\\':
                        i++;
                        break;
                    case '(':
                        OpenBrackets++;
                        break;
                    case ')' when OpenBrackets > 0:
                        OpenBrackets--;
                        break;
                }
            }
        }
    }
}
