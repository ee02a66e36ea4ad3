using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace LpcSite.Tests.Fixture;

/// <summary>
/// What a telephone computes for the second step (RFC 6238 with the usual thirty seconds and six digits), at the time
/// that it is told.
/// </summary>
public static class Phone
{
    public static string CodeOf(string key, Instant now)
    {
        var bits = string.Concat(
            key.ToUpperInvariant()
                .Select(c =>
                    Convert
                        .ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2)
                        .PadLeft(5, '0')
                )
        );
        var secret = bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2)).ToArray();
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, now.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The phones' programs know no other digest.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        return $"{(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFFFFFF) % 1_000_000:000000}";
    }
}
