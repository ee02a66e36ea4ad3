using System.Globalization;

namespace LpcSite.Pages.Shared;

/// <summary>
/// What a button beside a list asks for where no script answers it, such as <c>up Rooms 2</c> or <c>add Rooms</c>.
/// </summary>
public static class RowChange
{
    /// <returns>Whether the wish was meant for the list of that name; an impossible one changes nothing.</returns>
    public static bool Apply<T>(string? wish, string name, IList<T> list, Func<T>? make = null)
    {
        if (wish?.Split(' ') is not [var verb, var called, .. var rest] || called != name)
        {
            return false;
        }

        var place = rest is [var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var at) ? at : -1;
        if (verb == "add" && make is not null)
        {
            list.Add(make());
        }
        else if (place >= 0 && place < list.Count)
        {
            var other = verb switch
            {
                "up" => place - 1,
                "down" => place + 1,
                _ => place,
            };
            if (verb == "remove")
            {
                list.RemoveAt(place);
            }
            else if (other >= 0 && other < list.Count)
            {
                (list[place], list[other]) = (list[other], list[place]);
            }
        }

        return true;
    }
}
