using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LpcSite.People;
using LpcSite.People.Picker;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LpcSite.Pages.Shared;

/// <summary>
/// The fields in which somebody is named: what is typed, and who was chosen. <c>_Person</c> prints them.
/// </summary>
public class PersonInput
{
    /// <summary>What <see cref="Who"/> says where nobody whom the site knows is meant.</summary>
    public const string New = "new";

    [MaxLength(Person.NameMaxLength, ErrorMessage = "A name has at most {1} characters.")]
    public virtual string? Name { get; set; }

    /// <summary>The number of the person who was chosen, or <see cref="New"/>; empty as long as nobody was.</summary>
    public string? Who { get; set; }

    /// <summary>The name as the page showed it: who typed over it means somebody else.</summary>
    public string? Shown { get; set; }

    /// <summary>Where the name stands, once it was looked up.</summary>
    [BindNever]
    public PersonOffer? Offer { get; internal set; }

    public bool IsUnnamed => ToPerson().IsNobody;

    public NamedPerson ToPerson() =>
        new(
            (Name ?? "").Trim(),
            IsAsShown && int.TryParse(Who, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            IsAsShown && Who == New
        );

    private bool IsAsShown => Shown is null || Person.Key(Shown) == Person.Key(Name ?? "");

    /// <summary>Names somebody who is known.</summary>
    public static T Of<T>(Person person)
        where T : PersonInput, new() =>
        new()
        {
            Name = person.Name,
            Who = person.Id.ToString(CultureInfo.InvariantCulture),
            Offer = new(new PersonChoice(person.Id, person.Slug, person.Name, person.Affiliation, null), null),
        };
}
