using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Imports;

/// <summary>
/// Finds the people whom a folder names, and adds those who are not known yet. "Name &lt;slug&gt;" says who is meant.
/// A bare name means the one whom the conference itself has called so (<see cref="PersonAlias.IsVouchedFor"/>), or
/// else who is in that very place already: what people call themselves gives them no role, whatever a file says.
/// </summary>
internal sealed class ImportedPeople
{
    private readonly Dictionary<ImportedMention, Person> _meant = [];
    private readonly Dictionary<(string Key, string? Slug), Person> _news = [];
    private readonly HashSet<string> _named;
    private readonly List<Person> _known;
    private readonly HashSet<int> _withAccount;
    private readonly HashSet<string> _taken;
    private readonly List<(Person Person, string How)> _accounts = [];
    private readonly List<string> _namesakes = [];

    private ImportedPeople(
        IEnumerable<PersonName> names,
        List<Person> known,
        HashSet<int> withAccount,
        HashSet<string> taken
    )
    {
        _named = names.Select(name => name.Slug).OfType<string>().ToHashSet(StringComparer.Ordinal);
        (_known, _withAccount, _taken) = (known, withAccount, taken);
    }

    /// <summary>Those who were not known before.</summary>
    public IReadOnlyList<Person> Created => [.. _news.Values];

    /// <summary>
    /// The accounts of people who were known, each with how it was told: a sentence for the operator.
    /// </summary>
    public IReadOnlyList<string> Accounts =>
        [
            .. _accounts
                .GroupBy(a => a.Person, a => a.How)
                .OrderBy(a => a.Key.Slug, StringComparer.Ordinal)
                .Select(a => $"{a.Key.Name} <{a.Key.Slug}>: {string.Join(", ", a.Distinct(StringComparer.Ordinal))}"),
        ];

    /// <summary>Those who are new though somebody has their name already: a sentence for the operator.</summary>
    public IReadOnlyList<string> Namesakes => _namesakes;

    public IReadOnlyList<Person> Of(string slug, ImportedRole role, IEnumerable<PersonName> names) =>
        [.. names.Select(name => _meant[new(slug, role, name)])];

    /// <summary>
    /// Four statements, however many people there are. Names that could mean two people are noted as problems.
    /// </summary>
    /// <param name="content">The conference as the site has it; null for a new one.</param>
    public static async Task<ImportedPeople> FindAsync(
        LpcDbContext db,
        FolderReading reading,
        ConferenceContent? content,
        List<FolderProblem> problems,
        CancellationToken stop
    )
    {
        var names = reading.Names;
        string[] keys = [.. names.Keys.Select(name => name.Key).Distinct(StringComparer.Ordinal)];
        string[] slugs = [.. names.Keys.Select(name => name.Slug).OfType<string>().Distinct(StringComparer.Ordinal)];
        var known = await db
            .People.Include(p => p.Aliases)
            .Where(p => slugs.Contains(p.Slug) || p.Aliases.Any(alias => keys.Contains(alias.Key)))
            .OrderBy(p => p.Slug)
            .AsSplitQuery()
            .ToListAsync(stop);
        var ids = known.ConvertAll(p => p.Id);
        var withAccount = await db.Users.Where(a => ids.Contains(a.PersonId)).Select(a => a.PersonId).ToListAsync(stop);
        var taken = await TakenSlugsAsync(db, names.Keys, stop);
        var found = new ImportedPeople(names.Keys, known, [.. withAccount], taken);

        // Those named with their address first: who they are does not depend on the others.
        var places = content?.Microconferences.ToDictionary(m => m.Slug, StringComparer.Ordinal);
        var mentions = ImportedMention.Of(reading.Folder!).ToLookup(m => m.Name);
        foreach (
            var (name, place) in names
                .OrderBy(n => n.Key.Slug is null)
                .ThenBy(n => n.Value.File, StringComparer.Ordinal)
                .ThenBy(n => n.Value.Line)
        )
        {
            if (found.Find(name, [.. mentions[name]], places) is { } problem)
            {
                problems.Add(new FolderProblem(place.File, place.Line, problem));
            }
        }

        db.People.AddRange(found._news.Values);
        return found;
    }

