using LpcSite.Emails;
using Microsoft.AspNetCore.Identity;

namespace LpcSite.Accounts;

/// <summary>
/// How Identity compares addresses, which are the names of accounts too: as every other part of the site does.
/// </summary>
internal sealed class MailNormalizer : ILookupNormalizer
{
    public string? NormalizeEmail(string? email) => email is null ? null : MailAddress.Key(email).ToUpperInvariant();

    public string? NormalizeName(string? name) => NormalizeEmail(name);
}
