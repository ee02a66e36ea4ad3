using System.Text.RegularExpressions;

namespace LpcSite.People;

/// <summary>
/// What can be somebody's name: the site prints it in lists and letters, where mail programs make links of addresses.
/// </summary>
internal static partial class PlainName
{
    /// <summary>
    /// Whether it holds the address of a page, a host or a mailbox. "Dr.Smith", "J.R.R. Tolkien" and "Sam Doe, Jr."
    /// hold none.
    /// </summary>
    public static bool HoldsAddress(string name) => Scheme().IsMatch(name) || Host().IsMatch(name);

    /// <summary>
    /// What somebody is called of whom only the address is known: what stands before the @, as words.
    /// </summary>
    public static string FromAddress(string mail) =>
        string.Join(
            ' ',
            mail.Split('@')[0]
                .Split(['.', '_', '+', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );

    [GeneratedRegex(@"[:/]/|@\S|\b[wW]{3}[.]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scheme();

    // After the full stop no name as people write it, "Smith", or before it more than a title, "Prof".
    [GeneratedRegex(
        @"(?<=[\p{L}\p{N}_-])[.\u3002\uFF0E\uFF61](?:\p{Ll}{2}|\p{Lu}{2}|\p{Lo}|\p{N}\p{L})"
            + @"|[\p{L}\p{N}_-]{5}[.\u3002\uFF0E\uFF61]\p{L}{2}",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Host();
}
