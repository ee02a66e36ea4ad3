using Microsoft.AspNetCore.Http.Features;

namespace LpcSite.Web.Security;

/// <summary>
/// Asks the site for one of its own pages, as a reader who is not signed in does, without a way over the network.
/// </summary>
public sealed class OwnPages(IServiceScopeFactory scopes)
{
    private const int MostRedirects = 5;

    private RequestDelegate? _site;

    /// <summary>The first step of a request's way through the site: everything behind it is what is asked.</summary>
    internal RequestDelegate Remember(RequestDelegate site) => _site = site;

    /// <returns>
    /// The status of the answer, and where redirects led; each of them leads on within the site, or is the answer.
    /// </returns>
    public async Task<(int Status, Uri At)> AskAsync(Uri address, CancellationToken stop)
    {
        for (var asked = 0; ; asked++)
        {
            var (status, location) = await AskOnceAsync(address, stop);
            if (
                location is null
                || asked == MostRedirects
                || !Uri.TryCreate(address, location, out var next)
                || next.Authority != address.Authority
            )
            {
                return (status, address);
            }

            address = next;
        }
    }

    // Not from the factory: that would take the context of the request, which asks this, for the one that it makes.
    private async Task<(int Status, string? Location)> AskOnceAsync(Uri address, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = stop };
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
        var request = context.Request;
        (request.Method, request.Protocol) = (HttpMethods.Get, "HTTP/1.1");
        (request.Scheme, request.Host) = (address.Scheme, HostString.FromUriComponent(address.Authority));
        request.Path = PathString.FromUriComponent(address);
        request.QueryString = QueryString.FromUriComponent(address);
        await _site!(context);
        var status = context.Response.StatusCode;
        return (status, status is >= 300 and < 400 ? context.Response.Headers.Location.ToString() : null);
    }
}
