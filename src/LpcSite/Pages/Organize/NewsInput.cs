namespace LpcSite.Pages.Organize;

/// <summary>The form of news.</summary>
public class NewsInput
{
    public string? Title { get; set; }
    public string? Text { get; set; }

    /// <summary>Of the row that was on screen.</summary>
    public uint Version { get; set; }
}
