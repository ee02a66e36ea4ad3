using LpcSite.Accounts.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Web.Security;

/// <summary>
/// The cookies of the site: sent by https alone, to this host alone, on all its paths, which their name says to
/// browsers as well (the prefix <c>__Host-</c>, RFC 6265bis, section 4.1.3.2), and read by no script. On http, as in
/// development, they have neither prefix nor mark.
/// </summary>
internal static class SiteCookies
{
    private const string Prefix = "__Host-";
    private const string Name = "lpcsite";

    private static readonly string[] Schemes =
    [
        IdentityConstants.ApplicationScheme,
        IdentityConstants.ExternalScheme,
        IdentityConstants.TwoFactorUserIdScheme,
        IdentityConstants.TwoFactorRememberMeScheme,
    ];

    /// <summary>Goes after everything else that says something of cookies.</summary>
    public static void AddSiteCookies(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        // By what readers see, and not by the last hop to the site: a proxy that carries https may speak http with it.
        var isSecure = configuration["Site:Url"] is { Length: > 0 } url
            ? url.StartsWith(Uri.UriSchemeHttps + Uri.SchemeDelimiter, StringComparison.OrdinalIgnoreCase)
            : !environment.IsDevelopment();
        foreach (var scheme in Schemes)
        {
            var name =
                scheme == IdentityConstants.ApplicationScheme
                    ? Name
                    : $"{Name}-{scheme["Identity.".Length..].ToLowerInvariant()}";
            services.PostConfigure<CookieAuthenticationOptions>(
                scheme,
                cookie => cookie.Cookie = Of(cookie.Cookie, name, isSecure)
            );
        }

        services.PostConfigure<AntiforgeryOptions>(forms => forms.Cookie = Of(forms.Cookie, $"{Name}-form", isSecure));
        services.PostConfigure<CookieTempDataProviderOptions>(said =>
            said.Cookie = Of(said.Cookie, $"{Name}-said", isSecure)
        );
        services.PostConfigure<OpenIdConnectOptions>(
            ExternalSignIn.Scheme,
            oidc =>
            {
                oidc.CorrelationCookie = Of(oidc.CorrelationCookie, $"{Name}-correlation.", isSecure);
                oidc.NonceCookie = Of(oidc.NonceCookie, $"{Name}-nonce.", isSecure);
            }
        );
    }

    private static SiteCookie Of(CookieBuilder asked, string name, bool isSecure) =>
        new(isSecure)
        {
            Name = isSecure ? Prefix + name : name,
            HttpOnly = true,
            SameSite = asked.SameSite is SameSiteMode.None or SameSiteMode.Unspecified
                ? SameSiteMode.Lax
                : asked.SameSite,
            Expiration = asked.Expiration,
            MaxAge = asked.MaxAge,
            IsEssential = true,
            SecurePolicy = CookieSecurePolicy.SameAsRequest,
        };

    // The policy "always" of the framework refuses to write forms where the last hop is http.
    private sealed class SiteCookie(bool isSecure) : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var cookie = base.Build(context, expiresFrom);
            (cookie.Path, cookie.Domain, cookie.Secure) = ("/", null, isSecure || cookie.Secure);
            return cookie;
        }
    }
}
