using System.Buffers.Binary;
using System.Security.Cryptography;
using LpcSite.Rules;

namespace LpcSite.Sponsors;

/// <summary>
/// A sponsor's logo as a frozen image: what it is was read from its bytes, never believed from a name.
/// </summary>
public class SponsorLogo
{
    public const int MaxBytes = 512 * 1024;
    public const int MaxSide = 4000;

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private SponsorLogo() { }

    public int SponsorId { get; private set; }

    /// <summary>
    /// SHA-256 of the bytes, in lower-case hexadecimal; part of the logo's address, so that it may be kept for ever.
    /// </summary>
    public string Hash { get; private set; } = null!;

    public string MediaType { get; private set; } = null!;

    /// <summary>Pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels.</summary>
    public int Height { get; private set; }

    public byte[] Bytes { get; private set; } = null!;

    /// <exception cref="RuleException">The bytes are no PNG, JPEG, WebP or SVG image within the limits.</exception>
    public static SponsorLogo Read(byte[] bytes)
    {
        Rule.Require(
            bytes.Length <= MaxBytes,
            $"A logo has at most {MaxBytes / 1024} KB; this file has {bytes.Length / 1024}."
        );
        if (SvgLogo.Read(bytes) is var (clean, wide, high))
        {
            return Of("image/svg+xml", wide, high, clean);
        }

        var (mediaType, width, height) = ReadPng(bytes) ?? ReadWebP(bytes) ?? ReadJpeg(bytes) ?? default;
        Rule.Require(mediaType is not null, "A logo is an SVG, PNG, WebP or JPEG image; this file is none of them.");
        Rule.Require(
            width is > 0 and <= MaxSide && height is > 0 and <= MaxSide,
            $"A logo measures at most {MaxSide} × {MaxSide} pixels; this one has {width} × {height}."
        );
        return Of(mediaType!, width, height, bytes);
    }

    private static SponsorLogo Of(string mediaType, int width, int height, byte[] bytes) =>
        new()
        {
            Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            MediaType = mediaType,
            Width = width,
            Height = height,
            Bytes = bytes,
        };

    // PNG specification, §5.2 and §11.2.1: the signature, then IHDR with width and height.
    private static (string? MediaType, int Width, int Height)? ReadPng(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 33 && bytes.StartsWith(Png) && bytes[12..16].SequenceEqual("IHDR"u8)
            ? (
                "image/png",
                BinaryPrimitives.ReadInt32BigEndian(bytes[16..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[20..])
            )
            : null;

    // ITU-T T.81, annex B.1 and B.2.2: segments of a marker and a length, until the one that begins a frame gives
    // height and width.
    private static (string? MediaType, int Width, int Height)? ReadJpeg(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return null;
        }

        for (var at = 2; at + 9 <= bytes.Length && bytes[at] == 0xFF; )
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (
                    "image/jpeg",
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..])
                );
            }

            // A marker may be filled up with further FFs.
            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }

    // RFC 9649, §2.5 to §2.7: RIFF, WEBP, then a lossy, lossless or extended first chunk.
    private static (string? MediaType, int Width, int Height)? ReadWebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("RIFF"u8) || !bytes[8..12].SequenceEqual("WEBP"u8))
        {
            return null;
        }

        var chunk = bytes[12..16];
        if (chunk.SequenceEqual("VP8 "u8))
        {
            return (
                "image/webp",
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF
            );
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return ("image/webp", (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return chunk.SequenceEqual("VP8X"u8)
            ? (
                "image/webp",
                (bytes[24] | bytes[25] << 8 | bytes[26] << 16) + 1,
                (bytes[27] | bytes[28] << 8 | bytes[29] << 16) + 1
            )
            : null;
    }
}
