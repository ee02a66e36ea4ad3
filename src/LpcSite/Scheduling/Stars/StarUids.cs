namespace LpcSite.Scheduling.Stars;

/// <summary>Several starred things as one word of an address: <c>mc-7.topic-12</c>.</summary>
public static class StarUids
{
    private const char Between = '.';

    /// <returns>What is well-formed, each once, and how much is not.</returns>
    public static (IReadOnlyList<string> Uids, int Wrong) Read(string? text)
    {
        string[] words = (text ?? "").Split([Between, ',', ' '], StringSplitOptions.RemoveEmptyEntries);
        string[] uids = [.. words.Where(Star.IsUid)];
        return ([.. uids.Distinct(StringComparer.Ordinal).Take(Star.Most)], words.Length - uids.Length);
    }

    public static string Write(IEnumerable<string> uids) => string.Join(Between, uids);
}
