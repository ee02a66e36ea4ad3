using System.Net;
using LpcSite.Markdown;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Api;

/// <summary>What the editor shows of a text before it is saved.</summary>
public sealed class PreviewTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OfMarkdown_AnswersWhatThePageWillShow()
    {
        using var lena = await LeadAsync("Lena");

        using var answer = await lena.PostTextAsync(
            "/2022/mc/preview",
            "## Status\n\n**Rust** <script>alert(1)</script>"
        );
        var html = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            new MarkdownRenderer().Render("## Status\n\n**Rust** <script>alert(1)</script>", "preview").Html,
            html
        );
        Assert.Contains("<strong>Rust</strong>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Post_OfTooMuch_AnswersTheSentenceOfTheLimit()
    {
        using var lena = await LeadAsync("Lena");
        var text = new string('a', MarkdownRenderer.MaxLength + 1);

        using var answer = await lena.PostTextAsync("/2022/mc/preview", text);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(MarkdownRenderer.Problem(text), await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Post_ByNobody_IsRefusedWithoutBeingSentElsewhere()
    {
        await site.Given.ConferenceAsync();
        using var nobody = site.Browse();

        using var answer = await nobody.Client.PostAsync(
            "/2022/mc/preview",
            new FormUrlEncodedContent([new("text", "a")]),
            Stop
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory, InlineData("preview"), InlineData("links")]
    public async Task Post_WithoutTheProofOfAForm_IsRefused(string what)
    {
        using var lena = await LeadAsync("Lena");

        using var answer = await lena.Client.PostAsync(
            $"/2022/mc/{what}",
            new FormUrlEncodedContent([new("text", "a")]),
            Stop
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(
            "Your sign-in has changed",
            await answer.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Post_OfAnUnknownConference_IsNotFound()
    {
        using var lena = await LeadAsync("Lena");

        using var answer = await lena.PostTextAsync("/1822/mc/preview", "a");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Post_OverAndOver_IsSlowedDownForThatPersonOnly()
    {
        using var hasty = await LeadAsync("Hasty");
        using var calm = await LeadAsync("Calm");
        var token = await hasty.TokenAsync();
        var statuses = new List<HttpStatusCode>();

        for (var i = 0; i < 80; i++)
        {
            using var answer = await hasty.SendAsync(
                HttpMethod.Post,
                "/2022/mc/preview",
                token,
                new FormUrlEncodedContent([new("text", "a")])
            );
            statuses.Add(answer.StatusCode);
        }

        using var other = await calm.PostTextAsync("/2022/mc/preview", "a");

        Assert.All(statuses.Take(40), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private async Task<Browsing> LeadAsync(string name)
    {
        await site.Given.ConferenceAsync();
        return await site.AsAsync(await site.Given.PersonAsync(name));
    }
}
