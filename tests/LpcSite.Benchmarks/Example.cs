namespace LpcSite.Benchmarks;

/// <summary>Where the built-in example stands in the repository.</summary>
internal static class Example
{
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "LpcSite.sln")))
            {
                folder =
                    folder.Parent ?? throw new InvalidOperationException("The benchmarks run inside the repository.");
            }

            return folder.FullName;
        }
    }

    public static string Folder => Path.Combine(Root, "samples", "lpc2022");
}
