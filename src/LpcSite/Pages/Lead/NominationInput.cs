using System.ComponentModel.DataAnnotations;
using LpcSite.Nominations;
using LpcSite.Pages.Shared;

namespace LpcSite.Pages.Lead;

/// <summary>The form in which somebody is nominated for a pass or a place.</summary>
public class NominationInput : PersonInput
{
    [Required(ErrorMessage = "Say who.")]
    public override string? Name { get; set; }

    [Required(ErrorMessage = "Say where the organizers reach them."), EmailAddress(ErrorMessage = "That is not a mail address.")]
    [MaxLength(Accounts.Account.MailMaxLength, ErrorMessage = "A mail address has at most 254 characters.")]
    [RegularExpression(Accounts.Account.OneLine, ErrorMessage = "That is not a mail address.")]
    public string Mail { get; set; } = "";

    [EnumDataType(typeof(NominationKind), ErrorMessage = "Choose a pass or a place.")]
    public NominationKind Kind { get; set; }
}
