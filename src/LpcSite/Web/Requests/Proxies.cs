using LpcSite.Rules;
using Microsoft.AspNetCore.HttpOverrides;

namespace LpcSite.Web.Requests;

/// <summary>
/// What proxies in front of the site say of a request, in <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c>.
/// </summary>
internal static class Proxies
{
    private const string Networks = "ForwardedHeaders:KnownNetworks";

    /// <summary>
    /// Believes the proxies that the operator names, and nobody where they name none: the middleware takes two empty
    /// lists for leave to believe everybody, so that without a network it has no place here.
    /// </summary>
    public static void UseProxies(this WebApplication app)
    {
        var networks = app.Configuration.GetSection(Networks).Get<string[]>() ?? [];
        if (networks.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            AllowedHosts = [.. Hosts(app)],
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(
                System.Net.IPNetwork.TryParse(network, out var known)
                    ? known
                    : throw new OperatorException(
                        $"ForwardedHeaders__KnownNetworks has '{network}'; a network is written as '172.31.80.0/24'."
                    )
            );
        }

        app.UseForwardedHeaders(options);
    }

    // A proxy that passes on what its visitor claims can make the site answer as a host that it serves anyway, and as
    // no other.
    private static IEnumerable<string> Hosts(WebApplication app)
    {
        var served = (app.Configuration["AllowedHosts"] ?? "").Split(
            ';',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return served
            .Where(host => host != "*")
            .Concat(app.Services.GetRequiredService<SiteAddress>().Configured is { } own ? [own.Host] : []);
    }
}
