using System.Net;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LpcSite.Tests.Web.Requests;

/// <summary>Too many requests of one reader slow them down, and nobody beside them.</summary>
public sealed class RateLimitTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    // A second's requests, times the burst.
    private const int MostAtOnce = 10;

    [Fact]
    public async Task Requests_OfOnePerson_CountForHimAlone()
    {
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Quick Typist"));
        var otherMail = await site.Given.AccountAsync(await site.Given.PersonAsync("Slow Typist"));
        await using var narrow = site.WithWebHostBuilder(host => host.UseSetting("RateLimit:RequestsPerSecond", "1"));
        using var quick = new Browsing(
            narrow.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false })
        );
        using var slow = new Browsing(
            narrow.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false })
        );
        await quick.SignInAsync(mail, Given.Password);
        await slow.SignInAsync(otherMail, Given.Password);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 2 * MostAtOnce; i++)
        {
            answers.Add((await quick.GetAsync("/account")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.OK, (await slow.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Requests_OfStrangersAtOneAddress_CountTogether()
    {
        await using var narrow = site.WithWebHostBuilder(host => host.UseSetting("RateLimit:RequestsPerSecond", "1"));
        using var one = narrow.CreateClient();
        using var other = narrow.CreateClient();
        for (var i = 0; i < 2 * MostAtOnce; i++)
        {
            await one.GetAsync("/account/sign-in");
        }

        // A second that ends just now lets one more through, but not three.
        HttpResponseMessage[] answers =
        [
            await other.GetAsync("/account/sign-in"),
            await other.GetAsync("/account/sign-in"),
            await other.GetAsync("/account/sign-in"),
        ];
        var refused = answers.First(answer => answer.StatusCode is HttpStatusCode.TooManyRequests);

        Assert.NotNull(refused.Headers.RetryAfter);
    }
}
