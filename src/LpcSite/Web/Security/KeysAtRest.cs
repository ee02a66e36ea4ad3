using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LpcSite.Rules;
using Microsoft.AspNetCore.DataProtection;

namespace LpcSite.Web.Security;

/// <summary>
/// The keys of the site's cookies and links stand in the database. Where a certificate is configured
/// (<c>DataProtection:Certificate</c>, a PKCS #12 file of its own, RFC 7292), they stand there encrypted, so that
/// reading the database signs nobody in.
/// </summary>
internal static class KeysAtRest
{
    private const string Section = "DataProtection";

    /// <exception cref="OperatorException">The certificate cannot be read, or decrypts nothing.</exception>
    public static IDataProtectionBuilder EncryptKeysAtRest(
        this IDataProtectionBuilder keys,
        IConfiguration configuration
    )
    {
        var section = configuration.GetSection(Section);
        if (section["Certificate"] is not { Length: > 0 } file)
        {
            return keys;
        }

        // Keys that earlier certificates encrypted are read as long as these are named.
        X509Certificate2[] earlier =
        [
            .. section
                .GetSection("EarlierCertificates")
                .GetChildren()
                .Select(each => Read(each["Certificate"] ?? "", each["Password"])),
        ];
        return keys.ProtectKeysWithCertificate(Read(file, section["Password"]))
            .UnprotectKeysWithAnyCertificate(earlier);
    }

    private static X509Certificate2 Read(string file, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(
                file,
                password,
                X509KeyStorageFlags.EphemeralKeySet
            );
            return certificate.HasPrivateKey
                ? certificate
                : throw new OperatorException(
                    $"DataProtection__Certificate is '{file}', which holds no private key: keys could be encrypted, "
                        + "but never read."
                );
        }
        catch (Exception unread) when (unread is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"DataProtection__Certificate is '{file}', which cannot be read: {unread.Message}",
                unread
            );
        }
    }
}
