using LpcSite.Tests.Fixture;
using LpcSite.Web.Requests;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Web.Requests;

/// <summary>
/// What may stand where an address names a conference, and what that keeps out of the table by which requests find
/// their page.
/// </summary>
public sealed class SlugRouteConstraintTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Theory]
    [InlineData("conference", "2022", true)]
    [InlineData("conference", "site.css", false)]
    [InlineData("conference", "my", false)]
    [InlineData("slug", "my", true)]
    [InlineData("slug", "propose", true)]
    public void Literal_OfAnotherRoute_IsASlugOrNot(string parameter, string literal, bool matches) =>
        Assert.Equal(matches, new SlugRouteConstraint().MatchesLiteral(parameter, literal));

    [Fact]
    public async Task Table_OfAllRoutes_GrowsWithThemAndNotWithTheFilesBesideThem()
    {
        (await site.Anonymous().GetAsync("/healthz", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var endpoints = site.Services.GetRequiredService<EndpointDataSource>();
        await using var graph = new StringWriter();
        new DfaGraphWriter(site.Services).Write(endpoints, graph);

        var places = graph
            .ToString()
            .Split('\n')
            .Count(line =>
                line.Contains("[label=", StringComparison.Ordinal) && !line.Contains("->", StringComparison.Ordinal)
            );
        Assert.InRange(places, endpoints.Endpoints.Count, 15 * endpoints.Endpoints.Count);
    }
}
