using NodaTime;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// One browser in which an account is signed in. The cookie carries its number; without this row the cookie is worth
/// nothing.
/// </summary>
public class AccountSession
{
    /// <summary>From signing in to the end, however often it is used.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(90);

    /// <summary>From the last use to the end.</summary>
    public static readonly Duration IdleLifetime = Duration.FromDays(30);

    /// <summary>How exactly its last use is written down, so that reading pages writes nothing.</summary>
    public static readonly Duration UseInterval = Duration.FromMinutes(10);

    public const int DeviceMaxLength = 60;

    private AccountSession() { }

    /// <param name="device">What the owner knows it by: browser and system.</param>
    public AccountSession(Account account, string device, Instant now)
    {
        (Id, AccountId, Stamp, Device) = (Guid.NewGuid(), account.Id, account.SecurityStamp!, device);
        (StartedAt, LastUsedAt, ProvenAt, EndsAt) = (now, now, now, now + Lifetime);
    }

    public Guid Id { get; private set; }
    public int AccountId { get; private set; }

    /// <summary>
    /// The account's security stamp at that time: when the owner changes how they sign in, all sessions of before are
    /// over.
    /// </summary>
    public string Stamp { get; private set; } = null!;

    public string Device { get; private set; } = null!;
    public Instant StartedAt { get; private set; }

    /// <summary>At most <see cref="UseInterval"/> too early.</summary>
    public Instant LastUsedAt { get; private set; }

    /// <summary>When somebody last proved here that they own the account.</summary>
    public Instant ProvenAt { get; private set; }

    public Instant EndsAt { get; private set; }

    /// <summary>
    /// Takes the place of another one with a new number: a copy of the old cookie is worth nothing, and the end comes
    /// no later.
    /// </summary>
    public AccountSession InPlaceOf(AccountSession old)
    {
        (StartedAt, ProvenAt, EndsAt) = (old.StartedAt, old.ProvenAt, old.EndsAt);
        return this;
    }
}
