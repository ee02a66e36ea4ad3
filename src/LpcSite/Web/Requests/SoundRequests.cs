namespace LpcSite.Web.Requests;

/// <summary>
/// Refuses what is no request for anything here (RFC 9110, section 15.5.1): an address with a NUL in it, which no text
/// of the database can hold, and a host that is none (section 7.2; RFC 9112, section 3.2).
/// </summary>
internal static class SoundRequests
{
    // Nearly all requests name the same host, which is looked at once.
    private static string s_soundHost = "";

    /// <summary>Goes first, while the request still says what the client said.</summary>
    public static void UseSoundRequests(this WebApplication app) =>
        app.Use(static (context, next) => IsSound(context.Request) ? next(context) : RefuseAsync(context));

    private static bool IsSound(HttpRequest request) =>
        request.Path.Value?.Contains('\0') is not true
        && request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) is not true
        && IsSound(request.Host.Value ?? "", request.Protocol);

    private static bool IsSound(string host, string protocol)
    {
        if (host == s_soundHost)
        {
            return host.Length > 0 || HttpProtocol.IsHttp10(protocol);
        }

        // Before HTTP/1.1 a request named no host.
        if (host.Length == 0)
        {
            return HttpProtocol.IsHttp10(protocol);
        }

        var isSound =
            Uri.TryCreate($"http://{host}", UriKind.Absolute, out var address)
            && address is { PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0 };
        if (isSound)
        {
            s_soundHost = host;
        }

        return isSound;
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("This is not an address of this site.\n", context.RequestAborted);
    }
}
