using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LpcSite.Pages.Shared;

/// <summary>
/// <c>&lt;h1&gt;</c>: below the heading of a page stands whatever is wrong with what was sent to it, so that no form
/// has to think of it and none can forget it (WCAG 2.2, success criterion 3.3.1).
/// </summary>
[HtmlTargetElement("h1")]
public sealed class PageHeadingTagHelper : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (View.ModelState.IsValid || !View.HttpContext.Items.TryAdd(typeof(PageHeadingTagHelper), null))
        {
            return;
        }

        output.PostElement.AppendHtml("<div class=\"problem validation-summary-errors\" role=\"alert\"><ul>");
        foreach (var sentence in Problems.All(View.ModelState))
        {
            output.PostElement.AppendHtml("<li>").Append(sentence).AppendHtml("</li>");
        }

        output.PostElement.AppendHtml("</ul></div>");
    }
}
