using System.Net;
using System.Text.RegularExpressions;
using LpcSite.Caching;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Pages;

/// <summary>Public pages as terminals read them.</summary>
public sealed class TextTwinTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    // What answers to a question, one's own stars, and single revisions, which are read beside each other.
    private static readonly string[] Without = ["/Conferences/Search", "/Schedule/Stars", "/Revisions/Details"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // From the site's own list, so that a new page cannot be forgotten.
    [Fact]
    public void EveryPublicPage_HasATextTwin()
    {
        var endpoints = site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .ToList();
        var texts = endpoints
            .Select(e => e.RoutePattern.RawText!.TrimStart('/'))
            .Where(pattern => pattern.EndsWith(".txt", StringComparison.Ordinal))
            .ToHashSet();

        var lacking = endpoints
            .Where(e =>
                e.Metadata.GetMetadata<PublicPageAttribute>() is not null
                && e.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                && !Without.Contains(page.ViewEnginePath)
            )
            .Select(e => Bare(e.RoutePattern.RawText!))
            .Where(pattern =>
                !pattern.EndsWith(".txt", StringComparison.Ordinal) && !texts.Select(Bare).Contains($"{pattern}.txt")
            )
            .Distinct();

        Assert.Empty(lacking);

        static string Bare(string pattern) =>
            Regex.Replace(
                Regex.Replace(pattern.TrimStart('/'), @"/\{number[^}]*\?\}", "", RegexOptions.NonBacktracking),
                @"\{(?<name>\w+)[^}]*(?:\([^)]*\))?\}",
                "{${name}}",
                RegexOptions.NonBacktracking
            );
    }

    [Fact]
    public async Task Front_AsText_SaysWhatThePageSaysInColumns()
    {
        await site.Given.MicroconferenceAsync("Rust", conference: "2060", leads: ["Lena Lead"]);
        await site.Given.PageAsync(
            "front",
            "Welcome",
            "All about *pipes*, with [the rules](https://example.org/rules) of the house.",
            conference: "2060"
        );
        using var reader = site.Anonymous();

        var (typed, asked) = (
            await reader.GetStringAsync("/2060.txt", Stop),
            await AskAsync(reader, "/2060", "text/plain")
        );

        Assert.StartsWith("Plumbing 2060\n====", typed, StringComparison.Ordinal);
        Assert.Contains("pipes", typed, StringComparison.Ordinal);
        Assert.Contains("the rules <https://example.org/rules>", typed, StringComparison.Ordinal);
        Assert.DoesNotContain('<', typed.Replace("<http", "", StringComparison.Ordinal));
        Assert.All(
            typed.Split('\n').Where(line => !line.Contains("http", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 80)
        );
        Assert.Equal(typed, asked);
    }

    [Theory]
    [InlineData("people", "Lena Lead")]
    [InlineData("people/lena-lead", "Rust")]
    [InlineData("sponsors", "")]
    [InlineData("calls", "")]
    [InlineData("attend", "Bring a pipe.")]
    [InlineData("schedule/changes", "")]
    public async Task Page_AsText_IsThereByAddressAndByWhatIsAccepted(string path, string said)
    {
        await site.Given.MicroconferenceAsync("Rust", conference: "2061", leads: ["Lena Lead"], topics: ["Pin"]);
        if (path == "attend")
        {
            await site.Given.PageAsync("attend", "How to attend", "Bring a pipe.", conference: "2061");
        }

        using var reader = site.Anonymous();
        using var answer = await reader.GetAsync($"/2061/{path}.txt", Stop);

        Assert.Equal(
            (HttpStatusCode.OK, "text/plain; charset=utf-8"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.ToString())
        );
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(
            $"/2061/{path}.txt",
            (await site.ReadAsync($"/2061/{path}")).QuerySelector("head link[type='text/plain']")?.GetAttribute("href")
        );
        Assert.DoesNotContain("<h1", await AskAsync(reader, $"/2061/{path}", "text/plain"), StringComparison.Ordinal);
        Assert.Contains("<h1", await AskAsync(reader, $"/2061/{path}", "text/html"), StringComparison.Ordinal);
    }

    // Kept apart from the page, and dropped with it.
    [Fact]
    public async Task Text_OfAPageThatChanged_ChangesWithIt()
    {
        await site.Given.MicroconferenceAsync("Rust", conference: "2062", leads: ["Lena Lead"]);
        using var reader = site.Anonymous();
        Assert.DoesNotContain(
            "Anna Later",
            await reader.GetStringAsync("/2062/people.txt", Stop),
            StringComparison.Ordinal
        );

        await site.Given.MicroconferenceAsync("Pipes", conference: "2062", leads: ["Anna Later"]);

        Assert.Contains("Anna Later", await reader.GetStringAsync("/2062/people.txt", Stop), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(HttpClient reader, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await reader.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
