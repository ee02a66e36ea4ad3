using System.Diagnostics;
using System.Globalization;
using LpcSite.Data;
using LpcSite.DevPostgres;
using LpcSite.Exports.Folder;
using LpcSite.Imports;
using LpcSite.Imports.Folder;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Xunit.Sdk;

namespace LpcSite.Tests.Imports;

/// <summary>
/// The built site is killed with SIGKILL while it imports, and its PostgreSQL with it: the next start works, and the
/// data are wholly those of before or wholly the new ones.
/// </summary>
public sealed class KilledImportTests
{
    private const int Kills = 20;
    private const int Sites = 2;

    // When the import reads and when it compares; the other kills are spread over the time from saving to the end, and
    // a little past it.
    private static readonly string[] EarlyStages = ["Reading", "Comparing"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Two sites at a time, since most of an import's run is waiting for its processes to start.
    [Fact]
    public async Task Import_KilledTwentyTimes_IsWhollyDoneOrNotAtAll()
    {
        using var first = Version(1);
        using var second = Version(2);
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, Sites).Select(site => Task.Run(() => KillAsync(site, first, second), Stop))
        );
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', outcomes.SelectMany(outcome => outcome)));
        Assert.Equal(Kills, outcomes.Sum(outcome => outcome.Count));

        // Otherwise the moments would be all too early, or all too late.
        Assert.Contains(
            outcomes.SelectMany(outcome => outcome),
            outcome => outcome.EndsWith("old", StringComparison.Ordinal)
        );
    }

    private static async Task<List<string>> KillAsync(int site, FolderOnDisk first, FolderOnDisk second)
    {
        using var home = new Home();
        await home.ImportAsync(first);
        var saving = await home.ImportAsync(second);
        var (there, next) = (
            (Folder: second, Content: Content(second.Read().Folder!)),
            (Folder: first, Content: Content(first.Read().Folder!))
        );
        var outcomes = new List<string>();
        for (var kill = site; kill < Kills; kill += Sites)
        {
            var early = kill / Sites < EarlyStages.Length;
            var stage = early ? EarlyStages[kill / Sites] : "Saving";
            var delay = early
                ? TimeSpan.Zero
                : saving * (1.1 * (kill - (EarlyStages.Length * Sites)) / (Kills - (EarlyStages.Length * Sites) - 1));
            await home.KillImportAsync(next.Folder, stage, delay);
            var isNew = await home.HoldsAsync(next.Content, there.Content);
            outcomes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{stage} + {delay.TotalMilliseconds:F0} of {saving.TotalMilliseconds:F0} ms: "
                        + $"{(isNew ? "new" : "old")}"
                )
            );
            (there, next) = isNew ? (next, there) : (there, next);
        }

        await home.ImportAsync(next.Folder);
        Assert.True(await home.HoldsAsync(next.Content, there.Content));
        return outcomes;
    }

    // Enough that saving takes a while, and different in every microconference.
    private static FolderOnDisk Version(int version)
    {
        var folder = FolderOnDisk
            .Small()
            .Replace("conference.yaml", "Pipes 2031", $"Pipes {version}")
            .Replace("bends.md", "About bends.", $"About bends {version}.");
        for (var i = 0; i < 40; i++)
        {
            var topics = string.Join(
                '\n',
                Enumerable
                    .Range(0, 8)
                    .Select(topic =>
                        $"- title: Topic {topic} of {version}\n  speakers: [Speaker {(i * topic) + version}]"
                    )
            );
            folder
                .Replace("conference.yaml", "- bends\n", $"- bends\n- mc{i}\n")
                .With(
                    $"mc{i}.md",
                    FolderOnDisk
                        .Bends.Replace("title: Bends", $"title: MC {i:D2}", StringComparison.Ordinal)
                        .Replace("slug: bends", $"slug: mc{i}\ntopics:\n{topics}", StringComparison.Ordinal)
                        .Replace("Ann Arbor", $"Lead {i + version}", StringComparison.Ordinal)
                        .Replace("About bends.", $"About {i}, version {version}.", StringComparison.Ordinal)
                );
        }

        return folder;
    }

    private static string Content(ConferenceFolder folder) =>
        string.Join(
            '\n',
            ConferenceFolderWriter
                .Write(
                    folder with
                    {
                        Microconferences = [.. folder.Microconferences.OrderBy(m => m.Slug, StringComparer.Ordinal)],
                    }
                )
                .Select(file => System.Text.Encoding.UTF8.GetString(file.Bytes))
        );

    /// <summary>A folder of its own in which a site keeps its database, run as an operator runs it.</summary>
    private sealed class Home : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("lpcsite-killed-").FullName;

        private string Postgres => Path.Combine(_path, "postgres");

        /// <returns>How long it took from the beginning of saving.</returns>
        public async Task<TimeSpan> ImportAsync(FolderOnDisk folder)
        {
            using var import = Start(folder);
            await UntilAsync(import, import.StandardError, "Saving");
            var saving = Stopwatch.StartNew();
            await UntilAsync(import, import.StandardOutput, "Imported Pipes:");
            var took = saving.Elapsed;
            await import.WaitForExitAsync(Stop);
            Assert.Equal(0, import.ExitCode);
            return took;
        }

        public async Task KillImportAsync(FolderOnDisk folder, string stage, TimeSpan delay)
        {
            using var import = Start(folder);
            _ = import.StandardOutput.ReadToEndAsync(Stop);
            await UntilAsync(import, import.StandardError, stage);
            await Task.Delay(delay, Stop);
            import.Kill();
            await import.WaitForExitAsync(Stop);
        }

        /// <returns>True if the database holds the one, false if the other; anything between is a failure.</returns>
        public async Task<bool> HoldsAsync(string one, string other)
        {
            await using var server = await EmbeddedPostgres.StartAsync(
                new EmbeddedPostgresOptions { Folder = Postgres },
                Stop
            );
            var options = LpcDbContextFactory.Configure(
                new DbContextOptionsBuilder<LpcDbContext>(),
                server.ConnectionString("lpcsite") + ";Pooling=false"
            );
            await using var db = new LpcDbContext((DbContextOptions<LpcDbContext>)options.Options);
            Assert.Equal(
                await db.Microconferences.SumAsync(m => m.RevisionNumber, Stop),
                await db.Revisions.CountAsync(Stop)
            );
            var held = Content((await new ConferenceExport(db).ReadAsync("pipes", Stop))!);
            return held == one || (held == other ? false : throw new XunitException("The data are a mixture of both."));
        }

        public void Dispose()
        {
            EmbeddedPostgres.RemoveAsync(Postgres).GetAwaiter().GetResult();
            Directory.Delete(_path, recursive: true);
        }

        private Process Start(FolderOnDisk folder) =>
            Process.Start(
                new ProcessStartInfo("dotnet", [typeof(ConferenceImport).Assembly.Location, "import", folder.Path])
                {
                    // Where the site's npm packages are, PostgreSQL among them.
                    WorkingDirectory = FolderOnDisk.SitePath,
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    Environment =
                    {
                        ["LPCSITE_HOME"] = _path,
                        ["DOTNET_ENVIRONMENT"] = "Development",
                        ["ASPNETCORE_ENVIRONMENT"] = "Development",
                        ["ConnectionStrings__LpcSite"] = "",

                        // Every run is a first run, for which measuring code to compile it again better does not pay.
                        ["DOTNET_TieredPGO"] = "0",

                        // A killed process would leave the sockets of its diagnostics behind.
                        ["DOTNET_EnableDiagnostics"] = "0",
                    },
                }
            )!;

        private static async Task UntilAsync(Process import, StreamReader output, string beginning)
        {
            var lines = new List<string>();
            while (await output.ReadLineAsync(Stop) is { } line)
            {
                lines.Add(line);
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                {
                    return;
                }
            }

            Assert.Fail(
                "The import ended before it wrote "
                    + $"'{beginning}':\n{string.Join('\n', lines)}\n{await import.StandardError.ReadToEndAsync(Stop)}"
            );
        }
    }
}
