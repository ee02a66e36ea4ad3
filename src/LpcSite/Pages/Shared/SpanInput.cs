using LpcSite.Conferences;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Pages.Shared;

/// <summary>
/// How a form asks for some time of one day on the venue's clock: the day, from when, and until when.
/// </summary>
public static class SpanInput
{
    /// <summary>Reads the three fields; what is wrong with one of them is said beside it.</summary>
    /// <param name="known">
    /// What stands there now, as the form showed it: of it, what was not changed stays as it is to the second.
    /// </param>
    /// <returns>Null where they say no time.</returns>
    public static Interval? Span(
        this ModelStateDictionary state,
        ConferenceFrame conference,
        Field day,
        Field from,
        Field until,
        Interval? known = null
    )
    {
        var date = LocalDatePattern.Iso.Parse(day.Typed?.Trim() ?? "") is { Success: true, Value: var typed }
            ? typed
            : (LocalDate?)null;
        var (starts, ends) = (ClockInput.Read(from.Typed), ClockInput.Read(until.Typed));
        Refuse(day, date is null, "Say on which day, like 2022-09-12.");
        Refuse(day, date is { } far && !Dates.IsInReach(far), Dates.ReachSentence);
        Refuse(from, starts is null, "Say from when, like 10:00.");
        Refuse(until, ends is null, "Say until when, like 13:30.");
        if (date is not { } on || starts is null || ends is null || !Dates.IsInReach(on))
        {
            return null;
        }

        var (first, last) = (
            Instant(from, on + starts.Value, known?.Start),
            Instant(until, on + ends.Value, known?.End)
        );
        Refuse(until, first >= last, "It must end after it starts.");
        return first < last ? new(first.Value, last.Value) : null;

        // What stands there may go on past midnight: it begins on the day that the form shows, and ends at a time of
        // the next one.
        Instant? Instant(Field field, LocalDateTime time, Instant? stands)
        {
            if (
                known is { } shown
                && date == shown.Start.InZone(conference.TimeZone).Date
                && time.TimeOfDay == stands?.InZone(conference.TimeZone).TimeOfDay
            )
            {
                return stands;
            }

            var problem = MomentInput.ProblemOf(time, conference.TimeZone);
            Refuse(field, problem is not null, problem ?? "");
            return problem is null ? time.InZoneStrictly(conference.TimeZone).ToInstant() : null;
        }

        void Refuse(Field field, bool isWrong, string sentence)
        {
            if (isWrong)
            {
                state.AddModelError(field.Name, sentence);
            }
        }
    }

    /// <summary>A field and what was typed into it.</summary>
    /// <param name="Name">As the form calls it.</param>
    public readonly record struct Field(string Name, string? Typed);
}
