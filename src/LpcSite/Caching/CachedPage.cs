using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LpcSite.Caching;

/// <summary>
/// A finished answer: its body, as it is and compressed, and its headers. Each of its forms has an entity tag of its
/// own (RFC 9110, section 8.8.3.3), made of what the answer says: compressed better, it is the same form, and whoever
/// has it asks for nothing anew.
/// </summary>
public sealed class CachedPage
{
    // Beside the body: the headers' names and values, most of them shared by all pages.
    private const int Overhead = 2048;

    // Below it the headers of a packet outweigh what is saved.
    private const int SmallestCompressed = 512;

    // What a reader waits for takes a millisecond or two; what is kept for many is worth some hundred.
    private const int QuickBrotli = 5;
    private const int BestBrotli = 11;
    private const int Window = 22;

    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly DateTimeOffset? _lastModified;
    private readonly string _hash;
    private readonly Form?[] _forms = new Form?[Enum.GetValues<ContentCoding>().Length];

    public CachedPage(IHeaderDictionary headers, byte[] body)
    {
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        _headers = [.. headers.Where(header => header.Key != HeaderNames.ContentLength)];
        _lastModified = HeaderUtilities.TryParseDate(headers.LastModified.ToString(), out var changed) ? changed : null;
        _hash = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
        _forms[(int)ContentCoding.Identity] = new(
            body,
            TagOf(ContentCoding.Identity),
            ContentEncoding: default,
            IsBest: true
        );
        Body = body;
    }

    /// <summary>As it is, not compressed.</summary>
    public byte[] Body { get; }

    /// <summary>
    /// In bytes, about: as it is and compressed in both ways, which takes less than half as much again each.
    /// </summary>
    public long Size => 2L * Body.Length + Overhead;

    /// <summary>Whether nothing is gained by <see cref="Press"/>.</summary>
    public bool IsPressed(ContentCoding coding) => FormOf(coding).IsBest;

    /// <summary>
    /// Compresses one form as well as it goes: for the many readers to come, while none of them waits.
    /// </summary>
    public void Press(ContentCoding coding)
    {
        if (FormOf(coding) is { IsBest: false } quick)
        {
            // The best level of gzip is not always the smaller one.
            var best = Compressed(coding, isBest: true);
            _forms[(int)coding] = best.Bytes.Length < quick.Bytes.Length ? best : quick with { IsBest = true };
        }
    }

    /// <summary>
    /// Answers with this page, with 304 where the reader has it, and with 412 where they asked for another state of it
    /// only (RFC 9110, sections 13.1, 13.2.2, 15.4.5 and 15.5.13).
    /// </summary>
    public Task WriteAsync(HttpContext context)
    {
        var (asked, response) = (context.Request.Headers, context.Response);
        var form = FormOf(AcceptedEncoding.Best(asked.AcceptEncoding.ToString()));
        foreach (var (name, value) in _headers)
        {
            response.Headers[name] = value;
        }

        response.Headers.ETag = form.TagText;
        var isUnwanted = IsUnwanted(asked, form.Tag);
        if (isUnwanted || IsKnown(asked, form.Tag))
        {
            response.StatusCode = isUnwanted
                ? StatusCodes.Status412PreconditionFailed
                : StatusCodes.Status304NotModified;
            response.Headers.ContentType = isUnwanted ? "text/plain; charset=utf-8" : default;
            return isUnwanted
                ? response.WriteAsync("This has changed since: what you asked for is not what is here now.\n")
                : Task.CompletedTask;
        }

        response.ContentLength = form.Bytes.Length;
        response.Headers.ContentEncoding = form.ContentEncoding;

        // Without the reader's own token: one who goes away is nothing to be told of.
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(form.Bytes, 0, form.Bytes.Length);
    }

    // If-Match compares strongly, and without it a date decides.
    private bool IsUnwanted(IHeaderDictionary asked, EntityTagHeaderValue tag) =>
        asked.IfMatch.Count > 0
            ? !Names(asked.IfMatch, tag, strongly: true)
            : _lastModified is { } changed
                && HeaderUtilities.TryParseDate(asked.IfUnmodifiedSince.ToString(), out var since)
                && changed > since;

    // A tag knows more than a date does, and is asked first.
    private bool IsKnown(IHeaderDictionary asked, EntityTagHeaderValue tag) =>
        asked.IfNoneMatch.Count > 0
            ? Names(asked.IfNoneMatch, tag, strongly: false)
            : _lastModified is { } changed
                && HeaderUtilities.TryParseDate(asked.IfModifiedSince.ToString(), out var since)
                && changed <= since;

    private static bool Names(StringValues tags, EntityTagHeaderValue own, bool strongly) =>
        EntityTagHeaderValue.TryParseList(tags, out var named)
        && named.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, strongly));

    // Two readers who come first at once compress it twice, to the same bytes.
    private Form FormOf(ContentCoding coding) => _forms[(int)coding] ??= Compressed(coding, isBest: false);

    private Form Compressed(ContentCoding coding, bool isBest)
    {
        var bytes =
            Body.Length < SmallestCompressed ? Body
            : coding is ContentCoding.Brotli ? Brotli(isBest ? BestBrotli : QuickBrotli)
            : Gzip(isBest);
        return bytes.Length >= Body.Length
            ? _forms[(int)ContentCoding.Identity]!
            : new(bytes, TagOf(coding), coding is ContentCoding.Brotli ? "br" : "gzip", isBest);
    }

    private byte[] Brotli(int quality)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(Body.Length));
        try
        {
            return BrotliEncoder.TryCompress(Body, buffer, out var written, quality, Window) ? buffer[..written] : Body;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[] Gzip(bool isBest)
    {
        using var compressed = new MemoryStream(Body.Length / 2);
        using (
            var gzip = new GZipStream(
                compressed,
                isBest ? CompressionLevel.SmallestSize : CompressionLevel.Optimal,
                leaveOpen: true
            )
        )
        {
            gzip.Write(Body);
        }

        return compressed.ToArray();
    }

    private EntityTagHeaderValue TagOf(ContentCoding coding) =>
        new(
            coding switch
            {
                ContentCoding.Brotli => $"\"{_hash}-br\"",
                ContentCoding.Gzip => $"\"{_hash}-gzip\"",
                _ => $"\"{_hash}\"",
            }
        );

    private sealed record Form(byte[] Bytes, EntityTagHeaderValue Tag, StringValues ContentEncoding, bool IsBest)
    {
        public StringValues TagText { get; } = Tag.ToString();
    }
}
