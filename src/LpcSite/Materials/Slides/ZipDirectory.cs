using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LpcSite.Materials.Slides;

/// <summary>
/// The list of contents at the end of a zip file (APPNOTE.TXT, sections 4.3.12 to 4.3.16), read without believing any
/// number in it: what is kept of it is bounded, and nothing is unpacked but the one entry that is asked for, up to a
/// limit.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndLength = 22;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const int LocatorLength = 20;
    private const int WideEndLength = 56;
    private const int WideExtra = 1;

    // A deck of a thousand slides has about 300 KB of it.
    private const int MostBytes = 1024 * 1024;

    private ZipDirectory(IReadOnlyList<Entry> entries) => Entries = entries;

    public static ReadOnlySpan<byte> FileSignature => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> CentralSignature => "PK\x01\x02"u8;
    private static ReadOnlySpan<byte> EndSignature => "PK\x05\x06"u8;
    private static ReadOnlySpan<byte> WideEndSignature => "PK\x06\x06"u8;
    private static ReadOnlySpan<byte> LocatorSignature => "PK\x06\x07"u8;

    public IReadOnlyList<Entry> Entries { get; }

    public Entry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);

    /// <returns>Null where there is none, or one larger than that of any presentation.</returns>
    public static async Task<ZipDirectory?> ReadAsync(Stream file, CancellationToken stop)
    {
        var tail = await ReadAsync(
            file,
            Math.Max(0, file.Length - EndLength - ushort.MaxValue),
            EndLength + ushort.MaxValue,
            stop
        );
        var at = tail.AsSpan().LastIndexOf(EndSignature);
        if (at < 0 || at + EndLength > tail.Length)
        {
            return null;
        }

        var (size, offset) = await WhereAsync(file, tail, at, stop);
        return size > MostBytes || size > (ulong)file.Length || offset > (ulong)file.Length - size
            ? null
            : new(Parse(await ReadAsync(file, (long)offset, (int)size, stop)));
    }

    // Section 4.3.14: programs that do not know how much they will write put both numbers into a second record, which
    // the one before the end names.
    private static async Task<(ulong Size, ulong Offset)> WhereAsync(
        Stream file,
        byte[] tail,
        int end,
        CancellationToken stop
    )
    {
        var (size, offset) = (
            BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12)),
            BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16))
        );
        if (
            (size != uint.MaxValue && offset != uint.MaxValue)
            || end < LocatorLength
            || !tail.AsSpan(end - LocatorLength).StartsWith(LocatorSignature)
        )
        {
            return (size, offset);
        }

        var at = BinaryPrimitives.ReadUInt64LittleEndian(tail.AsSpan(end - LocatorLength + 8));
        var record = at < (ulong)file.Length ? await ReadAsync(file, (long)at, WideEndLength, stop) : [];
        return record.Length == WideEndLength && record.AsSpan().StartsWith(WideEndSignature)
            ? (
                BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(40)),
                BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(48))
            )
            : (ulong.MaxValue, ulong.MaxValue);
    }

    /// <returns>
    /// The beginning of the entry, at most as many bytes as asked for; empty where it cannot be read.
    /// </returns>
    public static async Task<byte[]> UnpackAsync(Stream file, Entry entry, int most, CancellationToken stop)
    {
        var header =
            entry.Offset < (ulong)file.Length ? await ReadAsync(file, (long)entry.Offset, LocalLength, stop) : [];
        if (header.Length < LocalLength || !header.AsSpan().StartsWith(FileSignature) || entry.PackedSize > (ulong)most)
        {
            return [];
        }

        var start =
            (long)entry.Offset
            + LocalLength
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26))
            + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        var packed = await ReadAsync(file, start, (int)entry.PackedSize, stop);
        if (entry.Method == 0)
        {
            return packed;
        }

        try
        {
            await using var unpacking = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            var unpacked = new byte[most];
            return unpacked[..await unpacking.ReadAtLeastAsync(unpacked, most, throwOnEndOfStream: false, stop)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static List<Entry> Parse(ReadOnlySpan<byte> bytes)
    {
        var entries = new List<Entry>();
        while (bytes.Length >= CentralLength && bytes.StartsWith(CentralSignature))
        {
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
            var length =
                CentralLength
                + nameLength
                + BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
            if (length > bytes.Length)
            {
                break;
            }

            var extra = bytes.Slice(CentralLength + nameLength, BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]));
            var (packed, offset) = Wide(extra, bytes);
            entries.Add(
                new(
                    Encoding.UTF8.GetString(bytes.Slice(CentralLength, nameLength)),
                    BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]),
                    packed,
                    offset
                )
            );
            bytes = bytes[length..];
        }

        return entries;
    }

    // Section 4.5.3: numbers that do not fit, or that were not known yet, stand in an extra field, in the order in
    // which they are missing.
    private static (ulong PackedSize, ulong Offset) Wide(ReadOnlySpan<byte> extra, ReadOnlySpan<byte> central)
    {
        var (packed, offset) = (
            (ulong)BinaryPrimitives.ReadUInt32LittleEndian(central[20..]),
            (ulong)BinaryPrimitives.ReadUInt32LittleEndian(central[42..])
        );
        while (extra.Length >= 4)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == WideExtra)
            {
                var rest = extra.Slice(4, length);
                _ = Next(ref rest, BinaryPrimitives.ReadUInt32LittleEndian(central[24..]));
                return (Next(ref rest, packed), Next(ref rest, offset));
            }

            extra = extra[(4 + length)..];
        }

        return (packed, offset);

        static ulong Next(ref ReadOnlySpan<byte> rest, ulong narrow)
        {
            if (narrow != uint.MaxValue || rest.Length < sizeof(ulong))
            {
                return narrow;
            }

            var wide = BinaryPrimitives.ReadUInt64LittleEndian(rest);
            rest = rest[sizeof(ulong)..];
            return wide;
        }
    }

    private static async Task<byte[]> ReadAsync(Stream file, long from, int most, CancellationToken stop)
    {
        var bytes = new byte[(int)Math.Clamp(file.Length - from, 0, most)];
        file.Position = from;
        await file.ReadExactlyAsync(bytes, stop);
        return bytes;
    }

    /// <param name="Method">0 for stored, 8 for deflated.</param>
    /// <param name="PackedSize">Bytes, as the list says.</param>
    /// <param name="Offset">Where its own header stands, as the list says.</param>
    internal sealed record Entry(string Name, ushort Method, ulong PackedSize, ulong Offset);
}
