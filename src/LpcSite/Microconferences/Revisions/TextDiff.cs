using System.Text.RegularExpressions;

namespace LpcSite.Microconferences.Revisions;

/// <summary>
/// How one text became another: lines first, then the words inside the lines that changed. How a line ends (LF or CRLF)
/// is no difference.
/// </summary>
public static partial class TextDiff
{
    // Lines with less in common than this are two lines, not one that was changed.
    private const double LeastAlike = 0.35;

    // Above this many pairs the lines of one place are compared in their order only.
    private const int MostPairs = 2500;

    /// <summary>What happened to a run of words.</summary>
    public enum Kind
    {
        Same,
        Removed,
        Added,
    }

    /// <summary>Words that belong together because the same happened to them.</summary>
    public sealed record Run(Kind Kind, string Text);

    /// <summary>One line. A line that changed has runs of several kinds; an empty one has none.</summary>
    /// <param name="Before">Its number in the old text, from 1; null if the line is new.</param>
    /// <param name="After">Its number in the new text; null if the line is gone.</param>
    public sealed record Line(int? Before, int? After, IReadOnlyList<Run> Runs)
    {
        public bool IsSame => Before is not null && After is not null && Runs.All(run => run.Kind is Kind.Same);

        /// <summary>Some of it stayed and some did not.</summary>
        public bool IsChanged => Before is not null && After is not null && !IsSame;

        public string TextBefore =>
            string.Concat(Runs.Where(run => run.Kind is not Kind.Added).Select(run => run.Text));
        public string TextAfter =>
            string.Concat(Runs.Where(run => run.Kind is not Kind.Removed).Select(run => run.Text));
    }

    public static IReadOnlyList<Line> Between(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var lines = new List<Line>(Math.Max(old.Length, now.Length));
        var (at, newAt) = (0, 0);
        foreach (var textEdit in PieceDiff.Between(old, now).Append(new TextEdit(old.Length, 0, now.Length, 0)))
        {
            for (; at < textEdit.Start; at++, newAt++)
            {
                lines.Add(new Line(at + 1, newAt + 1, Whole(Kind.Same, old[at])));
            }

            foreach (var (same, newSame) in Pairs(old, now, textEdit).Append((textEdit.End, textEdit.NewEnd)))
            {
                for (; at < same; at++)
                {
                    lines.Add(new Line(at + 1, null, Whole(Kind.Removed, old[at])));
                }

                for (; newAt < newSame; newAt++)
                {
                    lines.Add(new Line(null, newAt + 1, Whole(Kind.Added, now[newAt])));
                }

                if (at < textEdit.End)
                {
                    lines.Add(new Line(at + 1, newAt + 1, Words(old[at++], now[newAt++])));
                }
            }
        }

        return lines;
    }

    /// <summary>
    /// The lines that changed with some around them; a null stands where lines that stayed are left out.
    /// </summary>
    /// <param name="context">How many lines that stayed are shown before and after each change.</param>
    public static IReadOnlyList<Line?> Around(IReadOnlyList<Line> lines, int context)
    {
        var shown = new bool[lines.Count];
        foreach (var i in Enumerable.Range(0, lines.Count).Where(i => !lines[i].IsSame))
        {
            Array.Fill(
                shown,
                true,
                Math.Max(0, i - context),
                Math.Min(lines.Count, i + context + 1) - Math.Max(0, i - context)
            );
        }

        var around = new List<Line?>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (shown[i])
            {
                around.Add(lines[i]);
            }
            else if (i == 0 || shown[i - 1])
            {
                around.Add(null);
            }
        }

