namespace LpcSite.Imports.Folder;

/// <summary>Where in a folder something stands; lines count from 1.</summary>
public sealed record FolderPlace(string File, int Line);

/// <summary>What has to be mended in a folder before it can be imported, with the place and a sentence.</summary>
public sealed record FolderProblem(string File, int Line, string Sentence)
{
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}: {Sentence}");

    /// <summary>In the order in which a person with an editor mends them.</summary>
    public static IReadOnlyList<FolderProblem> Sort(IEnumerable<FolderProblem> problems) =>
        [
            .. problems
                .Distinct()
                .OrderBy(p => p.File, StringComparer.Ordinal)
                .ThenBy(p => p.Line)
                .ThenBy(p => p.Sentence, StringComparer.Ordinal),
        ];
}
