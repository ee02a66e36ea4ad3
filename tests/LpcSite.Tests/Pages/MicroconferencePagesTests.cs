using System.Net;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Pages;

/// <summary>What an attendee reads of microconferences.</summary>
public sealed class MicroconferencePagesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task List_WithSeveral_ShowsThemInFullFromAToZWithoutRegardToCase()
    {
        await site.Given.MicroconferenceAsync("zebra pipes", conference: "az", description: "Stripes.");
        await site.Given.MicroconferenceAsync("Ærø valves", conference: "az");
        await site.Given.MicroconferenceAsync("IoTs", conference: "az", description: "Small things.");
        await site.Given.MicroconferenceAsync("linux/arch", conference: "az", topics: ["Common entry code"]);
        await site.Given.MicroconferenceAsync("Kernel", conference: "az");

        var page = await site.ReadAsync("/az/mc");

        Assert.Equal(
            ["Ærø valves", "IoTs", "Kernel", "linux/arch", "zebra pipes"],
            page.QuerySelectorAll("article h2").Select(h => h.TextContent)
        );
        Assert.Equal(
            ["#aero-valves", "#iots", "#kernel", "#linux-arch", "#zebra-pipes"],
            page.QuerySelectorAll(".contents a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal("Small things.", page.QuerySelector("#iots .prose p")?.TextContent);
        Assert.Equal("Common entry code", page.QuerySelector("#linux-arch .topics a")?.TextContent);
    }

    [Fact]
    public async Task List_ByStatus_ShowsThoseAndCountsAll()
    {
        await site.Given.MicroconferenceAsync(
            "Taken",
            MicroconferenceStatus.Accepted,
            "by-status",
            form: SessionForm.Half
        );
        await site.Given.MicroconferenceAsync("Asked", MicroconferenceStatus.Proposed, "by-status");
        await site.Given.MicroconferenceAsync("Asked again", MicroconferenceStatus.ChangesRequested, "by-status");

        var accepted = await site.ReadAsync("/by-status/mc?status=accepted");
        var proposed = await site.ReadAsync("/by-status/mc?status=proposed");

        Assert.Equal(["Taken"], accepted.QuerySelectorAll("article h2").Select(h => h.TextContent));
        Assert.Equal(["Asked", "Asked again"], proposed.QuerySelectorAll("article h2").Select(h => h.TextContent));
        Assert.Equal(["3", "2", "1"], proposed.QuerySelectorAll(".filter .soft").Select(c => c.TextContent));
        Assert.DoesNotContain(
            "hanges",
            proposed.QuerySelector("#asked-again .state")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task List_OfAStatusThatDoesNotExist_IsRefused()
    {
        await site.Given.ConferenceAsync("statuses");
        using var client = site.Anonymous();

        var response = await client.GetAsync("/statuses/mc?status=rejected");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task List_WithNothingInIt_SaysWhatWillBeThere()
    {
        await site.Given.ConferenceAsync("empty");

        var page = await site.ReadAsync("/empty/mc");

        Assert.Contains(
            "Nothing has been proposed yet",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Details_ShowsEverythingThatLeadsWrote()
    {
        await site.Given.MicroconferenceAsync(
            "Copper",
            MicroconferenceStatus.Accepted,
            description: "About *copper*.",
            results: "- Bent a pipe.",
            leads: ["Michał Żygowski", "Matias Bjørling"],
            keyAttendees: ["Rik van Riel"],
            topics: ["What’s next?"],
            speakers: ["Jörg Roedel"],
            form: SessionForm.NoAv
        );

        var page = await site.ReadAsync("/2022/mc/copper");

        Assert.Equal("Copper", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("copper", page.QuerySelector(".prose em")?.TextContent);
        Assert.Equal("Bent a pipe.", page.QuerySelector(".prose li")?.TextContent);
        Assert.Equal(
            ["/2022/people/michal-zygowski", "/2022/people/matias-bjorling", "/2022/people/rik-van-riel"],
            page.QuerySelectorAll(".people a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal("Jörg Roedel", page.QuerySelector(".who a")?.TextContent);
        Assert.Contains(
            "Accepted, full length without staffed audio and video · revised 3 June 2022",
            page.QuerySelector(".state")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(MicroconferenceStatus.Draft)]
    [InlineData(MicroconferenceStatus.Declined)]
    public async Task Details_OfWhatIsNotPublic_IsNotFound(MicroconferenceStatus status)
    {
        await site.Given.MicroconferenceAsync($"Hidden {status}", status);
        using var client = site.Anonymous();

        foreach (var twin in new[] { "", ".md", ".txt", ".json" })
        {
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await client.GetAsync($"/2022/mc/hidden-{status.ToString().ToLowerInvariant()}{twin}")).StatusCode
            );
        }
    }

    [Fact]
    public async Task Details_OfAMergedOne_LeadsToTheOneItWentInto()
    {
        var target = await site.Given.MicroconferenceAsync("Both");
        await site.Given.MicroconferenceAsync("Half of both", MicroconferenceStatus.Merged, mergedInto: target);
        using var client = site.Anonymous();

        var page = await client.GetAsync("/2022/mc/half-of-both");
        var twin = await client.GetAsync("/2022/mc/half-of-both.md");

        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/2022/mc/both"),
            (page.StatusCode, page.Headers.Location?.OriginalString)
        );
        Assert.Equal("/2022/mc/both.md", twin.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Details_OfAWithdrawnOne_StaysButIsListedNowhere()
    {
        await site.Given.MicroconferenceAsync("Gone fishing", MicroconferenceStatus.Withdrawn, "withdrawn");

        var page = await site.ReadAsync("/withdrawn/mc/gone-fishing");
        var list = await site.ReadAsync("/withdrawn/mc");

        Assert.Contains("Withdrawn.", page.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(list.QuerySelectorAll("article"));
    }

    [Fact]
    public async Task Topic_AtAnyOfItsAddresses_LeadsToTheOneWithItsTitle()
    {
        await site.Given.MicroconferenceAsync("Valves", topics: ["Closing & opening them", "Second"]);
        var address = (await site.ReadAsync("/2022/mc/valves")).QuerySelector(".topics a")!.GetAttribute("href")!;
        var id = address.Split('/')[^1].Split('-')[0];
        using var client = site.Anonymous();

        var stale = await client.GetAsync($"/2022/mc/valves/topics/{id}-another-title");
        var page = await site.ReadAsync(address);

        Assert.EndsWith("-closing-opening-them", address, StringComparison.Ordinal);
        Assert.Equal(address, stale.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/2022/mc/valves/topics/{id}")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await client.GetAsync("/2022/mc/valves/topics/999999999999")).StatusCode
        );
        Assert.Equal("Closing & opening them", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("Second", page.QuerySelector(".neighbours a")?.TextContent);
    }
}
