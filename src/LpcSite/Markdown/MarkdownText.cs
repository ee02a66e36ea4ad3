namespace LpcSite.Markdown;
/// <summary>temporary contract</summary>
public sealed record class MarkdownText(string Source, string Html, int RendererVersion)
{
    public string Excerpt(int length) => Source.Length > length ? Source[..length] : Source;
}
