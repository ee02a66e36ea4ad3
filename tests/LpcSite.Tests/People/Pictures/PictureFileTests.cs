using System.Buffers.Binary;
using System.Text;
using LpcSite.People.Pictures;
using LpcSite.Rules;

namespace LpcSite.Tests.People.Pictures;

/// <summary>Pictures say what they show, and nothing of where they were taken.</summary>
public sealed class PictureFileTests
{
    private const string Secret = "52.5200 N 13.4050 E";

    private static readonly byte[] Scan = [0xFF, 0xDA, 0, 3, 1, 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56];

    [Fact]
    public void Read_OfAPhotograph_LeavesOutWhereItWasTaken()
    {
        var colours = Segment(0xE2, "ICC_PROFILE\0\u0001\u0001colours");
        var adobe = Segment(0xEE, "Adobe\0d\0\0\0\0\u0001");
        byte[] image = [.. Segment(0xDB, "table"), .. Scan, .. Segment(0xC4, "between scans"), .. Scan];

        var picture = PictureFile.Read([
            0xFF,
            0xD8,
            .. Segment(0xE0, "JFIF\0"),
            .. Segment(0xE1, "Exif\0\0" + Secret),
            .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0" + Secret),
            .. colours,
            .. Segment(0xE2, "MPF\0" + Secret),
            0xFF,
            .. Segment(0xED, "Photoshop 3.0\0" + Secret),
            .. adobe,
            .. Segment(0xFE, Secret),
            .. image,
            0xFF,
            0xD9,
            .. Encoding.Latin1.GetBytes(Secret),
        ]);

        Assert.Equal(
            [0xFF, 0xD8, .. Segment(0xE0, "JFIF\0"), .. colours, .. adobe, .. image, 0xFF, 0xD9],
            picture.Bytes
        );
    }

    [Theory]
    [InlineData(
        "MM\0*\0\0\0\b\0\u0002\u0001\u000F\0\u0002\0\0\0\u0014camr\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"
    )]
    [InlineData("II*\0\b\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\u0006\0\0\0\0\0\0\0")]
    public void Read_OfAPhotographThatIsTurned_KeepsOnlyWhichSideIsUp(string tiff)
    {
        var picture = PictureFile.Read([0xFF, 0xD8, .. Segment(0xE1, $"Exif\0\0{tiff}{Secret}"), .. Scan, 0xFF, 0xD9]);

        var turned = Segment(0xE1, "Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0");
        Assert.Equal([0xFF, 0xD8, .. turned, .. Scan, 0xFF, 0xD9], picture.Bytes);
    }

    [Fact]
    public void Read_OfAPng_LeavesOutWhatWasWrittenBesideTheImage()
    {
        byte[] signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        byte[] image =
        [
            .. Chunk("IHDR", "header"),
            .. Chunk("gAMA", "gamma"),
            .. Chunk("IDAT", "data"),
            .. Chunk("IDAT", "more"),
        ];

        var picture = PictureFile.Read([
            .. signature,
            .. image,
            .. Chunk("eXIf", Secret),
            .. Chunk("tEXt", Secret),
            .. Chunk("zTXt", Secret),
            .. Chunk("iTXt", Secret),
            .. Chunk("tIME", "1234567"),
            .. Chunk("caBX", Secret),
            .. Chunk("IEND", ""),
            .. Encoding.Latin1.GetBytes(Secret),
        ]);

        Assert.Equal([.. signature, .. image, .. Chunk("IEND", "")], picture.Bytes);
    }

    [Fact]
    public void Read_OfAWebP_LeavesOutExifAndXmpAndSaysSo()
    {
        byte[] image = [.. Part("ICCP", "colours"), .. Part("VP8 ", "data!")];

        var picture = PictureFile.Read([
            .. WebP([
                .. Part("VP8X", "\u002C\0\0\0\u0001\0\0\u0001\0\0"),
                .. image,
                .. Part("EXIF", Secret),
                .. Part("XMP ", Secret),
                .. Part("who?", Secret),
            ]),
            .. Encoding.Latin1.GetBytes(Secret),
        ]);

        Assert.Equal(WebP([.. Part("VP8X", "\u0020\0\0\0\u0001\0\0\u0001\0\0"), .. image]), picture.Bytes);
    }

    [Fact]
    public void Read_OfAnyPartOfAPicture_SaysThatItIsDamagedOrKeepsIt()
    {
        byte[][] pictures =
        [
            [
                0xFF,
                0xD8,
                .. Segment(0xE1, "Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"),
                .. Scan,
                0xFF,
                0xD9,
            ],
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", "header"), .. Chunk("IEND", "")],
            WebP(Part("VP8 ", "data")),
        ];

        foreach (var picture in pictures)
        {
            Assert.Equal(picture, PictureFile.Read(picture).Bytes);
            for (var length = 0; length < picture.Length; length++)
            {
                Assert.Throws<RuleException>(() => PictureFile.Read(picture[..length]));
            }
        }
    }

    private static byte[] Segment(byte marker, string content)
    {
        byte[] segment = [0xFF, marker, 0, 0, .. Encoding.Latin1.GetBytes(content)];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return segment;
    }

    private static byte[] Chunk(string name, string content)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.Latin1.GetBytes(name + content), 1, 2, 3, 4];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        return chunk;
    }

    private static byte[] Part(string name, string content)
    {
        byte[] part =
        [
            .. Encoding.Latin1.GetBytes(name),
            0,
            0,
            0,
            0,
            .. Encoding.Latin1.GetBytes(content),
            .. new byte[content.Length & 1],
        ];
        BinaryPrimitives.WriteInt32LittleEndian(part.AsSpan(4), content.Length);
        return part;
    }

    private static byte[] WebP(byte[] parts)
    {
        byte[] picture = [.. "RIFF\0\0\0\0WEBP"u8, .. parts];
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(4), parts.Length + 4);
        return picture;
    }
}
