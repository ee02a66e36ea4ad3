using LpcSite.Rules;

namespace LpcSite.Scheduling.Sessions;

/// <summary>
/// Proposes how long each part of a session takes, so that all of them find room in its slot around the breaks. The
/// order stays. What fits as it was wished for keeps its minutes; where there are too many, all topics between two
/// breaks give in the same proportion.
/// </summary>
public static class SessionFit
{
    /// <summary>Minutes come in such steps, and no topic gets less.</summary>
    public const int Step = 5;

    /// <summary>What a topic is taken to need while nobody has said.</summary>
    public const int Usual = 30;

    /// <param name="minutes">Of the slot.</param>
    /// <param name="breaks">Inside it, after its start.</param>
    /// <param name="parts">In order. What is fixed keeps its minutes: a word of welcome.</param>
    /// <returns>One for each part, after the start of the slot.</returns>
    /// <exception cref="RuleException">They do not fit, however short the topics are.</exception>
    public static IReadOnlyList<(int StartsAfter, int Minutes)> Fit(
        int minutes,
        IReadOnlyList<(int StartsAfter, int Minutes)> breaks,
        IReadOnlyList<(int Minutes, bool IsFixed)> parts
    )
    {
        var windows = Windows(minutes, breaks);

        // What can never fit is not tried in every way.
        RequireThatItFits(
            windows.Sum(w => w.Minutes) >= parts.Sum(p => p.IsFixed ? p.Minutes : Math.Min(p.Minutes, Step))
        );
        var ends = Divide(windows.ConvertAll(w => w.Minutes), parts);
        var fitted = new List<(int, int)>();
        foreach (var ((start, length), (from, to)) in windows.Zip(ends.Prepend(0).Zip(ends)))
        {
            var at = start;
            foreach (var share in Share(length, [.. parts.Take(to).Skip(from)]))
            {
                fitted.Add((at, share));
                at += share;
            }
        }

        return fitted;
    }

    private static void RequireThatItFits(bool fits) =>
        Rule.Require(
            fits,
            $"What is listed does not fit into this slot, not even with {Step} minutes for each topic. Take "
                + "something out, or make what is no topic shorter."
        );

    // What is left of the slot between its breaks.
    private static List<(int StartsAfter, int Minutes)> Windows(
        int minutes,
        IReadOnlyList<(int StartsAfter, int Minutes)> breaks
    )
    {
        var windows = new List<(int, int)>();
        var from = 0;
        foreach (var (starts, length) in breaks.OrderBy(b => b.StartsAfter))
        {
            windows.Add((from, starts - from));
            from = starts + length;
        }

        windows.Add((from, minutes - from));
        return windows;
    }

    // How many parts are over at the end of each window: so that the tightest of them is as loose as can be, and the
    // early ones fill first.
    private static List<int> Divide(List<int> windows, IReadOnlyList<(int Minutes, bool IsFixed)> parts)
    {
        var best = new double[windows.Count + 1, parts.Count + 1];
        for (var i = 1; i <= parts.Count; i++)
        {
            best[0, i] = double.PositiveInfinity;
        }

        for (var w = 1; w <= windows.Count; w++)
        {
            for (var to = 0; to <= parts.Count; to++)
            {
                best[w, to] = Enumerable.Range(0, to + 1).Min(from => With(w, from, to));
            }
        }

        RequireThatItFits(double.IsFinite(best[windows.Count, parts.Count]));
        var ends = new List<int>();
        for (int w = windows.Count, to = parts.Count; w > 0; w--)
        {
            ends.Insert(0, to);
            var (until, tightest) = (to, best[w, to]);
            to = Enumerable.Range(0, to + 1).Last(from => With(w, from, until) <= tightest);
        }

        return ends;

        double With(int w, int from, int to) => Math.Max(best[w - 1, from], Tightness(windows[w - 1], parts, from, to));
    }

    // 1 where all get what they wish; infinite where nothing helps.
    private static double Tightness(int window, IReadOnlyList<(int Minutes, bool IsFixed)> parts, int from, int to)
    {
        var (wished, least, room) = (0, 0, window);
        for (var i = from; i < to; i++)
        {
            room -= parts[i].IsFixed ? parts[i].Minutes : 0;
            wished += parts[i].IsFixed ? 0 : parts[i].Minutes;
            least += parts[i].IsFixed ? 0 : Least(parts[i].Minutes);
        }

        return least > room ? double.PositiveInfinity
            : wished <= room ? 1
            : (double)wished / room;
    }

    private static int[] Share(int window, IReadOnlyList<(int Minutes, bool IsFixed)> parts)
    {
        var room = window - parts.Where(p => p.IsFixed).Sum(p => p.Minutes);
        var wished = parts.Where(p => !p.IsFixed).Sum(p => p.Minutes);
        int[] shares = [.. parts.Select(p => p.Minutes)];
        if (wished <= room)
        {
            return shares;
        }

        int[] topics = [.. Enumerable.Range(0, parts.Count).Where(i => !parts[i].IsFixed)];
        foreach (var i in topics)
        {
            shares[i] = Math.Max(Least(shares[i]), parts[i].Minutes * room / wished / Step * Step);
        }

        while (topics.Sum(i => shares[i]) > room)
        {
            shares[topics.MaxBy(i => shares[i])] -= Step;
        }

        // What rounding left over goes where it took most, and never past what was wished for.
        while (
            topics.Sum(i => shares[i]) + Step <= room
            && topics.Where(i => shares[i] + Step <= parts[i].Minutes).ToList() is { Count: > 0 } wanting
        )
        {
            shares[wanting.MaxBy(i => (double)parts[i].Minutes * room / wished - shares[i])] += Step;
        }

        return shares;
    }

    private static int Least(int wished) => Math.Min(Step, wished);
}
