using System.Net;
using LpcSite.Tests.Fixture;
using Npgsql;

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

        await CutAsync(true);
        var anonymous = await HeadingAsync(site.Browse(), "/lost/search?q=x", HttpStatusCode.ServiceUnavailable);
        var signedIn = await HeadingAsync(reader, "/lost/people", HttpStatusCode.ServiceUnavailable);
        var stillKept = await HeadingAsync(site.Browse(), "/lost/mc", HttpStatusCode.OK);
        using var program = await reader.GetAsync("/api/v1/lost/schedule");
        await CutAsync(false);

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

    // As a server that was stopped: what is open ends, and nothing is let in.
    private async Task CutAsync(bool isCut)
    {
        var server = new NpgsqlConnectionStringBuilder(site.ConnectionString);
        var name = server.Database;
        server.Database = "postgres";
        server.Pooling = false;
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var cut = new NpgsqlCommand(
            $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS {(isCut ? "false" : "true")}; "
                + $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'",
            connection
        );
        await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
