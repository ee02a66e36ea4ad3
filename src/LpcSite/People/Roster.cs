namespace LpcSite.People;

/// <summary>A person's place in an ordered list of people.</summary>
public interface IRosterEntry
{
    Person Person { get; }
    int Position { get; set; }
}

/// <summary>Ordered lists of people, in which each person stands once: leads, key attendees, speakers.</summary>
public static class Roster
{
    /// <summary>Makes the list hold these people in this order; who stays keeps the row.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Replace<T>(List<T> entries, IReadOnlyList<Person> people, Func<Person, T> create)
        where T : class, IRosterEntry
    {
        var wanted = people.Distinct().ToList();
        var changed = entries.RemoveAll(entry => !wanted.Contains(entry.Person)) > 0;
        for (var position = 0; position < wanted.Count; position++)
        {
            var entry = entries.Find(entry => entry.Person == wanted[position]);
            if (entry is null)
            {
                entries.Add(entry = create(wanted[position]));
                entry.Position = position;
                changed = true;
            }
            else if (entry.Position != position)
            {
                entry.Position = position;
                changed = true;
            }
        }

        return changed;
    }
}
