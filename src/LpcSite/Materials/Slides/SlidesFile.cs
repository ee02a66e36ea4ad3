using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using LpcSite.Rules;

namespace LpcSite.Materials.Slides;

/// <summary>
/// Slides as somebody sent them: what they are was read from their bytes, never believed from a name, and without
/// unpacking anything of size.
/// </summary>
public sealed record SlidesFile
{
    private const string OtherSentence =
        "Slides are a PDF, ODP or PPTX file, or plain text in UTF-8. What is in this file is none of them, whatever "
        + "its name says.";
    private const string MacroSentence =
        "This presentation carries macros, programs that run when it is opened. Save it as an ordinary .pptx file, "
        + "or as PDF.";

    // Of what a presentation is made, in a deck of a thousand slides about 200 KB.
    private const int MostContentTypes = 1024 * 1024;

    // Where a reader of PDF, or a browser that guesses, looks for what a file is.
    private const int StartLength = 1024;

    private const int MostMediaType = 200;

    // What other programs than a reader of PDF would take the file for: pictures, sound, archives, programs.
    private static readonly byte[][] OtherSignatures =
    [
        [.. "GIF8"u8],
        [0x89, .. "PNG"u8],
        [0xFF, 0xD8, 0xFF],
        [.. "RIFF"u8],
        [.. "PK"u8],
        [.. "MZ"u8],
        [0x7F, .. "ELF"u8],
        [.. "#!"u8],
        [.. "Rar!"u8],
        [0x1F, 0x8B],
        [.. "ID3"u8],
        [.. "OggS"u8],
        [.. "BM"u8],
        [.. "II*"u8],
        [.. "MM\0*"u8],
    ];

    // White space of PDF (ISO 32000-1, table 1).
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\f\0"u8);

    private static readonly string[] Marks =
    [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<svg",
        "<script",
        "<iframe",
        "<?xml",
        "%pdf-",
    ];

    private SlidesFile(string name, SlidesType type, long size, string hash) =>
        (Name, Type, Size, Hash) = (name, type, size, hash);

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
        Rule.Require(
            file.Length <= Material.MaxBytes,
            $"A file has at most {MaterialLine.InWords(Material.MaxBytes)}; this one has "
                + $"{MaterialLine.InWords(file.Length)}. Pictures of a lower resolution make slides smaller."
        );
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
        if (await IsPdfAsync(file, start, stop))
        {
            return SlidesType.Pdf;
        }

        if (start.AsSpan().StartsWith(ZipDirectory.FileSignature))
        {
            return await ZipDirectory.ReadAsync(file, stop) is not { } directory ? null
                : await IsOdpAsync(file, directory, stop) ? SlidesType.Odp
                : await IsPptxAsync(file, directory, stop) ? SlidesType.Pptx
                : null;
        }

        var text = Encoding.Latin1.GetString(start);
        return
            !Array.Exists(Marks, mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase))
            && await IsTextAsync(file, stop)
            ? SlidesType.Text
            : null;
    }

    // ISO 32000-1, annex H, notes 13 and 18: readers look for the header within the first 1,024 bytes, and for the end
    // within the last ones. Bytes before it are taken only where they make it no other file: nothing that a browser
    // reads as markup, and no other format's mark.
    private static async Task<bool> IsPdfAsync(Stream file, byte[] start, CancellationToken stop)
    {
        var at = start.AsSpan().IndexOf("%PDF-"u8);
        if (at < 0)
        {
            return false;
        }

        var before = start.AsSpan(0, at).TrimStart(Encoding.UTF8.Preamble);
        return before.IndexOfAnyExcept(Blanks) < 0
            || (
                !before.Contains((byte)'<')
                && !Array.Exists(OtherSignatures, other => start.AsSpan().StartsWith(other))
                && await IsEndedAsync(file, stop)
            );
    }

    private static async Task<bool> IsEndedAsync(Stream file, CancellationToken stop)
    {
        var end = new byte[(int)Math.Min(file.Length, StartLength)];
        file.Position = file.Length - end.Length;
        await file.ReadExactlyAsync(end, stop);
        return end.AsSpan().IndexOf("%%EOF"u8) >= 0;
    }

    // OpenDocument 1.3, part 2, section 3.3: an entry called mimetype says what the file is. It should come first and
    // be stored as it is, so that it can be seen from outside; programs that write a zip file as a stream do otherwise,
    // and every reader goes by the list of contents. Section 3.2: without that entry, the manifest says it.
    private static async Task<bool> IsOdpAsync(Stream file, ZipDirectory directory, CancellationToken stop)
    {
        if (directory.Find("mimetype") is { } entry)
        {
            return await TextOfAsync(file, entry, MostMediaType, stop) == SlidesType.Odp.MediaType;
        }

        return directory.Find("META-INF/manifest.xml") is { } manifest
            && MediaTypeOf(await ZipDirectory.UnpackAsync(file, manifest, MostContentTypes, stop))
                == SlidesType.Odp.MediaType;
    }

    private static async Task<string> TextOfAsync(
        Stream file,
        ZipDirectory.Entry entry,
        int most,
        CancellationToken stop
    ) => Encoding.UTF8.GetString(await ZipDirectory.UnpackAsync(file, entry, most, stop)).Trim();

    // What the manifest says of the whole package, which is called "/" in it.
    private static string? MediaTypeOf(byte[] manifest)
    {
        XNamespace names = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
        return Parse(manifest)
            ?.Elements(names + "file-entry")
            .FirstOrDefault(e => e.Attribute(names + "full-path")?.Value == "/")
            ?.Attribute(names + "media-type")
            ?.Value;
    }

    // ECMA-376, part 2, sections 6.2.2.2 and 7.2.3: [Content_Types].xml says of every part what it is; names of parts
    // are equal whatever their case.
    private static async Task<bool> IsPptxAsync(Stream file, ZipDirectory directory, CancellationToken stop)
    {
        if (
            directory.Entries.FirstOrDefault(e =>
                e.Name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase)
            )
            is not { } entry
        )
        {
            return false;
        }

        var types =
            Parse(await ZipDirectory.UnpackAsync(file, entry, MostContentTypes, stop))
                ?.Elements()
                .Select(e => e.Attribute("ContentType")?.Value ?? "")
                .ToList()
            ?? [];
        Rule.Require(
            !types.Exists(type => type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase))
                && !directory.Entries.Any(e => e.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)),
            MacroSentence
        );
        return types.Contains(SlidesType.Pptx.MediaType + ".main+xml", StringComparer.OrdinalIgnoreCase);
    }

    // In UTF-8 or UTF-16, which XML readers tell apart themselves; nothing that it names is loaded.
    private static XElement? Parse(byte[] xml)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
            using var reader = XmlReader.Create(new MemoryStream(xml), settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
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
            } while (read > 0);
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
