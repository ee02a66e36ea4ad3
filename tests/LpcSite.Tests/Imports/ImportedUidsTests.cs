using LpcSite.Exports.Calendars;
using LpcSite.Exports.Folder;
using LpcSite.Imports;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Tests.Exports.Calendars;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling;
using LpcSite.Tests.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Imports;

/// <summary>
/// What is moved to another installation keeps its names in calendars, and what is made there gets names of its own.
/// </summary>
public sealed class ImportedUidsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly Instant Opens = Instant.FromUtc(2022, 5, 1, 0, 0);
    private static readonly Instant Closes = Instant.FromUtc(2022, 7, 1, 11, 59, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conference_MadeHere_CarriesTheIdOfTheInstallation()
    {
        await site.Given.ConferenceAsync("2080");
        await using var db = site.OpenDatabase();

        var id = await db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM installation").SingleAsync(Stop);

        Assert.Equal(
            id.ToString(),
            await db.Conferences.Where(c => c.Slug == "2080").Select(c => c.UidDomain).SingleAsync(Stop)
        );
        await Assert.ThrowsAnyAsync<Exception>(() =>
            db.Database.ExecuteSqlAsync($"INSERT INTO installation DEFAULT VALUES", Stop)
        );
    }

    [Fact]
    public async Task Folder_ImportedElsewhere_KeepsTheNamesOfWhatIsPublished()
    {
        await PrepareAsync(site, "2081");
        var here = await UidsAsync(site, "2081");
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var other = new SiteFixture();
        await other.InitializeAsync();
        try
        {
            await using (var scope = site.Services.CreateAsyncScope())
            {
                ConferenceExport.Save(
                    folder,
                    (await scope.ServiceProvider.GetRequiredService<ConferenceExport>().ReadAsync("2081", Stop))!
                );
            }

            await using (var db = other.OpenDatabase())
            {
                await db.Database.ExecuteSqlAsync($"UPDATE installation SET id = gen_random_uuid()", Stop);
            }

            // Numbers are taken there already.
            await PrepareAsync(other, "2082");
            await ImportAsync(other, folder);
            await ImportAsync(other, folder);
            await other.ReleasedAsync("2081");
            other.ForgetPages();

            var there = await UidsAsync(other, "2081");
            Assert.Equal(here, there);
            Assert.Equal(4, there.Count);
            Assert.Empty(there.Intersect(await UidsAsync(other, "2082")));
            Assert.Equal(await GuidsAsync(site), await GuidsAsync(other));
            var added = await other.Given.MicroconferenceAsync(
                "Added there",
                MicroconferenceStatus.Accepted,
                "2081",
                form: SessionForm.Full
            );
            await using (var db = other.OpenDatabase())
            {
                var document = new UidScheme(
                    "2081",
                    await db.Conferences.Where(c => c.Slug == "2081").Select(c => c.UidDomain).SingleAsync(Stop),
                    await db.ImportedUids.NamesAsync(added.ConferenceId, Stop)
                );
                Assert.DoesNotContain(document.Of($"mc-{added.Id}"), here);
                Assert.EndsWith(document.Domain, document.Of($"mc-{added.Id}"), StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("mc-7.2022@lpcsite", "mc-7", "2022", "lpcsite")]
    [InlineData(
        "topic-12.lpc-2022@6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
        "topic-12",
        "lpc-2022",
        "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    )]
    public void Parse_OfAName_GivesItsParts(string name, string uid, string conference, string domain) =>
        Assert.Equal((uid, conference, domain), UidScheme.Parse(name));

    [Theory]
    [InlineData("")]
    [InlineData("mc-7")]
    [InlineData("mc-7.2022")]
    [InlineData("mc-7.2022@")]
    [InlineData("mc-7.2022@example.org")]
    [InlineData("mc-7.2022@6F9619FF-8b86-4d01-b42d-00cf4fc964ff")]
    [InlineData("mc-7.2022@lpcsite\n")]
    [InlineData("mc 7.2022@lpcsite")]
    [InlineData(".2022@lpcsite")]
    public void Parse_OfAnythingElse_GivesNone(string name) => Assert.Null(UidScheme.Parse(name));

    [Fact]
    public void Parts_OfWhatWasImported_AreCalledAfterIt()
    {
        var scheme = new UidScheme(
            "2022",
            Guid.NewGuid().ToString(),
            new Dictionary<string, string> { ["mc-3"] = "mc-7.2022@lpcsite" }
        );

        Assert.Equal("mc-7.2022@lpcsite", scheme.Of("mc-3"));
        Assert.Equal("mc-7-2.2022@lpcsite", scheme.Of("mc-3-2"));
        Assert.Equal($"mc-33.2022@{scheme.Domain}", scheme.Of("mc-33"));
        Assert.Equal(new UidScheme("2022", "lpcsite", scheme.Imported).Global("mc-3"), scheme.Global("mc-3"));
    }

    // A microconference with a topic and a deadline, and something for everybody.
    private static async Task PrepareAsync(SiteFixture at, string conference)
    {
        await new GivenReleases(at, conference).PlaceAsync(
            "Rust",
            "Lena Lead",
            "Herbert",
            0,
            ("Pin", "Suse Speaker", 0)
        );
        await at.StandsAsync(conference, SlotKind.Plenary, "Opening", "Meeting 6", new(2022, 9, 12, 9, 0), 30);
        await using (var db = at.OpenDatabase())
        {
            await at.Given.CallAsync(
                Opens,
                Closes,
                "Etc/GMT+12",
                await db.Microconferences.SingleAsync(m => m.Conference.Slug == conference, Stop),
                conference
            );
        }

        await at.Given.CallAsync(Opens, Closes, "Etc/GMT+12", conference: conference);
        await at.ReleasedAsync(conference);
        at.ForgetPages();
    }

    private static async Task ImportAsync(SiteFixture at, string folder)
    {
        await using var scope = at.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConferenceImport>().ImportAsync(folder, null, Stop);
        at.ForgetPages();
    }

    private static async Task<List<string>> UidsAsync(SiteFixture at, string conference)
    {
        using var reader = at.Anonymous();
        var calendars = new[]
        {
            await reader.GetStringAsync($"/{conference}/schedule.ics", Stop),
            await reader.GetStringAsync($"/{conference}/calls.ics", Stop),
        };
        return
        [
            .. calendars
                .SelectMany(text => new CalendarLines(text).Events)
                .Select(e => e["UID"])
                .Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<IEnumerable<string>> GuidsAsync(SiteFixture at)
    {
        using var reader = at.Anonymous();
        return System
            .Xml.Linq.XDocument.Parse(await reader.GetStringAsync("/2081/schedule.xml", Stop))
            .Descendants("event")
            .Select(e => e.Attribute("guid")!.Value)
            .Order();
    }
}
