namespace LpcSite.Materials.Slides;

/// <summary>A form in which slides come.</summary>
/// <param name="Word">How a reader is told what it is.</param>
/// <param name="IsShown">Whether browsers show it; otherwise it is offered for keeping.</param>
public sealed record SlidesType(string MediaType, string Extension, string Word, bool IsShown)
{
    public static SlidesType Pdf { get; } = new("application/pdf", ".pdf", "PDF", true);
    public static SlidesType Odp { get; } =
        new("application/vnd.oasis.opendocument.presentation", ".odp", "ODP", false);
    public static SlidesType Pptx { get; } =
        new("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx", "PPTX", false);
    public static SlidesType Text { get; } = new("text/plain", ".txt", "text", true);

    private static readonly SlidesType[] All = [Pdf, Odp, Pptx, Text];

    /// <summary>What a form's field for files offers to choose from.</summary>
    public static string Accept => string.Join(',', All.Select(t => t.Extension));

    public static SlidesType Of(string mediaType) => All.Single(t => t.MediaType == mediaType);
}
