using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Pages;

/// <summary>The desks of organizers and reviewers, with a small call and with a big one.</summary>
public sealed class OrganizersPagesTests(SiteFixture site, ITestOutputHelper output) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPage_With4And300Proposals_AsksTheSameNumberOfStatements()
    {
        var organizer = await site.Given.OrganizerAsync("Olga Organizer");
        var small = await AppearAsync("small", 4, 2, organizer.Id);
        var big = await AppearAsync("big", 300, BigCall.Reviewers, organizer.Id);
        using var olga = await site.AsAsync(organizer);

        var different = new List<string>();
        foreach (var (few, many) in small.Zip(big))
        {
            var (before, after) = (await StatementsAsync(olga, few), await StatementsAsync(olga, many));
            output.WriteLine($"{before} {many}");
            if (before != after)
            {
                different.Add($"{few}: {before}, {many}: {after}");
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.Empty(
            Pages().Where(page => !big.Any(address => IsOf(page, address.Split('?')[0]))).Select(page => page.RawText)
        );
    }

    private async Task<IReadOnlyList<string>> AppearAsync(
        string conference,
        int proposals,
        int reviewers,
        int organizer
    )
    {
        await site.Given.ConferenceAsync(conference);
        await using var db = site.OpenDatabase();
        return await BigCall.AppearAsync(
            db,
            conference,
            proposals,
            reviewers,
            await db.People.SingleAsync(p => p.Id == organizer, Stop),
            site.Clock.GetCurrentInstant()
        );
    }

    // As the second reader, for whom what all pages share has been read already.
    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        for (var reading = 0; reading < 2; reading++)
        {
            site.Statements.Clear();
            using var answer = await browsing.GetAsync(path);
            Assert.Equal((path, 200), (path, (int)answer.StatusCode));
        }

        return site.Statements.Texts.Count;
    }

    private IEnumerable<RoutePattern> Pages() =>
        site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                && (
                    page.ViewEnginePath.StartsWith("/Organize/", StringComparison.Ordinal)
                    || page.ViewEnginePath.StartsWith("/Reviews/", StringComparison.Ordinal)
                )
            )
            .Select(e => e.RoutePattern);

    private static bool IsOf(RoutePattern page, string address) =>
        new TemplateMatcher(new RouteTemplate(page), []).TryMatch(address, []);
}
