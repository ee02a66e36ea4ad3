using NodaTime;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// How often somebody tried to sign in from one place within a while. Its key is a digest, so that nobody is named by
/// it.
/// </summary>
public class SignInCounter
{
    public const int KeyLength = 64;

    private SignInCounter() { }

    public string Key { get; private set; } = null!;
    public int Count { get; private set; }

    /// <summary>From then on it is worth nothing, and the next try begins anew.</summary>
    public Instant EndsAt { get; private set; }
}
