using System.ComponentModel.DataAnnotations;
using LpcSite.Emails;
using LpcSite.Nominations;
using LpcSite.Pages.Shared;

namespace LpcSite.Pages.Manage.People;

/// <summary>The form in which somebody is nominated for a pass or a place.</summary>
public class NominationInput : PersonInput
{
    [Required(ErrorMessage = "Say who.")]
    public override string? Name { get; set; }

    [Required(ErrorMessage = "Say where the organizers reach them."), MailAddress]
    public string Mail { get; set; } = "";

    [EnumDataType(typeof(NominationKind), ErrorMessage = "Choose a pass or a place.")]
    public NominationKind Kind { get; set; }
}
