namespace LpcSite.Microconferences;

/// <summary>
/// The microconferences of one page and its twins: in full, as mailing lists cite them, or by title and people alone
/// where the texts together would be too long for a phone. Everything stays at its anchor, and each text at its own
/// address.
/// </summary>
public sealed record MicroconferenceList(IReadOnlyList<MicroconferenceDocument> Microconferences, bool IsShort)
{
    /// <summary>Characters of HTML, which compress to about a fifth.</summary>
    public const int MostText = 300_000;

    /// <summary>What is said instead of the texts.</summary>
    public const string Notice = "The texts are too long for one page. Each microconference has its own.";

    public static MicroconferenceList Of(IReadOnlyList<MicroconferenceDocument> microconferences) =>
        microconferences.Sum(LengthOf) <= MostText
            ? new(microconferences, IsShort: false)
            : new([.. microconferences.Select(m => m.WithoutTexts())], IsShort: true);

    /// <summary>The first of them in full, as many as fit: what feeds show, which forget the oldest.</summary>
    public static IReadOnlyList<MicroconferenceDocument> First(IEnumerable<MicroconferenceDocument> microconferences)
    {
        var length = 0L;
        return [.. microconferences.TakeWhile(m => (length += m.Description.Html.Length) <= MostText)];
    }

    private static long LengthOf(MicroconferenceDocument m) =>
        m.Description.Html.Length
        + m.Results.Html.Length
        + m.Topics.Sum(t => (long)t.Details.Html.Length + t.Title.Length);
}
