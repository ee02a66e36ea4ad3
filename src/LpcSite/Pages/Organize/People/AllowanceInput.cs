using System.ComponentModel.DataAnnotations;
using LpcSite.Nominations;

namespace LpcSite.Pages.Organize.People;

/// <summary>The form of what every microconference may give, and until when.</summary>
public class AllowanceInput
{
    public const string Numbers = "From {1} to {2}.";

    [Range(0, Allowance.Most, ErrorMessage = Numbers)]
    public int Passes { get; set; } = 2;

    [Range(0, Allowance.Most, ErrorMessage = Numbers)]
    public int Places { get; set; } = 6;

    [Required(ErrorMessage = "Say until when.")]
    public string ClosesAt { get; set; } = "";

    [Required(ErrorMessage = "Say in which zone that is.")]
    public string Zone { get; set; } = "Etc/GMT+12";
}
