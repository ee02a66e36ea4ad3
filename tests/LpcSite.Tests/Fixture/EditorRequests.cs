using System.Net.Http.Json;

namespace LpcSite.Tests.Fixture;

/// <summary>What the editor's script sends from a page: the proof of the page's form goes along in a header.</summary>
internal static class EditorRequests
{
    private const string PageWithAForm = "/account/sign-out";

    public static async Task<string> TokenAsync(this Browsing browsing) =>
        (await browsing.ReadAsync(PageWithAForm))
            .QuerySelector("main [name=__RequestVerificationToken]")
            ?.GetAttribute("value")
        ?? throw new InvalidOperationException($"{PageWithAForm} has no form.");

    public static async Task<HttpResponseMessage> PostTextAsync(this Browsing browsing, string path, string text) =>
        await browsing.SendAsync(
            HttpMethod.Post,
            path,
            await browsing.TokenAsync(),
            new FormUrlEncodedContent([new("text", text)])
        );

    public static async Task<HttpResponseMessage> KeepAsync(
        this Browsing browsing,
        string path,
        int basedOn,
        Dictionary<string, string[]>? fields
    ) =>
        await browsing.SendAsync(
            HttpMethod.Post,
            path,
            await browsing.TokenAsync(),
            JsonContent.Create(new { basedOn, fields })
        );

    public static async Task<HttpResponseMessage> SendAsync(
        this Browsing browsing,
        HttpMethod method,
        string path,
        string token,
        HttpContent? content = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("RequestVerificationToken", token);
        return await browsing.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
