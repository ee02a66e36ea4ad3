using System.Net;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Pages;

/// <summary>A microconference moves to another address, and nobody who cites the old one is lost.</summary>
public sealed class AddressTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Address_ChangedByItsLead_LeadsTheOldOneOn()
    {
        await site.Given.MicroconferenceAsync("Long Old Title");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var link = (await lena.ReadAsync("/2022/mc/long-old-title/lead")).QuerySelector("main a[href$='/lead/address']")!.GetAttribute("href")!;

        using var answer = await lena.SubmitAsync(link, new() { ["Input.Slug"] = "short" });
        var page = await lena.ReadAsync("/2022/mc/short");
        using var old = await site.Browse().GetAsync("/2022/mc/long-old-title/history");

        Assert.Equal("/2022/mc/short", answer.Headers.Location?.OriginalString);
        Assert.Equal("It has a new address. The old one leads here.", page.QuerySelector(".said")?.TextContent);
        Assert.Equal((HttpStatusCode.MovedPermanently, "/2022/mc/short/history"), (old.StatusCode, old.Headers.Location?.OriginalString));
        Assert.Contains("renamed", (await lena.ReadAsync("/2022/mc/short/lead/record")).QuerySelector(".audit")?.TextContent, StringComparison.Ordinal);
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
        Assert.Contains(sentence, page.QuerySelector("[data-valmsg-for='Input.Slug']")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(slug, page.QuerySelector("[name='Input.Slug']")?.GetAttribute("value"));
        Assert.Equal("/2022/mc/stays-put", page.QuerySelector(".trail a")?.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, (await site.Browse().GetAsync("/2022/mc/stays-put")).StatusCode);
    }
}
