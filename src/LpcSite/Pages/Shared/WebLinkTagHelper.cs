using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LpcSite.Pages.Shared;

/// <summary>
/// <c>&lt;web-link address="…"&gt;</c>: an address that an author wrote, shown as it was written; what is no web
/// address is text.
/// </summary>
[HtmlTargetElement("web-link", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WebLinkTagHelper : TagHelper
{
    public string Address { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = null;
        if (Uri.TryCreate(Address, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            output.TagName = "a";
            output.Attributes.SetAttribute("href", Address);

            // The site vouches for no author's link, and tells no other site what was being read.
            output.Attributes.SetAttribute("rel", "nofollow noopener noreferrer");
        }

        output.Content.SetContent(Address);
    }
}
