using System.Collections.Concurrent;
using LpcSite.Web;
using Microsoft.Extensions.Caching.Memory;
using NodaTime;

namespace LpcSite.Caching;

/// <summary>
/// Pages whose route is marked <see cref="PublicPageAttribute"/>, kept ready for readers who are not signed in until
/// their conference changes: compressed, tagged and with all their headers. Nothing else is ever kept, and nobody waits
/// for anything else.
/// <para>It is asked right after routing, which alone knows what an address means; a kept page passes nothing else on
/// its way out. ASP.NET Core's output cache stood here first: it decodes a page's headers again for every reader, which
/// cost a fifth of the requests that a bare endpoint answers.</para>
/// </summary>
public sealed class PageCache(ContentVersions versions, PagePress press) : IDisposable
{
    private const long MostBytes = 256 * 1024 * 1024;
    private const int LongestPage = 8 * 1024 * 1024;

    // Changes are told, so time alone makes no page old; a day bounds what a lost notice could cost.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly ConcurrentDictionary<(Address, ContentVersion), Making> _making = new();

    /// <summary>What came of the making of a page for those who wait for it.</summary>
    private enum Outcome
    {
        Made,

        // An error, say, or a page too large: each reader is answered on their own.
        NotKept,

        // Whoever made it went away before it was finished.
        Abandoned,
    }

    /// <summary>
    /// The page being rendered is right until then and no longer, as a call that closes changes it without any save.
    /// </summary>
    public static void ValidUntil(HttpContext context, Instant now, Instant until)
    {
        var remaining = (until - now).ToTimeSpan();
        if (remaining > TimeSpan.Zero && context.Features.Get<Making>() is { } making && making.Lifetime > remaining)
        {
            making.Lifetime = remaining;
        }
    }

    /// <summary>
    /// Says what was made, as soon as it is and before it is written to whoever asked first: how fast they read is
    /// their own affair, and those who ask meanwhile wait for the page, not for them.
    /// </summary>
    /// <param name="context">Of whoever asked first.</param>
    /// <param name="page">Null where it is nothing to keep.</param>
    public static void HandOver(HttpContext context, CachedPage? page) => context.Features.Get<Making>()?.Finish(page);

    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (AddressOf(context) is not { } address)
        {
            return next(context);
        }

        var conference = context.Request.RouteValues["conference"] as string ?? "";
        var version = versions.Current(conference);
        return _pages.TryGetValue(address, out Kept? kept) && kept!.Version == version
            ? WriteAsync(context, kept)
            : MakeAsync(context, next, address, conference, version);
    }

    public void Dispose() => _pages.Dispose();

    // The route decides, not the text of the address: what it ignores of the query makes no other page, and only what
    // it marks is kept.
    private static Address? AddressOf(HttpContext context)
    {
        var (request, endpoint) = (context.Request, context.GetEndpoint());
        if (
            endpoint?.Metadata.GetMetadata<PublicPageAttribute>() is not { Kept: true } page
            || !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            || request.Headers.Authorization.Count > 0
            || request.Headers.Cookie.Count > 0
        )
        {
            return null;
        }

        var choice = "";
        if (request.QueryString.HasValue && (page.Choices.Length > 0 || page.FreeChoices.Length > 0))
        {
            var query = request.Query;
            if (Array.Exists(page.FreeChoices, query.ContainsKey))
            {
                return null;
            }

            choice = string.Join('&', page.Choices.Where(query.ContainsKey).Select(key => $"{key}={query[key]}"));
        }

        return new(
            request.Scheme,
            request.Host.Value ?? "",
            request.Path.Value ?? "/",
            choice,
            endpoint.Metadata.GetMetadata<Representation>()?.MediaType ?? ""
        );
    }

    private Task WriteAsync(HttpContext context, Kept kept)
    {
        // A page that is read a second time is worth compressing well.
        var coding = AcceptedEncoding.Best(context.Request.Headers.AcceptEncoding.ToString());
        if (
            !kept.Page.IsPressed(coding)
            && kept.MayOffer(coding)
            && !press.Take(kept.Page, coding, () => versions.Current(kept.Conference) == kept.Version)
        )
        {
            kept.MayBeOfferedAgain(coding);
        }

        return kept.Page.WriteAsync(context);
    }

    // Whoever asks for the same page meanwhile waits for the first, who makes it for all of them. It is kept under the
    // version that held when its making began, so that one made of what a save has just replaced is never found again.
    private async Task MakeAsync(
        HttpContext context,
        RequestDelegate next,
        Address address,
        string conference,
        ContentVersion version
    )
    {
        var making = new Making(
            context,
            made =>
            {
                if (made.Page is { } page)
                {
                    _pages.Set(
                        address,
                        new Kept(version, conference, page),
                        new MemoryCacheEntryOptions
                        {
                            Size = page.Size,
                            AbsoluteExpirationRelativeToNow = made.Lifetime,
                        }
                    );
                }

                _making.TryRemove((address, version), out _);
            }
        );

        while (_making.GetOrAdd((address, version), making) is var first && first != making)
        {
            switch (await first.Finished.WaitAsync(context.RequestAborted))
            {
                case Outcome.Made:
                    await first.Page!.WriteAsync(context);
                    return;
                case Outcome.NotKept:
                    await next(context);
                    return;
            }
        }

        context.Features.Set(making);
        try
        {
            await next(context);
        }
        finally
        {
            making.Finish(page: null);
        }
    }

    /// <summary>
    /// What makes a page another one: the effective address of the site, the path, what of the query the route knows,
    /// and the form.
    /// </summary>
    private sealed record Address(string Scheme, string Host, string Path, string Choice, string Representation);

    private sealed record Kept(ContentVersion Version, string Conference, CachedPage Page)
    {
        private int _offered;

        public bool MayOffer(ContentCoding coding) =>
            (Interlocked.Or(ref _offered, 1 << (int)coding) & (1 << (int)coding)) == 0;

        public void MayBeOfferedAgain(ContentCoding coding) => Interlocked.And(ref _offered, ~(1 << (int)coding));
    }

    private sealed class Making(HttpContext context, Action<Making> finished)
    {
        private readonly TaskCompletionSource<Outcome> _finished = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public TimeSpan Lifetime { get; set; } = Longest;
        public CachedPage? Page { get; private set; }
        public Task<Outcome> Finished => _finished.Task;

        /// <summary>
        /// Only the first word counts: the rest of the request's way says once more that it has ended.
        /// </summary>
        public void Finish(CachedPage? page)
        {
            if (_finished.Task.IsCompleted)
            {
                return;
            }

            Page = page?.Body.Length <= LongestPage ? page : null;
            finished(this);
            _finished.SetResult(
                Page is not null ? Outcome.Made
                : context.RequestAborted.IsCancellationRequested ? Outcome.Abandoned
                : Outcome.NotKept
            );
        }
    }
}
