using System.Text.RegularExpressions;

namespace LpcSite.Reviews;

/// <summary>Two proposals that say much the same, as a hint that they could become one.</summary>
/// <param name="First">The number of the one that comes first in page order.</param>
/// <param name="Likeness">
/// From 0 to 1: the cosine of their words, each weighing the more the fewer proposals use it.
/// </param>
/// <param name="Words">What makes them alike, the weightiest first.</param>
public sealed partial record SharedWords(int First, int Second, double Likeness, IReadOnlyList<string> Words)
{
    /// <summary>
    /// Below this two proposals are about the same kernel, and no more. Of the 136 pairs of 2022 it leaves two:
    /// Confidential Computing with System Boot and Security, and Compute Express Link with VFIO/IOMMU/PCI.
    /// </summary>
    public const double LeastLikeness = 0.1;

    private const int MostWords = 6;

    // A word in more proposals than this part of them tells nothing about any two; of a handful of proposals no word
    // can be said to be common.
    private const double CommonPart = 0.34;
    private const int Handful = 6;

    // Where a word stands says how much it means: titles and topics are chosen, sentences have to be filled.
    private const int TitleWeight = 4;
    private const int TopicWeight = 2;

    /// <summary>Those pairs that are alike enough to be looked at, the most alike first.</summary>
    /// <param name="proposals">In page order.</param>
    public static IReadOnlyList<SharedWords> Of(IReadOnlyList<Proposal> proposals)
    {
        var counts = proposals.Select(Count).ToList();
        var uses = counts
            .SelectMany((words, place) => words.Select(word => (word.Key, Place: place, Count: word.Value)))
            .GroupBy(use => use.Key, StringComparer.Ordinal)
            .Where(word => proposals.Count < Handful || word.Count() <= proposals.Count * CommonPart)
            .Select(word =>
                (
                    word.Key,
                    Uses: word.Select(use =>
                            (
                                use.Place,
                                Weight: (1 + Math.Log(use.Count))
                                    * Math.Log(1 + ((double)proposals.Count / word.Count()))
                            )
                        )
                        .ToList()
                )
            )
            .ToList();
        var lengths = new double[proposals.Count];
        foreach (var (place, weight) in uses.SelectMany(word => word.Uses))
        {
            lengths[place] += weight * weight;
        }

        var common = new Dictionary<(int First, int Second), List<(string Word, double Weight)>>();
        foreach (var (word, places) in uses)
        {
            foreach (
                var (one, other) in places.SelectMany((one, i) => places.Skip(i + 1).Select(other => (one, other)))
            )
            {
                var pair = common.TryGetValue((one.Place, other.Place), out var known)
                    ? known
                    : common[(one.Place, other.Place)] = [];
                pair.Add((word, one.Weight * other.Weight));
            }
        }

        return
        [
            .. common
                .Select(pair =>
                    (
                        pair.Key,
                        Likeness: pair.Value.Sum(w => w.Weight)
                            / Math.Sqrt(lengths[pair.Key.First] * lengths[pair.Key.Second]),
                        pair.Value
                    )
                )
                .Where(pair => pair.Likeness >= LeastLikeness)
                .OrderByDescending(pair => pair.Likeness)
                .ThenBy(pair => pair.Key)
                .Select(pair => new SharedWords(
                    proposals[pair.Key.First].Id,
                    proposals[pair.Key.Second].Id,
                    pair.Likeness,
                    [
                        .. pair
                            .Value.OrderByDescending(w => w.Weight)
                            .ThenBy(w => w.Word, StringComparer.Ordinal)
                            .Take(MostWords)
                            .Select(w => w.Word),
                    ]
                )),
        ];
    }

    private static Dictionary<string, int> Count(Proposal proposal)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(proposal.Title, TitleWeight);
        Add(proposal.Text, 1);
        foreach (var topic in proposal.Topics)
        {
            Add(topic, TopicWeight);
        }

        return counts;

        void Add(string text, int weight)
        {
            // Of a link the name of the site would count, which is the mailing list of all of them.
            var words = Link().Replace(text, " ");
            foreach (var word in Word().EnumerateMatches(words))
            {
                var key = words.AsSpan(word.Index, word.Length).ToString().ToLowerInvariant();
                counts[key] = counts.GetValueOrDefault(key) + weight;
            }
        }
    }

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    // Names of the kernel's parts are short (BPF, RCU, DMA); shorter words are grammar.
    [GeneratedRegex(@"\p{L}[\p{L}\p{N}_-]{2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    /// <summary>What a proposal says.</summary>
    public sealed record Proposal(int Id, string Title, string Text, IReadOnlyList<string> Topics);
}
