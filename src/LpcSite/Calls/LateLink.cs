using System.Security.Cryptography;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>Lets somebody in after a call has closed: so many times, and until an instant.</summary>
public class LateLink
{
    public const int MaxUses = 100;
    public const int MaxDays = 60;

    private LateLink() { }

    /// <param name="uses">From 1 to <see cref="MaxUses"/>.</param>
    public LateLink(int callId, int uses, Instant expiresAt, Instant now)
    {
        Rule.Require(uses is > 0 and <= MaxUses, $"A late link works from 1 to {MaxUses} times.");
        Rule.Require(expiresAt > now, "A late link expires in the future.");
        (CallId, Uses, ExpiresAt, CreatedAt, Key) = (
            callId,
            uses,
            expiresAt,
            now,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))
        );
    }

    public int Id { get; private set; }
    public int CallId { get; private set; }

    /// <summary>What its address carries. Kept readable, so that it can be handed out again.</summary>
    public string Key { get; private set; } = null!;

    public int Uses { get; private set; }
    public int Used { get; private set; }
    public Instant ExpiresAt { get; private set; }
    public Instant CreatedAt { get; private set; }

    /// <summary>
    /// Changes with every write (PostgreSQL's xmin): of two who take the last use at once, one is told.
    /// </summary>
    public uint RowVersion { get; private set; }

    public bool IsUsable(Instant now) => Used < Uses && now < ExpiresAt;

    public void Use(Instant now)
    {
        Rule.Require(now < ExpiresAt, "This late link has expired.");
        Rule.Require(Used < Uses, "This late link has been used as often as it may.");
        Used++;
    }

    /// <summary>Makes it work no longer.</summary>
    public void Expire(Instant now) => ExpiresAt = Instant.Min(now, ExpiresAt);
}
