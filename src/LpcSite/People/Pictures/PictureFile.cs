using System.Security.Cryptography;
using LpcSite.Rules;

namespace LpcSite.People.Pictures;

/// <summary>
/// A picture as somebody sent it, without what was written beside it: what it is was read from its bytes, never
/// believed from a name.
/// </summary>
public sealed record PictureFile
{
    private PictureFile(string hash, string mediaType, byte[] bytes) =>
        (Hash, MediaType, Bytes) = (hash, mediaType, bytes);

    /// <summary>SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string Hash { get; }

    public string MediaType { get; }
    public byte[] Bytes { get; }

    /// <exception cref="RuleException">The bytes are no PNG, JPEG or WebP image, or too many.</exception>
    public static PictureFile Read(byte[] bytes)
    {
        Rule.Require(
            bytes.Length <= PersonPicture.MaxBytes,
            $"A picture has at most {PersonPicture.MaxBytes / 1024} KB; this file has {bytes.Length / 1024}."
        );
        var mediaType = MediaTypeOf(bytes);
        Rule.Require(mediaType is not null, "A picture is a PNG, JPEG or WebP image; this file is none of them.");
        var stripped = PictureMetadata.Strip(bytes, mediaType!);
        return new(Convert.ToHexStringLower(SHA256.HashData(stripped)), mediaType!, stripped);
    }

    // How each begins: PNG specification, §5.2; JPEG (ITU-T T.81), annex B.1.1.3, a start of image before any other
    // marker; RFC 9649, §2.4.
    private static string? MediaTypeOf(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50, ..] => "image/webp",
            _ => null,
        };
}
