using NodaTime;

namespace LpcSite.Conferences;

/// <summary>An address that once was, and where what stood there is now: addresses never die.</summary>
public class Redirect
{
    public const int PathMaxLength = 400;

    private Redirect() { }

    public Redirect(string from, string to, Instant now) => (From, To, CreatedAt) = (from, to, now);

    /// <summary>The old path, lower case, without query.</summary>
    public string From { get; private set; } = null!;

    public string To { get; private set; } = null!;
    public Instant CreatedAt { get; private set; }

    /// <summary>Follows what it points to when that moves on as well, so that no visitor hops twice.</summary>
    public void PointTo(string to) => To = to;
}
