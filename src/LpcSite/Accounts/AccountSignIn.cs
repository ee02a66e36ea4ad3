using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LpcSite.Accounts;

/// <summary>Signs in, and takes as long over an address that cannot sign in as over one that can: nobody learns by the time who has an account.</summary>
public sealed class AccountSignIn(
    UserManager<Account> accounts, IHttpContextAccessor context, IUserClaimsPrincipalFactory<Account> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<Account> confirmation)
    : SignInManager<Account>(accounts, context, claims, options, log, schemes, confirmation)
{
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var account = await UserManager.FindByNameAsync(userName);
        if (account?.PasswordHash is null || !await CanSignInAsync(account) || await UserManager.IsLockedOutAsync(account))
        {
            // In these cases Identity compares no password, which is the slow part of signing in.
            UserManager.PasswordHasher.HashPassword(account!, password);
        }

        return account is null ? SignInResult.Failed : await PasswordSignInAsync(account, password, isPersistent, lockoutOnFailure);
    }
}
