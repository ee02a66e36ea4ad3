using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Texts;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.People.Picker;

/// <summary>
/// Finds the people whom somebody names in a form. A name means nobody whom the site knows: it makes somebody new, or
/// whoever typed it is asked which of those of that name is meant. Who was chosen is told by number, or as "Name
/// &lt;slug&gt;".
/// </summary>
public sealed class PersonPicker(LpcDbContext db)
{
    /// <summary>So many names fit into one list of a form.</summary>
    public const int MaxNames = 60;

    // People who turned out to be others, who turned out to be others.
    private const int MostMerges = 20;

    /// <summary>
    /// The people in the same order: two statements to find them, however many there are, and some for each who is
    /// new.
    /// </summary>
    /// <exception cref="RuleException">A name is missing, is too long, or is that of somebody here and nobody was
    /// chosen.</exception>
    public async Task<IReadOnlyList<Person>> FindOrAddAsync(IReadOnlyList<NamedPerson> names, CancellationToken stop)
    {
        Rule.Require(names.All(n => !n.IsNobody), "Say who.");
        Rule.Require(
            names.All(n => n.Name.Length <= Person.NameMaxLength),
            $"A name has at most {Person.NameMaxLength} characters."
        );
        if (names.Count == 0)
        {
            return [];
        }

        var known = await KnownAsync(names, stop);
        var undecided = names
            .Where(n => IsUndecided(n, known))
            .Select(n => $"“{n.Name}”")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Rule.Require(
            undecided.Count == 0,
            $"{string.Join(", ", undecided)}: choose who you mean, or say that it is someone else."
        );
        var found = new List<Person>();
        foreach (var name in names)
        {
            found.Add(Chosen(name, known) ?? await AddAsync(Read(name).Name, stop));
        }

        return found;
    }

    /// <summary>
    /// Where each name stands, for a form that is shown again: who was chosen, or among whom is to be chosen. Four
    /// statements, however many names.
    /// </summary>
    public async Task<IReadOnlyDictionary<NamedPerson, PersonOffer>> OfferAsync(
        IEnumerable<NamedPerson> names,
        CancellationToken stop
    )
    {
        var all = names.Where(n => !n.IsNobody).Distinct().ToList();
        if (all.Count == 0)
        {
            return new Dictionary<NamedPerson, PersonOffer>();
        }

        var known = await KnownAsync(all, stop);
        var chosen = all.ToDictionary(n => n, n => Chosen(n, known)?.Id);
        var alike = all.ToDictionary(n => n, n => known.Alike(Read(n).Name).Select(p => p.Id).ToHashSet());
        var open = alike.Where(n => IsUndecided(n.Key, known) || n.Key.IsNew && n.Value.Count > 0).ToDictionary();
        var ids = chosen.Values.OfType<int>().Concat(open.Values.SelectMany(of => of)).Distinct().ToList();
        var meant = db.People.Where(p => ids.Contains(p.Id)).OrderBy(p => p.Slug);
        var choices = ids.Count == 0 ? [] : await PersonChoice.Of(meant, db).ToListAsync(stop);
        return all.ToDictionary(
            n => n,
            n => new PersonOffer(
                choices.Find(c => c.Id == chosen[n]),
                open.TryGetValue(n, out var of) ? choices.FindAll(c => of.Contains(c.Id)) : null
            )
        );
    }

    // By number, by slug, and those of the same name, the new ones of this form among them.
    private async Task<Known> KnownAsync(IReadOnlyList<NamedPerson> names, CancellationToken stop)
    {
        int[] ids = [.. names.Select(n => n.Id).OfType<int>()];
        string[] slugs = [.. names.Select(n => Read(n).Slug).OfType<string>()];
        string[] keys = [.. names.Select(n => Person.Key(Read(n).Name))];
        var people = db.People.Include(p => p.Aliases).Include(p => p.MergedInto).AsSplitQuery();
        var known = await people
            .Where(p =>
                ids.Contains(p.Id)
                || p.ErasedAt == null
                    && p.MergedIntoId == null
                    && (slugs.Contains(p.Slug) || p.Aliases.Any(a => keys.Contains(a.Key)))
            )
            .ToListAsync(stop);
        for (
            var (open, merges) = (known, 0);
            merges < MostMerges && open.Exists(p => p.MergedInto is not null);
            merges++
        )
        {
            int[] into = [.. open.Select(p => p.MergedIntoId).OfType<int>()];
            open = await people.Where(p => into.Contains(p.Id)).ToListAsync(stop);
            known.AddRange(open.Except(known));
        }

        // Somebody may have another name by now; a number alone is not answered with a name that its sender could not
        // read.
        int[] renamed =
        [
            .. names
                .Where(n => n.Id is not null && Meant(n, known)?.IsCalled(Read(n).Name) is false)
                .Select(n => Meant(n, known)!.Id),
        ];
        var listed = PersonChoice.Listed(db).Where(p => renamed.Contains(p.Id)).Select(p => p.Id);
        return new(known, renamed.Length == 0 ? [] : await listed.ToListAsync(stop));
    }

    private static bool IsUndecided(NamedPerson name, Known known) =>
        !name.IsNew
        && Chosen(name, known) is null
        && (name.Id is not null || Read(name).Slug is not null || known.Alike(Read(name).Name).Any());

    private static Person? Chosen(NamedPerson name, Known known)
    {
        var meant = Meant(name, known.People);
        return meant is not null && (meant.IsCalled(Read(name).Name) || known.Listed.Contains(meant.Id)) ? meant : null;
    }

    private static Person? Meant(NamedPerson name, List<Person> known)
    {
        var slug = Read(name).Slug;
        var chosen =
            slug is not null ? known.Find(p => p.Slug == slug && p.MergedInto is null)
            : name.Id is { } id ? known.Find(p => p.Id == id)
            : null;
        while (chosen?.MergedInto is { } into)
        {
            chosen = into;
        }

        return chosen;
    }

    // Two who are new under one name in one form are one.
    private async Task<Person> AddAsync(string name, CancellationToken stop)
    {
        var key = Person.Key(name);
        if (db.People.Local.FirstOrDefault(p => p.Id == 0 && p.Aliases.Any(a => a.Key == key)) is { } added)
        {
            return added;
        }

        var person = new Person(name, await PersonSlug.FreeAsync(db, name, stop));
        db.People.Add(person);
        return person;
    }

    private static (string Name, string? Slug) Read(NamedPerson named)
    {
        var text = TextIn.Name(named.Name);
        return text.EndsWith('>') && text.LastIndexOf('<') is var open and > 0
            ? (text[..open].TrimEnd(), text[(open + 1)..^1])
            : (text, null);
    }

    /// <param name="Listed">Those with another name than the form says of whom everybody may read.</param>
    private sealed record Known(List<Person> People, List<int> Listed)
    {
        public IEnumerable<Person> Alike(string name) => People.Where(p => p.MergedInto is null && p.IsCalled(name));
    }
}
