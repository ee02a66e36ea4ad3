using System.Net;
using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Microconferences;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Pages;

/// <summary>A microconference moves to another address, and nobody who cites the old one is lost.</summary>
public sealed class AddressTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Address_ChangedByItsLead_LeadsTheOldOneOn()
    {
        await site.Given.MicroconferenceAsync("Long Old Title");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var link = (await lena.ReadAsync("/2022/mc/long-old-title/lead"))
            .QuerySelector("main a[href$='/lead/address']")!
            .GetAttribute("href")!;

        using var answer = await lena.SubmitAsync(link, new() { ["Input.Slug"] = "short" });
        var page = await lena.ReadAsync("/2022/mc/short");
        using var old = await site.Browse().GetAsync("/2022/mc/long-old-title/history");

        Assert.Equal("/2022/mc/short", answer.Headers.Location?.OriginalString);
        Assert.Equal("It has a new address. The old one leads here.", page.QuerySelector(".said")?.TextContent);
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/2022/mc/short/history"),
            (old.StatusCode, old.Headers.Location?.OriginalString)
        );
        Assert.Contains(
            "renamed",
            (await lena.ReadAsync("/2022/mc/short/lead/record")).QuerySelector(".audit")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Not a slug", "is made of lower-case letters")]
    [InlineData("", "Type the last part")]
    [InlineData("taken-there", "belongs to another microconference")]
    [InlineData("propose", "is a page of the site")]
    [InlineData("once-theirs", "was another microconference's")]
    public async Task Address_ThatCannotBe_Answers400AndKeepsWhatWasTyped(string slug, string sentence)
    {
        await site.Given.MicroconferenceAsync("Taken There");
        await site.Given.MicroconferenceAsync("Once Theirs", leads: ["Tara Theirs"]);
        await site.Given.MicroconferenceAsync("Stays Put");
        using var tara = await site.AsAsync(await site.Given.PersonAsync("Tara Theirs"));
        using var moved = await tara.GetAsync("/2022/mc/once-theirs/lead/address") is { StatusCode: HttpStatusCode.OK }
            ? await tara.SubmitAsync("/2022/mc/once-theirs/lead/address", new() { ["Input.Slug"] = "theirs-now" })
            : null;
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var answer = await lena.SubmitAsync("/2022/mc/stays-put/lead/address", new() { ["Input.Slug"] = slug });
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            sentence,
            page.QuerySelector("[data-valmsg-for='Input.Slug']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(slug, page.QuerySelector("[name='Input.Slug']")?.GetAttribute("value"));
        Assert.Equal("/2022/mc/stays-put", page.QuerySelector(".trail a")?.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, (await site.Browse().GetAsync("/2022/mc/stays-put")).StatusCode);
    }

    // Read from the running site's own list, so that a page that comes later is thought of too.
    [Fact]
    public void Word_ThatTheSiteAnswersTo_CanBeNoSlugBesideIt()
    {
        var patterns = site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(e => e.RoutePattern)
            .ToList();
        var free =
            from slug in patterns
            from at in Enumerable.Range(0, slug.PathSegments.Count)
            where IsSlug(slug.PathSegments[at])
            let before = Before(slug, at)
            from other in patterns
            where
                other.PathSegments.Count > at && Before(other, at) == before && Word(other.PathSegments[at]) is not null
            let word = Word(other.PathSegments[at])
            where !IsReserved(before, word)
            select $"{before}/{word}";

        Assert.Empty(free.Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("propose")]
    [InlineData("preview")]
    [InlineData("links\n")]
    [InlineData("Links")]
    public async Task Microconference_WithAnAddressOfTheSite_IsNeverMade(string slug)
    {
        await site.Given.ConferenceAsync();
        await using var db = site.OpenDatabase();
        var conference = await db.Conferences.FirstAsync(c => c.Slug == "2022", TestContext.Current.CancellationToken);

        Assert.Throws<RuleException>(() =>
            new Microconference(conference, slug, "Links", site.Clock.GetCurrentInstant())
        );
    }

    private static bool IsReserved(string before, string? word) =>
        before switch
        {
            "" => Conference.IsTaken(word!),
            "/{}" => ConferencePage.IsTaken(word!),
            "/{}/mc" => Microconference.ReservedSlugs.Contains(word),
            _ => false,
        };

    private static bool IsSlug(RoutePatternPathSegment segment) =>
        segment.IsSimple && segment.Parts[0] is RoutePatternParameterPart { ParameterPolicies: [{ Content: "slug" }] };

    private static string? Word(RoutePatternPathSegment segment) =>
        segment.IsSimple && segment.Parts[0] is RoutePatternLiteralPart { Content: var word } && Slug.IsValid(word)
            ? word
            : null;

    private static string Before(RoutePattern pattern, int at) =>
        string.Concat(
            pattern
                .PathSegments.Take(at)
                .Select(s =>
                    s.IsSimple && s.Parts[0] is RoutePatternLiteralPart literal ? $"/{literal.Content}" : "/{}"
                )
        );
}
