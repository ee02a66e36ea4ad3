using LpcSite.Scheduling.Clashes;

namespace LpcSite.Scheduling.Board;

/// <summary>What came of a change on the board.</summary>
/// <param name="Sentence">What was done.</param>
/// <param name="Made">Clashes that were not there before.</param>
/// <param name="Mended">Clashes that are no more.</param>
public sealed record BoardResult(string Sentence, IReadOnlyList<Clash> Made, IReadOnlyList<Clash> Mended)
{
    // More than a few nobody reads; the page lists them all.
    private const int Shown = 3;

    /// <param name="before">The clashes before the change.</param>
    /// <param name="after">The clashes after it.</param>
    /// <param name="accepted">Keys of those that may stay, of which nobody has to be told.</param>
    public static BoardResult Of(
        string sentence,
        IEnumerable<Clash> before,
        IEnumerable<Clash> after,
        IReadOnlySet<string> accepted
    )
    {
        var were = before.Where(c => !accepted.Contains(c.Key)).ToList();
        var are = after.Where(c => !accepted.Contains(c.Key)).ToList();
        var keysBefore = were.Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var pairsAfter = are.Select(Pair).ToHashSet();
        return new(
            sentence,
            are.FindAll(c => !keysBefore.Contains(c.Key)),
            were.FindAll(c => !pairsAfter.Contains(Pair(c)))
        );
    }

    /// <summary>For the person who changed it.</summary>
    public string Told =>
        string.Join(
            ' ',
            [
                Sentence,
                .. Some("Clashes now", Made),
                .. Some("No longer", Mended),
                .. Made.Count + Mended.Count == 0 ? ["No clash came or went."] : Array.Empty<string>(),
            ]
        );

    private static IEnumerable<string> Some(string word, IReadOnlyList<Clash> clashes)
    {
        var shown = string.Join(' ', clashes.Take(Shown).Select(c => c.Sentence));
        var more = clashes.Count > Shown ? $" And {clashes.Count - Shown} more." : "";
        return clashes.Count == 0 ? [] : [$"{word}: {shown}{more}"];
    }

    // One that only became milder or harder is not mended.
    private static (int?, (string, string)) Pair(Clash clash) => (clash.Person, clash.Places);
}
