using System.Security.Cryptography;
using System.Text;
using FsCheck.Xunit;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Rules;

namespace LpcSite.Tests.Materials.Slides;

/// <summary>What slides are is read from their bytes, whatever they are called.</summary>
public sealed class SlidesFileTests
{
    private const string Odp = "application/vnd.oasis.opendocument.presentation";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Slides =>
        new()
        {
            { "PDF", SomeSlides.Pdf() },
            { "ODP", SomeSlides.Odp() },
            { "PPTX", SomeSlides.Pptx() },
            { "PPTX", SomeSlides.Pptx(withFirst: true) },
            { "PDF", [.. Encoding.UTF8.Preamble, .. SomeSlides.Pdf()] },
            { "PDF", [.. "\r\n"u8, .. SomeSlides.Pdf()] },
            { "PDF", [.. new byte[128], .. SomeSlides.Pdf()] },
            { "PDF", [.. "\u001b%-12345X@PJL JOB\r\n"u8, .. SomeSlides.WholePdf()] },
            { "PDF", [.. "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"u8, .. SomeSlides.WholePdf()] },
            { "PDF", [.. Encoding.ASCII.GetBytes(new string('x', 1019)), .. SomeSlides.WholePdf()] },
            { "PDF", [.. SomeSlides.WholePdf(), .. new byte[500]] },
            { "ODP", SomeSlides.Streamed(isWide: false, ("mimetype", Odp)) },
            { "ODP", SomeSlides.Streamed(isWide: false, ("content.xml", "<c/>"), ("mimetype", Odp + "\n")) },
            { "ODP", SomeSlides.Streamed(isWide: true, ("content.xml", "<c/>"), ("mimetype", Odp)) },
            { "ODP", SomeSlides.Zip(("content.xml", "<c/>"), ("META-INF/manifest.xml", SomeSlides.Manifest(Odp))) },
            {
                "PPTX",
                SomeSlides.Streamed(
                    isWide: false,
                    ("[Content_Types].xml", SomeSlides.ContentTypes()),
                    ("ppt/presentation.xml", "<p/>")
                )
            },
            {
                "PPTX",
                SomeSlides.Streamed(
                    isWide: true,
                    ("ppt/presentation.xml", "<p/>"),
                    ("[content_types].XML", SomeSlides.ContentTypes())
                )
            },
            { "text", "Slide 1\n\n\tżółw 🐧\r\n\f"u8.ToArray() },
            { "text", [0xEF, 0xBB, 0xBF, .. "With a mark"u8] },
            { "text", Encoding.UTF8.GetBytes(new string('a', 16 * 1024 - 1) + "ż" + new string('b', 40_000)) },
        };

