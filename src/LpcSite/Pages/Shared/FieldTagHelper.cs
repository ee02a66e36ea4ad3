using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LpcSite.Pages.Shared;

/// <summary>
/// Every field that a person fills in: what is wrong with it stands beside it, in words that the field names as its
/// description (WCAG 2.2, success criterion 3.3.1; WAI-ARIA 1.2, <c>aria-invalid</c>).
/// </summary>
[HtmlTargetElement("input", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("input", Attributes = "asp-for", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("textarea", Attributes = "name")]
[HtmlTargetElement("textarea", Attributes = "asp-for")]
[HtmlTargetElement("select", Attributes = "name")]
[HtmlTargetElement("select", Attributes = "asp-for")]
public sealed class FieldTagHelper : TagHelper
{
    private static readonly string[] NotFilledIn = ["hidden", "submit", "button", "reset", "image"];

    /// <summary>After those that make a name of <c>asp-for</c>.</summary>
    public override int Order => 1000;

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (
            View.ModelState.IsValid
            || NotFilledIn.Contains(Problems.Text(output.Attributes["type"]?.Value))
            || Problems.Text(output.Attributes["name"]?.Value) is not { Length: > 0 } name
            || Problems.Of(View.ModelState, name) is not { Count: > 0 } sentences
            || IsOfAnotherForm(context, output, name)
            || Problems.IsSaid(View, name)
        )
        {
            return;
        }

        ShowAgain(output, name);
        var id = Problems.IdOf(View, name);
        var described = Problems.Text(output.Attributes["aria-describedby"]?.Value);
        output.Attributes.SetAttribute("aria-invalid", "true");
        output.Attributes.SetAttribute("aria-describedby", $"{id} {described}".TrimEnd());
        var said = new TagBuilder("span");
        said.Attributes["id"] = id;
        said.Attributes["class"] = "problem field-validation-error";
        said.Attributes["data-valmsg-for"] = name;
        said.InnerHtml.Append(string.Join(' ', sentences));
        output.PostElement.AppendHtml(said);
    }

    // Several forms of a page may have a field of one name: what was sent is shown again in one of them, and is wrong
    // there alone. The name of a row is its own.
    private bool IsOfAnotherForm(TagHelperContext context, TagHelperOutput output, string name) =>
        context.TagName == "input"
        && !name.Contains('[', StringComparison.Ordinal)
        && Problems.Text(output.Attributes["type"]?.Value) is null or "text" or "number" or "email" or "url"
        && View.ModelState[name]?.AttemptedValue is { } sent
        && sent != (Problems.Text(output.Attributes["value"]?.Value) ?? "");

    // What no number could hold is nowhere but in what was sent.
    private void ShowAgain(TagHelperOutput output, string name)
    {
        if (
            Problems.Text(output.Attributes["type"]?.Value) == "number"
            && View.ModelState[name]?.AttemptedValue is { } sent
        )
        {
            output.Attributes.SetAttribute("value", sent);
        }
    }
}
