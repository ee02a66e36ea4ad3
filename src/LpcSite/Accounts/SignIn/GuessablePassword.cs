namespace LpcSite.Accounts.SignIn;

/// <summary>
/// Whether a password would be guessed soon: one that many people have (a list of 30,000 of them, and what is made of
/// those by changed letters, repetition and numbers at the end), rows of keys, dates, names, words of this site, or
/// what the account is known by. Estimated by zxcvbn (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation",
/// 2016), which needs no other site for it.
/// </summary>
internal static class GuessablePassword
{
    // "Safely unguessable: moderate protection from offline slow-hash scenario", ten thousand million guesses: its own
    // third of five steps.
    private const int Enough = 3;

    // What comes after these signs makes it no easier, and the time grows faster than the length.
    private const int Looked = 64;

    private static readonly string[] WordsOfTheSite =
    [
        "lpcsite",
        "lpc",
        "linux",
        "plumbers",
        "plumbing",
        "conference",
        "microconference",
        "kernel",
    ];

    public static bool Is(string password, Account account)
    {
        string[] known = [.. WordsOfTheSite, .. Parts(account.Email), .. Parts(account.Person?.Name)];
        return password.Contains(account.Email!, StringComparison.OrdinalIgnoreCase)
            || password.Distinct().Count() <= 4
            || Zxcvbn.Zxcvbn.MatchPassword(password[..Math.Min(password.Length, Looked)], known).Score < Enough;
    }

    private static IEnumerable<string> Parts(string? of) =>
        of is null
            ? []
            : of.Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)
                .Append(of)
                .Where(part => part.Length > 2);
}
