using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LpcSite.Pages.Shared;

/// <summary>
/// <c>&lt;heading level="3"&gt;</c>: a heading whose rank depends on the page that a partial stands in.
/// </summary>
[HtmlTargetElement("heading")]
public sealed class HeadingTagHelper : TagHelper
{
    public int Level { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.TagName = string.Create(CultureInfo.InvariantCulture, $"h{Level}");
}
