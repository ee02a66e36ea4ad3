using LpcSite.Markdown;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Markdown;

public class MarkdownTextTests
{
    [Theory]
    [InlineData("Short.", 100, "Short.")]
    [InlineData("# Goals\n\nOne *tw*o\nthree & <b>\n\n- four", 100, "Goals One two three & <b> four")]
    [InlineData("One two three", 13, "One two three")]
    [InlineData("One two three", 12, "One two…")]
    [InlineData("One two, three", 10, "One two…")]
    [InlineData("Incomprehensible", 7, "Incomp…")]
    [InlineData("Incomprehensible", 1, "…")]
    [InlineData("ab😀😀", 4, "ab…")]
    [InlineData("[a](https://a.example \"x > y <z>\") b", 100, "a b")]
    [InlineData("", 10, "")]
    [InlineData("a |b\n-|-\nc|d", 100, "a b c d")]
    public void Excerpt_OfAnyText_IsOneLineCutAtAWord(string source, int length, string expected) =>
        Assert.Equal(expected, new MarkdownRenderer().Render(source, "rust").Excerpt(length));

    [Fact]
    public void Excerpt_OfLengthZero_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MarkdownRenderer().Render("a", "rust").Excerpt(0));

    [Fact]
    public void Map_AsComplexType_StoresSourceHtmlAndVersion()
    {
        using var db = new Db(new DbContextOptionsBuilder<Db>().UseNpgsql("Host=nowhere").Options);

        var text = db.Model.FindEntityType(typeof(Page))!.FindComplexProperty(nameof(Page.Text))!.ComplexType;

        Assert.Equal(
            ["Html", "RendererVersion", "Source"],
            text.GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)
        );
    }

    private sealed class Page
    {
        public int Id { get; private set; }

        public required MarkdownText Text { get; set; }
    }

    private sealed class Db(DbContextOptions<Db> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Page>().ComplexProperty(page => page.Text);
    }
}