        return around;
    }

    /// <summary>A text's lines without their ends; the empty text is one empty line.</summary>
    internal static string[] Lines(string text) => WithLineFeeds(text).Split('\n');

    /// <summary>The text as a form and a file give it alike.</summary>
    internal static string WithLineFeeds(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static IReadOnlyList<Run> Whole(Kind kind, string text) => text.Length == 0 ? [] : [new Run(kind, text)];

    private static List<Run> Words(string before, string after)
    {
        var (old, now) = (Pieces(before), Pieces(after));
        var runs = new List<Run>();
        var at = 0;
        foreach (
            var textEdit in Joined(PieceDiff.Between(old, now), old).Append(new TextEdit(old.Length, 0, now.Length, 0))
        )
        {
            Add(Kind.Same, old[at..textEdit.Start]);
            Add(Kind.Removed, old[textEdit.Start..textEdit.End]);
            Add(Kind.Added, now[textEdit.NewStart..textEdit.NewEnd]);
            at = textEdit.End;
        }

        return runs;

        void Add(Kind kind, string[] pieces)
        {
            if (pieces.Length > 0)
            {
                runs.Add(new Run(kind, string.Concat(pieces)));
            }
        }
    }

    // Three words replaced by three others read as one change: the spaces between them did not stay in any sense that a
    // reader cares for.
    private static List<TextEdit> Joined(IReadOnlyList<TextEdit> edits, string[] old)
    {
        var joined = new List<TextEdit>();
        foreach (var textEdit in edits)
        {
            if (
                joined.Count > 0
                && joined[^1] is var last
                && textEdit.Start - last.End <= 2
                && old[last.End..textEdit.Start].All(piece => !IsWord(piece))
            )
            {
                joined[^1] = new TextEdit(
                    last.Start,
                    textEdit.End - last.Start,
                    last.NewStart,
                    textEdit.NewEnd - last.NewStart
                );
            }
            else
            {
                joined.Add(textEdit);
            }
        }

        return joined;
    }

    /// <summary>
    /// Which lines of a place are each other's successors: the way of pairing them, in order, that keeps most words
    /// together.
    /// </summary>
    private static List<(int At, int NewAt)> Pairs(string[] old, string[] now, TextEdit textEdit)
    {
        var pairs = new List<(int, int)>();
        if (textEdit.Count * (long)textEdit.NewCount > MostPairs)
        {
            for (var i = 0; i < Math.Min(textEdit.Count, textEdit.NewCount); i++)
            {
                if (Alike(Weights(old[textEdit.Start + i]), Weights(now[textEdit.NewStart + i])) >= LeastAlike)
                {
                    pairs.Add((textEdit.Start + i, textEdit.NewStart + i));
                }
            }

            return pairs;
        }

        var theirs = Enumerable.Range(textEdit.NewStart, textEdit.NewCount).Select(i => Weights(now[i])).ToArray();
        var best = new double[textEdit.Count + 1, textEdit.NewCount + 1];
        var alike = new double[textEdit.Count, textEdit.NewCount];
        for (var i = textEdit.Count - 1; i >= 0; i--)
        {
            var mine = Weights(old[textEdit.Start + i]);
            for (var j = textEdit.NewCount - 1; j >= 0; j--)
            {
                alike[i, j] = Alike(mine, theirs[j]) is var a && a >= LeastAlike ? a : 0;
                best[i, j] = Math.Max(Math.Max(best[i + 1, j], best[i, j + 1]), alike[i, j] + best[i + 1, j + 1]);
            }
        }

        for (var (i, j) = (0, 0); i < textEdit.Count && j < textEdit.NewCount; )
        {
            if (alike[i, j] > 0 && best[i, j] == alike[i, j] + best[i + 1, j + 1])
            {
                pairs.Add((textEdit.Start + i++, textEdit.NewStart + j++));
            }
            else if (best[i, j] == best[i + 1, j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return pairs;
    }

    private static Dictionary<string, int> Weights(string line) =>
        Pieces(line)
            .Where(IsWord)
            .CountBy(word => word, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => pair.Key.Length * pair.Value, StringComparer.Ordinal);

    /// <returns>From 0 for nothing in common to 1 for the same words.</returns>
    private static double Alike(Dictionary<string, int> mine, Dictionary<string, int> theirs)
    {
        var all = mine.Values.Sum() + theirs.Values.Sum();
        return all == 0 ? 0 : 2.0 * mine.Sum(pair => Math.Min(pair.Value, theirs.GetValueOrDefault(pair.Key))) / all;
    }

    private static bool IsWord(string piece) =>
        char.IsLetterOrDigit(piece[0]) || char.IsSurrogate(piece[0]) || piece[0] is '_';

    private static string[] Pieces(string line)
    {
        var pieces = new List<string>();
        foreach (var piece in Piece().EnumerateMatches(line))
        {
            pieces.Add(line.Substring(piece.Index, piece.Length));
        }

        return [.. pieces];
    }

    // A word with its marks and joiners; a sign of scripts that write no spaces; white space; any other sign. Pairs of
    // surrogates stay together.
    [GeneratedRegex(
        @"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]"
            + @"|(?:[\p{L}\p{N}_-[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]][\p{M}\u200D\uFE0F]*"
            + @"|[\uD800-\uDBFF][\uDC00-\uDFFF][\p{M}\u200D\uFE0F]*)+"
            + @"|\s+|.[\p{M}\u200D\uFE0F]*",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Piece();
}
