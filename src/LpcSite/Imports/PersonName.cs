using System.Text.RegularExpressions;
using LpcSite.People;
using LpcSite.Texts;

namespace LpcSite.Imports;

/// <summary>
/// How a file names a person: as people write it, <c>Ada Lovelace</c>, and where two people bear one name with the
/// address part of the one that is meant, <c>Ada Lovelace &lt;ada-lovelace-2&gt;</c>.
/// </summary>
public sealed partial record PersonName(string Name, string? Slug)
{
    public string Key => Person.Key(Name);

    public static PersonName Parse(string text)
    {
        var match = Pattern().Match(TextIn.Name(text));
        return match.Success && Conferences.Slug.IsValid(match.Groups["slug"].Value)
            ? new PersonName(match.Groups["name"].Value, match.Groups["slug"].Value)
            : new PersonName(TextIn.Name(text), null);
    }

    public override string ToString() => Slug is null ? Name : $"{Name} <{Slug}>";

    [GeneratedRegex(
        @"\A(?<name>.+) <(?<slug>[a-z0-9-]+)>\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Pattern();
}
