using System.Collections.Concurrent;
using LpcSite.Materials;
using Microsoft.Extensions.Caching.Memory;
using NodaTime;

namespace LpcSite.Infrastructure;

/// <summary>
/// Pages marked <see cref="PublicPageAttribute"/>, kept ready for readers who are not signed in until their conference changes: compressed,
/// tagged and with all their headers. Nothing else is ever kept.
/// <para>It is asked before routing, so that a kept page passes nothing else on its way out; whether a new one may be kept is decided
/// when it is made and its endpoint is known. ASP.NET Core's output cache stood here first: it decodes a page's headers again for every
/// reader, which cost a fifth of the requests that a bare endpoint answers.</para>
/// </summary>
public sealed class KeptPages(ContentVersions versions) : IDisposable
{
    private const long MostBytes = 256 * 1024 * 1024;
    private const int LongestPage = 8 * 1024 * 1024;

    // What stands before the conference in addresses for programs.
    private const string Api = "/api/v1/";

    // Changes are told, so time alone makes no page old; a day bounds what a lost notice could cost.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly ConcurrentDictionary<(Address, ContentVersion), Task<KeptPage?>> _making = new();

    /// <summary>The page being rendered is right until then and no longer, as a call that closes changes it without any save.</summary>
    public static void ValidUntil(HttpContext context, Instant now, Instant until)
    {
        var remaining = (until - now).ToTimeSpan();
        if (remaining > TimeSpan.Zero && context.Features.Get<Making>() is { } making && making.Lifetime > remaining)
        {
            making.Lifetime = remaining;
        }
    }

    /// <summary>Says of a finished page that it may be kept, if its reader's request was one for which pages are kept.</summary>
    public static void Keep(HttpContext context, KeptPage page)
    {
        if (context.Features.Get<Making>() is { } making && page.Body.Length <= LongestPage)
        {
            making.Made = page;
        }
    }

    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (AddressOf(context.Request) is not { } address)
        {
            return next(context);
        }

        var version = versions.Current(Conference(address.Path));
        return _pages.TryGetValue(address, out Kept? kept) && kept!.Version == version ? kept.Page.WriteAsync(context) : MakeAsync(context, next, address, version);
    }

    public void Dispose() => _pages.Dispose();

    private static Address? AddressOf(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var extension = Path.GetExtension(path.AsSpan());
        var mayBeKept = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Headers.Authorization.Count == 0
            && request.Headers.Cookie.Count == 0
            && !path.StartsWith(MaterialLine.Folder, StringComparison.Ordinal)
            && !(request.QueryString.HasValue && IsOfSchedule(path) && Array.Exists(PublicPageAttribute.ScheduleKeys, request.Query.ContainsKey))
            && (extension.IsEmpty || extension is ".md" or ".txt" or ".json" or ".atom" or ".xml" or ".ics");
        return mayBeKept ? new(
            request.Scheme, request.Host.Value ?? "", path, request.QueryString.HasValue ? request.Query[PublicPageAttribute.QueryKey].ToString() : "",
            AcceptedEncoding.Best(request.Headers.AcceptEncoding.ToString()), RepresentationSelector.Best(request.Headers.Accept.ToString())) : null;
    }

    private static bool IsOfSchedule(string path) => path.EndsWith("/schedule", StringComparison.Ordinal) || path.EndsWith("/schedule.txt", StringComparison.Ordinal);

    // The conference that an address belongs to; for the site's own addresses whatever stands there, which no conference is called.
    private static ReadOnlySpan<char> Conference(string path)
    {
        var start = path.StartsWith(Api, StringComparison.Ordinal) ? Api.Length : 1;
        var end = path.AsSpan(start).IndexOfAny('/', '.');
        return end < 0 ? path.AsSpan(start) : path.AsSpan(start, end);
    }

    // Whoever asks for the same page meanwhile waits for the first, who makes it for all of them. It is kept under the version that held
    // when its making began, so that one made of what a save has just replaced is never found again.
    private async Task MakeAsync(HttpContext context, RequestDelegate next, Address address, ContentVersion version)
    {
        var mine = new TaskCompletionSource<KeptPage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var makers = _making.GetOrAdd((address, version), mine.Task);
        if (makers != mine.Task)
        {
            if (await makers.WaitAsync(context.RequestAborted) is { } made)
            {
                await made.WriteAsync(context);
                return;
            }

            await next(context);
            return;
        }

        var making = new Making();
        context.Features.Set(making);
        context.Request.Headers.AcceptEncoding = address.Encoding;
        try
        {
            await next(context);
        }
        finally
        {
            if (making.Made is { } made)
            {
                _pages.Set(address, new Kept(version, made), new MemoryCacheEntryOptions { Size = made.Size, AbsoluteExpirationRelativeToNow = making.Lifetime });
            }

            _making.TryRemove((address, version), out _);
            mine.SetResult(making.Made);
        }
    }

    /// <summary>What makes a page another one. Of the query only what a page is chosen by.</summary>
    private sealed record Address(string Scheme, string Host, string Path, string Choice, string Encoding, string Representation);

    private sealed record Kept(ContentVersion Version, KeptPage Page);

    private sealed class Making
    {
        public TimeSpan Lifetime { get; set; } = Longest;
        public KeptPage? Made { get; set; }
    }
}
