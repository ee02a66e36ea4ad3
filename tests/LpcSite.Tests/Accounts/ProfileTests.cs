using System.Net;
using LpcSite.People;
using LpcSite.People.Pictures;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Accounts;

/// <summary>What somebody shows of themselves.</summary>
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

        using var saved = await lena.SubmitAsync(
            "/account/profile",
            new()
            {
                ["Input.Name"] = "Léna Lead",
                ["Input.Affiliation"] = "Plumbers Ltd",
                ["Input.Bio"] = "Mends *pipes*.",
                ["Input.Zone"] = "Europe/Dublin",
                ["Input.Mail"] = "DailyDigest",
            }
        );
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
            await db
                .AuditEntries.Where(a => a.PersonId == me.Id && a.Via == "account")
                .Select(a => a.After)
                .SingleAsync(Stop)
        );
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
        Assert.Equal(
            sentence,
            (await Browsing.ParseAsync(answer)).QuerySelector($"[data-valmsg-for='{field}']")?.TextContent
        );
    }

    [Fact]
    public async Task Account_Opened_LinksToEverything()
    {
        using var wim = await site.AsAsync(await site.Given.PersonAsync("Wim Wrong"));

        foreach (
            var link in (await wim.ReadAsync("/account"))
                .QuerySelectorAll("main .index a")
                .Select(a => a.GetAttribute("href")!)
                .ToList()
        )
        {
            using var answer = await wim.GetAsync(link);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{link} answers {answer.StatusCode}.");
        }
    }

    [Theory]
    [InlineData("89504E470D0A1A0A0000000049454E44AE426082", "image/png")]
    [InlineData("FFD8FFE000074A46494600FFDA000212FFD9", "image/jpeg")]
    [InlineData("524946460C000000574542505650384C00000000", "image/webp")]
    public async Task Picture_OfAKnownKind_IsServedForEverAndShownOnThePublicPage(string hex, string mediaType)
    {
        await site.Given.MicroconferenceAsync("Pictured", leads: ["Pia Picture"]);
        using var pia = await site.AsAsync(await site.Given.PersonAsync("Pia Picture"));

        using var sent = await SendAsync(pia, Convert.FromHexString(hex), "anything.gif");
        var source = (await site.Browse().ReadAsync("/2022/people/pia-picture"))
            .QuerySelector("main img")!
            .GetAttribute("src")!;
        using var picture = await site.Browse().GetAsync(source);
        using var removed = await pia.SubmitAsync("/account/picture", [], "Remove the picture");

        Assert.Equal("/account/picture", sent.Headers.Location?.OriginalString);
        Assert.Equal(hex, Convert.ToHexString(await picture.Content.ReadAsByteArrayAsync(Stop)));
        Assert.Equal(mediaType, picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", picture.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", picture.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Null((await site.Browse().ReadAsync("/2022/people/pia-picture")).QuerySelector("main img"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Browse().GetAsync(source)).StatusCode);
    }

    [Theory]
    [InlineData(
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        0,
        "A picture is a PNG, JPEG or WebP image; this file is none of them."
    )]
    [InlineData("\u0089PNG\r\n\u001a\n", PersonPicture.MaxBytes, "A picture has at most 512 KB; this file has 512.")]
    public async Task Picture_OfAnotherKindOrTooLarge_Answers400(string begins, int more, string sentence)
    {
        using var wim = await site.AsAsync(await site.Given.PersonAsync("Wim Wrong"));

        using var answer = await SendAsync(
            wim,
            [.. System.Text.Encoding.Latin1.GetBytes(begins), .. new byte[more]],
            "picture.png"
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            sentence,
            (await Browsing.ParseAsync(answer)).QuerySelector("[data-valmsg-for='Chosen']")?.TextContent
        );
    }

    private static async Task<HttpResponseMessage> SendAsync(Browsing browsing, byte[] bytes, string name)
    {
        var token = (await browsing.ReadAsync("/account/picture"))
            .QuerySelector("main [name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(bytes), "Chosen", name },
        };
        return await browsing.Client.PostAsync("/account/picture", form, Stop);
    }
}
