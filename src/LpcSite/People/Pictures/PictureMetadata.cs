using System.Buffers.Binary;
using LpcSite.Rules;

namespace LpcSite.People.Pictures;

/// <summary>
/// Leaves out of a picture what cameras and programs wrote beside it: where it was taken, with what, by whom. What it
/// takes to show it rightly stays: colours, transparency, movement, and which side is up.
/// </summary>
internal static class PictureMetadata
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App14 = 0xEE;
    private const byte App15 = 0xEF;
    private const byte Comment = 0xFE;

    /// <summary>Flags of the chunk VP8X for chunks that are left out.</summary>
    private const byte WebPExif = 0x08,
        WebPXmp = 0x04;

    // PNG specification (third edition), clause 5.6: what changes how an image looks. Chunks whose name begins with a
    // capital are the image itself.
    private static readonly HashSet<string> PngChunks = new(
        [
            "tRNS",
            "cHRM",
            "gAMA",
            "iCCP",
            "sBIT",
            "sRGB",
            "cICP",
            "mDCV",
            "cLLI",
            "bKGD",
            "hIST",
            "pHYs",
            "acTL",
            "fcTL",
            "fdAT",
        ],
        StringComparer.Ordinal
    );

    // RFC 9649, section 2.7: of the rest, EXIF and XMP say what we do not want to know, and others nobody knows.
    private static readonly HashSet<string> WebPChunks = new(
        ["VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH", "ICCP"],
        StringComparer.Ordinal
    );

    /// <exception cref="RuleException">The picture ends too early, or its parts do not follow each other.</exception>
    public static byte[] Strip(byte[] picture, string mediaType)
    {
        try
        {
            return mediaType switch
            {
                "image/jpeg" => Jpeg(picture),
                "image/png" => Png(picture),
                _ => WebP(picture),
            };
        }
        catch (Exception end) when (end is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new RuleException("This picture is damaged: it ends too early.");
        }
    }

    // ITU-T T.81, annex B.1: markers, each with a length of itself and what follows, except in the data of a scan.
    private static byte[] Jpeg(byte[] picture)
    {
        using var kept = new MemoryStream(picture.Length);
        kept.Write(picture, 0, 2);
        ReadOnlySpan<byte> bytes = picture;
        for (var at = 2; ; )
        {
            Rule.Require(bytes[at..][0] == 0xFF, "This picture is damaged: its parts do not follow each other.");
            var marker = bytes[(at + 1)..][0];
            if (marker == 0xFF)
            {
                // Filling before a marker.
                at++;
                continue;
            }

            if (marker == EndOfImage)
            {
                // What telephones append behind the end is no part of it.
                kept.Write(bytes.Slice(at, 2));
                return kept.ToArray();
            }

            var length = IsAlone(marker) ? 0 : BinaryPrimitives.ReadUInt16BigEndian(bytes.Slice(at + 2, 2));
            var end = at + 2 + length;
            if (marker == StartOfScan)
            {
                end = EndOfScan(bytes, end);
            }

            kept.Write(
                marker == App1 ? OrientationAlone(bytes[at..end])
                : StaysInJpeg(marker, bytes[at..end]) ? bytes[at..end]
                : []
            );
            at = end;
        }
    }

    // TEM and the restarts have no length (table B.1).
    private static bool IsAlone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD7);

    // JFIF (App0), colour profiles (ICC.1, annex B.4) and how Adobe's programs code colours (App14) decide how it
    // looks.
    private static bool StaysInJpeg(byte marker, ReadOnlySpan<byte> segment) =>
        marker switch
        {
            App2 => segment[4..].StartsWith("ICC_PROFILE\0"u8),
            App0 or App14 => true,
            (> App0 and <= App15) or Comment => false,
            _ => true,
        };

    // A byte FF in a scan's data is followed by 00, or by a restart.
    private static int EndOfScan(ReadOnlySpan<byte> bytes, int at)
    {
        while (bytes[at..][0] != 0xFF || bytes[(at + 1)..][0] is 0x00 or (>= 0xD0 and <= 0xD7))
        {
            at++;
        }

        return at;
    }

    /// <summary>
    /// Photographs are stored as the camera lay, and turned by what their Exif says: the one tag of it that has to
    /// stay.
    /// </summary>
    private static byte[] OrientationAlone(ReadOnlySpan<byte> segment)
    {
        if (
            !segment[4..].StartsWith("Exif\0\0"u8)
            || OrientationOf(segment[10..]) is not ((> 1 and <= 8) and var orientation)
        )
        {
            return [];
        }

        // Exif 2.32, 4.5 and 4.6.4: a TIFF header, one directory with one entry (Orientation, a SHORT), no further
        // directory.
        return
        [
            0xFF,
            App1,
            0,
            34,
            .. "Exif\0\0MM\0*"u8,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte)orientation,
            0,
            0,
            0,
            0,
            0,
            0,
        ];
    }

    private static int OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return 0;
        }

        var isBig = tiff[0] == 'M';
        var directory = (int)Math.Min(Read32(tiff[4..], isBig), int.MaxValue);
        if (directory > tiff.Length - 2)
        {
            return 0;
        }

        var entries = tiff[(directory + 2)..];
        for (
            var count = Read16(tiff[directory..], isBig);
            count > 0 && entries.Length >= 12;
            count--, entries = entries[12..]
        )
        {
            if (Read16(entries, isBig) == 0x0112)
            {
                return Read16(entries[8..], isBig);
            }
        }

        return 0;
    }

    private static int Read16(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    // PNG specification, clause 5.3: length, name, data, checksum.
    private static byte[] Png(byte[] picture)
    {
        using var kept = new MemoryStream(picture.Length);
        kept.Write(picture, 0, 8);
        ReadOnlySpan<byte> bytes = picture;
        for (var at = 8; ; )
        {
            var chunk = bytes.Slice(at, Whole(BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(at, 4)), 12));
            var name = NameOf(chunk[4..8]);
            if (char.IsAsciiLetterUpper(name[0]) || PngChunks.Contains(name))
            {
                kept.Write(chunk);
            }

            if (name == "IEND")
            {
                return kept.ToArray();
            }

            at += chunk.Length;
        }
    }

    // RFC 9649, section 2.3: name, length, data, and a byte more where that is odd.
    private static byte[] WebP(byte[] picture)
    {
        using var kept = new MemoryStream(picture.Length);
        kept.Write(picture, 0, 12);
        var end = Whole(BinaryPrimitives.ReadUInt32LittleEndian(picture.AsSpan(4, 4)), 8);
        ReadOnlySpan<byte> bytes = picture.AsSpan(0, end);
        for (var at = 12; at < end; )
        {
            var length = Whole(BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(at + 4, 4)), 8);
            var chunk = bytes.Slice(at, Math.Min(length + (length & 1), end - at)).ToArray();
            Rule.Require(chunk.Length >= length, "This picture is damaged: it ends too early.");
            if (WebPChunks.Contains(NameOf(chunk.AsSpan(0, 4))))
            {
                if (chunk.AsSpan().StartsWith("VP8X"u8) && chunk.Length > 8)
                {
                    chunk[8] &= unchecked((byte)~(WebPExif | WebPXmp));
                }

                kept.Write(chunk);
            }

            at += chunk.Length;
        }

        var stripped = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(stripped.AsSpan(4), (uint)(stripped.Length - 8));
        return stripped;
    }

    private static string NameOf(ReadOnlySpan<byte> name) => System.Text.Encoding.Latin1.GetString(name);

    // A length that is no int is longer than any picture we take.
    private static int Whole(uint length, int around) =>
        length > PersonPicture.MaxBytes ? int.MaxValue : (int)length + around;
}
