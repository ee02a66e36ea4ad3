using System.ComponentModel.DataAnnotations;
using LpcSite.Letters;
using LpcSite.Nominations;
using LpcSite.People;

namespace LpcSite.Pages.Lead;

/// <summary>The form in which somebody is nominated for a pass or a place.</summary>
public class NominationInput
{
    [Required(ErrorMessage = "Say who."), MaxLength(Person.NameMaxLength, ErrorMessage = "A name has at most 120 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Say where the organizers reach them."), MailAddress]
    public string Mail { get; set; } = "";

    [EnumDataType(typeof(NominationKind), ErrorMessage = "Choose a pass or a place.")]
    public NominationKind Kind { get; set; }
}
