using LpcSite.Imports.Folder;

namespace LpcSite.Tests.Fixture;

/// <summary>A conference's folder for one test: small and right to begin with, then as the test wants it.</summary>
public sealed class FolderOnDisk : IDisposable
{
    public const string Conference = """
        slug: pipes
        name: Pipes 2031
        short_name: Pipes
        starts_on: 2031-05-05
        ends_on: 2031-05-07
        time_zone: Europe/Dublin
        city: Dublin
        microconferences:
        - bends
        """;

    public const string Bends = """
        ---
        title: Bends
        slug: bends
        status: proposed
        leads:
        - Ann Arbor
        ---

        About bends.
        """;

    private FolderOnDisk() { }

    public string Path { get; } = Directory.CreateTempSubdirectory("lpcsite-folder-").FullName;

    /// <summary>One microconference without topics.</summary>
    public static FolderOnDisk Small() =>
        new FolderOnDisk().With("conference.yaml", Conference).With("bends.md", Bends);

    /// <summary>
    /// The conference with everything odd that the tests know of, as files that the export must give again byte for
    /// byte.
    /// </summary>
    public static FolderOnDisk Golden()
    {
        var folder = new FolderOnDisk();
        foreach (var file in Directory.EnumerateFiles(GoldenPath, "*", SearchOption.AllDirectories))
        {
            folder.With(System.IO.Path.GetRelativePath(GoldenPath, file), File.ReadAllBytes(file));
        }

        return folder;
    }

    public static string GoldenPath { get; } =
        System.IO.Path.Combine(Root(), "tests", "LpcSite.Tests", "Exports", "Golden");

    /// <summary>The folder of the site's own project.</summary>
    public static string SitePath { get; } = System.IO.Path.Combine(Root(), "src", "LpcSite");

    public FolderOnDisk With(string file, string text) =>
        With(file, System.Text.Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\n"));

    public FolderOnDisk With(string file, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    /// <summary>Changes a text that must be there.</summary>
    public FolderOnDisk Replace(string file, string text, string by)
    {
        var before = File.ReadAllText(System.IO.Path.Combine(Path, file));
        Assert.Contains(text, before, StringComparison.Ordinal);
        return With(file, before.Replace(text, by, StringComparison.Ordinal));
    }

    public FolderOnDisk Without(string file)
    {
        File.Delete(System.IO.Path.Combine(Path, file));
        return this;
    }

    public FolderReading Read() => ConferenceFolderReader.Read(Path);

    public string[] Problems() => [.. Read().Problems.Select(problem => problem.ToString())];

    /// <summary>Every file's name and content, to compare folders by.</summary>
    public static SortedDictionary<string, string> Files(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => System.IO.Path.GetRelativePath(folder, file),
                    file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))
                ),
            StringComparer.Ordinal
        );

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "LpcSite.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
