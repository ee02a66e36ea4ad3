using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Texts;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.People;

/// <summary>Finds the people whose names somebody typed, by any of their spellings, and adds those whom the site does not know.</summary>
public sealed class NamedPeople(LpcDbContext db)
{
    /// <summary>So many names fit into one list of a form.</summary>
    public const int MaxNames = 60;

    /// <param name="names">As typed; empty ones are left out. Where a name means several people, "Name &lt;address part&gt;" says which.</param>
    /// <param name="at">Whose people go before others of the same name.</param>
    /// <exception cref="RuleException">A name is too long, or may mean several people, or there are too many.</exception>
    public async Task<IReadOnlyList<Person>> FindOrAddAsync(IEnumerable<string> names, int at, CancellationToken stop)
    {
        var wanted = names.Select(Read).Where(n => n.Name.Length > 0).ToList();
        Rule.Require(wanted.Count <= MaxNames, $"At most {MaxNames} names fit here.");
        Rule.Require(wanted.TrueForAll(n => n.Name.Length <= Person.NameMaxLength), $"A name has at most {Person.NameMaxLength} characters.");
        string[] keys = [.. wanted.Select(n => Person.Key(n.Name))];
        var known = await db.People.Include(p => p.Aliases).Where(p => p.Aliases.Any(a => keys.Contains(a.Key))).OrderBy(p => p.Slug).ToListAsync(stop);
        known.AddRange(db.People.Local.Where(p => !known.Contains(p) && p.Aliases.Any(a => keys.Contains(a.Key))));
        var here = known.Count > wanted.Count ? await db.People.At(at, db).Where(p => p.Aliases.Any(a => keys.Contains(a.Key))).Select(p => p.Id).ToListAsync(stop) : [];
        var found = new List<Person>();
        foreach (var (name, slug) in wanted)
        {
            var meant = known.Where(p => p.Aliases.Any(a => a.Key == Person.Key(name)) && (slug is null || p.Slug == slug)).ToList();
            var person = meant.Count > 1 ? OnlyOne(name, meant, here) : meant.FirstOrDefault();
            if (person is null)
            {
                db.People.Add(person = new Person(name, await PersonSlug.FreeAsync(db, name, stop)));
                known.Add(person);
            }

            found.Add(person);
        }

        return found;
    }

    private static Person OnlyOne(string name, List<Person> meant, List<int> here)
    {
        var near = meant.Where(p => here.Contains(p.Id)).ToList();
        Rule.Require(near.Count == 1, $"'{name}' may mean {string.Join(" or ", meant.Select(p => p.Slug))}: write '{name} <{meant[0].Slug}>' for the first of them.");
        return near[0];
    }

    private static (string Name, string? Slug) Read(string typed)
    {
        var text = TextIn.Name(typed);
        return text.EndsWith('>') && text.LastIndexOf('<') is var open and > 0 ? (text[..open].TrimEnd(), text[(open + 1)..^1]) : (text, null);
    }
}
