using System.Net;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Pages;

/// <summary>The search finds what a reader means, not what they managed to type.</summary>
public sealed class SearchTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Theory]
    [InlineData("What's next", "What’s next?")]
    [InlineData("what’s next", "What’s next?")]
    [InlineData("whats", "What’s next?")]
    [InlineData("Zygowski", "Michał Żygowski")]
    [InlineData("michał żyg", "Michał Żygowski")]
    [InlineData("bjorling", "Matias Bjørling")]
    [InlineData("Männ", "Matthias Männich")]
    [InlineData("iommu", "VFIO/IOMMU/PCI")]
    [InlineData("uring", "io_uring in the field")]
    [InlineData("io_uring", "io_uring in the field")]
    [InlineData("isolati", "VFIO/IOMMU/PCI")]
    [InlineData("isolated interrupt", "VFIO/IOMMU/PCI")]
    public async Task Search_ByWhatAReaderTypes_FindsIt(string query, string expected)
    {
        await FilledAsync();

        var page = await site.ReadAsync($"/2022/search?q={Uri.EscapeDataString(query)}");

        Assert.Contains(expected, page.QuerySelectorAll(".found a").Select(a => a.TextContent));
    }

    [Fact]
    public async Task Search_WithAMatchInATitle_PutsItFirstAndMarksWordsInTexts()
    {
        await FilledAsync();

        var page = await site.ReadAsync("/2022/search?q=interrupts");

        Assert.Equal(["Interrupts", "VFIO/IOMMU/PCI"], page.QuerySelectorAll(".found a").Select(a => a.TextContent));
        Assert.Equal("interrupts", page.QuerySelector(".found li:nth-child(2) mark")?.TextContent);
    }

    [Fact]
    public async Task Search_ForATopic_SaysWhichMicroconferenceItIsIn()
    {
        await FilledAsync();

        Assert.Equal(
            "topic in VFIO/IOMMU/PCI",
            (await site.ReadAsync("/2022/search?q=uring")).QuerySelector(".found .soft")?.TextContent
        );
        Assert.Equal(
            "microconference",
            (await site.ReadAsync("/2022/search?q=iommu")).QuerySelector(".found .soft")?.TextContent
        );
    }

    [Theory]
    [InlineData("'); DROP TABLE people; --")]
    [InlineData("a & b | c:*")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\\ \" ' % _")]
    [InlineData("the of and")]
    [InlineData("\u0000\u0001x")]
    [InlineData("ﬃ ﷺ 漢字")]
    public async Task Search_WithHostileText_AnswersWithAPage(string query)
    {
        await FilledAsync();
        using var client = site.Anonymous();

        var response = await client.GetAsync($"/2022/search?q={Uri.EscapeDataString(query)}");

        Assert.True(
            response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest,
            response.StatusCode.ToString()
        );
        Assert.DoesNotContain("<script>alert", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ThatIsTooLong_SaysSoBesideTheFieldAndKeepsTheText()
    {
        await FilledAsync();
        using var client = site.Anonymous();
        var query = new string('x', 201);

        var response = await client.GetAsync($"/2022/search?q={query}");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("A search has at most 200 characters; this one has 201.", html, StringComparison.Ordinal);
        Assert.Contains(query, html, StringComparison.Ordinal);
    }

    private async Task FilledAsync()
    {
        await using var db = site.OpenDatabase();
        if (!db.Microconferences.Any())
        {
            await site.Given.MicroconferenceAsync(
                "VFIO/IOMMU/PCI",
                description: "How isolation of *interrupts* is to work.",
                leads: ["Michał Żygowski", "Matias Bjørling"],
                keyAttendees: ["Matthias Männich"],
                topics: ["What’s next?", "io_uring in the field"]
            );
            await site.Given.MicroconferenceAsync(
                "Interrupts",
                MicroconferenceStatus.Accepted,
                description: "Nothing else."
            );
        }
    }
}
