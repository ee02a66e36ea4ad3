using System.ComponentModel.DataAnnotations;
using LpcSite.Markdown;

namespace LpcSite.Pages.Shared;

/// <summary>A field of Markdown, which says itself what the renderer would refuse in it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MarkdownTextAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        MarkdownRenderer.Problem(value as string ?? "") is { } problem
            ? new(problem, [validationContext.MemberName!])
            : ValidationResult.Success;
}
