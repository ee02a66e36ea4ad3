namespace LpcSite.Microconferences.Revisions;

/// <summary>
/// Two people's changes of one text, brought together by lines. Where both changed the same lines the result holds
/// both, between marks that programmers know from their version control: what nobody may lose, a person has to sort
/// out.
/// </summary>
/// <param name="Text">The merged text; with conflicts, also the marks.</param>
public sealed record TextMerge(string Text, IReadOnlyList<TextMerge.Conflict> Conflicts)
{
    public const string MineBegins = "<<<<<<< yours";
    public const string TheirsBegins = "=======";
    public const string TheirsEnds = ">>>>>>> saved meanwhile";

    /// <summary>A place that both changed, each in another way.</summary>
    /// <param name="Line">The line of <see cref="TextMerge.Text"/> at which it begins, from 1.</param>
    public sealed record Conflict(int Line, string Mine, string Theirs);

    public bool HasConflicts => Conflicts.Count > 0;

    /// <param name="origin">The text from which both started.</param>
    public static TextMerge Of(string origin, string mine, string theirs)
    {
        var merging = new Merging(TextDiff.Lines(origin), TextDiff.Lines(mine), TextDiff.Lines(theirs));
        return new TextMerge(string.Join('\n', merging.Run()), merging.Conflicts);
    }

    /// <summary>Whether marks of an unfinished merge were left in a text.</summary>
    public static bool IsMarkedIn(string text) => TextDiff.Lines(text).Any(line => line is MineBegins or TheirsEnds);

    private sealed class Merging(string[] origin, string[] mine, string[] theirs)
    {
        private readonly List<string> _result = [];

        public List<Conflict> Conflicts { get; } = [];

        public List<string> Run()
        {
            var (a, b) = (new Side(origin, mine), new Side(origin, theirs));
            var at = 0;
            while (a.Next is not null || b.Next is not null)
            {
                var (start, end) = Take(a, b);
                _result.AddRange(origin[at..start]);
                Settle(a.Between(start, end), b.Between(start, end), a.IsTouched, b.IsTouched);
                at = end;
            }

            _result.AddRange(origin[at..]);
            return _result;
        }

        // The lines of the origin around the next change, grown until no change of either side reaches over their ends.
        private static (int Start, int End) Take(Side a, Side b)
        {
            a.Leave();
            b.Leave();
            var first =
                b.Next is not { } other
                || a.Next is { } one && (one.Start, one.Count).CompareTo((other.Start, other.Count)) <= 0
                    ? a
                    : b;
            var place = first.Next!;
            var (start, end) = (place.Start, place.End);
            first.Take();
            while (a.Reaches(start, end) || b.Reaches(start, end))
            {
                end = Math.Max(end, (a.Reaches(start, end) ? a : b).Take());
            }

            return (start, end);
        }

        private void Settle(string[] mineNow, string[] theirsNow, bool byMe, bool byThem)
        {
            if (!byThem || mineNow.AsSpan().SequenceEqual(theirsNow))
            {
                _result.AddRange(mineNow);
            }
            else if (!byMe)
            {
                _result.AddRange(theirsNow);
            }
            else
            {
                var line = _result.Count + 1;
                _result.AddRange([MineBegins, .. mineNow, TheirsBegins, .. theirsNow, TheirsEnds]);
                Conflicts.Add(new Conflict(line, string.Join('\n', mineNow), string.Join('\n', theirsNow)));
            }
        }
    }

    /// <summary>One person's changes, read in the order of the text.</summary>
    private sealed class Side(string[] origin, string[] now)
    {
        private readonly IReadOnlyList<TextEdit> _edits = PieceDiff.Between(origin, now);
        private int _from;
        private int _next;

        public TextEdit? Next => _next < _edits.Count ? _edits[_next] : null;

        /// <summary>Whether any change was taken since the last <see cref="Leave"/>.</summary>
        public bool IsTouched => _next > _from;

        public void Leave() => _from = _next;

        /// <returns>Where the change that was taken ends in the origin.</returns>
        public int Take() => _edits[_next++].End;

        /// <summary>
        /// Whether the next change is of those lines too. Changes that only touch are each other's neighbours, but for
        /// two insertions at one place.
        /// </summary>
        public bool Reaches(int start, int end) =>
            Next is { } textEdit
            && (textEdit.Start < end || textEdit is { Count: 0 } && textEdit.Start == start && start == end);

        /// <summary>What these lines of the origin have become.</summary>
        public string[] Between(int start, int end)
        {
            var before = _from > 0 ? _edits[_from - 1].NewEnd - _edits[_from - 1].End : 0;
            var after = _next > 0 ? _edits[_next - 1].NewEnd - _edits[_next - 1].End : 0;
            return now[(start + before)..(end + after)];
        }
    }
}
