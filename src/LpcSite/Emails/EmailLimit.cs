using NodaTime;

namespace LpcSite.Emails;

/// <summary>What letters to typed addresses are counted by.</summary>
public enum EmailLimitKind
{
    /// <summary>The address that they come from on the internet.</summary>
    Network,

    /// <summary>The mail address that they go to.</summary>
    Recipient,

    /// <summary>The person who makes the site write them.</summary>
    Sender,
}

/// <summary>
/// How much of a limit is used up, as one instant: each letter moves it on by the time in which one letter is won back,
/// and no letter may move it further ahead than the limit allows at once (the generic cell rate algorithm, ITU-T
/// I.371). Gone by, it says nothing any more.
/// </summary>
public class EmailLimit
{
    public const int KeyMaxLength = MailAddress.MaxLength;

    private EmailLimit() { }

    public EmailLimitKind Kind { get; private set; }

    /// <summary>The network, the person's number, or the address without case.</summary>
    public string Key { get; private set; } = null!;

    /// <summary>When all of it is there again.</summary>
    public Instant FullAt { get; private set; }
}
