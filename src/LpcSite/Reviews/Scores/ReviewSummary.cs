namespace LpcSite.Reviews.Scores;

/// <summary>What several reviewers think together of one proposal.</summary>
/// <param name="Count">How many reviews there are, also those without a score.</param>
/// <param name="Mean">
/// Of the means of the reviews, from 1 to <see cref="Criterion.MaxScore"/>; null without a score.
/// </param>
/// <param name="Spread">
/// The standard deviation of these means (of the population, as they are all there are): 0 when all agree; null where
/// one alone has scored, who agrees with nobody.
/// </param>
public sealed record ReviewSummary(int Count, double? Mean, double? Spread)
{
    public static ReviewSummary None { get; } = new(0, null, null);

    /// <param name="means">Of each review; null for one without a score.</param>
    public static ReviewSummary Of(IReadOnlyCollection<double?> means)
    {
        var scored = means.OfType<double>().ToList();
        if (scored.Count == 0)
        {
            return new(means.Count, null, null);
        }

        var mean = scored.Average();
        return new(
            means.Count,
            mean,
            scored.Count == 1 ? null : Math.Sqrt(scored.Average(m => (m - mean) * (m - mean)))
        );
    }
}
