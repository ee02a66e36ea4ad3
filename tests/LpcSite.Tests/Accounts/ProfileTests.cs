using System.Net;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Accounts;

/// <summary>What somebody shows of himself.</summary>
public sealed class ProfileTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_WithEverything_ShowsOnThePublicPageAndKeepsTheOldSpelling()
    {
        await site.Given.MicroconferenceAsync("Rust", leads: ["Lena Lead"]);
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var stranger = site.Browse();
        await stranger.ReadAsync("/2022/people/lena-lead");

        using var saved = await lena.SubmitAsync("/account/profile", new()
        {
            ["Input.Name"] = "Léna Lead",
            ["Input.Affiliation"] = "Plumbers Ltd",
            ["Input.Bio"] = "Mends *pipes*.",
            ["Input.Zone"] = "Europe/Dublin",
            ["Input.Mail"] = "DailyDigest",
        });
        var page = await stranger.ReadAsync("/2022/people/lena-lead");
        var form = await lena.ReadAsync("/account/profile");

        Assert.Equal("/account/profile", saved.Headers.Location?.OriginalString);
        Assert.Equal("Léna Lead", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("also written Lena Lead", page.QuerySelector("main .soft")?.TextContent);
        Assert.Equal("pipes", page.QuerySelector("main em")?.TextContent);
        Assert.Contains("Plumbers Ltd", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Your profile is saved.", form.QuerySelector(".said")?.TextContent);
        Assert.Equal("Europe/Dublin", form.QuerySelector("[name='Input.Zone'] [selected]")?.GetAttribute("value"));
        await using var db = site.OpenDatabase();
        var me = await db.People.SingleAsync(p => p.Slug == "lena-lead", Stop);
        Assert.Equal(("Europe/Dublin", MailPreference.DailyDigest), (me.Zone?.Id, me.Mail));
        Assert.Equal(
            """{"fields": ["affiliation", "mail", "name", "zone", "bio"]}""",
            await db.AuditEntries.Where(a => a.PersonId == me.Id && a.Via == "account").Select(a => a.After).SingleAsync(Stop));
    }

    [Fact]
    public async Task Post_WithMarkdownThatCannotBeShown_Answers400AndKeepsTheText()
    {
        using var wim = await site.AsAsync(await site.Given.PersonAsync("Wim Wrong"));
        var deep = new string('>', 1500) + " deep";

        using var answer = await wim.SubmitAsync("/account/profile", new() { ["Input.Bio"] = deep });
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(deep, page.QuerySelector("[name='Input.Bio']")?.TextContent.Trim());
        Assert.NotEqual("", page.QuerySelector("[data-valmsg-for='Input.Bio']")?.TextContent);
    }

    [Theory]
    [InlineData("Input.Zone", "Europe/Atlantis", "There is no such time zone. Choose one of the list.")]
    [InlineData("Input.Name", "", "Type your name.")]
    public async Task Post_WithWhatCannotBe_SaysSoBesideTheField(string field, string value, string sentence)
    {
        using var wim = await site.AsAsync(await site.Given.PersonAsync("Wim Wrong"));

        using var answer = await wim.SubmitAsync("/account/profile", new() { [field] = value });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(sentence, (await Browsing.ParseAsync(answer)).QuerySelector($"[data-valmsg-for='{field}']")?.TextContent);
    }

    [Fact]
    public async Task Account_Opened_LinksToEverything()
    {
        using var wim = await site.AsAsync(await site.Given.PersonAsync("Wim Wrong"));

        foreach (var link in (await wim.ReadAsync("/account")).QuerySelectorAll("main .index a").Select(a => a.GetAttribute("href")!).ToList())
        {
            using var answer = await wim.GetAsync(link);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{link} answers {answer.StatusCode}.");
        }
    }
}
