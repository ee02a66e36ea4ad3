using LpcSite.Texts;

namespace LpcSite.Imports;

/// <summary>What an import brought: what the folder holds, and how much of that was news.</summary>
/// <param name="People">People who were not known before.</param>
/// <param name="Untouched">
/// The slugs of microconferences that the folder does not mention, and that were left as they are.
/// </param>
public sealed record ImportSummary(
    string Conference,
    int Created,
    int Updated,
    int Unchanged,
    int Leads,
    int Topics,
    int KeyAttendees,
    int Tiers,
    int People,
    IReadOnlyList<string> Untouched
)
{
    public int Microconferences => Created + Updated + Unchanged;

    /// <summary>
    /// The people with an account whom the folder names, each with how it was told that they are meant.
    /// </summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>New people who have the name of somebody else.</summary>
    public IReadOnlyList<string> Namesakes { get; init; } = [];

    public override string ToString()
    {
        string[] news =
        [
            .. new[] { (Created, "new"), (Updated, "changed"), (Unchanged, "unchanged") }
                .Where(n => n.Item1 > 0)
                .Select(n => FormattableString.Invariant($"{n.Item1} {n.Item2}")),
        ];
        var counted = string.Join(
            ", ",
            Count(Leads, "lead"),
            Count(Topics, "topic"),
            Count(KeyAttendees, "key attendee"),
            Count(Tiers, "sponsor tier")
        );
        var which = news.Length == 0 ? "" : $" ({string.Join(", ", news)})";
        return $"Imported {Conference}: {Count(Microconferences, "microconference")}{which}, {counted}.";
    }

    private static string Count(int number, string thing) => Wording.Count(number, thing);
}
