using System.ComponentModel.DataAnnotations;
using LpcSite.News;

namespace LpcSite.Pages.Organize.News;

/// <summary>The form of news.</summary>
public class NewsInput
{
    [MaxLength(NewsItem.TitleMaxLength, ErrorMessage = "A title is one line of 1 to {1} characters.")]
    public string? Title { get; set; }

    [DataType(DataType.MultilineText)]
    [MaxLength(NewsItem.TextMaxLength, ErrorMessage = "The text has at most {1} characters.")]
    public string? Text { get; set; }

    /// <summary>Of the row that was on screen.</summary>
    public uint Version { get; set; }
}
