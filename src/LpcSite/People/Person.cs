using LpcSite.Markdown;
using LpcSite.People.Merging;
using LpcSite.Rules;
using LpcSite.Texts;
using NodaTime;

namespace LpcSite.People;

/// <summary>How somebody wants letters that are not addressed to them for a reason of their own.</summary>
public enum MailPreference
{
    AtOnce,
    DailyDigest,
    None,
}

/// <summary>One human, whatever the spelling: every role at every conference points here.</summary>
public class Person
{
    public const int NameMaxLength = 120;
    public const int BioMaxLength = 2_000;

    /// <summary>The name under which what must stay stands when its author has erased themselves.</summary>
    public const string Former = "Former participant";

    private readonly List<PersonAlias> _aliases = [];

    private Person() { }

    /// <param name="slug">
    /// Unique on the site: <see cref="Conferences.Slug.From"/> the name, numbered where that is taken.
    /// </param>
    /// <param name="isVouchedFor">Whether the name is the conference's own word, as
    /// <see cref="PersonAlias.IsVouchedFor"/> says.</param>
    public Person(string name, string slug, bool isVouchedFor = false)
    {
        (Name, Slug) = (Required(name), slug);
        _aliases.Add(new PersonAlias(Name, isVouchedFor));
    }

    public int Id { get; private set; }
    public string Slug { get; private set; } = null!;

    /// <summary>The name as this person writes it; never split into first and last, which many names are not.</summary>
    public string Name { get; private set; } = null!;

    public string? Affiliation { get; private set; }

    /// <summary>What the person says about themselves; empty unless they wrote something.</summary>
    public MarkdownText Bio { get; private set; } = MarkdownText.Empty;

    /// <summary>In which times are shown to them beside the venue's; null for none of their own.</summary>
    public DateTimeZone? Zone { get; private set; }

    public MailPreference Mail { get; private set; }

    /// <summary>
    /// Who this person turned out to be; then all roles are there, and this row only keeps old records readable.
    /// </summary>
    public int? MergedIntoId { get; private set; }

    public Person? MergedInto { get; private set; }

    public Instant? ErasedAt { get; private set; }

    /// <summary>Every spelling that means this person, the current name among them.</summary>
    public IReadOnlyList<PersonAlias> Aliases => _aliases;

    /// <summary>What two spellings have in common when nobody tells them apart by eye.</summary>
    public static string Key(string name) => NameKey.Of(name);

    /// <summary>Whether this is the name, or one of the spellings.</summary>
    public bool IsCalled(string name)
    {
        var key = Key(name);
        return key == Key(Name) || _aliases.Exists(alias => alias.Key == key);
    }

    /// <summary>
    /// Goes on under a name that this person chose. What the conference called them before still means them; what
    /// they called themselves does not, so that nobody keeps a name that they took for a while.
    /// </summary>
    public void Rename(string name)
    {
        Name = Required(name);
        _aliases.RemoveAll(alias => !alias.IsVouchedFor && alias.Key != Key(name));
        if (_aliases.TrueForAll(alias => alias.Key != Key(name)))
        {
            _aliases.Add(new PersonAlias(Name, isVouchedFor: false));
        }
    }

    /// <summary>
    /// The names prove nothing any more: whoever holds the account got it by the word of somebody who does not
    /// organize.
    /// </summary>
    public void ProveNothingByName() => _aliases.ForEach(alias => alias.IsVouchedFor = false);

    public void Describe(string? affiliation, MarkdownText bio)
    {
        Rule.Require(
            affiliation is null or { Length: > 0 and <= NameMaxLength },
            $"An affiliation has 1 to {NameMaxLength} characters."
        );
        Rule.Require(
            bio.Source.Length <= BioMaxLength,
            $"What you say about yourself has at most {BioMaxLength} characters."
        );
        (Affiliation, Bio) = (affiliation, bio);
    }

    public void Prefer(DateTimeZone? zone, MailPreference mail) => (Zone, Mail) = (zone, mail);

    /// <summary>The same text, as a newer renderer prints it.</summary>
    public void Rerender(MarkdownText bio) => Bio = bio;

    /// <summary>Forgets who this was. The roles stay, under a name that is nobody's.</summary>
    public void Erase(string slug, Instant now)
    {
        (Name, Slug, Affiliation, Bio, Zone, Mail, ErasedAt) = (
            Former,
            slug,
            null,
            MarkdownText.Empty,
            null,
            MailPreference.None,
            now
        );
        _aliases.Clear();
    }

    /// <summary>
    /// Turned out to be another, who takes the spellings and, by <see cref="PersonMerge"/>, the roles.
    /// </summary>
    public void BecomePartOf(Person other)
    {
        Rule.Require(
            other != this && other.MergedInto is null,
            "A person is merged into another one who is still there."
        );
        other.TakeAliasesOf(this);
        _aliases.Clear();
        MergedInto = other;
    }

    private void TakeAliasesOf(Person other)
    {
        foreach (var alias in other._aliases.Where(theirs => _aliases.TrueForAll(mine => mine.Key != theirs.Key)))
        {
            _aliases.Add(new PersonAlias(alias.Name, alias.IsVouchedFor));
        }
    }

    private static string Required(string name)
    {
        var text = TextIn.Name(name);
        Rule.Require(
            text.Length is > 0 and <= NameMaxLength,
            $"A person has a name of 1 to {NameMaxLength} characters."
        );
        Rule.Require(!PlainName.HoldsAddress(text), $"“{text}” holds an address. Type the name alone.");
        return text;
    }
}
