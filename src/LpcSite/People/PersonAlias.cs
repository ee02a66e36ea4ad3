namespace LpcSite.People;

/// <summary>A spelling of a person's name that was met somewhere.</summary>
public class PersonAlias
{
    private PersonAlias() { }

    public PersonAlias(string name, bool isVouchedFor) =>
        (Name, Key, IsVouchedFor) = (name, Person.Key(name), isVouchedFor);

    public int Id { get; private set; }
    public int PersonId { get; private set; }
    public string Name { get; private set; } = null!;

    /// <summary>
    /// <see cref="Person.Key"/> of the name. Two people may share it: there is more than one John Smith.
    /// </summary>
    public string Key { get; private set; } = null!;

    /// <summary>
    /// Whether the conference itself called the person so, by an import. Only such a name means somebody where a file
    /// names people without saying which: what people call themselves, or what somebody typed in a form, proves
    /// nothing.
    /// </summary>
    public bool IsVouchedFor { get; internal set; }
}
