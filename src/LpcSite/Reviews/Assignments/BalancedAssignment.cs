namespace LpcSite.Reviews.Assignments;

/// <summary>
/// Shares the proposals among the reviewers so that each is read by as many as wanted, and nobody reads much more than
/// another.
/// </summary>
public sealed class BalancedAssignment
{
    private readonly IReadOnlyList<int> _reviewers;
    private readonly Func<int, int, bool> _mayReview;
    private readonly Dictionary<int, HashSet<int>> _readBy;
    private readonly Dictionary<int, int> _load;
    private readonly HashSet<(int Proposal, int Reviewer)> _added = [];

    private BalancedAssignment(
        IReadOnlyList<int> proposals,
        IReadOnlyList<int> reviewers,
        IReadOnlyCollection<(int Proposal, int Reviewer)> given,
        Func<int, int, bool> mayReview
    )
    {
        (_reviewers, _mayReview) = (reviewers, mayReview);
        _readBy = proposals.ToDictionary(p => p, _ => new HashSet<int>());
        _load = reviewers.ToDictionary(r => r, _ => 0);
        foreach (var (proposal, reviewer) in given)
        {
            if (
                _readBy.TryGetValue(proposal, out var readers)
                && readers.Add(reviewer)
                && _load.TryGetValue(reviewer, out var load)
            )
            {
                _load[reviewer] = load + 1;
            }
        }
    }

    /// <summary>What to add to what is given already, which stays. The same input gives the same answer.</summary>
    /// <param name="given">The assignments that there are.</param>
    /// <param name="mayReview">Whether a proposal, named first, may be judged by a reviewer.</param>
    /// <param name="each">
    /// By how many reviewers each proposal is to be read; fewer read it where not so many may.
    /// </param>
    public static IReadOnlyList<(int Proposal, int Reviewer)> Propose(
        IReadOnlyList<int> proposals,
        IReadOnlyList<int> reviewers,
        IReadOnlyCollection<(int Proposal, int Reviewer)> given,
        Func<int, int, bool> mayReview,
        int each
    )
    {
        var plan = new BalancedAssignment(proposals, reviewers, given, mayReview);

        // Those that few may read come first, while those few are still free.
        foreach (var proposal in proposals.OrderBy(p => reviewers.Count(r => mayReview(p, r))))
        {
            plan.Fill(proposal, each);
        }

        while (plan.Even()) { }

        return [.. plan._added.OrderBy(a => a.Proposal).ThenBy(a => a.Reviewer)];
    }

    private void Fill(int proposal, int each)
    {
        while (
            _readBy[proposal].Count < each
            && _reviewers.Where(r => CanTake(proposal, r)).OrderBy(r => _load[r]).Select(r => (int?)r).FirstOrDefault()
                is { } reviewer
        )
        {
            Give(proposal, reviewer);
        }
    }

    /// <summary>
    /// Takes one proposal from the one who reads most and gives it, through others if need be, to one who reads at
    /// least two fewer: a shortest augmenting path, after which no pair can be made more even.
    /// </summary>
    /// <returns>Whether anything could be made more even.</returns>
    private bool Even()
    {
        foreach (var from in _reviewers.OrderByDescending(r => _load[r]))
        {
            var cameBy = new Dictionary<int, (int Reviewer, int Proposal)> { [from] = default };
            var next = new Queue<int>([from]);
            while (next.TryDequeue(out var giver))
            {
                if (_load[giver] <= _load[from] - 2)
                {
                    Shift(from, giver, cameBy);
                    return true;
                }

                foreach (var proposal in _added.Where(a => a.Reviewer == giver).Select(a => a.Proposal).Order())
                {
                    foreach (var taker in _reviewers.Where(r => !cameBy.ContainsKey(r) && CanTake(proposal, r)))
                    {
                        cameBy[taker] = (giver, proposal);
                        next.Enqueue(taker);
                    }
                }
            }
        }

        return false;
    }

    private void Shift(int from, int to, Dictionary<int, (int Reviewer, int Proposal)> cameBy)
    {
        for (var taker = to; taker != from; taker = cameBy[taker].Reviewer)
        {
            var (giver, proposal) = cameBy[taker];
            _added.Remove((proposal, giver));
            _readBy[proposal].Remove(giver);
            _load[giver]--;
            Give(proposal, taker);
        }
    }

    private bool CanTake(int proposal, int reviewer) =>
        !_readBy[proposal].Contains(reviewer) && _mayReview(proposal, reviewer);

    private void Give(int proposal, int reviewer)
    {
        _readBy[proposal].Add(reviewer);
        _load[reviewer]++;
        _added.Add((proposal, reviewer));
    }
}
