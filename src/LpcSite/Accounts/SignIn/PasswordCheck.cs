using System.Buffers.Binary;
using System.Security.Cryptography;
using LpcSite.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// Compares a password with that of an account, and takes as long where there is none to compare with. One that was
/// hashed with fewer rounds than today's is hashed again, since this is the only moment in which the site knows it.
/// </summary>
public sealed class PasswordCheck(
    LpcDbContext db,
    IPasswordHasher<Account> hasher,
    IOptions<PasswordHasherOptions> hashing
)
{
    // Where the number of rounds stands in a hash of Identity's third form.
    private const byte ThirdForm = 1;
    private const int RoundsAt = 5;
    private const int SaltLength = 16;
    private const int SubkeyLength = 32;

    /// <param name="account">Null where nobody has the address.</param>
    public async Task<bool> IsRightAsync(Account? account, string password, CancellationToken stop)
    {
        if (account?.PasswordHash is not { } hash)
        {
            hasher.HashPassword(account!, password);
            return false;
        }

        var result = hasher.VerifyHashedPassword(account, hash, password);
        if (result is PasswordVerificationResult.Failed)
        {
            MakeUpFor(hash, password);
            return false;
        }

        if (result is PasswordVerificationResult.SuccessRehashNeeded)
        {
            // Past Identity, which would end all sessions with it. Whoever sets a new password meanwhile wins.
            var renewed = hasher.HashPassword(account, password);
            var mine = db.Users.Where(a => a.Id == account.Id && a.PasswordHash == hash);
            if (await mine.ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, renewed), stop) == 1)
            {
                account.PasswordHash = db.Entry(account).Property(a => a.PasswordHash).OriginalValue = renewed;
            }
        }

        return true;
    }

    // A hash of earlier years would answer sooner, and show that its address has an account.
    private void MakeUpFor(string hash, string password)
    {
        var bytes = Convert.FromBase64String(hash);
        if (bytes is not [ThirdForm, ..])
        {
            return;
        }

        var missing = hashing.Value.IterationCount - BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(RoundsAt));
        if (missing > 0)
        {
            Rfc2898DeriveBytes.Pbkdf2(password, new byte[SaltLength], missing, HashAlgorithmName.SHA512, SubkeyLength);
        }
    }
}
