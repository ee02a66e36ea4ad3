using System.ComponentModel.DataAnnotations;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Pages.Shared;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>The half-days of every day, and the way between two rooms, as a form asks for them.</summary>
public class GridInput
{
    [MaxLength(HalfDay.MaxPerDay, ErrorMessage = "Use at most {1} half-days.")]
    public List<HalfDayInput> HalfDays { get; set; } = [];

    [Required(ErrorMessage = "Say how many minutes the way takes; 0 where all rooms lie beside each other.")]
    [Range(0, Conference.MaxWalkingMinutes, ErrorMessage = "The way between two rooms takes from {1} to {2} minutes.")]
    public int? WalkingMinutes { get; set; }

    public uint Version { get; set; }

    public static GridInput Of(Conference conference) =>
        new()
        {
            HalfDays = [.. conference.HalfDays.OrderBy(h => h.Position).Select(HalfDayInput.Of)],
            WalkingMinutes = conference.WalkingMinutes,
            Version = conference.RowVersion,
        };

    /// <returns>Null where something is wrong, which is said beside its field.</returns>
    public IReadOnlyList<(
        int? Id,
        string Name,
        LocalTime Starts,
        LocalTime Ends,
        LocalTime? BreakStarts,
        int BreakMinutes
    )>? Read(ModelStateDictionary state)
    {
        var read = new List<(int?, string, LocalTime, LocalTime, LocalTime?, int)>();
        foreach (var (row, i) in HalfDays.Select((row, i) => (row, i)).Where(pair => !pair.row.IsEmpty))
        {
            var field = FormattableString.Invariant($"Input.HalfDays[{i}].");
            var (starts, ends) = (
                Time(state, $"{field}Starts", row.Starts, "Say when it starts"),
                Time(state, $"{field}Ends", row.Ends, "Say when it ends")
            );
            var coffee = string.IsNullOrWhiteSpace(row.BreakStarts)
                ? null
                : Time(state, $"{field}BreakStarts", row.BreakStarts, "Say when the break starts");
            if (starts is null || ends is null || coffee is null && !string.IsNullOrWhiteSpace(row.BreakStarts))
            {
                continue;
            }

            // What one half-day may be, it says itself, and here it can be said beside the row.
            if (
                state.Accepts(
                    $"{field}Name",
                    () =>
                        _ = new HalfDay(row.Name?.Trim() ?? "", starts.Value, ends.Value, coffee, row.BreakMinutes ?? 0)
                )
            )
            {
                read.Add(
                    (
                        row.Id,
                        row.Name!.Trim(),
                        starts.Value,
                        ends.Value,
                        coffee,
                        coffee is null ? 0 : row.BreakMinutes ?? 0
                    )
                );
            }
        }

        return state.IsValid ? read : null;
    }

    private static LocalTime? Time(ModelStateDictionary state, string field, string? typed, string missing)
    {
        if (ClockInput.Read(typed) is { } time)
        {
            return time;
        }

        state.AddModelError(field, $"{missing}, like 10:00.");
        return null;
    }

    public class HalfDayInput
    {
        public int? Id { get; set; }

        [StringLength(HalfDay.NameMaxLength, ErrorMessage = "A half-day has a name of at most {1} characters.")]
        public string? Name { get; set; }

        public string? Starts { get; set; }
        public string? Ends { get; set; }
        public string? BreakStarts { get; set; }

        [Range(0, 1439, ErrorMessage = "A break takes a number of minutes.")]
        public int? BreakMinutes { get; set; }

        public bool IsEmpty => Id is null && string.IsNullOrWhiteSpace(Name + Starts + Ends + BreakStarts);

        public static HalfDayInput Of(HalfDay halfDay) =>
            new()
            {
                Id = halfDay.Id == 0 ? null : halfDay.Id,
                Name = halfDay.Name,
                Starts = ClockInput.Write(halfDay.Starts),
                Ends = ClockInput.Write(halfDay.Ends),
                BreakStarts = halfDay.BreakStarts is { } coffee ? ClockInput.Write(coffee) : null,
                BreakMinutes = halfDay.BreakStarts is null ? null : halfDay.BreakMinutes,
            };
    }
}
