using System.Net;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Pages;

/// <summary>What a lead reads whose text was overtaken while they were writing.</summary>
public sealed class MergeTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Edit_OfOneLineByTwoAtOnce_ShowsBothDifferencesAndKeepsBothVersions()
    {
        var (lena, otto) = (await site.Given.PersonAsync("Lena Lead"), await site.Given.PersonAsync("Otto Other"));
        await site.Given.MicroconferenceAsync(
            "Overtaken",
            description: "Begin.\n\nOld words here.\n\nEnd.",
            leads: ["Lena Lead", "Otto Other"]
        );
        using var hers = await site.AsAsync(lena);
        using var his = await site.AsAsync(otto);
        var hisForm = await his.ReadAsync("/2022/mc/overtaken/edit");
        using var first = await hers.SubmitAsync(
            "/2022/mc/overtaken/edit",
            new() { ["Input.Description"] = "Begin.\r\n\r\nLena words here.\r\n\r\nEnd." },
            "save"
        );

        using var second = await his.SubmitAsync(
            hisForm,
            new() { ["Input.Description"] = "Begin.\r\n\r\nOtto words here.\r\n\r\nEnd." },
            "save"
        );
        var page = await Browsing.ParseAsync(second);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(
            ["Description: what you changed", "Description: what Lena Lead changed"],
            page.QuerySelectorAll(".merge h3").Select(h => h.TextContent)
        );
        Assert.Equal(
            ["(added:) Otto", "(added:) Lena"],
            page.QuerySelectorAll(".merge ins").Select(ins => ins.TextContent)
        );
        Assert.Equal(
            "Begin.\n\n<<<<<<< yours\nOtto words here.\n=======\nLena words here.\n>>>>>>> saved meanwhile\n\nEnd.",
            page.QuerySelector("[name='Input.Description']")?.TextContent.TrimStart('\n')
        );
        Assert.Contains("To decide: line 3 of", page.QuerySelector(".merge")?.TextContent, StringComparison.Ordinal);

        using var unfinished = await his.SubmitAsync(page, [], "save");
        using var finished = await his.SubmitAsync(
            page,
            new() { ["Input.Description"] = "Begin.\n\nBoth words here.\n\nEnd." },
            "save"
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Redirect),
            (unfinished.StatusCode, finished.StatusCode)
        );
        Assert.Equal(
            ["3", "2", "1"],
            (await his.ReadAsync("/2022/mc/overtaken/history"))
                .QuerySelectorAll("tbody th")
                .Select(th => th.TextContent)
        );
    }

    [Fact]
    public async Task Edit_OfTheTitleByTwoAtOnce_KeepsMineInTheFormAndShowsTheOther()
    {
        var (lena, otto) = (await site.Given.PersonAsync("Lena Lead"), await site.Given.PersonAsync("Otto Other"));
        await site.Given.MicroconferenceAsync("Contested", leads: ["Lena Lead", "Otto Other"]);
        using var hers = await site.AsAsync(lena);
        using var his = await site.AsAsync(otto);
        var hisForm = await his.ReadAsync("/2022/mc/contested/edit");
        using var first = await hers.SubmitAsync(
            "/2022/mc/contested/edit",
            new() { ["Input.Title"] = "Lena's <Title>" },
            "save"
        );

        using var second = await his.SubmitAsync(hisForm, new() { ["Input.Title"] = "Otto's Title" }, "save");
        var page = await Browsing.ParseAsync(second);
        using var decided = await his.SubmitAsync(page, [], "save");

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("Otto's Title", page.QuerySelector("[name='Input.Title']")?.GetAttribute("value"));
        Assert.Contains(
            "you call it “Otto's Title”, and Lena Lead called it “Lena's <Title>” meanwhile",
            page.QuerySelector(".merge")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);
        Assert.Equal("Otto's Title", (await his.ReadAsync("/2022/mc/contested")).QuerySelector("h1")?.TextContent);
    }

    [Fact]
    public async Task Edit_OfTheTextWhileAnotherChangedTheTitle_KeepsBoth()
    {
        var (lena, otto) = (await site.Given.PersonAsync("Lena Lead"), await site.Given.PersonAsync("Otto Other"));
        await site.Given.MicroconferenceAsync("Stale", leads: ["Lena Lead", "Otto Other"]);
        using var hers = await site.AsAsync(lena);
        using var his = await site.AsAsync(otto);
        var hisForm = await his.ReadAsync("/2022/mc/stale/edit");
        using var first = await hers.SubmitAsync("/2022/mc/stale/edit", new() { ["Input.Title"] = "Newer" }, "save");

        using var second = await his.SubmitAsync(hisForm, new() { ["Input.Description"] = "His text." }, "save");
        var page = await his.ReadAsync("/2022/mc/stale");

        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        Assert.Equal(
            ("Newer", "His text."),
            (page.QuerySelector("h1")?.TextContent, page.QuerySelector(".prose p")?.TextContent)
        );
    }
}
