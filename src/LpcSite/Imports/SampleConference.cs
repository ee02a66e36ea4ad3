using LpcSite.Imports.Folder;

namespace LpcSite.Imports;

/// <summary>
/// The example conference that an empty database in development begins with, so that there is something to look at.
/// </summary>
public static class SampleConference
{
    public const string Slug = "2022";

    private static readonly string RelativePath = Path.Combine("samples", "lpc2022");

    /// <summary>In the source tree around the content root, else beside the application.</summary>
    /// <returns>Null if it did not come along.</returns>
    public static string? FindFolder(string contentRoot, string application)
    {
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
        {
            if (In(folder.FullName) is { } found)
            {
                return found;
            }
        }

        return In(application);
    }

    private static string? In(string folder) =>
        Path.Combine(folder, RelativePath) is var path && File.Exists(Path.Combine(path, ConferenceFolder.FileName))
            ? path
            : null;
}
