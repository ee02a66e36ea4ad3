using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Microconferences;

/// <summary>Texts that an older renderer printed are printed anew, each once, and nothing else of them changes.</summary>
public sealed class RerenderingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Run_AfterTheRendererChanged_MakesOldHtmlAnewOnce()
    {
        var stop = TestContext.Current.CancellationToken;
        await site.Given.MicroconferenceAsync("Old", description: "# A heading", results: "*Done*", topics: ["One", "Two"]);
        await using var db = site.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync("UPDATE revisions SET description_html = '', results_html = '', description_renderer_version = 0", stop);
        await db.Database.ExecuteSqlRawAsync("UPDATE topics SET details_renderer_version = 0 WHERE title = 'One'", stop);
        var revisedAt = await db.Microconferences.Select(m => m.RevisedAt).SingleAsync(stop);

        Assert.Equal((1, 1), await new Rerendering(db, new MarkdownRenderer()).RunAsync(null, stop));
        Assert.Equal((0, 0), await new Rerendering(db, new MarkdownRenderer()).RunAsync(null, stop));

        var revision = await db.Revisions.SingleAsync(stop);
        Assert.Equal(new MarkdownRenderer().Render("# A heading", "old"), revision.Description);
        Assert.Equal("<p><em>Done</em></p>", revision.Results.Html);
        Assert.Equal(revisedAt, await db.Microconferences.Select(m => m.RevisedAt).SingleAsync(stop));
    }
}
