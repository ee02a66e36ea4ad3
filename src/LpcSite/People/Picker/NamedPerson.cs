using System.Text.Json.Serialization;

namespace LpcSite.People.Picker;

/// <summary>Somebody as a form names them: somebody whom the site knows, by number, or somebody new, by name.</summary>
/// <param name="Id">Of the one who was chosen; null as long as nobody was.</param>
/// <param name="IsNew">Whether whoever typed the name means nobody whom the site knows by it.</param>
public sealed record NamedPerson(string Name, int? Id = null, bool IsNew = false)
{
    public static NamedPerson Of(Person person) => new(person.Name, person.Id);

    /// <summary>Whether nothing was typed that anybody could read.</summary>
    [JsonIgnore]
    public bool IsNobody => Person.Key(Name).Length == 0;
}
