using LpcSite.Microconferences;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LpcSite.Pages.Shared;

/// <summary>
/// <c>&lt;names conference="2022" people="…"&gt;</c>: people in their order, each linked to their page.
/// </summary>
[HtmlTargetElement("names", TagStructure = TagStructure.WithoutEndTag)]
public sealed class NamesTagHelper : TagHelper
{
    public string Conference { get; set; } = "";
    public IReadOnlyList<MicroconferenceDocument.Name> People { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = "ul";
        output.Attributes.SetAttribute("class", "people");
        foreach (var person in People)
        {
            output
                .Content.AppendHtml("<li><a href=\"")
                .Append($"/{Conference}/people/{person.Slug}")
                .AppendHtml("\">")
                .Append(person.FullName)
                .AppendHtml("</a></li>");
        }
    }
}
