using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;

namespace LpcSite.Tests.Reviews.Remarks;

public sealed class ParagraphTests
{
    private const string Text =
        "<p>Pinning pages for RDMA is still unsafe with file systems.</p><ul><li>folios</li><li>huge "
        + "pages</li></ul><p>We want to agree on an interface.</p>";

    [Fact]
    public void Of_ATextOfThreeBlocks_KeepsTheirHtmlAndWords()
    {
        var paragraphs = Paragraph.Of(Text);

        Assert.Equal(
            [
                "Pinning pages for RDMA is still unsafe with file systems.",
                "folioshuge pages",
                "We want to agree on an interface.",
            ],
            paragraphs.Select(p => p.Text)
        );
        Assert.Equal(Text, string.Concat(paragraphs.Select(p => p.Html)));
    }

    [Theory]
    [InlineData("<p>We want to agree on an interface.</p>", 0)]
    [InlineData("<h2>Before</h2><p>Something new altogether.</p><p>We want to agree on an interface.</p>", 2)]
    [InlineData("<p>We want to agree on one interface, and on its name.</p>", 0)]
    [InlineData(
        "<p>On an interface we want to agree. The last meeting did not get there, and the patches wait.</p>",
        0
    )]
    public void Find_AfterAnEdit_StaysWithTheParagraph(string html, int place) =>
        Assert.Equal(place, Paragraph.Find(Paragraph.Of(html), "We want to agree on an interface.", 2)?.Place);

    [Theory]
    [InlineData("")]
    [InlineData("<p>Device trees describe boards.</p>")]
    [InlineData("<p>We meet on Tuesday.</p>")]
    public void Find_WhenTheParagraphIsGone_FindsNone(string html) =>
        Assert.Null(Paragraph.Find(Paragraph.Of(html), "We want to agree on an interface.", 2));

    [Fact]
    public void Find_AmongEquals_TakesTheNearest() =>
        Assert.Equal(
            3,
            Paragraph.Find(Paragraph.Of("<p>Same.</p><p>Other.</p><p>Else.</p><p>Same.</p>"), "Same.", 2)?.Place
        );

    [Fact]
    public void Find_OfAQuoteThatWasCut_IsTheSameParagraph()
    {
        var words = string.Join(' ', Enumerable.Range(0, 900).Select(i => $"word{i}"));

        Assert.Equal(
            1,
            Paragraph.Find(Paragraph.Of($"<p>A</p><p>{words}</p>"), words[..Remark.QuoteMaxLength], 0)?.Place
        );
    }

    [Fact]
    public void Sheet_OfDescriptionAndResults_KeepsEachRemarkInItsPart()
    {
        var about = new ReviewSheet.Line(
            1,
            Audience.Leads,
            "Rita",
            1,
            default,
            "<p>Which?</p>",
            1,
            "Two patches were merged.",
            0,
            IsSettled: false
        );
        var gone = about with { Id = 2, Quote = "Nothing of this is left anywhere.", IsSettled = true };
        var whole = about with { Id = 3, Quote = null };

        var sheet = ReviewSheet.Of("<p>One.</p>", "<p>Two patches were merged.</p>", [about, gone, whole]);

        Assert.Equal([1], sheet.Results.Single().Lines.Select(l => l.Id));
        Assert.Empty(sheet.Description.Single().Lines);
        Assert.Equal([2], sheet.Elsewhere.Select(l => l.Id));
        Assert.Equal([3], sheet.WithLeads.Select(l => l.Id));
        Assert.Equal(1, sheet.Open);
    }
}
