using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LpcSite.Infrastructure;

/// <summary>A finished answer: its body as it goes over the wire, and its headers, an entity tag among them.</summary>
public sealed class KeptPage
{
    // Beside the body: the headers' names and values, most of them shared by all pages.
    private const int Overhead = 2048;

    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly EntityTagHeaderValue _tag;
    private readonly DateTimeOffset? _lastModified;

    public KeptPage(IHeaderDictionary headers, EntityTagHeaderValue tag, byte[] body)
    {
        headers.ETag = tag.ToString();
        _headers = [.. headers.Where(header => header.Key != HeaderNames.ContentLength)];
        _tag = tag;
        _lastModified = HeaderUtilities.TryParseDate(headers.LastModified.ToString(), out var changed) ? changed : null;
        Body = body;
    }

    public byte[] Body { get; }

    /// <summary>In bytes, about.</summary>
    public long Size => Body.Length + Overhead;

    /// <summary>Answers with this page, or with 304 where the reader has it (RFC 9110, sections 13.1.2, 13.1.3 and 15.4.5).</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        foreach (var (name, value) in _headers)
        {
            response.Headers[name] = value;
        }

        response.ContentLength = Body.Length;
        if (IsKnown(context.Request.Headers))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentLength = null;
            response.Headers.ContentType = default;
            response.Headers.ContentEncoding = default;
            return Task.CompletedTask;
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(Body, 0, Body.Length, context.RequestAborted);
    }

    // A tag knows more than a date does, and is asked first.
    private bool IsKnown(IHeaderDictionary asked) => asked.IfNoneMatch.Count > 0 ? IsKnown(asked.IfNoneMatch)
        : _lastModified is { } changed && HeaderUtilities.TryParseDate(asked.IfModifiedSince.ToString(), out var since) && changed <= since;

    private bool IsKnown(StringValues tags) =>
        EntityTagHeaderValue.TryParseList(tags, out var known) && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(_tag, useStrongComparison: false));
}
