namespace LpcSite.Imports.Folder;

/// <summary>What came of reading a folder: the conference, or everything that keeps it from being one.</summary>
/// <param name="Folder">Null when there are problems.</param>
/// <param name="Names">Where each name is first mentioned, for what only the database can tell of it.</param>
/// <param name="Merges">Where each merged microconference, by its slug, names the one it went into.</param>
public sealed record FolderReading(
    ConferenceFolder? Folder,
    IReadOnlyList<FolderProblem> Problems,
    IReadOnlyDictionary<PersonName, FolderPlace> Names,
    IReadOnlyDictionary<string, FolderPlace> Merges
)
{
    /// <summary>Where what only the database can refuse stands in the folder.</summary>
    public required FolderPlaces Places { get; init; }
}
