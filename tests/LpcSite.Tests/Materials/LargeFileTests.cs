using System.Security.Cryptography;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Materials;

/// <summary>A file that comes and goes in pieces: what it costs in memory is far less than what it holds.</summary>
[Collection(nameof(Alone))]
public sealed class LargeFileTests(SiteFixture site, ITestOutputHelper output) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_OfThirtyMegabytes_ComesAndGoesInPieces()
    {
        const int Size = 30 * 1024 * 1024;
        await BringAsync("Before", SomeSlides.Pdf(300_000));
        var pdf = SomeSlides.Pdf(Size);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var id = await BringAsync("Large", pdf);
        var written = GC.GetTotalAllocatedBytes(precise: true);
        await using var db = site.OpenDatabase();
        await using var stream = new MaterialStream(db, id, Size);
        var hash = await SHA256.HashDataAsync(stream, Stop);
        var read = GC.GetTotalAllocatedBytes(precise: true);

        output.WriteLine(
            $"Written with {(written - before) / 1024:N0} KB allocated, read with {(read - written) / 1024:N0} KB."
        );
        Assert.Equal(SHA256.HashData(pdf), hash);
        Assert.InRange(written - before, 0, Size / 3);
        Assert.InRange(read - written, 0, Size / 3);
    }

    private async Task<int> BringAsync(string title, byte[] bytes)
    {
        var place = await site.TopicAsync("Serving", title, "Ann Author");
        await using var db = site.OpenDatabase();
        using var file = new MemoryStream(bytes);
        var slides = await SlidesFile.ReadAsync(file, "large.pdf", Stop);
        var (mc, topic) = (
            await db
                .Microconferences.Include(m => m.Conference)
                .SingleAsync(m => m.Id == place.Microconference.Id, Stop),
            await db.Topics.SingleAsync(t => t.Id == place.Topic, Stop)
        );
        return (
            await new MaterialUploads(db, site.Clock).SlidesAsync(
                mc,
                topic,
                slides,
                file,
                await db.People.SingleAsync(p => p.Name == "Ann Author", Stop),
                Stop
            )
        ).Id;
    }
}
