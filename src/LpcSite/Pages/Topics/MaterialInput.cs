using System.ComponentModel.DataAnnotations;
using LpcSite.Materials;

namespace LpcSite.Pages.Topics;

/// <summary>The forms of a link and of a recording.</summary>
public class MaterialInput
{
    [MaxLength(Material.TitleMaxLength, ErrorMessage = "A link has a title of 1 to {1} characters.")]
    public string? Title { get; set; }

    [MaxLength(Material.UrlMaxLength, ErrorMessage = "An address has at most {1} characters.")]
    public string? Url { get; set; }

    [MaxLength(Material.UrlMaxLength, ErrorMessage = "An address has at most {1} characters.")]
    public string? Recording { get; set; }

    [MaxLength(20, ErrorMessage = "Use hours, minutes and seconds, such as 1:02:03.")]
    public string? StartsAt { get; set; }
}
