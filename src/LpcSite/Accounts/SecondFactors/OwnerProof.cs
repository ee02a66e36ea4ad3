using LpcSite.Accounts.SignIn;
using LpcSite.Rules;

namespace LpcSite.Accounts.SecondFactors;

/// <summary>
/// Whoever changes how an account is signed in to proves first that it is theirs: somebody who found an unlocked
/// browser could otherwise stay in for ever. It is asked for the password; an account that has none is signed in to
/// anew, by its passkey or its other site.
/// </summary>
public sealed class OwnerProof(SignInLimits limits, PasswordCheck passwords, AccountSessions sessions)
{
    public const string WrongPassword =
        "That is not your password, or it was typed wrong too often: then wait ten minutes.";
    public const string NotFresh =
        "Your account has no password to ask for. Sign out, sign in again, and do this within ten minutes.";

    /// <exception cref="RuleException">It is not proven.</exception>
    public async Task RequireAsync(Account account, string? password, CancellationToken stop)
    {
        if (account.PasswordHash is null)
        {
            Rule.Require(await sessions.IsFreshAsync(stop), NotFresh);
            return;
        }

        Rule.Require(sessions.Current is not null, "Sign in again first.");
        var made = await limits.BeginProofAsync(sessions.Current.Value, stop);
        Rule.Require(await passwords.IsRightAsync(account, password ?? "", stop) && made.IsAllowed, WrongPassword);
        await limits.SucceedAsync(made, stop);
        await sessions.ProveAsync(stop);
    }

    /// <summary>
    /// For what harms less: nothing more is asked of who signed in, or typed the password, a moment ago.
    /// </summary>
    /// <exception cref="RuleException">It is not proven.</exception>
    public async Task RequireRecentAsync(Account account, string? password, CancellationToken stop)
    {
        if (!await sessions.IsFreshAsync(stop))
        {
            await RequireAsync(account, password, stop);
        }
    }
}
