using System.IO.Compression;
using System.Text;

namespace LpcSite.Tests.Materials;

/// <summary>Files as programs write them, and as nobody should have to open them.</summary>
internal static class SomeSlides
{
    private const string PptxType =
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

    /// <summary>A PDF of this length, whose bytes are the same for the same seed.</summary>
    public static byte[] Pdf(int length = 2000, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        "%PDF-1.7\n"u8.CopyTo(bytes);
        return bytes;
    }

    /// <summary>A PDF with nothing in it, from its header to its end.</summary>
    public static byte[] WholePdf() =>
        [
            .. "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"u8,
            .. "trailer<</Root 1 0 R>>\n%%EOF\n"u8,
        ];

    public static string ContentTypes(string type = PptxType, string part = "ppt/presentation.xml") =>
        $"<Types><Override PartName=\"/{part}\" ContentType=\"{type}\"/></Types>";

    public static string Manifest(string mediaType) =>
        "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
        + "<m:file-entry m:full-path=\"content.xml\" m:media-type=\"text/xml\"/><m:file-entry m:full-path=\"/\" "
        + $"m:media-type=\"{mediaType}\"/></m:manifest>";

    public static byte[] Odp(string mediaType = "application/vnd.oasis.opendocument.presentation") =>
        Zip(("mimetype", mediaType), ("content.xml", "<office:document-content/>"));

    /// <param name="withFirst">A part that stands before the list of parts, as some programs put it.</param>
    public static byte[] Pptx(string type = PptxType, string part = "ppt/presentation.xml", bool withFirst = false) =>
        Zip([
            .. withFirst ? [("_rels/.rels", "<Relationships/>")] : Array.Empty<(string, string)>(),
            ("[Content_Types].xml", $"<Types><Override PartName=\"/{part}\" ContentType=\"{type}\"/></Types>"),
            (part, "<p:presentation/>"),
        ]);

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
                using var entry = zip.CreateEntry(
                        name,
                        name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal
                    )
                    .Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file.ToArray();
    }

    /// <summary>
    /// A zip file by a program that cannot go back: sizes stand behind what they are of (APPNOTE.TXT, section 4.3.9).
    /// </summary>
    /// <param name="isWide">
    /// Whether it leaves room for more than 4 GB, as such programs must when they do not know (section 4.5.3).
    /// </param>
    public static byte[] Streamed(bool isWide, params (string Name, string Content)[] entries)
    {
        using var file = new MemoryStream();
        using var central = new MemoryStream();
        using (
            BinaryWriter to = new(file, Encoding.UTF8, leaveOpen: true),
                list = new(central, Encoding.UTF8, leaveOpen: true)
        )
        {
            foreach (var (name, content) in entries)
            {
                WriteStreamed(to, list, isWide, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(content));
            }

            to.Flush();
            var (at, size) = (file.Length, central.Length);
            to.Write(central.ToArray());
            if (isWide)
            {
                var end = at + size;
                to.Write([.. "PK\u0006\u0006"u8, .. BitConverter.GetBytes(44L), 45, 0, 45, 0, .. new byte[8]]);
                to.Write([
                    .. BitConverter.GetBytes((long)entries.Length),
                    .. BitConverter.GetBytes((long)entries.Length),
                ]);
                to.Write([.. BitConverter.GetBytes(size), .. BitConverter.GetBytes(at)]);
                to.Write([.. "PK\u0006\u0007"u8, .. new byte[4], .. BitConverter.GetBytes(end), 1, 0, 0, 0]);
            }

            var (count, none) = ((ushort)entries.Length, uint.MaxValue);
            to.Write([
                .. "PK\u0005\u0006"u8,
                .. new byte[4],
                .. BitConverter.GetBytes(count),
                .. BitConverter.GetBytes(count),
            ]);
            to.Write([
                .. BitConverter.GetBytes(isWide ? none : (uint)size),
                .. BitConverter.GetBytes(isWide ? none : (uint)at),
                0,
                0,
            ]);
        }

        return file.ToArray();
    }

    private static void WriteStreamed(BinaryWriter to, BinaryWriter list, bool isWide, byte[] name, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packing = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packing.Write(content);
        }

        to.Flush();
        var at = to.BaseStream.Position;
        // The sum is not read by whoever asks only what the file is.
        byte[] made = [45, 0, 8, 8, 8, 0, 0, 0, 0, 0],
            checksum = [0, 0, 0, 0];
        byte[] sizes = isWide
            ? [.. BitConverter.GetBytes(packed.Length), .. BitConverter.GetBytes((long)content.Length)]
            : [.. BitConverter.GetBytes((uint)packed.Length), .. BitConverter.GetBytes((uint)content.Length)];
        byte[] extra = isWide
            ?
            [
                1,
                0,
                24,
                0,
                .. BitConverter.GetBytes((long)content.Length),
                .. BitConverter.GetBytes(packed.Length),
                .. BitConverter.GetBytes(at),
            ]
            : [];
        to.Write([
            .. "PK\u0003\u0004"u8,
            .. made,
            .. new byte[12],
            .. BitConverter.GetBytes((ushort)name.Length),
            0,
            0,
            .. name,
            .. packed.ToArray(),
        ]);
        to.Write([.. "PK\u0007\u0008"u8, .. checksum, .. sizes]);
        list.Write([
            .. "PK\u0001\u0002"u8,
            45,
            0,
            .. made,
            .. checksum,
            .. isWide ? [255, 255, 255, 255, 255, 255, 255, 255] : sizes,
        ]);
        list.Write([
            .. BitConverter.GetBytes((ushort)name.Length),
            .. BitConverter.GetBytes((ushort)extra.Length),
            .. new byte[10],
        ]);
        list.Write([
            .. isWide ? BitConverter.GetBytes(uint.MaxValue) : BitConverter.GetBytes((uint)at),
            .. name,
            .. extra,
        ]);
    }
}
