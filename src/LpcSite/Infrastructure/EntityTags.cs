using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace LpcSite.Infrastructure;

/// <summary>
/// ETag and 304 (RFC 9110, sections 8.8.3 and 13.1.2) for what is marked <see cref="PublicPageAttribute"/>. The tag is made inside the
/// output cache, of the compressed bytes, and kept with them; a page that had to be made anew is compared outside of it, so that it is
/// kept in full even when this client needs nothing.
/// </summary>
public static class EntityTags
{
    /// <summary>Goes before the output cache.</summary>
    public static IApplicationBuilder UseNotModified(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        if (context.Request.Headers.IfNoneMatch.Count == 0)
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        await using var spared = new SparedBody(context, body);
        context.Response.Body = spared;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        // Only now, as the cache has by then kept the page with the status it had.
        if (spared.IsSpared)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.ContentLength = null;
            context.Response.Headers.ContentType = default;
            context.Response.Headers.ContentEncoding = default;
        }
    });

    /// <summary>Goes after the output cache and before the compression.</summary>
    public static IApplicationBuilder UseEntityTags(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is null)
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        using var rendered = new MemoryStream();
        context.Response.Body = rendered;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            var hash = SHA256.HashData(rendered.GetBuffer().AsSpan(0, (int)rendered.Length));
            context.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(hash.AsSpan(0, 12))}\"";
            // Kept by the client, shown only after asking whether it still holds: a save is visible at the next request.
            var isSomebodys = context.User.Identity is { IsAuthenticated: true };
            context.Response.Headers.CacheControl = isSomebodys ? "private, no-cache" : "public, no-cache";
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Cookie);
        }

        context.Response.ContentLength = rendered.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            rendered.Position = 0;
            await rendered.CopyToAsync(body, context.RequestAborted);
        }
    });

    private static bool Matches(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status200OK
        && EntityTagHeaderValue.TryParse(context.Response.Headers.ETag.ToString(), out var current)
        && EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));

    /// <summary>Passes the body on, unless the client turns out to have it already.</summary>
    private sealed class SparedBody(HttpContext context, Stream body) : Stream
    {
        private bool? _spare;

        public bool IsSpared => _spare is true;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!Spare())
            {
                await body.WriteAsync(buffer, cancellationToken);
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (!Spare())
            {
                body.Write(buffer, offset, count);
            }
        }

        public override void Flush()
        {
            if (_spare is false)
            {
                body.Flush();
            }
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => _spare is false ? body.FlushAsync(cancellationToken) : Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private bool Spare() => _spare ??= !context.Response.HasStarted && Matches(context);
    }
}
