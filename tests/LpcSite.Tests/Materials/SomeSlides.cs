using System.IO.Compression;
using System.Text;

namespace LpcSite.Tests.Materials;

/// <summary>Files as programs write them, and as nobody should have to open them.</summary>
internal static class SomeSlides
{
    private const string PptxType = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

    /// <summary>A PDF of this length, whose bytes are the same for the same seed.</summary>
    public static byte[] Pdf(int length = 2000, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        "%PDF-1.7\n"u8.CopyTo(bytes);
        return bytes;
    }

    public static byte[] Odp(string mediaType = "application/vnd.oasis.opendocument.presentation") => Zip(("mimetype", mediaType), ("content.xml", "<office:document-content/>"));

    /// <param name="withFirst">A part that stands before the list of parts, as some programs put it.</param>
    public static byte[] Pptx(string type = PptxType, string part = "ppt/presentation.xml", bool withFirst = false) => Zip(
        [.. withFirst ? [("_rels/.rels", "<Relationships/>")] : Array.Empty<(string, string)>(), ("[Content_Types].xml", $"<Types><Override PartName=\"/{part}\" ContentType=\"{type}\"/></Types>"), (part, "<p:presentation/>")]);

    /// <summary>Says that it is a presentation, after what unpacks to a gigabyte.</summary>
    public static byte[] Bomb()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("[Content_Types].xml", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 1024; i++)
            {
                entry.Write(zeros);
            }

            entry.Write(Encoding.UTF8.GetBytes(PptxType));
        }

        return file.ToArray();
    }

    public static byte[] Zip(params (string Name, string Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file.ToArray();
    }
}
