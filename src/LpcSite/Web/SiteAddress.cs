using LpcSite.Rules;

namespace LpcSite.Web;

/// <summary>
/// The site's own address, for what must be absolute: letters, feeds, calendars, canonical links. Where <c>Site:Url</c>
/// names it, as it must outside development, no request has a say in it.
/// </summary>
public sealed class SiteAddress
{
    public const string Setting = "Site:Url";

    private const string OfDevelopment = "http://localhost:5080";

    private readonly bool _isDevelopment;

    /// <exception cref="OperatorException">What is configured is no address of a site.</exception>
    public SiteAddress(IConfiguration configuration, IHostEnvironment environment)
    {
        _isDevelopment = environment.IsDevelopment();
        Configured = configuration[Setting] is { Length: > 0 } text ? Read(text) : null;
    }

    /// <summary>Scheme and host; null where development takes what a request asked for.</summary>
    public Uri? Configured { get; }

    /// <summary>Scheme and host without a slash at the end, for what is written while no request asks.</summary>
    /// <exception cref="OperatorException">
    /// It is not configured, and nothing is guessed outside development.
    /// </exception>
    public string Origin =>
        Configured is { } address ? OriginOf(address)
        : _isDevelopment ? OfDevelopment
        : throw Missing();

    /// <exception cref="OperatorException">The site would have to believe requests about its own address.</exception>
    public void Require()
    {
        if (Configured is null && !_isDevelopment)
        {
            throw Missing();
        }
    }

    public static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static OperatorException Missing() =>
        new(
            "LpcSite needs its public address outside development: set Site__Url, for example to "
                + "'https://lpc.example.org'."
        );

    private static Uri Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0 }
            ? address
            : throw new OperatorException(
                $"Site__Url is '{text}'; it is a scheme and a host, such as 'https://lpc.example.org'."
            );
}

/// <summary>How requests come to bear the site's own address.</summary>
public static class SiteAddressExtensions
{
    /// <returns>Scheme and host without a slash at the end.</returns>
    public static string Origin(this HttpContext context) =>
        $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}";

    /// <summary>
    /// Gives every request the configured address, whatever it called the site: redirects, cookies, the addresses that
    /// other sites are sent back to, and all that is written while it is answered then go by that alone. Goes before
    /// everything that asks for scheme or host.
    /// </summary>
    internal static void UseSiteAddress(this WebApplication app)
    {
        if (app.Services.GetRequiredService<SiteAddress>().Configured is not { } address)
        {
            return;
        }

        var (scheme, host) = (address.Scheme, HostString.FromUriComponent(address.Authority));
        app.Use(
            (context, next) =>
            {
                (context.Request.Scheme, context.Request.Host) = (scheme, host);
                return next(context);
            }
        );
    }
}
