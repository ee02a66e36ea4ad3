using System.ComponentModel.DataAnnotations;
using LpcSite.Conferences.Pages;
using LpcSite.Markdown;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>
/// The form of one of the conference's own pages; the front page's text has neither title nor address.
/// </summary>
public class PageInput
{
    public string? Slug { get; set; }

    [StringLength(ConferencePage.TitleMaxLength, ErrorMessage = "The title has at most {1} characters.")]
    public string? Title { get; set; }

    [DataType(DataType.MultilineText)]
    public string? Text { get; set; }
    public bool IsPublished { get; set; }
    public uint Version { get; set; }

    /// <summary>The text with which the form began.</summary>
    [DataType(DataType.MultilineText)]
    public string? Shown { get; set; }

    /// <summary>The text from which both started, where somebody else saved first.</summary>
    internal string Before { get; set; } = "";

    public static PageInput Of(ConferencePage page) =>
        new()
        {
            Slug = page.Slug,
            Title = page.Title,
            Text = page.Text.Source,
            Shown = page.Text.Source,
            IsPublished = page.IsPublished,
            Version = page.RowVersion,
        };

    /// <summary>Says beside each field what is wrong with it.</summary>
    public void Check(ModelStateDictionary state, bool isFront)
    {
        if (MarkdownRenderer.Problem(Text ?? "") is { } problem)
        {
            state.AddModelError("Input.Text", problem);
        }

        if (!isFront && string.IsNullOrWhiteSpace(Title))
        {
            state.AddModelError("Input.Title", "Give it a title.");
        }

        var slug = Slug?.Trim() ?? "";
        var wrong =
            slug.Length == 0 ? "Say at which address it stands, such as attend."
            : !LpcSite.Conferences.Slug.IsValid(slug)
                ? "An address is made of lower-case letters, digits and single hyphens."
            : ConferencePage.IsTaken(slug) ? $"The site itself uses “{slug}”; choose another address."
            : null;
        if (!isFront && wrong is not null)
        {
            state.AddModelError("Input.Slug", wrong);
        }
    }

    public PageEditing.Typed ToTyped(bool isFront) =>
        new(
            isFront ? ConferencePage.FrontSlug : Slug!.Trim(),
            isFront ? "Front page" : Title!.Trim(),
            (Text ?? "").ReplaceLineEndings("\n"),
            IsPublished,
            (Shown ?? "").ReplaceLineEndings("\n"),
            Version
        );
}
