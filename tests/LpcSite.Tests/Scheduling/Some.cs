using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Tests.Scheduling;

/// <summary>Schedules of a morning in Dublin, for tests that ask no database.</summary>
internal static class Some
{
    public static readonly Instant Ten = Instant.FromUtc(2022, 9, 12, 9, 0);

    public static ScheduleDocument Schedule(params ScheduleDocument.Entry[] entries) =>
        new(
            ScheduleDocument.NewestFormat,
            new(
                "2022",
                "Linux Plumbers Conference 2022",
                "LPC 2022",
                new LocalDate(2022, 9, 12),
                new LocalDate(2022, 9, 14),
                "Europe/Dublin",
                "Dublin",
                5
            ),
            [new(1, "Herbert", 120, null), new(2, "Meeting 1&2", null, "Microphones")],
            entries,
            []
        );

    /// <param name="after">Minutes after ten o'clock.</param>
    public static ScheduleDocument.Entry Session(
        int microconference,
        int room,
        int after,
        int minutes,
        int[]? leads = null,
        int[]? attendees = null,
        params ScheduleDocument.Item[] items
    ) =>
        new(
            FormattableString.Invariant($"mc-{microconference}"),
            microconference * 10,
            SlotKind.Microconference,
            microconference,
            FormattableString.Invariant($"mc-number-{microconference}"),
            FormattableString.Invariant($"MC {microconference}"),
            MicroconferenceStatus.Accepted,
            SessionForm.Full,
            room,
            Ten + Duration.FromMinutes(after),
            Ten + Duration.FromMinutes(after + minutes),
            false,
            null,
            [.. (leads ?? []).Select(Name)],
            [.. (attendees ?? []).Select(Name)],
            items
        );

    public static ScheduleDocument.Item Topic(int id, int? after, int? minutes, params int[] speakers) =>
        new(
            FormattableString.Invariant($"topic-{id}"),
            id,
            false,
            FormattableString.Invariant($"Topic {id}"),
            after is { } start ? Ten + Duration.FromMinutes(start) : null,
            minutes,
            null,
            [
                .. speakers.Select(person => new ScheduleDocument.Speaker(
                    person,
                    FormattableString.Invariant($"person-{person}"),
                    FormattableString.Invariant($"Person {person}"),
                    false,
                    false
                )),
            ]
        );

    public static Instant At(int minutes) => Ten + Duration.FromMinutes(minutes);

    /// <summary>Who is away, from when until when in minutes after ten o'clock.</summary>
    public static Circumstances Away(params (int Person, int From, int Until)[] absences) =>
        Circumstances.None with
        {
            Absences = absences.ToLookup(a => a.Person, a => new Interval(At(a.From), At(a.Until))),
        };

    /// <summary>Who takes part from another zone.</summary>
    public static Circumstances In(string zone, params int[] people) =>
        Circumstances.None with
        {
            Zones = people.ToDictionary(p => p, _ => DateTimeZoneProviders.Tzdb[zone]),
        };

    public static Circumstances Starred(params (int Microconference, int People)[] stars) =>
        Circumstances.None with
        {
            Stars = stars.ToDictionary(s => s.Microconference, s => s.People),
        };

    private static ScheduleDocument.Name Name(int person) =>
        new(person, FormattableString.Invariant($"person-{person}"), FormattableString.Invariant($"Person {person}"));
}
