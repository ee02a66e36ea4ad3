using System.Security.Claims;
using LpcSite.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// Signs in and out, with a row for each session, and does the same for an address that cannot sign in as for one that
/// can: nobody learns by the time or the answer who has an account.
/// </summary>
public sealed class AccountSignIn(
    UserManager<Account> accounts,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<Account> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> log,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Account> confirmation,
    SignInLimits limits,
    PasswordCheck passwords,
    AccountSessions sessions,
    KnownDevice device
) : SignInManager<Account>(accounts, context, claims, options, log, schemes, confirmation)
{
    private bool _renews;

    private CancellationToken Stop => Context.RequestAborted;

    public override async Task<SignInResult> PasswordSignInAsync(
        string userName,
        string password,
        bool isPersistent,
        bool lockoutOnFailure
    )
    {
        var account = await UserManager.FindByNameAsync(userName);
        var made = await limits.BeginPasswordAsync(UserManager.NormalizeName(userName), account?.Id, Stop);
        var isRight = await passwords.IsRightAsync(account, password, Stop);
        if (account is null || !isRight || !made.IsAllowed || !await MayAsync(account))
        {
            return SignInResult.Failed;
        }

        await limits.SucceedAsync(made, Stop);
        return await SignInOrTwoFactorAsync(account, isPersistent);
    }

    /// <summary>The second step, after <see cref="PasswordSignInAsync"/> or another site asked for it.</summary>
    /// <param name="isRight">Whether the code is one of the account's, which it then is no more.</param>
    public async Task<SignInResult> CodeSignInAsync(Account account, Func<Task<bool>> isRight)
    {
        var made = await limits.BeginCodeAsync(account.Id, Stop);
        if (!made.IsAllowed)
        {
            return SignInResult.LockedOut;
        }

        if (!await MayAsync(account) || !await isRight())
        {
            return SignInResult.Failed;
        }

        await limits.SucceedAsync(made, Stop);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await Context.SignOutAsync(IdentityConstants.ExternalScheme);
        await SignInAsync(account, isPersistent: true);
        return SignInResult.Success;
    }

    public override async Task SignInWithClaimsAsync(
        Account user,
        AuthenticationProperties? authenticationProperties,
        IEnumerable<Claim> additionalClaims
    )
    {
        var number = await sessions.BeginAsync(user, _renews, Stop);
        var session = new Claim(SignedInPerson.SessionClaim, number.ToString("N"));
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. additionalClaims, session]);
        device.Remember(user.Id);
    }

    public override async Task RefreshSignInAsync(Account user)
    {
        _renews = true;
        await base.RefreshSignInAsync(user);
        _renews = false;
    }

    public override async Task SignOutAsync()
    {
        await sessions.EndCurrentAsync(Stop);
        await base.SignOutAsync();
    }

    private async Task<bool> MayAsync(Account account) =>
        await CanSignInAsync(account) && !await UserManager.IsLockedOutAsync(account);
}
