using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using LpcSite.Rules;

namespace LpcSite.Emails;

/// <summary>
/// Which addresses the site sends mail to, and how it writes them: a mailbox as servers on the internet take it (RFC
/// 5321, section 4.1.2, without quoted names and numbers of hosts, which the HTML standard's e-mail fields refuse too),
/// within the lengths of its section 4.5.3.1. The host is written in lower case and ASCII (RFC 5891), so that two
/// spellings of one address are one address.
/// </summary>
public static partial class MailAddress
{
    /// <summary>The longest that SMTP carries (RFC 5321, section 4.5.3.1.3, without its angle brackets).</summary>
    public const int MaxLength = 254;

    /// <summary>Of what stands before the @ (RFC 5321, section 4.5.3.1.1).</summary>
    public const int NameMaxLength = 64;

    /// <summary>Of what stands after it (RFC 1035, section 2.3.4, without the root and its length).</summary>
    public const int HostMaxLength = 253;

    private const string No = "That is not a mail address.";

    /// <param name="typed">Blanks around it are of no account.</param>
    /// <param name="address">As the site keeps it.</param>
    /// <returns>Whether there could be such an address.</returns>
    public static bool TryRead([NotNullWhen(true)] string? typed, [NotNullWhen(true)] out string? address) =>
        Read(typed, out address) is null;

    /// <returns>Why there can be no such address, as a sentence for whoever typed it; null where there can.</returns>
    public static string? Problem(string? typed) => Read(typed, out _);

    /// <returns>The address as the site keeps it.</returns>
    /// <exception cref="RuleException">There can be no such address.</exception>
    public static string Require(string typed)
    {
        var problem = Read(typed, out var address);
        Rule.Require(problem is null, problem ?? "");
        return address!;
    }

    /// <summary>
    /// What two spellings of an address have in common. A server may tell upper from lower case before the @ (RFC 5321,
    /// section 2.4); none does, and nobody means two people by it.
    /// </summary>
    public static string Key(string typed) =>
        (TryRead(typed, out var address) ? address : typed.Trim()).ToLowerInvariant();

    /// <summary>Whether both are the same mailbox.</summary>
    public static bool AreSame(string? one, string? other) =>
        one is not null && other is not null && string.Equals(Key(one), Key(other), StringComparison.Ordinal);

    private static string? Read(string? typed, out string? address)
    {
        address = null;
        var text = (typed ?? "").Trim();
        if (text.Length > MaxLength)
        {
            return $"A mail address has at most {MaxLength} characters.";
        }

        if (text.LastIndexOf('@') is not (> 0 and var at))
        {
            return No;
        }

        var (name, host) = (text[..at], text[(at + 1)..]);
        if (!Name().IsMatch(name) || name.Length > NameMaxLength)
        {
            return No;
        }

        if (AsciiHost(host) is not { } ascii)
        {
            return No;
        }

        if (!ascii.Contains('.', StringComparison.Ordinal))
        {
            return $"{No} After the @ stands a host such as example.org.";
        }

        if (!Host().IsMatch(ascii) || ascii.Length > HostMaxLength)
        {
            return No;
        }

        var read = $"{name}@{ascii}";
        address = read.Length <= MaxLength ? read : null;
        return address is null ? $"A mail address has at most {MaxLength} characters." : null;
    }

    // What cannot be seen has no place in it: the mapping to ASCII would leave it out without a word.
    private static string? AsciiHost(string host)
    {
        if (
            host.Length == 0
            || host.Any(c =>
                !char.IsAscii(c)
                && CharUnicodeInfo.GetUnicodeCategory(c)
                    is UnicodeCategory.Format
                        or UnicodeCategory.Control
                        or UnicodeCategory.SpaceSeparator
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.OtherNotAssigned
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.OtherPunctuation
                        or UnicodeCategory.EnclosingMark
            )
        )
        {
            return null;
        }

        try
        {
            // There and back, as a host that says it is encoded may be so wrongly.
            var names = new IdnMapping { UseStd3AsciiRules = true };
            var ascii = names.GetAscii(host).ToLowerInvariant();
            _ = names.GetUnicode(ascii);
            return ascii;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"\A[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Name();

    // Two labels at least, and the last one is no number: that would be the number of a host.
    [GeneratedRegex(
        @"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])\z",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Host();
}
