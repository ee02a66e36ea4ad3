using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>
/// What the link of a registration carries: the address that it proves and when it ends, sealed by the site's own keys.
/// Until its owner opens it and chooses a name and a password there is nothing else: no row, no account and no person
/// that somebody could have made, taken or overwritten for them.
/// </summary>
public sealed class RegistrationLinks(IDataProtectionProvider protection, IClock clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(1);

    private readonly IDataProtector _seal = protection.CreateProtector("LpcSite.Registration.v1");

    /// <returns>The sealed address, made of characters that need no escaping in a link (RFC 4648, section 5).</returns>
    public string Write(string mail)
    {
        var ends = (clock.GetCurrentInstant() + Lifetime).ToUnixTimeSeconds();
        return _seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{ends} {mail}"));
    }

    /// <returns>The address; null where the link was not made here, or has ended.</returns>
    public string? Read(string token)
    {
        try
        {
            var parts = _seal.Unprotect(token).Split(' ', 2);
            var ends = Instant.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return clock.GetCurrentInstant() < ends ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
