using System.Buffers.Text;
using System.Security.Cryptography;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Scheduling.Stars;

/// <summary>
/// The secret part of the address at which somebody's calendar reads what they starred: programs that fetch calendars
/// do not sign in.
/// </summary>
public sealed class StarFeed
{
    // 192 bits: nobody guesses it. It is kept as it is, since its owner is shown it again, and it opens nothing but a
    // list of sessions.
    private const int Octets = 24;
    public const int TokenLength = 32;

    private StarFeed() { }

    public StarFeed(Person person, Instant now)
    {
        (Person, PersonId) = (person, person.Id);
        Renew(now);
    }

    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;

    /// <summary>Base64url (RFC 4648, section 5) of random octets.</summary>
    public string Token { get; private set; } = null!;

    public Instant At { get; private set; }

    /// <summary>Whoever has learned the old address reads nothing more.</summary>
    public void Renew(Instant now) =>
        (Token, At) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets)), now);
}
