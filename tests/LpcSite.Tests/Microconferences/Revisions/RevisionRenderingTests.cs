using LpcSite.Markdown;
using LpcSite.Microconferences.Revisions;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Microconferences.Revisions;

/// <summary>
/// Texts that an older renderer printed are printed anew, each once, and nothing else of them changes.
/// </summary>
public sealed class RevisionRenderingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Run_AfterTheRendererChanged_MakesOldHtmlAnewOnce()
    {
        var stop = TestContext.Current.CancellationToken;
        await site.Given.MicroconferenceAsync(
            "Old",
            description: "# A heading",
            results: "*Done*",
            topics: ["One", "Two"]
        );
        await using var db = site.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(
            "UPDATE revisions SET description_html = '', results_html = '', description_renderer_version = 0",
            stop
        );
        await db.Database.ExecuteSqlRawAsync(
            "UPDATE topics SET details_renderer_version = 0 WHERE title = 'One'",
            stop
        );
        await site.Given.CallAsync(Instant.FromUtc(2022, 5, 1, 0, 0), Instant.FromUtc(2022, 7, 1, 0, 0), "Etc/GMT+12");
        await db.Database.ExecuteSqlRawAsync(
            "UPDATE calls SET guidance_source = '*Briefly*', guidance_html = '', guidance_renderer_version = 0",
            stop
        );
        await db.Database.ExecuteSqlRawAsync(
            "UPDATE people SET bio_source = '# Lena', bio_html = '', bio_renderer_version = 0 WHERE slug = 'lena-lead'",
            stop
        );
        var revisedAt = await db.Microconferences.Select(m => m.RevisedAt).SingleAsync(stop);

        Assert.Equal((1, 1, 2), await new RevisionRendering(db, new MarkdownRenderer()).RunAsync(null, stop));
        Assert.Equal((0, 0, 0), await new RevisionRendering(db, new MarkdownRenderer()).RunAsync(null, stop));

        var revision = await db.Revisions.SingleAsync(stop);
        Assert.Equal(new MarkdownRenderer().Render("# A heading", "old"), revision.Description);
        Assert.Equal("<p><em>Done</em></p>", revision.Results.Html);
        Assert.Equal("<p><em>Briefly</em></p>", (await db.Calls.SingleAsync(stop)).Guidance.Html);
        Assert.Equal(
            new MarkdownRenderer().Render("# Lena", "bio"),
            (await db.People.SingleAsync(p => p.Slug == "lena-lead", stop)).Bio
        );
        Assert.Equal(revisedAt, await db.Microconferences.Select(m => m.RevisedAt).SingleAsync(stop));
    }
}
