using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// Remembers, in a cookie of its own, that an account has signed in on this browser. It lets nobody in: it only gives
/// the browser tries of its own, which strangers cannot use up. It is sent to the pages of accounts alone, so that
/// public pages stay the same for everybody.
/// </summary>
public sealed class KnownDevice(
    IDataProtectionProvider protection,
    IHttpContextAccessor context,
    IHostEnvironment environment,
    IClock clock
)
{
    private static readonly Duration Lifetime = Duration.FromDays(180);

    private readonly IDataProtector _seal = protection.CreateProtector("LpcSite.KnownDevice.v1");

    private string Name => environment.IsDevelopment() ? "lpcsite-device" : "__Secure-lpcsite-device";

    /// <returns>The number of this browser, if the account has signed in on it; else null.</returns>
    public string? NumberFor(int? account)
    {
        if (context.HttpContext?.Request.Cookies[Name] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            // Read for unknown accounts too: what is done is the same.
            var parts = _seal.Unprotect(cookie).Split(' ');
            var known = int.Parse(parts[0], CultureInfo.InvariantCulture);
            var ends = Instant.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture));
            return known == account && clock.GetCurrentInstant() < ends ? parts[2] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>This browser has shown that it is the account's.</summary>
    public void Remember(int account)
    {
        var number = NumberFor(account) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var ends = (clock.GetCurrentInstant() + Lifetime).ToUnixTimeSeconds();
        context.HttpContext!.Response.Cookies.Append(
            Name,
            _seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{account} {ends} {number}")),
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Lifetime.ToTimeSpan(),
                Path = "/account",
                SameSite = SameSiteMode.Lax,
                Secure = !environment.IsDevelopment() || context.HttpContext.Request.IsHttps,
            }
        );
    }
}
