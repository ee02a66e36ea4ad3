using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LpcSite.Materials;

/// <summary>
/// The list of contents at the end of a zip file (APPNOTE.TXT, sections 4.3.12 and 4.3.16), read without believing any number in it: what
/// is kept of it is bounded, and nothing is unpacked but the one entry that is asked for, up to a limit.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndLength = 22;
    private const int CentralLength = 46;
    private const int LocalLength = 30;

    // A deck of a thousand slides has about 300 KB of it.
    private const int MostBytes = 1024 * 1024;

    private ZipDirectory(IReadOnlyList<Entry> entries) => Entries = entries;

    public static ReadOnlySpan<byte> FileSignature => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> CentralSignature => "PK\x01\x02"u8;
    private static ReadOnlySpan<byte> EndSignature => "PK\x05\x06"u8;

    public IReadOnlyList<Entry> Entries { get; }

    public Entry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);

    /// <returns>Null where there is none, or one larger than that of any presentation.</returns>
    public static async Task<ZipDirectory?> ReadAsync(Stream file, CancellationToken stop)
    {
        var tail = await ReadAsync(file, Math.Max(0, file.Length - EndLength - ushort.MaxValue), EndLength + ushort.MaxValue, stop);
        var at = tail.AsSpan().LastIndexOf(EndSignature);
        if (at < 0 || at + EndLength > tail.Length)
        {
            return null;
        }

        var (size, offset) = (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12)), BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16)));
        return size > MostBytes || offset + (long)size > file.Length ? null : new(Parse(await ReadAsync(file, offset, (int)size, stop)));
    }

    /// <returns>The beginning of the entry, at most as many bytes as asked for; empty where it cannot be read.</returns>
    public static async Task<byte[]> UnpackAsync(Stream file, Entry entry, int most, CancellationToken stop)
    {
        var header = await ReadAsync(file, entry.Offset, LocalLength, stop);
        if (header.Length < LocalLength || !header.AsSpan().StartsWith(FileSignature) || entry.PackedSize > most)
        {
            return [];
        }

        var start = entry.Offset + LocalLength + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
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
            var length = CentralLength + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
            if (length > bytes.Length)
            {
                break;
            }

            entries.Add(new(
                Encoding.UTF8.GetString(bytes.Slice(CentralLength, nameLength)), BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[42..])));
            bytes = bytes[length..];
        }

        return entries;
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
    internal sealed record Entry(string Name, ushort Method, uint PackedSize, uint Offset);
}
