using LpcSite.Exports.Schedule;
using LpcSite.Imports;
using LpcSite.People.Merging;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Tests.Exports.Schedule;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Clashes;

/// <summary>
/// What is known of the conference of 2022: nobody who was named clashed in the places that it really had, and seven
/// pairs of its microconferences would have clashed. In one of them only once three spellings of a name are one person.
/// </summary>
public sealed class SampleClashesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly string[] Pairs =
    [
        "compute-express-link + vfio-iommu-pci: Dan Williams (Parallel)",
        "confidential-computing + vfio-iommu-pci: Jörg Roedel (Hard)",
        "containers-and-checkpoint-restore + linux-arch: Mike Rapoport (Hard)",
        "cpu-isolation + real-time: Daniel Bristot de Oliveira (Hard), Steven Rostedt (Parallel)",
        "cpu-isolation + vfio-iommu-pci: Peter Zijlstra (Parallel), Thomas Gleixner (Parallel)",
        "linux-arch + vfio-iommu-pci: Arnd Bergmann (Parallel)",
        "open-printing + real-time: Kate Stewart (Parallel)",
    ];

    [Fact]
    public async Task Find_InThePlacesOf2022_IsNothingAndInParallelWhomTheyShare()
    {
        var before = await ImportAsync();
        await MergeAsync("joerg-roedel", "jorg-rodel");
        var draft = await DraftAsync();

        Assert.Equal(17, draft.Entries.Count(e => e.Microconference is not null));
        Assert.Empty(ClashFinder.Find(before, Circumstances.None));
        Assert.Empty(ClashFinder.Find(draft, Circumstances.None));
        Assert.Equal(Pairs.Where(p => !p.StartsWith("confidential", StringComparison.Ordinal)), InParallel(before));
        Assert.Equal(Pairs, InParallel(draft));
        var latestRelease = new LatestRelease(1, site.Clock.GetCurrentInstant(), draft.ForThePublic());
        Assert.Empty(ScheduleSchema.ViolationsOfXml(ScheduleXml.Write(latestRelease, SomeSchedule.Origin)));
        Assert.Empty(ScheduleSchema.ViolationsOfJson(ScheduleJson.Write(latestRelease, SomeSchedule.Origin)));
    }

    // Of all 136 pairs those that clash when both stand at the same time, with the people who do.
    private static IEnumerable<string> InParallel(ScheduleDocument draft)
    {
        var entries = draft
            .Entries.Where(e => e.Microconference is not null)
            .OrderBy(e => e.Slug, StringComparer.Ordinal)
            .ToList();
        return from one in entries
            from other in entries.SkipWhile(e => e != one).Skip(1)
            let found = ClashFinder.Find(draft with { Entries = [one, At(other, one.Starts)] }, Circumstances.None)
            where found.Count > 0
            let clashes = found.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => $"{c.Name} ({c.Severity})")
            select $"{one.Slug} + {other.Slug}: {string.Join(", ", clashes)}";
    }

    private static ScheduleDocument.Entry At(ScheduleDocument.Entry entry, Instant starts) =>
        entry with
        {
            Starts = starts,
            Ends = starts + entry.During.Duration,
            Items =
            [
                .. entry.Items.Select(i =>
                    i with
                    {
                        Starts = i.Starts is { } was ? starts + (was - entry.Starts) : null,
                    }
                ),
            ],
        };

    // As the mails of that year had it: the same man under three spellings.
    private async Task<ScheduleDocument> ImportAsync()
    {
        using var folder = FolderOnDisk.Small().Without("bends.md");
        foreach (
            var file in Directory.EnumerateFiles(
                SampleConference.FindFolder(FolderOnDisk.SitePath, AppContext.BaseDirectory)!,
                "*",
                SearchOption.AllDirectories
            )
        )
        {
            folder.With(
                Path.GetRelativePath(
                    SampleConference.FindFolder(FolderOnDisk.SitePath, AppContext.BaseDirectory)!,
                    file
                ),
                await File.ReadAllBytesAsync(file, Stop)
            );
        }

        folder
            .Replace("confidential-computing.md", "- Jörg Roedel", "- Joerg Roedel")
            .Replace("vfio-iommu-pci.md", "key_attendees:\n", "key_attendees:\n- Jörg Rödel\n");
        await using var scope = site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<ConferenceImport>()
            .ImportAsync(folder.Path, progress: null, Stop);
        return await DraftAsync();
    }

    private async Task MergeAsync(params string[] spellings)
    {
        await using var scope = site.Services.CreateAsyncScope();
        foreach (var spelling in spellings)
        {
            await scope
                .ServiceProvider.GetRequiredService<PersonMerge>()
                .MergeAsync("jorg-roedel", spelling, "test", by: null, Stop);
        }
    }

    private async Task<ScheduleDocument> DraftAsync()
    {
        await using var db = site.OpenDatabase();
        return await db.DraftAsync(
            await db.Conferences.Where(c => c.Slug == SampleConference.Slug).Select(c => c.Id).SingleAsync(Stop),
            withTexts: false,
            Stop
        );
    }
}
