using LpcSite.Rules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// Another site that says who somebody is (OpenID Connect Core 1.0, the code flow with PKCE), from the configuration's
/// section <c>OpenIdConnect</c>. Without it there is none, and no page speaks of one.
/// </summary>
internal static class ExternalSignIn
{
    public const string Scheme = "OpenIdConnect";
    public const string DonePath = "/account/external/done";

    /// <exception cref="OperatorException">The section is incomplete.</exception>
    public static void AddExternalSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(Scheme);
        if (section["Authority"] is not { Length: > 0 } authority)
        {
            return;
        }

        if (
            section["ClientId"] is not { Length: > 0 } clientId
            || section["ClientSecret"] is not { Length: > 0 } secret
        )
        {
            throw new OperatorException(
                "OpenIdConnect__Authority is set: OpenIdConnect__ClientId and OpenIdConnect__ClientSecret, which "
                    + "the other site hands out, are needed with it."
            );
        }

        services
            .AddAuthentication()
            .AddOpenIdConnect(
                Scheme,
                section["Name"] is { Length: > 0 } name ? name : new Uri(authority).Host,
                oidc =>
                {
                    (oidc.Authority, oidc.ClientId, oidc.ClientSecret, oidc.SignInScheme) = (
                        authority,
                        clientId,
                        secret,
                        IdentityConstants.ExternalScheme
                    );
                    (oidc.ResponseType, oidc.ResponseMode) = (
                        OpenIdConnectResponseType.Code,
                        OpenIdConnectResponseMode.Query
                    );
                    (oidc.CallbackPath, oidc.MapInboundClaims, oidc.GetClaimsFromUserInfoEndpoint) = (
                        "/account/external/signed-in",
                        false,
                        true
                    );
                    oidc.Scope.Add("email");
                    oidc.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");

                    // The answer comes by an ordinary link, for which Lax is enough.
                    oidc.CorrelationCookie.SameSite = oidc.NonceCookie.SameSite = SameSiteMode.Lax;
                    oidc.Events.OnRemoteFailure = context =>
                    {
                        // Said no there, or took too long: the page says so, since it finds nobody.
                        context.Response.Redirect(DonePath);
                        context.HandleResponse();
                        return Task.CompletedTask;
                    };
                }
            );
    }

    /// <returns>What the other site is called; null where none is configured.</returns>
    public static async Task<string?> NameAsync(this IAuthenticationSchemeProvider schemes) =>
        (await schemes.GetSchemeAsync(Scheme))?.DisplayName;
}
