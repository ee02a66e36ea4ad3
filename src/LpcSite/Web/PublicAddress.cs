using System.Net;
using System.Net.Sockets;

namespace LpcSite.Web;

/// <summary>
/// Which addresses belong to the open internet (IANA's special-purpose registries, RFC 6890). What somebody writes into
/// a text must not make the site ask machines that only it can reach.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Teredo and 6to4 carry an IPv4 address inside; the last three are for documentation and benchmarks.
            "2001::/32",
            "2002::/16",
            "2001:2::/48",
            "2001:db8::/32",
            "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalIPv6 = IPNetwork.Parse("2000::/3");

    public static bool IsPublic(this IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily is AddressFamily.InterNetwork || GlobalIPv6.Contains(plain))
            && !NotPublic.Any(network => network.Contains(plain));
    }
}
