using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace LpcSite.Accounts.SecondFactors;

/// <summary>Questions about a browser that was asked for a passkey.</summary>
internal static class PasskeyQueries
{
    /// <summary>
    /// Whether this browser holds the challenge that the passkey answers; without one there is nothing to be checked.
    /// </summary>
    public static async Task<bool> IsPasskeyAwaitedAsync(this SignInManager<Account> signIn, string? credential) =>
        !string.IsNullOrEmpty(credential)
        && (await signIn.Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Succeeded;
}
