namespace LpcSite.Accounts.SignIn;

/// <summary>A try to sign in that was counted.</summary>
/// <param name="Keys">Of the counters that it was counted by; the first is that of the place it comes from.</param>
/// <param name="IsAllowed">
/// Whether what was typed may count. It is compared in any case, so that the time tells nothing.
/// </param>
public sealed record SignInTry(IReadOnlyList<string> Keys, bool IsAllowed);
