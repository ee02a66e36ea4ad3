namespace LpcSite.Imports.Folder;

/// <summary>
/// Where in a folder something stands that only the database can tell to be wrong: whoever mends it should not have to
/// look for it.
/// </summary>
public sealed class FolderPlaces
{
    private readonly Dictionary<(string File, string Key), int> _lines = [];

    /// <summary>Lines of <c>conference.yaml</c>, in the order of the folder's slots.</summary>
    public IReadOnlyList<int> Slots { get; internal set; } = [];

    internal void Note(string file, string key, int line) => _lines[(file, key)] = line;

    /// <returns>The first line of the file where it has no such key.</returns>
    public FolderProblem Problem(string file, string key, string sentence) =>
        new(file, _lines.GetValueOrDefault((file, key), 1), sentence);

    /// <param name="slot">Its number among the folder's slots, from 0.</param>
    public FolderProblem ProblemOfSlot(int slot, string sentence) =>
        new(ConferenceFolder.FileName, Slots[slot], sentence);
}
