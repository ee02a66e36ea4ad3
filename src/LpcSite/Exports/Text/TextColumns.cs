using System.Text;
using System.Text.RegularExpressions;

namespace LpcSite.Exports.Text;

/// <summary>
/// Text for terminals and mails: paragraphs and list items folded at a column, code and tables left as they are.
/// </summary>
public static partial class TextColumns
{
    /// <summary>What a mail or a terminal of 80 columns takes with a margin.</summary>
    public const int Width = 72;

    /// <summary>
    /// Folds Markdown source as it is read on paper; a word longer than the line (an address) stays whole.
    /// </summary>
    public static string Fold(string markdown, int width = Width)
    {
        var folded = new StringBuilder();
        var block = new List<string>();
        var fenced = false;
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            var fence =
                line.TrimStart().StartsWith("```", StringComparison.Ordinal)
                || line.TrimStart().StartsWith("~~~", StringComparison.Ordinal);
            if (
                fenced
                || fence
                || line.StartsWith("    ", StringComparison.Ordinal) && block.Count == 0
                || line.StartsWith('|')
                || line.StartsWith('#')
            )
            {
                Flush(folded, block, width);
                folded.Append(line).Append('\n');
                fenced ^= fence;
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                Flush(folded, block, width);
                folded.Append('\n');
            }
            else
            {
                if (Item().IsMatch(line) || line.StartsWith('>'))
                {
                    Flush(folded, block, width);
                }

                block.Add(line);
            }
        }

        Flush(folded, block, width);
        return folded.ToString().TrimEnd('\n') + (folded.Length > 0 ? "\n" : "");
    }

    /// <summary>Folds one paragraph; the lines after its first begin with <paramref name="indent"/>.</summary>
    public static void Paragraph(StringBuilder into, string text, string first, string indent, int width = Width)
    {
        var column = first.Length;
        into.Append(first);
        var fresh = true;
        foreach (var word in text.Split((char[]?)[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!fresh && column + 1 + word.Length > width)
            {
                into.Append('\n').Append(indent);
                (column, fresh) = (indent.Length, true);
            }

            into.Append(fresh ? "" : " ").Append(word);
            column += word.Length + (fresh ? 0 : 1);
            fresh = false;
        }

        into.Append('\n');
    }

    private static void Flush(StringBuilder folded, List<string> block, int width)
    {
        if (block.Count == 0)
        {
            return;
        }

        var marker =
            Item().Match(block[0]) is { Success: true } item ? item.Value
            : block[0].StartsWith('>') ? "> "
            : "";
        var text = string.Join(' ', block)[Math.Min(marker.Length, block[0].Length)..];
        Paragraph(folded, text, marker, marker == "> " ? "> " : new string(' ', marker.Length), width);
        block.Clear();
    }

    [GeneratedRegex(@"^\s*(?:[-*+•]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Item();
}
