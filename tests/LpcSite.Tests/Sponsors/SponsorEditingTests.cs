using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using LpcSite.Sponsors;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Sponsors;

/// <summary>
/// Sponsors and tiers in the browser: logos that are safe, orders that hold, and nothing typed that is lost.
/// </summary>
public sealed class SponsorEditingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10\"><script>alert(1)</script><rect "
        + "width=\"20\" height=\"10\"/></svg>";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_WithAnSvgIntoTwoTiers_IsShownThere_CleanedAndShutIn()
    {
        var tiers = await TiersAsync("added", "Gold", "Silver", "Tea");
        using var olga = await OrganizerAsync();

        var answer = await olga.UploadAsync(
            "/added/organize/sponsors/new",
            new()
            {
                ["Input.Name"] = "Tin",
                ["Input.Url"] = "https://tin.example/",
                ["Input.Tiers"] = $"{tiers[0]}{Browsing.SameName}{tiers[2]}",
            },
            "Logo",
            "logo.png",
            Encoding.UTF8.GetBytes(Drawing)
        );

        Assert.Equal("/added/organize/sponsors", answer.Headers.Location?.OriginalString);
        var page = await site.ReadAsync("/added/sponsors");
        Assert.Equal(
            ["Gold", "Tea"],
            page.QuerySelectorAll("main section:has(img)").Select(s => s.QuerySelector("h2")!.TextContent)
        );
        var image = (IHtmlImageElement)page.QuerySelector("main img")!;
        Assert.Equal(("Tin", 120, 60), (image.AlternativeText, image.DisplayWidth, image.DisplayHeight));
        using var logo = await site.Browse().GetAsync(image.GetAttribute("src")!);
        Assert.Equal(
            ("image/svg+xml", "nosniff"),
            (logo.Content.Headers.ContentType?.MediaType, logo.Headers.GetValues("X-Content-Type-Options").Single())
        );
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
            logo.Headers.GetValues("Content-Security-Policy").Single()
        );
        Assert.Equal(
            "<svg viewBox=\"0 0 20 10\" xmlns=\"http://www.w3.org/2000/svg\"><rect height=\"10\" width=\"20\" /></svg>",
            await logo.Content.ReadAsStringAsync(Stop)
        );
    }

    [Fact]
    public async Task Add_WithAFileThatIsTooLargeOrNone_SaysSoAndKeepsWhatWasTyped()
    {
        var tiers = await TiersAsync("refused", "Gold");
        using var olga = await OrganizerAsync();
        var fields = new Dictionary<string, string>
        {
            ["Input.Name"] = "Tin",
            ["Input.Url"] = "https://tin.example/",
            ["Input.Tiers"] = $"{tiers[0]}",
        };

        var large = await olga.UploadAsync(
            "/refused/organize/sponsors/new",
            fields,
            "Logo",
            "logo.png",
            new byte[3 * 1024 * 1024]
        );
        var none = await olga.UploadAsync(
            "/refused/organize/sponsors/new",
            fields,
            "Logo",
            "logo.png",
            "hello"u8.ToArray()
        );

        var page = await Browsing.ParseAsync(large);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "A logo has at most 512 KB; this file has 3072. Choose a smaller one."),
            (large.StatusCode, page.QuerySelector("[data-valmsg-for=Logo]")!.TextContent)
        );
        Assert.Equal(
            ("Tin", "https://tin.example/", true),
            (
                page.QuerySelector("[name='Input.Name']")!.GetAttribute("value"),
                page.QuerySelector("[name='Input.Url']")!.GetAttribute("value"),
                ((IHtmlInputElement)page.QuerySelector("[name='Input.Tiers']")!).IsChecked
            )
        );
        Assert.Equal(
            "A logo is an SVG, PNG, WebP or JPEG image; this file is none of them.",
            (await Browsing.ParseAsync(none)).QuerySelector("[data-valmsg-for=Logo]")!.TextContent
        );
    }

    [Theory]
    [InlineData(
        "Input.Url",
        "javascript:alert(1)",
        "A sponsor's link is an absolute address that starts with https://."
    )]
    [InlineData("Input.Name", "", "Give it a name.")]
    public async Task Add_WhatCannotBe_SaysItBesideTheField(string field, string typed, string sentence)
    {
        var tiers = await TiersAsync("wrong", "Gold");
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync(
            "/wrong/organize/sponsors/new",
            new()
            {
                ["Input.Name"] = "Tin",
                ["Input.Tiers"] = $"{tiers[0]}",
                [field] = typed,
            }
        );

        Assert.Equal(
            (HttpStatusCode.BadRequest, sentence),
            (
                answer.StatusCode,
                (await Browsing.ParseAsync(answer)).QuerySelector($"[data-valmsg-for='{field}']")!.TextContent
            )
        );
    }

    [Fact]
    public async Task Add_ASecondOfTheSameName_IsToldOfTheFirst()
    {
        var tiers = await TiersAsync("second", "Gold");
        await AddAsync("second", "Tin", tiers[0]);
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync(
            "/second/organize/sponsors/new",
            new() { ["Input.Name"] = "Tin", ["Input.Tiers"] = $"{tiers[0]}" }
        );

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(
            "There is a sponsor Tin already.",
            (await Browsing.ParseAsync(answer)).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Change_NameAndTiers_MovesIt_AndTheSecondOfTwoIsTold()
    {
        var tiers = await TiersAsync("changed", "Gold", "Silver");
        var id = await AddAsync("changed", "Tin", tiers[0]);
        using var olga = await OrganizerAsync();
        var second = await olga.ReadAsync($"/changed/organize/sponsors/{id}");

        await olga.SubmitAsync(
            $"/changed/organize/sponsors/{id}",
            new() { ["Input.Name"] = "Tin & Sons", ["Input.Tiers"] = $"{tiers[1]}" }
        );
        Assert.Equal(["Silver: Tin & Sons"], await ShownAsync("changed"));

        var answer = await olga.SubmitAsync(second, new() { ["Input.Name"] = "Tin Inc." });
        var page = await Browsing.ParseAsync(answer);
        Assert.Equal(
            (HttpStatusCode.Conflict, "Tin Inc."),
            (answer.StatusCode, page.QuerySelector("[name='Input.Name']")!.GetAttribute("value"))
        );
        Assert.Equal(["Silver: Tin & Sons"], await ShownAsync("changed"));
    }

    [Fact]
    public async Task Remove_ASponsor_TakesItOutOfEveryTier()
    {
        var tiers = await TiersAsync("removed", "Gold", "Silver");
        var id = await AddAsync("removed", "Tin", tiers[0], tiers[1]);
        using var olga = await OrganizerAsync();

        var answer = await olga.SubmitAsync($"/removed/organize/sponsors/{id}", new(), "Remove this sponsor");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(await ShownAsync("removed"));
        await using var db = site.OpenDatabase();
        Assert.Equal(
            1,
            await db.AuditEntries.CountAsync(
                e => e.Verb == "removed a sponsor" && e.Subject == "/removed/sponsors",
                Stop
            )
        );
    }

    [Fact]
    public async Task Order_ByButtonsAndByTheWholeList_IsThatOfThePage()
    {
        var tiers = await TiersAsync("ordered", "Gold");
        int[] ids =
        [
            await AddAsync("ordered", "Tin", tiers[0]),
            await AddAsync("ordered", "Zinc", tiers[0]),
            await AddAsync("ordered", "Lead", tiers[0]),
        ];
        using var olga = await OrganizerAsync();

        await olga.SubmitAsync($"/ordered/organize/tiers/{tiers[0]}", new(), "up Order 2");
        Assert.Equal(["Gold: Tin, Lead, Zinc"], await ShownAsync("ordered"));

        // What script leaves behind after a drag: the same fields in another order.
        await olga.SubmitAsync(
            $"/ordered/organize/tiers/{tiers[0]}",
            new() { ["ids"] = string.Join(Browsing.SameName, ids.Reverse()) },
            "Save the order"
        );
        Assert.Equal(["Gold: Lead, Zinc, Tin"], await ShownAsync("ordered"));
    }

    [Fact]
    public async Task Tiers_AddedRenamedAndMoved_AreSaved_AndOneWithSponsorsStays()
    {
        var tiers = await TiersAsync("tiers", "Gold", "Silver");
        await AddAsync("tiers", "Tin", tiers[0]);
        using var olga = await OrganizerAsync();
        var page = await Browsing.ParseAsync(await olga.SubmitAsync("/tiers/organize/tiers", new(), "down Tiers 0"));
        page = await Browsing.ParseAsync(await olga.SubmitAsync(page, new(), "add Tiers"));

        await olga.SubmitAsync(
            page,
            new()
            {
                ["Input.Tiers[0].Title"] = "Platinum",
                ["Input.Tiers[0].Places"] = "3",
                ["Input.Tiers[2].Title"] = "Tea",
            },
            "Save"
        );

        await using var db = site.OpenDatabase();
        Assert.Equal(
            [("Platinum", 3), ("Gold", 1), ("Tea", 1)],
            (
                await db
                    .SponsorTiers.Where(t => db.Conferences.Any(c => c.Id == t.ConferenceId && c.Slug == "tiers"))
                    .OrderBy(t => t.Position)
                    .ToListAsync(Stop)
            ).Select(t => (t.Title, t.Places))
        );
        page = await Browsing.ParseAsync(await olga.SubmitAsync("/tiers/organize/tiers", new(), "remove Tiers 1"));
        var refused = await olga.SubmitAsync(page, new(), "Save");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "The tier Gold still has sponsors. Take them out of it first.",
            (await Browsing.ParseAsync(refused)).Body!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Tiers_TwoAtOnce_TellsTheSecond()
    {
        await TiersAsync("raced", "Gold");
        using var olga = await OrganizerAsync();
        var second = await olga.ReadAsync("/raced/organize/tiers");
        await olga.SubmitAsync("/raced/organize/tiers", new() { ["Input.Tiers[0].Title"] = "Platinum" });

        var answer = await olga.SubmitAsync(second, new() { ["Input.Tiers[0].Places"] = "9" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task List_With1And30Sponsors_AsksTheSameNumberOfStatements()
    {
        await AddAsync("few-sponsors", "Tin", (await TiersAsync("few-sponsors", "Gold"))[0]);
        var tier = (await TiersAsync("many-sponsors", "Gold"))[0];
        for (var i = 0; i < 30; i++)
        {
            await AddAsync("many-sponsors", $"Tin {i}", tier);
        }

        using var olga = await OrganizerAsync();
        Assert.Equal(await StatementsAsync("few-sponsors"), await StatementsAsync("many-sponsors"));

        async Task<int> StatementsAsync(string conference)
        {
            return await site.StatementsOfAsync(() => olga.ReadAsync($"/{conference}/organize/sponsors"));
        }
    }

    private async Task<IReadOnlyList<string>> ShownAsync(string conference) =>
        [
            .. (await site.ReadAsync($"/{conference}/sponsors"))
                .QuerySelectorAll("main section:has(.sponsor)")
                .Select(s =>
                    $"{s.QuerySelector("h2")!.TextContent}: "
                    + $"{string.Join(", ", s.QuerySelectorAll(".sponsor").Select(x => x.TextContent.Trim()))}"
                ),
        ];

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

    private async Task<IReadOnlyList<int>> TiersAsync(string conference, params string[] titles)
    {
        await site.Given.ConferenceAsync(conference, tiers: [.. titles.Select(title => (title, 1))]);
        await using var db = site.OpenDatabase();
        return await db
            .SponsorTiers.Where(t => db.Conferences.Any(c => c.Id == t.ConferenceId && c.Slug == conference))
            .OrderBy(t => t.Position)
            .Select(t => t.Id)
            .ToListAsync(Stop);
    }

    private async Task<int> AddAsync(string conference, string name, params int[] tiers)
    {
        await using var db = site.OpenDatabase();
        var sponsor = new Sponsor((await db.Conferences.SingleAsync(c => c.Slug == conference, Stop)).Id, name);
        foreach (
            var tier in await db
                .SponsorTiers.Include(t => t.Sponsorships)
                    .ThenInclude(s => s.Sponsor)
                .Where(t => tiers.Contains(t.Id))
                .ToListAsync(Stop)
        )
        {
            tier.Fill([.. tier.Sponsorships.OrderBy(s => s.Position).Select(s => s.Sponsor), sponsor]);
        }

        await db.SaveChangesAsync(Stop);
        site.ForgetPages();
        return sponsor.Id;
    }
}
