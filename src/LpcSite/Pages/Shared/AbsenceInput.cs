using System.ComponentModel.DataAnnotations;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Pages.Organize.Schedule;
using LpcSite.Rules;
using LpcSite.Scheduling.Availability;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;

namespace LpcSite.Pages.Shared;

/// <summary>
/// The form in which somebody says when they cannot be there: half-days to tick, and one time of their own.
/// </summary>
public class AbsenceInput
{
    /// <summary>Whose it is, where an organizer says it.</summary>
    public int? Person { get; set; }

    /// <summary>The half-days that are ticked, as the form names them.</summary>
    [MaxLength(Conference.MaxDays * HalfDay.MaxPerDay, ErrorMessage = "Use at most {1} half-days.")]
    public List<string> HalfDays { get; set; } = [];

    public string? Day { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }

    [MaxLength(Absence.NoteMaxLength, ErrorMessage = "A note has at most {1} characters.")]
    public string? Note { get; set; }

    /// <summary>Null where nothing is written.</summary>
    public string? NoteOrNull => string.IsNullOrWhiteSpace(Note) ? null : Note.Trim();

    /// <summary>Every half-day of a conference, by day.</summary>
    /// <param name="conference">With its half-days. One that nobody has divided is divided as usual.</param>
    public static IReadOnlyList<HalfDayChoice> ChoicesOf(Conference conference)
    {
        var halfDays = (conference.HalfDays.Count > 0 ? conference.HalfDays : HalfDay.Usual())
            .OrderBy(h => h.Starts)
            .ToList();
        return
        [
            .. DaysOf(conference)
                .SelectMany(day => halfDays.Select(h => new HalfDayChoice(day, h.Name, h.On(day, conference)))),
        ];
    }

    public static IEnumerable<LocalDate> DaysOf(Conference conference) =>
        Dates.Days(conference.StartsOn, conference.EndsOn);

    /// <exception cref="RuleException">Something is wrong, which is said beside its field as well.</exception>
    public IReadOnlyList<Interval> Read(
        ModelStateDictionary state,
        ConferenceFrame conference,
        IReadOnlyList<HalfDayChoice> choices
    )
    {
        var ticked = choices
            .Where(c => HalfDays.Contains(c.Value, StringComparer.Ordinal))
            .Select(c => c.During)
            .ToList();
        if (ticked.Count != HalfDays.Distinct(StringComparer.Ordinal).Count())
        {
            state.AddModelError(
                "Input.HalfDays",
                "The half-days were changed since you opened this page. Look at them again."
            );
        }

        if (
            new[] { Day, From, Until }.Any(typed => !string.IsNullOrWhiteSpace(typed))
            && state.Span(conference, new("Input.Day", Day), new("Input.From", From), new("Input.Until", Until))
                is { } own
        )
        {
            ticked.Add(own);
        }

        return state.IsValid ? [.. ticked.Distinct()] : throw new RuleException(Problems.All(state)[0]);
    }

    /// <summary>A half-day of one day.</summary>
    public sealed record HalfDayChoice(LocalDate Day, string Name, Interval During)
    {
        public string Value => BoardInput.Write(During, room: null);
    }
}
