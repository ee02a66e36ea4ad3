using DiffPlex;

namespace LpcSite.Microconferences.Revisions;

/// <summary>
/// Where two sequences of pieces differ. DiffPlex finds the shortest way from one to the other in a time that grows
/// with the square of what differs; a text that was made to be slow is therefore first cut at the pieces that occur
/// once on both sides.
/// </summary>
internal sealed class PieceDiff
{
    private const int MostAtOnce = 2000;
    private const int DeepestCut = 8;

    private readonly string[] _before;
    private readonly string[] _after;
    private readonly List<TextEdit> _edits = [];

    private PieceDiff(string[] before, string[] after) => (_before, _after) = (before, after);

    /// <returns>In the order of the text, with at least one common piece between any two.</returns>
    public static IReadOnlyList<TextEdit> Between(string[] before, string[] after)
    {
        var diff = new PieceDiff(before, after);
        diff.Compare(new TextEdit(0, before.Length, 0, after.Length), 0);
        return diff._edits;
    }

    private void Compare(TextEdit part, int depth)
    {
        part = Trim(part);
        if (part.Count == 0 || part.NewCount == 0)
        {
            Add(part);
        }
        else if (part.Count + part.NewCount <= MostAtOnce)
        {
            foreach (
                var block in Differ
                    .Instance.CreateDiffs(
                        Sides.Before,
                        Sides.After,
                        ignoreWhiteSpace: false,
                        ignoreCase: false,
                        new Sides(this, part)
                    )
                    .DiffBlocks
            )
            {
                Add(
                    new TextEdit(
                        part.Start + block.DeleteStartA,
                        block.DeleteCountA,
                        part.NewStart + block.InsertStartB,
                        block.InsertCountB
                    )
                );
            }
        }
        else if (depth < DeepestCut && Anchors(part) is { Count: > 0 } anchors)
        {
            var (start, newStart) = (part.Start, part.NewStart);
            foreach (var (at, newAt) in anchors.Append((part.End, part.NewEnd)))
            {
                Compare(new TextEdit(start, at - start, newStart, newAt - newStart), depth + 1);
                (start, newStart) = (at + 1, newAt + 1);
            }
        }
        else
        {
            Add(part);
        }
    }

    private TextEdit Trim(TextEdit part)
    {
        var head = 0;
        while (head < part.Count && head < part.NewCount && _before[part.Start + head] == _after[part.NewStart + head])
        {
            head++;
        }

        var tail = 0;
        while (
            tail < part.Count - head
            && tail < part.NewCount - head
            && _before[part.End - 1 - tail] == _after[part.NewEnd - 1 - tail]
        )
        {
            tail++;
        }

        return new TextEdit(
            part.Start + head,
            part.Count - head - tail,
            part.NewStart + head,
            part.NewCount - head - tail
        );
    }

    private void Add(TextEdit textEdit)
    {
        if (textEdit is { Count: 0, NewCount: 0 })
        {
            return;
        }

        if (_edits.Count > 0 && _edits[^1].End == textEdit.Start && _edits[^1].NewEnd == textEdit.NewStart)
        {
            var last = _edits[^1];
            _edits[^1] = last with
            {
                Count = last.Count + textEdit.Count,
                NewCount = last.NewCount + textEdit.NewCount,
            };
        }
        else
        {
            _edits.Add(textEdit);
        }
    }

    /// <summary>The longest rising row of pieces that occur once on either side ("patience").</summary>
    private List<(int At, int NewAt)> Anchors(TextEdit part)
    {
        var places = new Dictionary<string, (int At, int Times)>(part.NewCount, StringComparer.Ordinal);
        for (var i = part.NewStart; i < part.NewEnd; i++)
        {
            places[_after[i]] = (i, places.GetValueOrDefault(_after[i]).Times + 1);
        }

        var times = _before
            .AsSpan(part.Start, part.Count)
            .ToArray()
            .CountBy(piece => piece, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var (pairs, previous, ends) = (new List<(int At, int NewAt)>(), new List<int>(), new List<int>());
        for (var i = part.Start; i < part.End; i++)
        {
            if (times[_before[i]] != 1 || places.GetValueOrDefault(_before[i]) is not (var newAt, 1))
            {
                continue;
            }

            var length = LengthBefore(pairs, ends, newAt);
            previous.Add(length > 0 ? ends[length - 1] : -1);
            pairs.Add((i, newAt));
            ends.RemoveRange(length, Math.Min(1, ends.Count - length));
            ends.Insert(length, pairs.Count - 1);
        }

        var row = new List<(int, int)>();
        for (var at = ends.Count > 0 ? ends[^1] : -1; at >= 0; at = previous[at])
        {
            row.Add(pairs[at]);
        }

        row.Reverse();
        return row;
    }

    private static int LengthBefore(List<(int At, int NewAt)> pairs, List<int> ends, int newAt)
    {
        var (low, high) = (0, ends.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = pairs[ends[middle]].NewAt < newAt ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Hands DiffPlex the pieces that were cut already, since it asks for texts and how to cut them.</summary>
    private sealed class Sides(PieceDiff diff, TextEdit part) : IChunker
    {
        public const string Before = "before";
        public const string After = "after";

        public IReadOnlyList<string> Chunk(string text) =>
            text == Before ? diff._before[part.Start..part.End] : diff._after[part.NewStart..part.NewEnd];
    }
}
