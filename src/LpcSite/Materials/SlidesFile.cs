using System.Security.Cryptography;
using System.Text;
using LpcSite.Infrastructure;

namespace LpcSite.Materials;

/// <summary>Slides as somebody sent them: what they are was read from their bytes, never believed from a name, and without unpacking anything of size.</summary>
public sealed record SlidesFile
{
    private const string OtherSentence = "Slides are a PDF, ODP or PPTX file, or plain text in UTF-8. What is in this file is none of them, whatever its name says.";
    private const string MacroSentence = "This presentation carries macros, programs that run when it is opened. Save it as an ordinary .pptx file, or as PDF.";

    // Of what a presentation is made, in a deck of a thousand slides about 200 KB.
    private const int MostContentTypes = 1024 * 1024;

    // Where a reader of PDF, or a browser that guesses, looks for what a file is.
    private const int StartLength = 1024;

    private static readonly string[] Marks = ["<!doctype", "<html", "<head", "<body", "<svg", "<script", "<iframe", "<?xml", "%pdf-"];

    private SlidesFile(string name, SlidesType type, long size, string hash) => (Name, Type, Size, Hash) = (name, type, size, hash);

    public string Name { get; }
    public SlidesType Type { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    /// <summary>SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <param name="file">Seekable; left at its beginning.</param>
    /// <param name="name">As the sender called it.</param>
    /// <exception cref="RuleException">The file is too large, empty, or nothing of what slides are.</exception>
    public static async Task<SlidesFile> ReadAsync(Stream file, string name, CancellationToken stop)
    {
        Rule.Require(file.Length > 0, "This file is empty.");
        Rule.Require(file.Length <= Material.MaxBytes, $"A file has at most {MaterialLine.InWords(Material.MaxBytes)}; this one has {MaterialLine.InWords(file.Length)}. Pictures of a lower resolution make slides smaller.");
        var type = await TypeOfAsync(file, stop);
        Rule.Require(type is not null, OtherSentence);
        file.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
        file.Position = 0;
        return new(FileName.From(name, type.Extension), type, file.Length, hash);
    }

    private static async Task<SlidesType?> TypeOfAsync(Stream file, CancellationToken stop)
    {
        var start = new byte[StartLength];
        start = start[..await file.ReadAtLeastAsync(start, StartLength, throwOnEndOfStream: false, stop)];
        if (start.AsSpan().StartsWith("%PDF-"u8))
        {
            return SlidesType.Pdf;
        }

        if (start.AsSpan().StartsWith(ZipDirectory.FileSignature))
        {
            return IsOdp(start) ? SlidesType.Odp : await IsPptxAsync(file, stop) ? SlidesType.Pptx : null;
        }

        var text = Encoding.Latin1.GetString(start);
        return !Array.Exists(Marks, mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase)) && await IsTextAsync(file, stop) ? SlidesType.Text : null;
    }

    // OpenDocument 1.3, part 2, section 3.3: the first entry is called mimetype, neither compressed nor encrypted, and says what the file is.
    private static bool IsOdp(byte[] start)
    {
        const int NameAt = 30;
        var contentAt = start.Length < NameAt ? 0 : NameAt + BitConverter.ToUInt16(start, 26) + BitConverter.ToUInt16(start, 28);
        return contentAt > 0 && contentAt < start.Length
            && BitConverter.ToUInt16(start, 8) == 0
            && start.AsSpan(NameAt, BitConverter.ToUInt16(start, 26)).SequenceEqual("mimetype"u8)
            && BitConverter.ToUInt32(start, 22) == SlidesType.Odp.MediaType.Length
            && start.AsSpan(contentAt).StartsWith(Encoding.ASCII.GetBytes(SlidesType.Odp.MediaType));
    }

    // ECMA-376, part 2, section 7.2.3: [Content_Types].xml says of every part what it is.
    private static async Task<bool> IsPptxAsync(Stream file, CancellationToken stop)
    {
        if (await ZipDirectory.ReadAsync(file, stop) is not { } directory || directory.Find("[Content_Types].xml") is not { } entry)
        {
            return false;
        }

        var types = Encoding.UTF8.GetString(await ZipDirectory.UnpackAsync(file, entry, MostContentTypes, stop));
        Rule.Require(!types.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) && !directory.Entries.Any(e => e.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)), MacroSentence);
        return types.Contains(SlidesType.Pptx.MediaType + ".main+xml", StringComparison.Ordinal);
    }

    private static async Task<bool> IsTextAsync(Stream file, CancellationToken stop)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var (bytes, chars) = (new byte[16 * 1024], new char[16 * 1024 + 1]);
        file.Position = 0;
        try
        {
            int read;
            do
            {
                read = await file.ReadAsync(bytes, stop);
                var count = decoder.GetChars(bytes, 0, read, chars, 0, flush: read == 0);
                if (HasControl(chars.AsSpan(0, count)))
                {
                    return false;
                }
            }
            while (read > 0);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool HasControl(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f'))
            {
                return true;
            }
        }

        return false;
    }
}
