using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using LpcSite.Markdown;
using LpcSite.Web;
using LpcSite.Web.Security;
using Microsoft.Extensions.Options;

namespace LpcSite.Texts;

/// <summary>
/// Asks whether the links of a text still lead somewhere, so that an author hears it before their readers do.
/// </summary>
public sealed partial class LinkCheck : IDisposable
{
    public const int MaxLinks = 20;

    private const int AtOnce = 4;

    private readonly OwnPages _own;
    private readonly LinkCheckOptions _options;
    private readonly HttpClient _client;

    public LinkCheck(OwnPages own, IOptions<LinkCheckOptions> options)
    {
        (_own, _options) = (own, options.Value);
        _client = new HttpClient(
            new SocketsHttpHandler
            {
                // Every connection is made below, also those that redirects lead to; a proxy would look names up by
                // itself.
                ConnectCallback = ConnectAsync,
                UseProxy = false,
                UseCookies = false,
                MaxAutomaticRedirections = 5,
                MaxResponseDrainSize = 0,
                MaxResponseHeadersLength = 32,
                PooledConnectionLifetime = TimeSpan.FromSeconds(30),
                ActivityHeadersPropagator = null,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("LpcSite-link-check/1.0");
    }

    /// <summary>
    /// The first <see cref="MaxLinks"/> links in the order of the text: to other sites, to pages of this one, and those
    /// to a heading that the text does not have.
    /// </summary>
    /// <param name="html">As the renderer wrote it.</param>
    /// <param name="page">The address of the page that the text will stand on.</param>
    /// <returns>What each answered, and how many were not asked.</returns>
    public async Task<(IReadOnlyList<Answer> Links, int LeftOut)> CheckAsync(
        string html,
        Uri page,
        CancellationToken stop
    )
    {
        var links = Href()
            .Matches(html)
            .Select(match => WebUtility.HtmlDecode(match.Groups["url"].Value))
            .Distinct(StringComparer.Ordinal)
            .Where(url => !url.StartsWith('#') || !html.Contains($"id=\"{url[1..]}\"", StringComparison.Ordinal))
            .ToList();
        var answers = new Answer[Math.Min(links.Count, MaxLinks)];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, answers.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (i, stopped) => answers[i] = await AskAsync(links[i], page, stopped)
        );
        return (answers, links.Count - answers.Length);
    }

    public void Dispose() => _client.Dispose();

    private async Task<Answer> AskAsync(string url, Uri page, CancellationToken stop)
    {
        if (url.StartsWith('#'))
        {
            return new(url, false, "No heading of this text has that name.");
        }

        if (
            Uri.TryCreate(page, url, out var own)
            && (Links.IsWithin(url) || own.Authority == page.Authority && own.Scheme == page.Scheme)
        )
        {
            var (status, at) = await _own.AskAsync(own, stop);
            return at.AbsolutePath.StartsWith("/account/", StringComparison.Ordinal) && at != own
                ? new(url, false, "Only people who are signed in can open it.")
                : Judge(url, (HttpStatusCode)status);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return new(url, false, "This is not a complete address.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_options.Patience);
        try
        {
            var status = await AskAsync(HttpMethod.Head, address, patience.Token);

            // Many sites answer HEAD with an error, and GET well.
            return Judge(url, IsGood(status) ? status : await AskAsync(HttpMethod.Get, address, patience.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(url, false, $"It did not answer within {_options.Patience.TotalSeconds:0.#} seconds.");
        }
        catch (HttpRequestException failure)
        {
            return new(url, false, Reason(failure));
        }
    }

    private async Task<HttpStatusCode> AskAsync(HttpMethod method, Uri address, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, address);
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        return answer.StatusCode;
    }

    private static bool IsGood(HttpStatusCode status) => (int)status is >= 200 and < 300;

    private static Answer Judge(string url, HttpStatusCode status) =>
        (int)status switch
        {
            >= 200 and < 300 => new(url, true, "It answers."),
            >= 300 and < 400 => new(url, false, $"It leads on ({(int)status}) to where this check does not follow."),
            404 or 410 => new(url, false, $"Nothing is there ({(int)status})."),
            401 or 403 or 429 => new(
                url,
                false,
                $"It answers {(int)status}, perhaps because a program asked: look yourself."
            ),
            _ => new(url, false, $"It answers {(int)status}."),
        };

    private static string Reason(Exception failure) =>
        failure switch
        {
            NotPublicException => "Its address is not a public one, so it was not asked.",
            SocketException
            {
                SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
            } => "There is no site of that name.",
            AuthenticationException => "Its certificate is not valid.",
            { InnerException: { } inner } => Reason(inner),
            _ => "It cannot be reached.",
        };

    // The name is looked up once, and what was judged is what is connected to.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var host = context.DnsEndPoint.Host;
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, stop);
        var open = found
            .Where(address => address.IsPublic() || (_options.AllowLoopback && IPAddress.IsLoopback(address)))
            .ToArray();
        if (open.Length == 0)
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [GeneratedRegex("href=\"(?<url>(?:https?://|[#/.])[^\"]*)\"", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Href();

    /// <summary>What one link answered, in a sentence for the author.</summary>
    public sealed record Answer(string Url, bool Answers, string Says);

    private sealed class NotPublicException : Exception;
}
