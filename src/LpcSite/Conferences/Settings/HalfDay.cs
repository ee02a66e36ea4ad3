using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Conferences.Settings;

/// <summary>
/// The pattern of every day of a conference: a morning or an afternoon, into which one microconference of full length
/// fits, or two of half length around the break.
/// </summary>
public class HalfDay
{
    public const int NameMaxLength = 40;
    public const int MaxPerDay = 6;

    private HalfDay() { }

    public HalfDay(string name, LocalTime starts, LocalTime ends, LocalTime? breakStarts, int breakMinutes) =>
        Set(name, starts, ends, breakStarts, breakMinutes);

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int Position { get; private set; }
    public string Name { get; private set; } = null!;

    /// <summary>On the venue's clock.</summary>
    public LocalTime Starts { get; private set; }

    public LocalTime Ends { get; private set; }

    /// <summary>Null for a half-day without one, in which nothing of half length has a place of its own.</summary>
    public LocalTime? BreakStarts { get; private set; }

    public int BreakMinutes { get; private set; }

    public LocalTime? BreakEnds => BreakStarts?.PlusMinutes(BreakMinutes);

    /// <summary>
    /// As LPC runs: mornings from 10 to half past 1, afternoons from 3 to half past 6, each with half an hour of
    /// coffee.
    /// </summary>
    public static IReadOnlyList<HalfDay> Usual() =>
        [
            new("Morning", new LocalTime(10, 0), new LocalTime(13, 30), new LocalTime(11, 30), 30),
            new("Afternoon", new LocalTime(15, 0), new LocalTime(18, 30), new LocalTime(16, 30), 30),
        ];

    internal void Set(string name, LocalTime starts, LocalTime ends, LocalTime? breakStarts, int breakMinutes)
    {
        Rule.Require(
            !string.IsNullOrWhiteSpace(name) && name.Length <= NameMaxLength,
            $"A half-day has a name of 1 to {NameMaxLength} characters."
        );
        Rule.Require(starts < ends, $"{name} ends after it starts.");
        if (breakStarts is { } coffee)
        {
            Rule.Require(breakMinutes > 0, $"The break of {name} takes at least a minute.");
            Rule.Require(
                starts < coffee && breakMinutes < Period.Between(coffee, ends, PeriodUnits.Minutes).Minutes,
                $"The break of {name} lies inside it."
            );
        }

        (Name, Starts, Ends, BreakStarts, BreakMinutes) = (
            name,
            starts,
            ends,
            breakStarts,
            breakStarts is null ? 0 : breakMinutes
        );
    }

    internal void MoveTo(int position) => Position = position;

    /// <summary>
    /// The whole of it on one day. Where the clock changes meanwhile, it is as long as the clock on the wall says.
    /// </summary>
    public Interval On(LocalDate day, Conference conference) => Between(day, conference, Starts, Ends);

    /// <summary>What is before the break and what is after it; empty without a break.</summary>
    public IReadOnlyList<Interval> HalvesOn(LocalDate day, Conference conference) =>
        BreakStarts is { } starts && BreakEnds is { } ends
            ? [Between(day, conference, Starts, starts), Between(day, conference, ends, Ends)]
            : [];

    // What begins in the hour that is left out in spring begins after it, which may be past its end: then nothing is
    // left of it.
    private static Interval Between(LocalDate day, Conference conference, LocalTime starts, LocalTime ends)
    {
        var (from, until) = (conference.FromVenueTime(day + starts), conference.FromVenueTime(day + ends));
        return new(from, Instant.Max(from, until));
    }
}
