using System.Net;
using LpcSite.Caching;
using LpcSite.Tests.Fixture;
using LpcSite.Web.Requests;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Web.Requests;

/// <summary>
/// A page has one address, and what is kept belongs to the route and not to the letters by which somebody found it.
/// </summary>
public sealed class CanonicalAddressTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/one/MC", "/one/mc")]
    [InlineData("/one/mc/", "/one/mc")]
    [InlineData("/ONE/mc", "/one/mc")]
    [InlineData("/One/", "/one")]
    [InlineData("/one/Mc/First", "/one/mc/first")]
    [InlineData("/one/mc/FIRST.MD", "/one/mc/first.md")]
    [InlineData("/one/Schedule.txt", "/one/schedule.txt")]
    [InlineData("/one/schedule/?room=nothing", "/one/schedule?room=nothing")]
    [InlineData("/one/mc/?status=Proposed&other=ü", "/one/mc?status=Proposed&other=%C3%BC")]
    [InlineData("/API/V1/one/schedule", "/api/v1/one/schedule")]
    [InlineData("/api/v1/one/schedule/", "/api/v1/one/schedule")]
    [InlineData("/Robots.TXT", "/robots.txt")]
    [InlineData("/Site.css", "/site.css")]
    [InlineData("/Account/Sign-In/", "/account/sign-in")]
    [InlineData("/one/schedule/V007", "/one/schedule/v7")]
    public async Task Address_SpelledInAnotherWay_LeadsToTheOne(string asked, string canonical)
    {
        await site.Given.MicroconferenceAsync("First", conference: "one");
        using var reader = site.Anonymous();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, asked);
            using var answer = await reader.SendAsync(request, Stop);

            Assert.Equal(
                (HttpStatusCode.MovedPermanently, canonical),
                (answer.StatusCode, answer.Headers.Location?.OriginalString)
            );
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/one/mc")]
    [InlineData("/account/sign-in")]
    [InlineData("/favicon.svg")]
    public async Task Address_ThatIsTheOne_Answers(string path)
    {
        await site.Given.MicroconferenceAsync("First", conference: "one");
        using var answer = await site.Anonymous().GetAsync(path, Stop);

        Assert.DoesNotContain(answer.StatusCode, new[] { HttpStatusCode.MovedPermanently, HttpStatusCode.NotFound });
    }

    // From the list of all of them, so that none is forgotten: in capitals and with a slash at its end an address is
    // another one's spelling.
    [Fact]
    public async Task Address_OfEveryRoute_IsSpelledAsTheRouteIs()
    {
        using var reader = site.Anonymous();
        var wrong = new List<string>();
        foreach (
            var address in Routes().Select(AddressOf).Distinct(StringComparer.Ordinal).Where(address => address != "/")
        )
        {
            foreach (var asked in new[] { address + "/", Louder(address) }.Where(asked => asked != address))
            {
                using var answer = await reader.GetAsync(asked, HttpCompletionOption.ResponseHeadersRead, Stop);
                if (
                    (answer.StatusCode, answer.Headers.Location?.OriginalString) is var got
                    && got != (HttpStatusCode.MovedPermanently, address)
                )
                {
                    wrong.Add($"{asked}: {(int)got.StatusCode} {got.OriginalString}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Keys and names of files are other people's words.
    [Theory]
    [InlineData("/account/invitation/KeyAbC-1")]
    [InlineData("/materials/1/Slides.PDF")]
    [InlineData("/one/stars/ToKeN.ics")]
    public async Task Address_WithAKeyInIt_StaysAsItIs(string path)
    {
        await site.Given.ConferenceAsync("one");
        using var answer = await site.Anonymous().GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/kept/schedule/?room=nothing")]
    [InlineData("/kept/schedule?ROOM=nothing")]
    [InlineData("/KEPT/Schedule?person=nobody")]
    [InlineData("/kept/Schedule.txt?mc=nothing")]
    public async Task Choice_OfOneReader_IsNotShownToAnother(string chosen)
    {
        await site.Given.ConferenceAsync("kept");
        var plain = chosen.Contains(".txt", StringComparison.Ordinal) ? "/kept/schedule.txt" : "/kept/schedule";
        using var reader = site.CreateClient();
        var before = await reader.GetStringAsync(plain, Stop);
        site.ForgetPages();

        await reader.GetStringAsync(chosen, Stop);

        Assert.Equal(before, await reader.GetStringAsync(plain, Stop));
    }

    [Fact]
    public async Task Key_ThatThePageDoesNotKnow_MakesNoOtherPage()
    {
        await site.Given.MicroconferenceAsync("First", conference: "keys");
        using var reader = site.Anonymous();
        await site.KeptAsync(reader, "/keys/people");
        site.Statements.Clear();

        foreach (var query in new[] { "?status=1", "?status=2", "?room=nothing", "?q=1" })
        {
            await reader.GetStringAsync("/keys/people" + query, Stop);
        }

        Assert.Empty(site.Statements.Texts);
    }

    // What a page reads of the query, and what its mark says of it, is the same.
    [Fact]
    public void Page_ThatIsKept_NamesEachKeyThatItReads()
    {
        var keys =
            from type in typeof(PublicPageAttribute).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(PageModel))
            let mark = type.GetCustomAttributes(typeof(PublicPageAttribute), inherit: true)
                .Cast<PublicPageAttribute>()
                .SingleOrDefault()
            where mark is { Kept: true }
            from property in type.GetProperties()
            from bound in property.GetCustomAttributes(inherit: true)
            let name = bound switch
            {
                Microsoft.AspNetCore.Mvc.FromQueryAttribute query => query.Name ?? property.Name,
                Microsoft.AspNetCore.Mvc.BindPropertyAttribute { SupportsGet: true } form => form.Name ?? property.Name,
                _ => null,
            }
            where
                name is not null
                && !mark.Choices.Concat(mark.FreeChoices).Contains(name, StringComparer.OrdinalIgnoreCase)
            select $"{type}: {name}";

        Assert.Empty(keys);
    }

    [Fact]
    public async Task Address_InCapitals_HearsOfTheNextChange()
    {
        var microconference = await site.Given.MicroconferenceAsync("First", conference: "heard");
        using var reader = site.CreateClient();
        Assert.Contains("First", await reader.GetStringAsync("/HEARD/MC.json", Stop), StringComparison.Ordinal);

        await using (var scope = site.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<LpcSite.Data.LpcDbContext>();
            (await db.Microconferences.FindAsync([microconference.Id], Stop))!.Rename("Renamed");
            await db.SaveChangesAsync(Stop);
        }

        Assert.Contains("Renamed", await reader.GetStringAsync("/HEARD/MC.json", Stop), StringComparison.Ordinal);
    }

    private IEnumerable<RoutePattern> Routes() =>
        site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true)
            .Select(endpoint => endpoint.RoutePattern)
            .Where(pattern => pattern.Parameters.All(parameter => !parameter.IsCatchAll));

    private static string AddressOf(RoutePattern pattern) =>
        CanonicalAddresses.Of(
            pattern,
            new RouteValueDictionary(
                pattern.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (object?)Sample(parameter)))
            )
        )!;

    private static string Sample(RoutePatternParameterPart parameter) =>
        parameter.Name == "which" ? "new"
        : parameter.ParameterPolicies.Any(policy =>
            policy.Content?.StartsWith("regex", StringComparison.Ordinal) is true
        )
            ? new string('0', 64)
        : parameter.ParameterPolicies.Any(policy =>
            policy.Content is "int" or "long" || policy.Content?.StartsWith("range", StringComparison.Ordinal) is true
        )
            ? "404"
        : "some";

    // A key is not a route's to spell, and "SOME" a slug in capitals.
    private static string Louder(string address) =>
        address
            .ToUpperInvariant()
            .Replace("SOME", "some", StringComparison.Ordinal)
            .Replace("NEW", "new", StringComparison.Ordinal);
}
