using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace LpcSite.Benchmarks;

/// <summary>
/// One lead's browser: cookies, a form that is opened, filled in and sent back with all that stood in it.
/// </summary>
internal sealed class LeadBrowser : IDisposable
{
    private const string Said = ".said";

    // Cookies are the site's by https alone; what they belong to is decided here, as it is by a proxy with TLS in front
    // of the site.
    private static readonly Uri Origin = new("https://localhost");

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    public LeadBrowser(int port) =>
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}")),
        };

    public async Task SignInAsync(string mail, string password)
    {
        var form = await OpenAsync("/account/sign-in");
        var answer = await SendAsync(
            "/account/sign-in",
            form,
            new() { ["Input.Mail"] = mail, ["Input.Password"] = password }
        );
        if (answer.Status != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"{mail} cannot sign in: {answer.Status}.");
        }
    }

    /// <returns>The page's form as a browser would send it untouched.</returns>
    public async Task<Form> OpenAsync(string path)
    {
        var started = Stopwatch.GetTimestamp();
        var (status, html) = await AskAsync(new HttpRequestMessage(HttpMethod.Get, path));
        var took = Stopwatch.GetElapsedTime(started);
        if (status != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"{path} answers {status}.");
        }

        using var page = await BrowsingContext.New().OpenAsync(response => response.Content(html));
        var form = page.QuerySelector("main form") as IHtmlFormElement;
        return new Form(
            form?.Elements.Select(Field).OfType<KeyValuePair<string, string>>().ToDictionary(StringComparer.Ordinal)
                ?? [],
            page.QuerySelector(Said)?.TextContent,
            took
        );
    }

    /// <returns>How long the whole answer took.</returns>
    public async Task<TimeSpan> TimeAsync(string path)
    {
        var started = Stopwatch.GetTimestamp();
        var (status, _) = await AskAsync(new HttpRequestMessage(HttpMethod.Get, path));
        return status == HttpStatusCode.OK
            ? Stopwatch.GetElapsedTime(started)
            : throw new InvalidOperationException($"{path} answers {status}.");
    }

    public async Task<Answer> SendAsync(string path, Form form, Dictionary<string, string> typed)
    {
        var fields = new FormUrlEncodedContent(form.Fields.Where(f => !typed.ContainsKey(f.Key)).Concat(typed));
        var started = Stopwatch.GetTimestamp();
        var (status, _) = await AskAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = fields });
        return new Answer(status, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Sends a file by the form in which it is chosen.</summary>
    /// <returns>The address at which the page then offers it.</returns>
    public async Task<string> UploadAsync(string path, string field, string name, byte[] bytes)
    {
        var form = await OpenAsync(path);
        using var content = new MultipartFormDataContent { { new ByteArrayContent(bytes), field, name } };
        content.Add(new StringContent(form.Fields["__RequestVerificationToken"]), "__RequestVerificationToken");
        var (status, _) = await AskAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
        var (_, page) =
            status == HttpStatusCode.Redirect
                ? await AskAsync(new HttpRequestMessage(HttpMethod.Get, path))
                : throw new InvalidOperationException($"{path} answers {status}.");
        var end = page.IndexOf($"/{name}\"", StringComparison.Ordinal);
        return page[(page.LastIndexOf('"', end) + 1)..(end + name.Length + 1)];
    }

    /// <returns>SHA-256 of what stands at an address, which is read without being kept.</returns>
    public async Task<string> HashAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", _cookies.GetCookieHeader(Origin));
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>Hears what a page that stands open is told, until they are stopped.</summary>
    public async Task FollowAsync(string path, Action<string> hear, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", _cookies.GetCookieHeader(Origin));
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        try
        {
            await foreach (
                var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(stop)).EnumerateAsync(stop)
            )
            {
                hear(item.Data);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As told.
        }
    }

    /// <returns>What stands at an address.</returns>
    public async Task<string> ReadAsync(string path) =>
        (await AskAsync(new HttpRequestMessage(HttpMethod.Get, path))).Body;

    public void Dispose() => _client.Dispose();

    private static KeyValuePair<string, string>? Field(IElement element) =>
        element switch
        {
            IHtmlInputElement { Name: { Length: > 0 } name, Type: not ("submit" or "checkbox" or "radio") } input =>
                new(name, input.Value),
            IHtmlTextAreaElement { Name: { Length: > 0 } name } area => new(name, area.Value),
            _ => null,
        };

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (_cookies.GetCookieHeader(Origin) is { Length: > 0 } cookie)
            {
                request.Headers.Add("Cookie", cookie);
            }

            using var answer = await _client.SendAsync(request);
            foreach (var baked in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
            {
                _cookies.SetCookies(Origin, baked);
            }

            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    internal sealed record Form(IReadOnlyDictionary<string, string> Fields, string? Said, TimeSpan Took);

    internal sealed record Answer(HttpStatusCode Status, TimeSpan Took);
}
