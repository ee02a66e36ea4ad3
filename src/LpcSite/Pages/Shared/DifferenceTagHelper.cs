using LpcSite.Microconferences.Revisions;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace LpcSite.Pages.Shared;

/// <summary>
/// <c>&lt;difference before="…" after="…" side="true"&gt;</c>: what changed between two texts, word by word. What was
/// removed and added is said in words, struck out and underlined, so that it needs neither colour nor sight. Side by
/// side becomes one column on a phone.
/// </summary>
[HtmlTargetElement("difference", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DifferenceTagHelper : TagHelper
{
    private const int Context = 2;

    public string Before { get; set; } = "";
    public string After { get; set; } = "";

    /// <summary>In two columns; otherwise in one, with both versions of a line in the same line.</summary>
    public bool Side { get; set; }

    /// <summary>What the columns are called.</summary>
    public string BeforeName { get; set; } = "Before";
    public string AfterName { get; set; } = "After";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = "div";
        output.Attributes.SetAttribute("class", Side ? "diff side" : "diff");
        if (Side)
        {
            output
                .Content.AppendHtml("<p class=\"old name\">")
                .Append(BeforeName)
                .AppendHtml("</p><p class=\"new name\">")
                .Append(AfterName)
                .AppendHtml("</p>");
        }

        foreach (var line in TextDiff.Around(TextDiff.Between(Before, After), Context))
        {
            if (line is null)
            {
                output.Content.AppendHtml("<p class=\"gap\">Unchanged lines are left out here.</p>");
            }
            else if (Side && line.IsChanged)
            {
                Write(output.Content, "old", line.Runs.Where(run => run.Kind is not TextDiff.Kind.Added), "Before: ");
                Write(output.Content, "new", line.Runs.Where(run => run.Kind is not TextDiff.Kind.Removed), "After: ");
            }
            else
            {
                Write(
                    output.Content,
                    line switch
                    {
                        { After: null } => "old",
                        { Before: null } => "new",
                        _ => null,
                    },
                    Whole(line),
                    null
                );
            }
        }
    }

    // An empty line that came or went is a change without any words.
    private static IEnumerable<TextDiff.Run> Whole(TextDiff.Line line) =>
        line switch
        {
            { Runs.Count: > 0 } => line.Runs,
            { After: null } => [new TextDiff.Run(TextDiff.Kind.Removed, " ")],
            { Before: null } => [new TextDiff.Run(TextDiff.Kind.Added, " ")],
            _ => [],
        };

    private static void Write(TagHelperContent content, string? column, IEnumerable<TextDiff.Run> runs, string? label)
    {
        content.AppendHtml(column is null ? "<p>" : $"<p class=\"{column}\">");
        if (label is not null)
        {
            Unseen(content, label);
        }

        foreach (var run in runs)
        {
            var (element, word) = run.Kind switch
            {
                TextDiff.Kind.Removed => ("del", "removed"),
                TextDiff.Kind.Added => ("ins", "added"),
                _ => ("", ""),
            };
            if (element.Length == 0)
            {
                content.Append(run.Text);
                continue;
            }

            content.AppendHtml($"<{element}>");
            Unseen(content, string.IsNullOrWhiteSpace(run.Text) ? $"({word} white space)" : $"({word}:) ");
            content.Append(run.Text).AppendHtml($"</{element}>");
        }

        content.AppendHtml("</p>");
    }

    private static void Unseen(TagHelperContent content, string text) =>
        content.AppendHtml("<span class=\"unseen\">").Append(text).AppendHtml("</span>");
}
