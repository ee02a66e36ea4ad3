using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Microconferences;
using NodaTime;

namespace LpcSite.Scheduling.Board;

/// <summary>How much of a half-day something takes, wherever on the board it goes.</summary>
/// <param name="Length">Null for as much of the half-day as is meant.</param>
/// <param name="IsHalf">What is before the break or after it, and not all of it.</param>
/// <param name="TakesLess">Whether it may stand in a half where the whole is not free.</param>
public sealed record RequiredTime(Duration? Length, bool IsHalf, bool TakesLess)
{
    /// <summary>Of a microconference without a place.</summary>
    public static RequiredTime Of(SessionForm? form) =>
        new(null, form is SessionForm.Half, form is not SessionForm.Half);

    /// <summary>Of what stands somewhere: it stays a whole or a half where it is one, else as long as it is.</summary>
    public static RequiredTime Of(Interval during, Conference conference)
    {
        var day = conference.ToVenueTime(during.Start).Date;
        return conference.HalfDays.Any(h => h.On(day, conference) == during) ? new(null, false, false)
            : conference.HalfDays.Any(h => h.HalvesOn(day, conference).Contains(during)) ? new(null, true, false)
            : new(during.Duration, false, false);
    }

    /// <summary>Where in a half-day it can go.</summary>
    /// <param name="isFree">Whether nothing stands in the room at that time.</param>
    public IEnumerable<Interval> In(HalfDay halfDay, LocalDate day, Conference conference, Func<Interval, bool> isFree)
    {
        var (whole, halves) = (halfDay.On(day, conference), halfDay.HalvesOn(day, conference));
        if (IsHalf && halves.Count > 0)
        {
            return halves.Where(isFree);
        }

        var wanted = Length is { } length ? new Interval(whole.Start, whole.Start + length) : whole;
        return isFree(wanted) ? [wanted]
            : TakesLess ? halves.Where(isFree)
            : [];
    }
}
