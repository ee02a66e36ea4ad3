using FsCheck.Xunit;
using LpcSite.Reviews.Assignments;

namespace LpcSite.Tests.Reviews.Assignments;

public sealed class BalancedAssignmentTests
{
    [Fact]
    public void Propose_TwentySixForThree_GivesEachEvenly()
    {
        var plan = BalancedAssignment.Propose([.. Enumerable.Range(1, 26)], [101, 102, 103], [], (_, _) => true, 2);

        Assert.Equal([17, 17, 18], plan.CountBy(a => a.Reviewer).Select(c => c.Value).Order());
        Assert.All(plan.CountBy(a => a.Proposal), c => Assert.Equal(2, c.Value));
    }

    [Fact]
    public void Propose_WithConflicts_GivesNobodyWhatHeMayNotRead()
    {
        var plan = BalancedAssignment.Propose(
            [1, 2, 3],
            [101, 102],
            [],
            (proposal, reviewer) => (proposal, reviewer) is not (1, 101),
            2
        );

        Assert.Equal([(1, 102), (2, 101), (2, 102), (3, 101), (3, 102)], plan);
    }

    [Fact]
    public void Propose_WithSomeGiven_AddsOnlyWhatIsMissing() =>
        Assert.Equal(
            [(2, 102)],
            BalancedAssignment.Propose([1, 2], [101, 102], [(1, 101), (1, 103)], (_, _) => true, 1)
        );

    // The last proposal has one reader alone, who took an earlier one that another could have read: the share goes
    // round to free them.
    [Fact]
    public void Propose_WhereOnlyAChainMakesItEven_FindsTheChain()
    {
        bool MayReview(int proposal, int reviewer) =>
            (proposal, reviewer) is (1, 101) or (2, 101) or (2, 102) or (3, 102) or (3, 103) or (4, 101);

        var plan = BalancedAssignment.Propose([1, 2, 3, 4], [101, 102, 103], [], MayReview, 1);

        Assert.Equal([(1, 101), (2, 102), (3, 103), (4, 101)], plan);
    }

    [Property(MaxTest = 300)]
    public bool Propose_OfAnything_IsCompleteAndCannotBeMadeMoreEvenByOneMove(
        int seed,
        byte proposals,
        byte reviewers,
        byte each
    )
    {
        var random = new Random(seed);
        var (papers, people, wanted) = (
            Enumerable.Range(0, proposals % 12).ToList(),
            Enumerable.Range(100, 1 + (reviewers % 6)).ToList(),
            1 + (each % 3)
        );
        var barred = papers.SelectMany(p => people.Where(_ => random.Next(4) == 0).Select(r => (p, r))).ToHashSet();
        bool MayReview(int p, int r) => !barred.Contains((p, r));

        var plan = BalancedAssignment.Propose(papers, people, [], MayReview, wanted);

        var load = people.ToDictionary(r => r, r => plan.Count(a => a.Reviewer == r));
        return plan.Distinct().Count() == plan.Count
            && plan.All(a => MayReview(a.Proposal, a.Reviewer))
            && papers.TrueForAll(p =>
                plan.Count(a => a.Proposal == p) == Math.Min(wanted, people.Count(r => MayReview(p, r)))
            )
            && plan.All(a =>
                people.TrueForAll(r =>
                    load[r] > load[a.Reviewer] - 2 || plan.Contains((a.Proposal, r)) || !MayReview(a.Proposal, r)
                )
            );
    }
}
