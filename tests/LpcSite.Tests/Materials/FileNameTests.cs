using System.Globalization;
using FsCheck.Xunit;
using LpcSite.Materials;

namespace LpcSite.Tests.Materials;

/// <summary>A sender's name for a file becomes a harmless one.</summary>
public sealed class FileNameTests
{
    [Theory]
    [InlineData("talk.pdf", "talk.pdf")]
    [InlineData("My talk_2 final.PDF", "My talk_2 final.pdf")]
    [InlineData("talk.html", "talk-html.pdf")]
    [InlineData("talk.pdf.exe", "talk-pdf-exe.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData(@"C:\Users\ann\talk.pptx", "talk.pdf")]
    [InlineData("..", "slides.pdf")]
    [InlineData("", "slides.pdf")]
    [InlineData(".pdf", "slides.pdf")]
    [InlineData("a\r\nSet-Cookie: b=c.pdf", "aSet-Cookie-b-c.pdf")]
    [InlineData("quote\"d'; drop.pdf", "quote-d-drop.pdf")]
    [InlineData("exe\u202Efdp.pdf", "exefdp.pdf")]
    [InlineData("zero\u200Bwidth\uFEFF.pdf", "zerowidth.pdf")]
    [InlineData("żółw 内存 🐧.pdf", "żółw 内存.pdf")]
    [InlineData("z\u0307o\u0301łw.pdf", "żółw.pdf")]
    [InlineData("<script>.pdf", "script.pdf")]
    [InlineData("100%25.pdf", "100-25.pdf")]
    public void From_ANameThatWasSent_IsHarmless(string sent, string name) =>
        Assert.Equal(name, FileName.From(sent, ".pdf"));

    [Fact]
    public void From_ALongName_IsCutAndKeepsItsExtension()
    {
        var name = FileName.From(new string('a', 300) + ".txt", ".pptx");

        Assert.Equal((FileName.MaxLength, ".pptx"), (name.Length, name[^5..]));
    }

    [Property(MaxTest = 2000)]
    public void From_AnyName_HasNothingThatMeansSomething(string sent)
    {
        var name = FileName.From(sent ?? "", ".pdf");

        Assert.InRange(name.Length, 5, FileName.MaxLength);
        Assert.EndsWith(".pdf", name, StringComparison.Ordinal);
        Assert.DoesNotContain(
            name[..^4].EnumerateRunes(),
            r =>
                r.Value is '/' or '\\' or '"' or '\'' or '.' or '%' or ';' or ':' or '<' or '>' or 0xFFFD
                || Rune(r) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        );
        Assert.Equal(name, FileName.From(name, ".pdf"));
    }

    private static UnicodeCategory Rune(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune);
}