    // What is wrong with the name; null for nothing.
    private string? Find(PersonName name, List<ImportedMention> mentions, Dictionary<string, Microconference>? places)
    {
        if (name.Slug is not null && _known.Concat(_news.Values).FirstOrDefault(p => p.Slug == name.Slug) is { } named)
        {
            mentions.ForEach(mention => Mean(mention, named, "by its address"));
            return named.IsCalled(name.Name)
                ? null
                : $"The person at '{named.Slug}' is called '{named.Name}', not '{name.Name}'.";
        }

        // Whom the folder tells apart by their address is not meant where it writes the name alone.
        var candidates = name.Slug is null
            ? _known.FindAll(p => p.IsCalled(name.Name) && !_named.Contains(p.Slug))
            : [];
        var vouched = candidates.FindAll(p => p.Aliases.Any(a => a.IsVouchedFor && a.Key == name.Key));
        foreach (var mention in mentions)
        {
            var microconference = places?.GetValueOrDefault(mention.Slug);
            var there = microconference is null ? [] : mention.Holders(microconference).ToList();
            var holders = (vouched.Count > 0 ? vouched : candidates).FindAll(there.Contains);
            if (vouched is [var one])
            {
                Mean(mention, one, "by a name of an earlier import");
            }
            else if (holders is [var holder])
            {
                Mean(mention, holder, $"already {mention.Does}");
            }
            else if (vouched.Count > 1)
            {
                return $"'{name.Name}' may mean {string.Join(" or ", vouched.Select(p => p.Slug))}; "
                    + $"write '{name.Name} <{vouched[0].Slug}>' for the first of them.";
            }
            else
            {
                Mean(mention, Create(name), "");
            }
        }

        return null;
    }

    private void Mean(ImportedMention mention, Person person, string how)
    {
        _meant[mention] = person;
        if (_withAccount.Contains(person.Id))
        {
            _accounts.Add((person, how));
        }
    }

    private Person Create(PersonName name)
    {
        if (_news.TryGetValue((name.Key, name.Slug), out var known))
        {
            return known;
        }

        var slug = name.Slug ?? BaseSlug(name);
        for (var (wanted, number) = (slug, 2); !_taken.Add(slug); number++)
        {
            var suffix = FormattableString.Invariant($"-{number}");
            slug = wanted[..Math.Min(wanted.Length, Slug.MaxLength - suffix.Length)] + suffix;
        }

        var others = _known
            .Concat(_news.Values)
            .Where(p => p.IsCalled(name.Name))
            .Select(p => $"{p.Name} <{p.Slug}>")
            .ToList();
        if (others.Count > 0)
        {
            _namesakes.Add($"{name.Name} <{slug}> is new, and not {string.Join(" or ", others)}");
        }

        return _news[(name.Key, name.Slug)] = new Person(name.Name, slug, isVouchedFor: true);
    }

    // Also the addresses that once belonged to people who were joined with others: they lead on.
    private static async Task<HashSet<string>> TakenSlugsAsync(
        LpcDbContext db,
        IEnumerable<PersonName> names,
        CancellationToken stop
    )
    {
        string[] patterns =
        [
            .. names
                .Select(BaseSlug)
                .Distinct(StringComparer.Ordinal)
                .Select(slug => $"{slug[..Math.Min(slug.Length, Slug.MaxLength - 4)]}%"),
        ];
        string[] paths = [.. patterns.Select(pattern => $"%/people/{pattern}")];
        var slugs = db
            .People.Where(p => patterns.Any(pattern => EF.Functions.Like(p.Slug, pattern)))
            .Select(p => p.Slug);
        var gone = db.Redirects.Where(r => paths.Any(path => EF.Functions.Like(r.From, path))).Select(r => r.From);
        var all = await slugs.Concat(gone).ToListAsync(stop);
        return all.Select(slug => slug[(slug.LastIndexOf('/') + 1)..]).ToHashSet(StringComparer.Ordinal);
    }

    private static string BaseSlug(PersonName name) => Slug.From(name.Name, "person");
}
