using System.Globalization;
using LpcSite.Rules;
using LpcSite.Scheduling.Sessions;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>
/// What the buttons of a session's form ask for, such as <c>up Rows 3</c>, <c>take 12 7</c> or <c>fit 7</c>. Nothing is
/// saved by them.
/// </summary>
public sealed class SessionChange(SessionInput input, SessionBoard board)
{
    private List<SessionInput.Row> Rows => input.Rows;

    /// <param name="wish">One that means nothing changes nothing.</param>
    /// <returns>The row to which it was done; null where it was done to none or to many.</returns>
    /// <exception cref="RuleException">What is listed cannot be made to fit.</exception>
    public SessionInput.Row? Apply(string wish)
    {
        switch (wish.Split(' '))
        {
            case [var verb, nameof(SessionInput.Rows), var number]
                when Number(number) is >= 0 and var index && index < Rows.Count:
                var row = Rows[index];
                Sort();
                Move(verb, row);
                return row;
            case [("before" or "after") and var side, nameof(SessionInput.Rows), var number, var other]
                when RowAt(number) is { } put && RowAt(other) is { } beside:
                return Put(put, side, beside);
            case ["take", var topic, var slot, ("before" or "after") and var side, var other]
                when board.PlaceOf(Number(slot)) is { } place
                    && RowAt(other) is { } beside
                    && board.Topics.TryGetValue(Number(topic) ?? 0, out var taken):
                return Put(Take(taken, place), side, beside);
            case ["take", var topic, var slot]
                when board.PlaceOf(Number(slot)) is { } place
                    && board.Topics.TryGetValue(Number(topic) ?? 0, out var taken):
                return Take(taken, place);
            case [var verb, var slot] when board.PlaceOf(Number(slot)) is { } place:
                Sort();
                return Change(verb, place);
            default:
                Sort();
                return null;
        }
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private SessionInput.Row? RowAt(string number) =>
        Number(number) is { } index && index < Rows.Count ? Rows[index] : null;

    private void Sort() => input.Rows = [.. Rows.OrderBy(r => board.OrderOf(r.Slot))];

    private void Move(string verb, SessionInput.Row row)
    {
        var at = Rows.IndexOf(row);
        switch (verb)
        {
            case "remove":
                Rows.Remove(row);
                break;
            case "close":
                (row.Gap, row.NotBefore) = (null, null);
                break;
            case "up":
                Swap(at, at - 1);
                break;
            case "down":
                Swap(at, at + 1);
                break;
        }
    }

    // Above the first row of one place is the end of the place before it.
    private void Swap(int at, int with)
    {
        var row = Rows[at];
        if (with >= 0 && with < Rows.Count && Rows[with].Slot == row.Slot)
        {
            (Rows[at], Rows[with]) = (Rows[with], Rows[at]);
        }
        else if (board.Session.Places.ElementAtOrDefault(board.OrderOf(row.Slot) + with - at) is { } place)
        {
            (row.Slot, row.NotBefore) = (place.Slot, null);
            Sort();
        }
    }

    // A time of one place says nothing in another.
    private SessionInput.Row Put(SessionInput.Row row, string side, SessionInput.Row beside)
    {
        if (row != beside)
        {
            (row.Slot, row.NotBefore) = (beside.Slot, row.Slot == beside.Slot ? row.NotBefore : null);
            Rows.Remove(row);
            Rows.Insert(Rows.IndexOf(beside) + (side == "after" ? 1 : 0), row);
        }

        Sort();
        return row;
    }

    private SessionInput.Row Take(SessionTopic topic, Session.Place place)
    {
        if (Rows.Find(r => r.Topic == topic.Id) is { } known)
        {
            return known;
        }

        var row = new SessionInput.Row
        {
            Slot = place.Slot,
            Topic = topic.Id,
            Minutes = topic.Minutes ?? SessionFit.Usual,
        };
        Rows.Add(row);
        Sort();
        return row;
    }

    private SessionInput.Row? Change(string verb, Session.Place place)
    {
        switch (verb)
        {
            case "item":
                Rows.Add(
                    new()
                    {
                        Slot = place.Slot,
                        Title = "",
                        Minutes = 10,
                    }
                );
                Sort();
                return Rows.FindLast(r => r.Slot == place.Slot);
            case "break":
                return AddBreak(place);
            case "close":
                Rows.FindAll(r => r.Slot == place.Slot && !r.IsBreak).ForEach(r => (r.Gap, r.NotBefore) = (null, null));
                break;
            case "fit":
                Fit(place);
                break;
            case "again":
                input.TakeAgain(board, place);
                Sort();
                break;
        }

        return null;
    }

    // Where all rooms have coffee, until there is one; after that, at the end.
    private SessionInput.Row AddBreak(Session.Place place)
    {
        var laid = SessionLayout.Of(input, board).Parts.Single(p => p.Place == place).Rows;
        var free = board
            .BreaksIn(place)
            .Cast<(int StartsAfter, int Minutes)?>()
            .FirstOrDefault(b => laid.All(l => !l.Row.IsBreak || l.StartsAfter != b!.Value.StartsAfter));
        var row = Break(place, free?.StartsAfter, free?.Minutes ?? 15);
        var next = free is null ? null : laid.FirstOrDefault(l => l.StartsAfter >= free.Value.StartsAfter)?.Row;
        Rows.Insert(
            next is null
                ? Rows.FindLastIndex(r => r.Slot == place.Slot) is >= 0 and var last
                    ? last + 1
                    : Rows.Count
                : Rows.IndexOf(next),
            row
        );
        Sort();
        return row;
    }

    private SessionInput.Row Break(Session.Place place, int? startsAfter, int minutes) =>
        new()
        {
            Slot = place.Slot,
            Title = "Break",
            IsBreak = true,
            Minutes = minutes,
            NotBefore = startsAfter is { } after ? board.TimeOf(place.Between(after, after).Start) : null,
        };

    // Where the whole session has one place, the topics that have no time yet are meant too.
    private void Fit(Session.Place place)
    {
        if (board.Session.Places.Count == 1)
        {
            board.Topics.Values.Where(t => Rows.TrueForAll(r => r.Topic != t.Id)).ToList().ForEach(t => Take(t, place));
        }

        var breaks = board.BreaksIn(place);
        var old = new Queue<SessionInput.Row>(Rows.Where(r => r.Slot == place.Slot && r.IsBreak).Take(breaks.Count));
        var parts = Rows.FindAll(r => r.Slot == place.Slot && !old.Contains(r));
        var fitted = SessionFit.Fit(place.Minutes, breaks, [.. parts.Select(r => (WishOf(r), r.Topic is null))]);
        var timed = parts.Zip(fitted, (row, time) => (Row: row, time.StartsAfter, time.Minutes)).ToList();
        foreach (var (startsAfter, minutes) in breaks)
        {
            var row = Break(place, startsAfter, minutes);
            row.Title = old.TryDequeue(out var known) ? known.Title : row.Title;
            timed.Add((row, startsAfter, minutes));
        }

        foreach (var (row, _, minutes) in timed)
        {
            (row.Minutes, row.Gap, row.NotBefore) = (minutes, null, row.IsBreak ? row.NotBefore : null);
        }

        Rows.RemoveAll(r => r.Slot == place.Slot);
        Rows.AddRange(timed.OrderBy(t => t.StartsAfter).Select(t => t.Row));
        Sort();
    }

    // What its speaker wished for and the leads agreed to, so that asking twice does not shorten it twice.
    private int WishOf(SessionInput.Row row) =>
        (row.Topic is { } id && board.Topics.TryGetValue(id, out var topic) ? topic.Minutes : null)
        ?? row.Minutes
        ?? SessionFit.Usual;
}
