namespace LpcSite.Scheduling.Releases;

/// <summary>
/// Compares two schedules slot by slot and topic by topic. What only moved along with its slot is not said again.
/// </summary>
internal sealed class ScheduleComparison
{
    private readonly ScheduleDocument _before;
    private readonly ScheduleDocument _after;
    private readonly ScheduleClock _clock;
    private readonly Dictionary<string, Slotted> _oldItems;
    private readonly Dictionary<string, Slotted> _newItems;
    private readonly bool _hasTexts;
    private readonly List<string> _whole = [];
    private readonly List<string> _others = [];
    private readonly Dictionary<int, List<string>> _microconferences = [];

    public ScheduleComparison(ScheduleDocument before, ScheduleDocument after)
    {
        (_before, _after, _clock) = (before, after, ScheduleClock.Of(before, after));
        (_oldItems, _newItems) = (ItemsOf(before), ItemsOf(after));

        // A document that was read without texts says nothing about them.
        _hasTexts = HasTexts(before) && HasTexts(after);
    }

    public ScheduleDifference Write()
    {
        CompareWhole();
        var pairs = Pairs();
        pairs.ForEach(CompareSlot);
        foreach (var id in _after.Entries.Select(e => e.Microconference).OfType<int>().Distinct())
        {
            CompareSession(id, pairs);
        }

        return new(
            _after.Conference.TimeZone,
            [
                .. Group("All of it", null, _whole),
                .. _microconferences
                    .Select(g => (Entry: (_after.Of(g.Key).FirstOrDefault() ?? _before.Of(g.Key).First()), g.Value))
                    .OrderBy(g => g.Entry.Title, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(g => g.Entry.Uid, StringComparer.Ordinal)
                    .SelectMany(g => Group(g.Entry.Title, g.Entry.Slug, g.Value)),
                .. Group("Plenaries and tracks", null, _others),
            ]
        );
    }

    private void CompareWhole()
    {
        if (_before.Conference.TimeZone != _after.Conference.TimeZone)
        {
            _whole.Add(
                $"The clock of the schedule is {_after.Conference.TimeZone} now, and was {_before.Conference.TimeZone}."
            );
        }

        var used = _before.Entries.Concat(_after.Entries).Select(e => e.Room).ToHashSet();
        _whole.AddRange(
            _after
                .Rooms.Where(r => used.Contains(r.Id))
                .Select(r => (New: r.Name, Old: _before.Rooms.FirstOrDefault(b => b.Id == r.Id)?.Name))
                .Where(r => r.Old is not null && r.Old != r.New)
                .Select(r => $"The room {r.Old} is called {r.New} now.")
        );
    }

    // A slot of a plenary that was taken off the board and put there again is a slot that moved.
    private List<Pair> Pairs()
    {
        var old = _before.Entries.ToDictionary(e => e.Uid, StringComparer.Ordinal);
        var added = _after.Entries.Where(e => !old.ContainsKey(e.Uid)).ToList();
        var known = _after.Entries.Select(e => e.Uid).ToHashSet(StringComparer.Ordinal);
        var gone = _before.Entries.Where(e => !known.Contains(e.Uid)).ToList();
        var again = added
            .Where(e =>
                e.Microconference is null && added.Count(a => Same(a, e)) == 1 && gone.Count(g => Same(g, e)) == 1
            )
            .ToDictionary(e => e.Uid, e => gone.Single(g => Same(g, e)), StringComparer.Ordinal);
        return
        [
            .. _after.Entries.Select(e => new Pair(old.GetValueOrDefault(e.Uid) ?? again.GetValueOrDefault(e.Uid), e)),
            .. gone.Except(again.Values).Select(e => new Pair(e, null)),
        ];

        static bool Same(ScheduleDocument.Entry one, ScheduleDocument.Entry other) =>
            one.Microconference is null && (one.Kind, one.Title) == (other.Kind, other.Title);
    }

    private void CompareSlot(Pair pair)
    {
        var say = SentencesOf(pair.Old?.Microconference ?? pair.New?.Microconference);
        switch (pair)
        {
            case { Old: null, New: { } added }:
                say.Add($"{Name(added)} is placed: {_clock.Span(added.Starts, added.Ends)}{In(_after, added)}.");
                break;
            case { Old: { } gone, New: null }:
                say.Add(
                    $"{Name(gone)} is cancelled. It was on {_clock.Span(gone.Starts, gone.Ends)}{In(_before, gone)}."
                );
                break;
            case { Old: { } old, New: { } now }:
                if (
                    old.Title != now.Title
                    && (now.Microconference is null || pair.Old == _before.Of(now.Microconference.Value).First())
                )
                {
                    say.Add($"{old.Title} is called {now.Title} now.");
                }

                if (Moved(old, now) is { } moved)
                {
                    say.Add(moved);
                }

                break;
        }
    }

    private string? Moved(ScheduleDocument.Entry old, ScheduleDocument.Entry now)
    {
        var length =
            old.Minutes == now.Minutes
                ? ""
                : $"lasts {ScheduleClock.Length(now.Minutes)} instead of {ScheduleClock.Length(old.Minutes)}";
        var (before, after, same) = (_before.RoomOf(old)?.Name, _after.RoomOf(now)?.Name, IsSameRoom(old, now));
        var move = (old.Starts == now.Starts, same) switch
        {
            (true, true) => "",
            (true, false) when before is null => $"has a room: {after}",
            (true, false) => after is null
                ? $"is not in {before} any more; its room is open"
                : $"is in {after} instead of {before}",
            (false, true) =>
                $"moved from {_clock.FromTo(old.Starts, now.Starts)}{(after is null ? "" : $", in {after} as before")}",
            _ => $"moved from {_clock.At(old.Starts)}{In(_before, old)} to {_clock.At(now.Starts)}{In(_after, now)}",
        };
        return (move, length) is ("", "")
            ? null
            : $"{Name(now)} {move}{(move.Length > 0 && length.Length > 0 ? ", and " : "")}{length}.";
    }

    private void CompareSession(int id, List<Pair> pairs)
    {
        var (old, now) = (_before.Of(id).FirstOrDefault(), _after.Of(id).First());
        if (old is not null)
        {
            var say = SentencesOf(id);
            ComparePeople(
                old.Leads,
                now.Leads,
                (names, several) => $"{names} {(several ? "lead" : "leads")} {now.Title} now.",
                (names, several) => $"{names} {(several ? "do" : "does")} not lead {now.Title} any more.",
                say
            );
        }

        var reworded = old is not null && _hasTexts && old.Text != now.Text ? ["the description"] : new List<string>();
        foreach (var (key, item) in _newItems.Where(i => i.Value.Entry.Microconference == id))
        {
            CompareItem(key, item, wasThere: old is not null, pairs, reworded);
        }

        SentencesOf(id)
            .AddRange(
                _oldItems
                    .Where(i => i.Value.Entry.Microconference == id && !_newItems.ContainsKey(i.Key))
                    .Select(i => $"“{i.Value.Item.Title}” is left out.")
            );
        if (reworded.Count > 0)
        {
            SentencesOf(id).Add($"Reworded: {string.Join(", ", reworded)}.");
        }
    }

    private void CompareItem(string key, Slotted now, bool wasThere, List<Pair> pairs, List<string> reworded)
    {
        var say = SentencesOf(now.Entry.Microconference);
        var (title, when) = (
            $"“{now.Item.Title}”",
            now.Item is { Starts: { } starts, Ends: { } ends } ? _clock.Span(starts, ends) : null
        );
        if (!_oldItems.TryGetValue(key, out var old))
        {
            // What a session brings along when it is placed is seen there.
            if (wasThere)
            {
                var speakers =
                    now.Item.Speakers.Count == 0
                        ? ""
                        : $" by {ScheduleClock.Names(now.Item.Speakers.Select(s => s.FullName))}";
                say.Add($"New: {title}{speakers}, {when ?? "without a time yet"}.");
            }

            return;
        }

        if (old.Entry.Microconference != now.Entry.Microconference)
        {
            say.Add($"{title} comes over from {old.Entry.Title}, {when ?? "without a time yet"}.");
        }
        else if (MovedItem(old, now, pairs) is { } moved)
        {
            say.Add($"{title} {moved}.");
        }

        if (old.Item.Title != now.Item.Title)
        {
            say.Add($"“{old.Item.Title}” is called {title} now.");
        }

        ComparePeople(
            [.. old.Item.Speakers.Select(s => new ScheduleDocument.Name(s.Person, s.Slug, s.FullName))],
            [.. now.Item.Speakers.Select(s => new ScheduleDocument.Name(s.Person, s.Slug, s.FullName))],
            (names, several) => $"{names} {(several ? "speak" : "speaks")} about {title} now.",
            (names, several) => $"{names} {(several ? "do" : "does")} not speak about {title} any more.",
            say
        );
        if (_hasTexts && old.Item.Text != now.Item.Text)
        {
            reworded.Add(title);
        }
    }

    private string? MovedItem(Slotted old, Slotted now, List<Pair> pairs)
    {
        if ((old.Item.Starts, now.Item.Starts) is not ({ } from, { } to))
        {
            return now.Item is { Starts: { } got, Ends: { } ends } ? $"has a time: {_clock.Span(got, ends)}"
                : old.Item.Starts is { } lost ? $"has no time any more. It was on {_clock.At(lost)}"
                : null;
        }

        var isInTheSame = pairs.Exists(p => p.Old == old.Entry && p.New == now.Entry);
        var movedAlong = isInTheSame && from - old.Entry.Starts == to - now.Entry.Starts;
        var length =
            old.Item.Minutes == now.Item.Minutes
                ? ""
                : (old.Item.Minutes, now.Item.Minutes) switch
                {
                    ({ } was, { } isNow) =>
                        $"takes {ScheduleClock.Length(isNow)} instead of {ScheduleClock.Length(was)}",
                    (null, { } isNow) => $"takes {ScheduleClock.Length(isNow)}",
                    _ => "has no length any more",
                };
        var elsewhere = isInTheSame || IsSameRoom(old.Entry, now.Entry) ? "" : In(_after, now.Entry);
        var move =
            (from == to && elsewhere.Length == 0) || movedAlong
                ? ""
                : $"moved from {_clock.FromTo(from, to)}{elsewhere}";
        return (move, length) is ("", "")
            ? null
            : $"{move}{(move.Length > 0 && length.Length > 0 ? ", and " : "")}{length}";
    }

    // Whoever was merged with another spelling of themselves is the same person under another number.
    private static void ComparePeople(
        IReadOnlyList<ScheduleDocument.Name> old,
        IReadOnlyList<ScheduleDocument.Name> now,
        Func<string, bool, string> added,
        Func<string, bool, string> gone,
        List<string> say
    )
    {
        Say(now.Where(n => !old.Any(o => IsSame(o, n))), added);
        Say(old.Where(o => !now.Any(n => IsSame(o, n))), gone);

        void Say(IEnumerable<ScheduleDocument.Name> people, Func<string, bool, string> sentence)
        {
            string[] names = [.. people.Select(p => p.FullName)];
            if (names.Length > 0)
            {
                say.Add(sentence(ScheduleClock.Names(names), names.Length > 1));
            }
        }

        static bool IsSame(ScheduleDocument.Name one, ScheduleDocument.Name other) =>
            one.Person == other.Person || one.FullName == other.FullName;
    }

    private bool IsSameRoom(ScheduleDocument.Entry old, ScheduleDocument.Entry now) =>
        old.Room == now.Room || _before.RoomOf(old)?.Name is { } name && name == _after.RoomOf(now)?.Name;

    private static string In(ScheduleDocument document, ScheduleDocument.Entry entry) =>
        document.RoomOf(entry) is { } room ? $" in {room.Name}" : ", its room still open";

    // A microconference that is split has its parts numbered, as they stand in the schedule.
    private string Name(ScheduleDocument.Entry entry)
    {
        if (entry.Microconference is not { } id || Math.Max(_before.Of(id).Count(), _after.Of(id).Count()) < 2)
        {
            return entry.Title;
        }

        var document = _after.Entries.Contains(entry) ? _after : _before;
        return FormattableString.Invariant(
            $"{entry.Title} (part {document.Of(id).TakeWhile(e => e != entry).Count() + 1})"
        );
    }

    private List<string> SentencesOf(int? microconference)
    {
        if (microconference is not { } id)
        {
            return _others;
        }

        return _microconferences.TryGetValue(id, out var sentences) ? sentences : _microconferences[id] = [];
    }

    private static IEnumerable<ScheduleDifference.Group> Group(string title, string? slug, List<string> sentences) =>
        sentences.Count == 0 ? [] : [new(title, slug, sentences)];

    private static bool HasTexts(ScheduleDocument document) =>
        document.Entries.Any(e => e.Text is not null || e.Items.Any(i => i.Text is not null));

    // A topic is the same wherever it goes; coffee is the same as long as it is called so, in its order of the day.
    private static Dictionary<string, Slotted> ItemsOf(ScheduleDocument document)
    {
        var items = new Dictionary<string, Slotted>(StringComparer.Ordinal);
        foreach (var entry in document.Entries)
        {
            foreach (var item in entry.Items)
            {
                var key = item.Topic is { } topic
                    ? FormattableString.Invariant($"topic-{topic}")
                    : FormattableString.Invariant($"{entry.Microconference}:{item.Title}");
                for (var again = 2; items.ContainsKey(key); again++)
                {
                    key = FormattableString.Invariant($"{entry.Microconference}:{item.Title}:{again}");
                }

                items[key] = new(entry, item);
            }
        }

        return items;
    }

    private sealed record Pair(ScheduleDocument.Entry? Old, ScheduleDocument.Entry? New);

    private sealed record Slotted(ScheduleDocument.Entry Entry, ScheduleDocument.Item Item);
}
