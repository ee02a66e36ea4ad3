using System.Net;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Web.Errors;

/// <summary>
/// While the database is out of reach everybody is told so, whoever they are; what was read before is still served, and
/// afterwards all is as before.
/// </summary>
public sealed class OutageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Outage_ForSomebodySignedIn_IsToldInTheWordsThatAllRead()
    {
        await site.Given.ConferenceAsync("lost");
        using var reader = await site.AsAsync(await site.Given.PersonAsync("Anna Attendee"));
        var words = await HeadingAsync(reader, "/lost/people", HttpStatusCode.OK);
        var kept = await HeadingAsync(site.Browse(), "/lost/mc", HttpStatusCode.OK);

        await Outage.CutAsync(site, isCut: true);
        var anonymous = await HeadingAsync(site.Browse(), "/lost/search?q=x", HttpStatusCode.ServiceUnavailable);
        var signedIn = await HeadingAsync(reader, "/lost/people", HttpStatusCode.ServiceUnavailable);
        var stillKept = await HeadingAsync(site.Browse(), "/lost/mc", HttpStatusCode.OK);
        using var program = await reader.GetAsync("/api/v1/lost/schedule");
        await Outage.CutAsync(site, isCut: false);

        Assert.NotEmpty(anonymous);
        Assert.Equal(anonymous, signedIn);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, program.StatusCode);
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
        Assert.Equal(kept, stillKept);
        Assert.Equal(words, await HeadingAsync(reader, "/lost/people", HttpStatusCode.OK));
    }

    private static async Task<string> HeadingAsync(Browsing reader, string path, HttpStatusCode status)
    {
        using var answer = await reader.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        return (await Browsing.ParseAsync(answer)).QuerySelector("main h1")?.TextContent ?? "";
    }
}