    public static TheoryData<string, byte[]> Others =>
        new()
        {
            { "HTML", "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray() },
            { "HTML after blanks", "\n\n   <HTML><body>"u8.ToArray() },
            { "a script alone", "hello <script src=x>"u8.ToArray() },
            { "SVG", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray() },
            { "XML", "<?xml version='1.0'?><a/>"u8.ToArray() },
            { "HTML and then PDF", "<b>\n%PDF-1.7\n"u8.ToArray() },
            { "words and then PDF", "Hello\n%PDF-1.7\n"u8.ToArray() },
            { "HTML and then a whole PDF", [.. "<b>"u8, .. SomeSlides.WholePdf()] },
            { "a picture and then a whole PDF", [.. "GIF89a"u8, .. SomeSlides.WholePdf()] },
            { "a program and then a whole PDF", [.. "MZ"u8, .. SomeSlides.WholePdf()] },
            { "a PDF too far behind", [.. new byte[1020], .. SomeSlides.WholePdf()] },
            { "a template as a stream", SomeSlides.Streamed(isWide: false, ("mimetype", Odp + "-template")) },
            {
                "a package of something else",
                SomeSlides.Zip(
                    ("META-INF/manifest.xml", SomeSlides.Manifest("application/vnd.oasis.opendocument.text"))
                )
            },
            {
                "a comment that says presentation",
                SomeSlides.Zip(("[Content_Types].xml", $"<Types><!-- {SomeSlides.ContentTypes()} --></Types>"))
            },
            { "GIF and then PDF", "GIF89a%PDF-1.7"u8.ToArray() },
            { "HTML and then a zip", [.. "<html>"u8, .. SomeSlides.Pptx()] },
            { "NUL", "a\0b"u8.ToArray() },
            { "escape codes", "\u001b[31mred"u8.ToArray() },
            { "C1 control", [0xC2, 0x9B] },
            { "no UTF-8", [0x61, 0xFF, 0xFE] },
            { "half a letter at the end", [0x61, 0xC5] },
            { "UTF-16", Encoding.Unicode.GetBytes("slides") },
            { "a document", SomeSlides.Odp("application/vnd.oasis.opendocument.text") },
            { "a template", SomeSlides.Odp("application/vnd.oasis.opendocument.presentation-template") },
            {
                "a word document",
                SomeSlides.Pptx("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
            },
            { "another zip", SomeSlides.Zip(("a.txt", "a")) },
            { "the beginning of a zip", [.. "PK\u0003\u0004"u8] },
            { "half a zip", SomeSlides.Pptx()[..200] },
            { "a bomb", SomeSlides.Bomb() },
            { "a program", [0x7F, .. "ELF"u8, 2, 1, 1, 0] },
        };

    [Theory]
    [MemberData(nameof(Slides))]
    public async Task Read_OfSlides_KnowsWhatTheyAre(string word, byte[] bytes)
    {
        using var file = new MemoryStream(bytes);

        var slides = await SlidesFile.ReadAsync(file, "talk.exe", Stop);

        Assert.Equal(
            (word, bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes))),
            (slides.Type.Word, slides.Size, slides.Hash)
        );
        Assert.Equal(("talk-exe" + slides.Type.Extension, 0), (slides.Name, file.Position));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Read_OfAnythingElse_IsRefusedWithASentence(string what, byte[] bytes)
    {
        using var file = new MemoryStream(bytes);

        var refused = await Assert.ThrowsAsync<RuleException>(() => SlidesFile.ReadAsync(file, $"{what}.pdf", Stop));

        Assert.StartsWith("Slides are a PDF, ODP or PPTX file", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "ppt/presentation.xml")]
    [InlineData(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        "ppt/vbaProject.bin"
    )]
    public async Task Read_OfAPresentationWithMacros_SaysWhatToDo(string type, string part)
    {
        using var file = new MemoryStream(SomeSlides.Pptx(type, part));

        Assert.Contains(
            "macros",
            (await Assert.ThrowsAsync<RuleException>(() => SlidesFile.ReadAsync(file, "talk.pptx", Stop))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Read_OfABomb_CostsNothing()
    {
        var bomb = SomeSlides.Bomb();
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var file = new MemoryStream(bomb);
        var read = SlidesFile.ReadAsync(file, "bomb.pptx", Stop);

        Assert.True(read.IsFaulted);
        await Assert.ThrowsAsync<RuleException>(() => read);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Material.MaxBytes + 1)]
    public async Task Read_OfNothingOrTooMuch_IsRefused(int length)
    {
        using var file = new MemoryStream(new byte[length]);

        await Assert.ThrowsAsync<RuleException>(() => SlidesFile.ReadAsync(file, "talk.pdf", Stop));
    }

    // What is no zip file at all may still say that it is one.
    [Property(MaxTest = 500)]
    public void Read_OfAnyBytes_IsTakenOrRefused(byte[] bytes, int cut)
    {
        var zip = SomeSlides.Pptx();
        foreach (
            var candidate in new byte[][]
            {
                [.. "PK\u0003\u0004"u8, .. bytes],
                [.. zip[..(Math.Abs(cut % zip.Length))], .. bytes, .. zip[^40..]],
                [.. bytes, .. zip],
            }
        )
        {
            using var file = new MemoryStream(candidate);
            var read = SlidesFile.ReadAsync(file, "any", TestContext.Current.CancellationToken);
            Assert.True(
                read.IsCompletedSuccessfully || read.Exception?.InnerException is RuleException,
                read.Exception?.ToString()
            );
        }
    }
}
