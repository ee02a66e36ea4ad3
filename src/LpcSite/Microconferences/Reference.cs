namespace LpcSite.Microconferences;

/// <summary>A link that the text cites by its label, such as <c>[1]</c>.</summary>
public class Reference
{
    public const int LabelMaxLength = 40;
    public const int UrlMaxLength = 2000;

    private Reference()
    {
    }

    public Reference(int position, string label, string url) => (Position, Label, Url) = (position, label, url);

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }
    public int Position { get; private set; }

    /// <summary>As its author wrote it, with or without brackets.</summary>
    public string Label { get; private set; } = null!;

    public string Url { get; private set; } = null!;
}
