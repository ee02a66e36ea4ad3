using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Microconferences;

/// <summary>The page of all microconferences has a bound, however many there are, and so have its twins.</summary>
public sealed class MicroconferenceListTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly string[] Twins = ["mc", "mc.md", "mc.txt", "mc.json", "mc.atom"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OfSixtyTwoLongOnes_IsShortAndKeepsItsAnchors()
    {
        var text = string.Join(
            "\n\n",
            Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("What there is to discuss.", 16)), 20)
        );
        for (var i = 1; i <= 62; i++)
        {
            await site.Given.MicroconferenceAsync(
                $"Number {i}",
                conference: "2070",
                description: text,
                leads: ["Lena Lead"]
            );
        }

        using var reader = site.Anonymous();
        foreach (var twin in Twins)
        {
            var length = (await reader.GetByteArrayAsync($"/2070/{twin}", Stop)).Length;
            Assert.True(length < (twin == "mc.atom" ? 500_000 : 120_000), $"{twin} has {length} bytes.");
        }

        var page = await site.ReadAsync("/2070/mc");
        Assert.Equal(62, page.QuerySelectorAll("article.mc[id]").Length);
        Assert.Contains(MicroconferenceList.Notice, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Lena Lead", page.QuerySelector("#number-7")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "What there is to discuss.",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            MicroconferenceList.Notice,
            await reader.GetStringAsync("/2070/mc.md", Stop),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"without_texts\": true",
            await reader.GetStringAsync("/2070/mc.json", Stop),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "What there is to discuss.",
            await reader.GetStringAsync("/2070/mc/number-7.md", Stop),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task List_OfAFew_IsInFull()
    {
        await site.Given.MicroconferenceAsync(
            "Rust",
            conference: "2071",
            description: "All of it.",
            leads: ["Lena Lead"]
        );
        using var reader = site.Anonymous();

        Assert.Contains(
            "All of it.",
            (await site.ReadAsync("/2071/mc")).QuerySelector("#rust")!.TextContent,
            StringComparison.Ordinal
        );
        foreach (var twin in Twins)
        {
            Assert.Contains("All of it.", await reader.GetStringAsync($"/2071/{twin}", Stop), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(
            "without_texts",
            await reader.GetStringAsync("/2071/mc.json", Stop),
            StringComparison.Ordinal
        );
    }
}
