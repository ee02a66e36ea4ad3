using LpcSite.Data;
using LpcSite.Microconferences.Editing;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Microconferences.Editing;

/// <summary>Two proposals put together: whoever follows a citation arrives where its author meant.</summary>
public sealed class ProposalMergeTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_OfTwoThatCiteByTheSameNumbers_CitesWhatEachCited()
    {
        await GivenAsync(
            "Arch",
            "Arch follows the plan [2] and [1].\n\n[2]: https://example.org/a2",
            ("[1]", "https://example.org/a1")
        );
        await GivenAsync(
            "Isolation",
            "Isolation follows the thread [2] and [1].\n\n[2]: https://example.org/b2",
            ("[1]", "https://example.org/b1")
        );

        await MergeAsync("isolation", "arch");

        await using var db = site.OpenDatabase();
        var arch = await db
            .Microconferences.Include(m => m.References)
            .Include(m => m.Revisions)
            .Include(m => m.Topics)
            .AsSplitQuery()
            .SingleAsync(m => m.Slug == "arch", Stop);
        Assert.Equal(
            "Arch follows the plan [2] and [1].\n\n[2]: https://example.org/a2\n\n## Isolation\n\nIsolation follows "
                + "the thread [4] and [3].\n\n[4]: https://example.org/b2",
            arch.Revisions.MaxBy(r => r.Number)!.Description.Source
        );
        Assert.Equal(
            [("[1]", "https://example.org/a1"), ("[3]", "https://example.org/b1")],
            arch.References.OrderBy(r => r.Position).Select(r => (r.Label, r.Url))
        );
        var topic = arch.Topics.Single(t => t.Title == "About Isolation");
        Assert.Equal("As [3] says.", topic.Details.Source);
        Assert.Equal(["[3]"], topic.Refs);
    }

    [Fact]
    public async Task Merge_OfATextWithAnOpenFence_LeavesTheOtherOutsideOfIt()
    {
        await GivenAsync("Fence", "We discuss this patch:\n\n```c\nint main(void)\n{");
        await GivenAsync("Field *and* <hedge>", "Plain *words*.");

        await MergeAsync("field-and-hedge", "fence");

        var page = await site.ReadAsync("/2022/mc/fence");
        Assert.Equal("words", page.QuerySelector(".prose p em")?.TextContent);
        Assert.Contains("Field *and* <hedge>", page.QuerySelectorAll(".prose h3").Select(h => h.TextContent));
    }

    private async Task GivenAsync(string title, string description, params (string Label, string Url)[] references)
    {
        var made = await site.Given.MicroconferenceAsync(title, description: description, topics: [$"About {title}"]);
        await using var db = site.OpenDatabase();
        var microconference = await db
            .Microconferences.Include(m => m.References)
            .Include(m => m.Topics)
            .AsSplitQuery()
            .SingleAsync(m => m.Id == made.Id, Stop);
        microconference.Cite(references);
        var topic = microconference.Topics.Single();
        topic.Describe(null, null, new LpcSite.Markdown.MarkdownRenderer().Render("As [1] says.", "x"), [], ["[1]"]);
        await db.SaveChangesAsync(Stop);
    }

    private async Task MergeAsync(string part, string whole)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        var both = await db
            .Microconferences.Include(m => m.Conference)
            .Where(m => m.Slug == part || m.Slug == whole)
            .ToDictionaryAsync(m => m.Slug, Stop);
        await scope
            .ServiceProvider.GetRequiredService<ProposalMerge>()
            .MergeAsync(
                both[part],
                both[whole],
                await db.People.FirstAsync(Stop),
                site.Clock.GetCurrentInstant(),
                Stop
            );
        await db.SaveChangesAsync(Stop);
    }
}
