namespace LpcSite.Reviews;

/// <summary>
/// Two microconferences that need the same people: who they are, and as what each of the two needs them.
/// </summary>
/// <param name="First">The number of the one that comes first in page order.</param>
public sealed record SharedPeople(int First, int Second, IReadOnlyList<SharedPeople.Shared> People)
{
    /// <summary>One role of one person in one microconference.</summary>
    public sealed record Part(int MicroconferenceId, int PersonId, string Name, Role Role);

    /// <summary>As what somebody is needed; the first of them weighs most.</summary>
    public enum Role
    {
        Lead,
        Speaker,
        KeyAttendee,
    }

    /// <summary>Somebody whom both need, in the weightiest of their roles in each.</summary>
    public sealed record Shared(string Name, Role InFirst, Role InSecond)
    {
        /// <summary>
        /// Nobody can lead or speak in two rooms at once; somebody who is wished for can at least choose.
        /// </summary>
        public bool IsHard => InFirst is not Role.KeyAttendee && InSecond is not Role.KeyAttendee;
    }

    /// <summary>Every pair that shares somebody, those first that share most of the weighty ones.</summary>
    /// <param name="order">The microconferences in page order.</param>
    public static IReadOnlyList<SharedPeople> Of(IReadOnlyList<int> order, IEnumerable<Part> parts)
    {
        var places = order.Select((id, place) => (id, place)).ToDictionary(p => p.id, p => p.place);
        var pairs = new Dictionary<(int First, int Second), List<Shared>>();
        foreach (var person in parts.Where(p => places.ContainsKey(p.MicroconferenceId)).GroupBy(p => p.PersonId))
        {
            var needs = person
                .GroupBy(p => p.MicroconferenceId)
                .Select(g => (Id: g.Key, Role: g.Min(p => p.Role)))
                .OrderBy(n => places[n.Id])
                .ToList();
            foreach (
                var (first, second) in needs.SelectMany(
                    (first, i) => needs.Skip(i + 1).Select(second => (first, second))
                )
            )
            {
                if (!pairs.TryGetValue((first.Id, second.Id), out var people))
                {
                    pairs[(first.Id, second.Id)] = people = [];
                }

                people.Add(new Shared(person.First().Name, first.Role, second.Role));
            }
        }

        return
        [
            .. pairs
                .Select(p => new SharedPeople(
                    p.Key.First,
                    p.Key.Second,
                    [.. p.Value.OrderByDescending(s => s.IsHard).ThenBy(s => s.Name, StringComparer.Ordinal)]
                ))
                .OrderByDescending(p => p.People.Count(s => s.IsHard))
                .ThenByDescending(p => p.People.Count)
                .ThenBy(p => places[p.First])
                .ThenBy(p => places[p.Second]),
        ];
    }
}
