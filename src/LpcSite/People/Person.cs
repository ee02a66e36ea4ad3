using System.Text;
using LpcSite.Infrastructure;

namespace LpcSite.People;

/// <summary>One human, whatever the spelling: every role at every conference points here.</summary>
public class Person
{
    public const int NameMaxLength = 120;

    private readonly List<PersonAlias> _aliases = [];

    private Person()
    {
    }

    /// <param name="slug">Unique on the site: <see cref="Conferences.Slug.From"/> the name, numbered where that is taken.</param>
    public Person(string name, string slug)
    {
        (Name, Slug) = (Required(name), slug);
        _aliases.Add(new PersonAlias(Name));
    }

    public int Id { get; private set; }
    public string Slug { get; private set; } = null!;

    /// <summary>The name as this person writes it; never split into first and last, which many names are not.</summary>
    public string Name { get; private set; } = null!;

    public string? Affiliation { get; private set; }

    /// <summary>Every spelling that means this person, the current name among them.</summary>
    public IReadOnlyList<PersonAlias> Aliases => _aliases;

    /// <summary>What two spellings have in common when they are typed alike: composed letters, single spaces, no case.</summary>
    public static string Key(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    /// <summary>Also known by the spellings of another, who is the same human.</summary>
    public void TakeAliasesOf(Person other)
    {
        foreach (var alias in other._aliases.Where(theirs => _aliases.TrueForAll(mine => mine.Key != theirs.Key)))
        {
            _aliases.Add(new PersonAlias(alias.Name));
        }
    }

    private static string Required(string name)
    {
        Rule.Require(name.Length is > 0 and <= NameMaxLength, $"A person has a name of 1 to {NameMaxLength} characters.");
        return name;
    }
}
