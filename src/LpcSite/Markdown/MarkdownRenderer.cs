namespace LpcSite.Markdown;
/// <summary>temporary</summary>
public sealed class MarkdownRenderer
{
    public const int Version = 1;
    public const int MaxLength = 100_000;
    public static string? Problem(string source) => source.Length > MaxLength ? "long" : null;
    public MarkdownText Render(string source, string anchorPrefix) => new(source, source.Length == 0 ? "" : Markdig.Markdown.ToHtml(source), Version);
}
