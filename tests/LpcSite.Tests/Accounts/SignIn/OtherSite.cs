using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace LpcSite.Tests.Accounts.SignIn;

/// <summary>
/// Another site that says who somebody is: a real OpenID Connect server, in this process, at which everybody is signed
/// in already.
/// </summary>
public sealed class OtherSite : IAsyncDisposable
{
    public const string Address = "https://other.example";
    public const string Client = "lpcsite";
    public const string Secret = "known to both";
    public const string Name = "The Other";

    private readonly WebApplication _app;

    public OtherSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder
            .Services.AddOpenIddict()
            .AddServer(server =>
            {
                server.EnableDegradedMode().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server
                    .SetIssuer(new Uri(Address))
                    .SetAuthorizationEndpointUris("authorize")
                    .SetTokenEndpointUris("token");
                server.RegisterScopes(Scopes.Email, Scopes.Profile);
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                server.UseAspNetCore();
                server.AddEventHandler<ValidateAuthorizationRequestContext>(handler =>
                    handler.UseInlineHandler(context =>
                    {
                        if (context.ClientId != Client)
                        {
                            context.Reject(Errors.InvalidClient);
                        }

                        return default;
                    })
                );
                server.AddEventHandler<ValidateTokenRequestContext>(handler =>
                    handler.UseInlineHandler(context =>
                    {
                        if (context.ClientId != Client || context.ClientSecret != Secret)
                        {
                            context.Reject(Errors.InvalidClient);
                        }

                        return default;
                    })
                );
                server.AddEventHandler<HandleAuthorizationRequestContext>(handler =>
                    handler.UseInlineHandler(context =>
                    {
                        if (Told is null)
                        {
                            context.Reject(Errors.AccessDenied);
                        }
                        else
                        {
                            context.SignIn(new ClaimsPrincipal(Told.ToIdentity()));
                        }

                        return default;
                    })
                );
            });
        _app = builder.Build();
        _app.UseAuthentication();
        _app.Start();
    }

    /// <summary>Who sits before the browser; null for somebody who says no.</summary>
    public Human? Told { get; set; }

    /// <summary>Makes a site believe this one.</summary>
    public void IsBelievedBy(IWebHostBuilder site)
    {
        site.UseSetting("OpenIdConnect:Authority", Address);
        site.UseSetting("OpenIdConnect:ClientId", Client);
        site.UseSetting("OpenIdConnect:ClientSecret", Secret);
        site.UseSetting("OpenIdConnect:Name", Name);
        site.ConfigureTestServices(services =>
            services.Configure<OpenIdConnectOptions>("OpenIdConnect", oidc => oidc.BackchannelHttpHandler = Handler())
        );
    }

    private HttpMessageHandler Handler() => _app.GetTestServer().CreateHandler();

    /// <summary>What it answers to a browser that was sent here: where it sends them back to.</summary>
    public async Task<Uri> AskAsync(Uri address)
    {
        using var browser = new HttpClient(Handler());
        using var answer = await browser.GetAsync(address);
        return answer.Headers.Location ?? throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public sealed record Human(string Number, string Name, string Mail, bool MailIsProven)
    {
        internal ClaimsIdentity ToIdentity()
        {
            var identity = new ClaimsIdentity("other", Claims.Name, Claims.Role);
            identity
                .SetClaim(Claims.Subject, Number)
                .SetClaim(Claims.Name, Name)
                .SetClaim(Claims.Email, Mail)
                .SetClaim(Claims.EmailVerified, MailIsProven);
            identity.SetScopes(Scopes.OpenId, Scopes.Email, Scopes.Profile);
            identity.SetDestinations(static _ => [Destinations.IdentityToken]);
            return identity;
        }
    }
}
