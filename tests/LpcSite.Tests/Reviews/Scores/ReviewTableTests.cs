using System.Text;
using LpcSite.Exports;
using LpcSite.Microconferences;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Scores;

namespace LpcSite.Tests.Reviews.Scores;

public sealed class ReviewTableTests
{
    [Fact]
    public void Summary_OfThreeReviews_HasTheirMeanAndSpread()
    {
        var summary = ReviewSummary.Of([2, 4, null]);

        Assert.Equal(new ReviewSummary(3, 3, 1), summary);
    }

    // One alone agrees with nobody, and disagrees with nobody either.
    [Fact]
    public void Summary_OfOneScore_HasNoSpread() =>
        Assert.Equal(new ReviewSummary(2, 4, null), ReviewSummary.Of([4, null]));

    [Fact]
    public void Summary_WithoutAScore_HasNoMean() =>
        Assert.Equal(new ReviewSummary(1, null, null), ReviewSummary.Of([null]));

    [Fact]
    public void Sorted_ByMean_PutsWhatHasNoneLast()
    {
        ReviewLine[] lines =
        [
            Line("a", null),
            Line("b", new(1, 3, 0)),
            Line("c", ReviewSummary.None),
            Line("d", new(2, 4.5, 0.5)),
        ];

        Assert.Equal(["d", "b", "a", "c"], ReviewLine.Sorted(lines, "mean").Select(l => l.Slug));
        Assert.Equal(["a", "b", "c", "d"], ReviewLine.Sorted(lines, "title").Select(l => l.Slug));
        Assert.Equal(["d", "b", "c", "a"], ReviewLine.Sorted(lines, "count").Select(l => l.Slug));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"https://example.org\")", "\"'=HYPERLINK(\"\"https://example.org\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(1)", "\"'@SUM(1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData("Łódź", "Łódź")]
    public void Csv_OfATitle_IsNoFormula(string title, string written)
    {
        var csv = Encoding.UTF8.GetString(ReviewCsv.Write([Line("x", new(2, 3.25, 0.5)) with { Title = title }]));

        Assert.Equal(
            "\uFEFFmicroconference,title,leads,status,assigned,reviews,mean,spread\r\n"
                + $"x,{written},Lena,Proposed,1,2,3.25,0.50\r\n",
            csv
        );
    }

    [Fact]
    public void Interests_OfLeadsDeclaredAndAffiliation_SayWhich()
    {
        var interests = new Interests(
            [(1, 10, "Red Hat"), (2, 11, null)],
            [(2, 10), (2, 12)],
            [(12, "red hat "), (13, "Intel")]
        );

        Assert.Equal(Interest.Leads, interests.Of(1, 10));
        Assert.Equal(Interest.Declared, interests.Of(2, 12));
        Assert.Equal(Interest.Affiliation, interests.Of(1, 12));
        Assert.Null(interests.Of(1, 13));
        Assert.Null(interests.Of(3, 10));
    }

    private static ReviewLine Line(string slug, ReviewSummary? summary) =>
        new(slug, slug, "Lena", MicroconferenceStatus.Proposed, 1, summary);
}
