using LpcSite.Markdown;
using LpcSite.Microconferences.Revisions;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// Two texts about different things put into one, from which a person goes on. What stands under the same heading in
/// both stands under it together, as proposals answer the same questions; everything else keeps its order. Nothing that
/// either says is left out, and what both say alike is said once.
/// </summary>
public static class JoinedText
{
    // Far more than anybody reads, and few enough to compare each with each.
    private const int MaxHeadings = 500;

    /// <param name="title">Of the second text: its heading where the two have none in common.</param>
    /// <param name="taken">Labels such as [1] that mean something beside the texts: a definition of the second text is
    /// called otherwise.</param>
    public static string Of(string one, string title, string other, IEnumerable<string>? taken = null)
    {
        if (string.IsNullOrWhiteSpace(one) || string.IsNullOrWhiteSpace(other) || one.Trim() == other.Trim())
        {
            return string.IsNullOrWhiteSpace(one) ? other : one;
        }

        var apart = MarkdownParts.Apart([one, other], taken);
        (one, other) = (apart[0], apart[1]);
        var (first, second) = (Sections(one), Sections(other));
        var common = Common([.. first.Skip(1).Select(s => s.Key)], [.. second.Skip(1).Select(s => s.Key)]);
        if (common.Count == 0)
        {
            return $"{one.TrimEnd()}\n\n## {MarkdownParts.Escaped(title)}\n\n{other}";
        }

        // What comes before the first heading is a section of its own, which both have.
        List<(int One, int Other)> shared =
        [
            (0, 0),
            .. common.Select(pair => (pair.One + 1, pair.Other + 1)),
            (first.Count, second.Count),
        ];
        var parts = shared.Zip(
            shared.Skip(1),
            (here, next) =>
                (string[])
                    [
                        first[here.One].Text,
                        second[here.Other].BodyBeside(first[here.One]),
                        .. first[(here.One + 1)..next.One].Select(section => section.Text),
                        .. second[(here.Other + 1)..next.Other].Select(section => section.Text),
                    ]
        );
        return string.Join(
            "\n\n",
            parts.SelectMany(part => part).Select(part => part.Trim('\n')).Where(part => part.Length > 0)
        );
    }

    private static List<Section> Sections(string text)
    {
        var lines = TextDiff.Lines(text);
        int[] starts = [.. MarkdownRenderer.HeadingsIn(string.Join('\n', lines)), lines.Length];
        var sections = new List<Section> { new("", "", string.Join('\n', lines[..starts[0]])) };
        sections.AddRange(
            starts[..^1]
                .Zip(
                    starts[1..],
                    (start, end) =>
                        new Section(
                            lines[start].Trim('#', ' ').ToUpperInvariant(),
                            lines[start],
                            string.Join('\n', lines[(start + 1)..end])
                        )
                )
        );
        return sections;
    }

    // The longest row of headings that both have in this order, as places in each list.
    private static List<(int One, int Other)> Common(string[] one, string[] other)
    {
        if (one.Length > MaxHeadings || other.Length > MaxHeadings)
        {
            return [];
        }

        var longest = new int[one.Length + 1, other.Length + 1];
        for (var i = one.Length - 1; i >= 0; i--)
        {
            for (var j = other.Length - 1; j >= 0; j--)
            {
                longest[i, j] =
                    one[i] == other[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        var row = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < one.Length && j < other.Length; )
        {
            if (one[i] == other[j])
            {
                row.Add((i++, j++));
            }
            else if (longest[i + 1, j] >= longest[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return row;
    }

    private sealed record Section(string Key, string Heading, string Body)
    {
        public string Text => Heading.Length == 0 ? Body : $"{Heading}\n{Body}";

        public string BodyBeside(Section same) => Body.Trim() == same.Body.Trim() ? "" : Body;
    }
}
