using System.ComponentModel.DataAnnotations;
using LpcSite.Conferences;
using LpcSite.Pages.Shared;
using LpcSite.Rules;
using LpcSite.Scheduling;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>What the forms and buttons of the board say: which one, and where to.</summary>
public class BoardInput
{
    /// <summary>The slug of the one that is placed.</summary>
    public string? Microconference { get; set; }

    /// <summary>How many places it had when it was chosen.</summary>
    public int Standing { get; set; }

    /// <summary>The one that is moved or changed.</summary>
    public int? Slot { get; set; }

    public uint Version { get; set; }

    /// <summary>A place of the board, as its button says it; empty where the times below count.</summary>
    public string? To { get; set; }

    /// <summary>The slot to change places with, and its version.</summary>
    public string? With { get; set; }

    public SlotKind Kind { get; set; } = SlotKind.Track;

    [MaxLength(Scheduling.Slot.TitleMaxLength, ErrorMessage = Scheduling.Slot.TitleSentence)]
    public string? Title { get; set; }

    public string? Date { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public int? Room { get; set; }

    /// <summary>The step of the history that is taken back or done again.</summary>
    public long Entry { get; set; }

    public static string Write(Interval during, int? room) =>
        FormattableString.Invariant($"{Dates.Machine(during.Start)} {Dates.Machine(during.End)} {room}").TrimEnd();

    /// <param name="known">When the one that is moved stands now, as its form showed it.</param>
    /// <exception cref="RuleException">It says no time, which is said beside its field as well.</exception>
    public (Interval During, int? Room) Read(ModelStateDictionary state, ConferenceFrame conference, Interval? known)
    {
        if (To?.Split(' ') is [var from, var until, .. var rest])
        {
            var (starts, ends) = (InstantPattern.General.Parse(from), InstantPattern.General.Parse(until));
            var room =
                rest is [var id] && int.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var number)
                    ? number
                    : (int?)null;
            Rule.Require(
                starts.Success && ends.Success && starts.Value < ends.Value && (rest.Length == 0 || room is not null),
                "There is no such place on the board."
            );
            return (new(starts.Value, ends.Value), room);
        }

        var during = state.Span(
            conference,
            new("Input.Date", Date),
            new("Input.From", From),
            new("Input.Until", Until),
            known
        );
        return during is { } typed ? (typed, Room) : throw new RuleException(Problems.All(state)[0]);
    }

    /// <exception cref="RuleException">It names no other slot.</exception>
    public (int Id, uint Version) ReadOther()
    {
        var (id, version) = (0, 0u);
        Rule.Require(
            With?.Split(' ') is [var other, var seen]
                && int.TryParse(other, System.Globalization.CultureInfo.InvariantCulture, out id)
                && uint.TryParse(seen, System.Globalization.CultureInfo.InvariantCulture, out version),
            "Choose one to change places with."
        );
        return (id, version);
    }
}
