namespace LpcSite.People;

/// <summary>A spelling of a person's name that was met somewhere.</summary>
public class PersonAlias
{
    private PersonAlias()
    {
    }

    public PersonAlias(string name) => (Name, Key) = (name, Person.Key(name));

    public int Id { get; private set; }
    public int PersonId { get; private set; }
    public string Name { get; private set; } = null!;

    /// <summary><see cref="Person.Key"/> of the name. Two people may share it: there is more than one John Smith.</summary>
    public string Key { get; private set; } = null!;
}
