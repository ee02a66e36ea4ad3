using LpcSite.Materials;
using NodaTime;

namespace LpcSite.Scheduling.Releases;

/// <summary>
/// What was released last, as pages and exports are made of it: the same release always gives the same bytes.
/// </summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">When it became public: what follows from it did not change since.</param>
public sealed record LatestRelease(int Number, Instant At, ScheduleDocument Document)
{
    private static readonly ILookup<int, MaterialLine> None = Enumerable.Empty<MaterialLine>().ToLookup(_ => 0);

    /// <summary>What was brought to its topics since, by their numbers; none where nobody asks.</summary>
    public ILookup<int, MaterialLine> Materials { get; init; } = None;
}
