namespace LpcSite.Microconferences;

/// <summary>A link that the text cites by its label, such as <c>[1]</c>.</summary>
public class Reference
{
    public const int LabelMaxLength = 40;
    public const int UrlMaxLength = 2000;

    public const string AddressSentence = "Use a web address that begins with https:// or http://.";

    private Reference() { }

    public Reference(int position, string label, string url) => (Position, Label, Url) = (position, label, url);

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }
    public int Position { get; private set; }

    /// <summary>As its author wrote it, with or without brackets.</summary>
    public string Label { get; private set; } = null!;

    public string Url { get; private set; } = null!;

    /// <summary>What everybody can open: an absolute address of the web (RFC 3986, section 4.3).</summary>
    public static bool IsWebAddress(string text) =>
        text.Length <= UrlMaxLength
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https";
}
