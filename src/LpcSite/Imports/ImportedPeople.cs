using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Imports;

/// <summary>Finds the people whom a folder names, by any of their spellings, and adds those who are not known yet.</summary>
internal sealed class ImportedPeople
{
    private readonly Dictionary<PersonName, Person> _people = [];
    private readonly List<Person> _created = [];

    private ImportedPeople()
    {
    }

    /// <summary>Those who were not known before.</summary>
    public IReadOnlyList<Person> Created => _created;

    public IReadOnlyList<Person> Of(IEnumerable<PersonName> names) => [.. names.Select(name => _people[name])];

    /// <summary>Two statements, however many people there are. Names that could mean two people are noted as problems.</summary>
    public static async Task<ImportedPeople> FindAsync(
        LpcDbContext db, IReadOnlyDictionary<PersonName, FolderPlace> names, List<FolderProblem> problems, CancellationToken stop)
    {
        string[] keys = [.. names.Keys.Select(name => name.Key).Distinct(StringComparer.Ordinal)];
        string[] slugs = [.. names.Keys.Select(name => name.Slug).OfType<string>().Distinct(StringComparer.Ordinal)];
        var known = await db.People
            .Include(p => p.Aliases)
            .Where(p => slugs.Contains(p.Slug) || p.Aliases.Any(alias => keys.Contains(alias.Key)))
            .AsSplitQuery().ToListAsync(stop);
        var taken = await TakenSlugsAsync(db, names.Keys, stop);

        // Those named with their address first: who they are does not depend on the others.
        var found = new ImportedPeople();
        foreach (var (name, place) in names.OrderBy(n => n.Key.Slug is null).ThenBy(n => n.Value.File, StringComparer.Ordinal).ThenBy(n => n.Value.Line))
        {
            var candidates = known
                .Where(p => name.Slug is null ? p.Aliases.Any(alias => alias.Key == name.Key) : p.Slug == name.Slug)
                .DistinctBy(p => p.Slug).OrderBy(p => p.Slug, StringComparer.Ordinal).ToList();
            if (candidates.Count > 1)
            {
                problems.Add(new FolderProblem(place.File, place.Line,
                    $"'{name.Name}' may mean {string.Join(" or ", candidates.Select(p => p.Slug))}; write '{name.Name} <{candidates[0].Slug}>' for the first of them."));
            }
            else if (candidates is [var person] && Person.Key(person.Name) != name.Key && person.Aliases.All(alias => alias.Key != name.Key))
            {
                problems.Add(new FolderProblem(place.File, place.Line, $"The person at '{person.Slug}' is called '{person.Name}', not '{name.Name}'."));
            }
            else if (candidates is [var one])
            {
                found._people[name] = one;
            }
            else
            {
                known.Add(found.Create(name, taken));
            }
        }

        db.People.AddRange(found._created);
        return found;
    }

    private Person Create(PersonName name, HashSet<string> taken)
    {
        var slug = name.Slug ?? BaseSlug(name);
        for (var (wanted, number) = (slug, 2); !taken.Add(slug); number++)
        {
            var suffix = FormattableString.Invariant($"-{number}");
            slug = wanted[..Math.Min(wanted.Length, Slug.MaxLength - suffix.Length)] + suffix;
        }

        var person = new Person(name.Name, slug);
        _created.Add(person);
        return _people[name] = person;
    }

    // Also the addresses that once belonged to people who were joined with others: they lead on.
    private static async Task<HashSet<string>> TakenSlugsAsync(LpcDbContext db, IEnumerable<PersonName> names, CancellationToken stop)
    {
        string[] patterns = [.. names.Select(BaseSlug).Distinct(StringComparer.Ordinal).Select(slug => $"{slug[..Math.Min(slug.Length, Slug.MaxLength - 4)]}%")];
        string[] paths = [.. patterns.Select(pattern => $"%/people/{pattern}")];
        var slugs = db.People.Where(p => patterns.Any(pattern => EF.Functions.Like(p.Slug, pattern))).Select(p => p.Slug);
        var gone = db.Redirects.Where(r => paths.Any(path => EF.Functions.Like(r.From, path))).Select(r => r.From);
        var all = await slugs.Concat(gone).ToListAsync(stop);
        return all.Select(slug => slug[(slug.LastIndexOf('/') + 1)..]).ToHashSet(StringComparer.Ordinal);
    }

    private static string BaseSlug(PersonName name) => Slug.From(name.Name, "person");
}
