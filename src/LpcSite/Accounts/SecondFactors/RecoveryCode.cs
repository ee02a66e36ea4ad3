using System.Security.Cryptography;
using System.Text;

namespace LpcSite.Accounts.SecondFactors;

/// <summary>
/// A code that signs in once when the phone is not at hand. The code itself is shown once and kept nowhere: the codes
/// of an account share a salt, so that one typed is hashed once, by PBKDF2 as passwords are, and found by its digest.
/// </summary>
public class RecoveryCode
{
    public const int Count = 10;
    public const int SaltLength = 16;
    public const int DigestLength = 32;

    private const int Length = 10;

    // No signs that look like others, and no vowels, so that no words come about.
    private const string Signs = "23456789BCDFGHJKMNPQRTVWXY";

    private RecoveryCode() { }

    private RecoveryCode(int accountId, byte[] salt, int rounds, string code) =>
        (AccountId, Salt, Rounds, Digest) = (accountId, salt, rounds, DigestOf(code, salt, rounds));

    public int AccountId { get; private set; }
    public byte[] Salt { get; private set; } = null!;
    public int Rounds { get; private set; }
    public byte[] Digest { get; private set; } = null!;

    /// <param name="codes">Out: what is shown to the owner of the account, once.</param>
    public static IReadOnlyList<RecoveryCode> Make(Account account, int rounds, out IReadOnlyList<string> codes)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var made = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Signs, Length)).ToList();
        codes = [.. made.Select(code => code.Insert(Length / 2, "-"))];
        return [.. made.Select(code => new RecoveryCode(account.Id, salt, rounds, code))];
    }

    /// <param name="typed">By somebody, with or without the dash, in capitals or not.</param>
    public static byte[] DigestOf(string typed, byte[] salt, int rounds)
    {
        var code = Encoding.ASCII.GetBytes(new string([.. typed.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant());
        return Rfc2898DeriveBytes.Pbkdf2(code, salt, rounds, HashAlgorithmName.SHA512, DigestLength);
    }
}
