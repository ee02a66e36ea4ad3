using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LpcSite.Pages.Shared;

/// <summary>
/// What the framework offers for saying problems looks for them under the prefix of the partial that it stands in, and
/// is silent about the others. The heading and the fields say all of them here, so that it says only what has no field
/// of its own.
/// </summary>
[HtmlTargetElement("*", Attributes = "asp-validation-summary")]
[HtmlTargetElement("*", Attributes = ForName)]
public sealed class SaidProblemTagHelper : TagHelper
{
    private const string ForName = "asp-validation-for";

    /// <summary>After the framework's own.</summary>
    public override int Order => 1000;

    [HtmlAttributeName(ForName)]
    public ModelExpression? For { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (For is null || Problems.IsSaid(View, View.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name)))
        {
            output.SuppressOutput();
        }
    }
}
