using System.ComponentModel.DataAnnotations;

namespace LpcSite.Emails;

/// <summary>
/// The one check of every form in which a mail address is typed; an empty field is the business of others. It is a
/// bound of the field's length too, for the browser to keep.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailAddressAttribute() : MaxLengthAttribute(MailAddress.MaxLength)
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is not string { Length: > 0 } typed || MailAddress.Problem(typed) is not { } problem
            ? ValidationResult.Success
            : new ValidationResult(problem, validationContext.MemberName is { } name ? [name] : null);
}
