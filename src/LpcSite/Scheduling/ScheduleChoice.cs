using LpcSite.Scheduling.Releases;

namespace LpcSite.Scheduling;

/// <summary>
/// What a reader wants to see of the schedule: a room, a microconference, a person, or what these have in common.
/// </summary>
/// <param name="Room">Its name.</param>
/// <param name="Microconference">Its slug.</param>
/// <param name="Person">The last part of the address of their page.</param>
public sealed record ScheduleChoice(string? Room, string? Microconference, string? Person)
{
    /// <summary>What a query says: an empty part chooses nothing.</summary>
    public static ScheduleChoice From(string? room, string? microconference, string? person) =>
        new(Said(room), Said(microconference), Said(person));

    public bool IsAll => this is { Room: null, Microconference: null, Person: null };

    public bool IsNothingOf(ScheduleDocument schedule) => Of(schedule).Entries.Count == 0;

    /// <summary>The schedule with nothing in it that was not chosen.</summary>
    public ScheduleDocument Of(ScheduleDocument schedule) =>
        IsAll
            ? schedule
            : schedule with
            {
                Entries =
                [
                    .. schedule
                        .Entries.Where(e => IsThere(schedule, e))
                        .Select(ForThePerson)
                        .OfType<ScheduleDocument.Entry>(),
                ],
            };

    /// <summary>The address of the calendar that shows exactly this; null where there is none of just that.</summary>
    public string? CalendarIn(ScheduleDocument schedule) =>
        this switch
        {
            { Room: not null, Microconference: null, Person: null } => schedule.Rooms.FirstOrDefault(r =>
                IsRoom(r.Name)
            )
                is { } room
                ? $"/{schedule.Conference.Slug}/schedule/rooms/{room.Id}.ics"
                : null,
            { Room: null, Microconference: { } microconference, Person: null } =>
                $"/{schedule.Conference.Slug}/mc/{microconference}.ics",
            { Room: null, Microconference: null, Person: { } person } =>
                $"/{schedule.Conference.Slug}/people/{person}.ics",
            _ => null,
        };

    /// <summary>Whether something that is gone would have been among what was chosen.</summary>
    public bool IsThere(ScheduleDocument schedule, ScheduleDocument.Gone gone) =>
        (Room is null || IsRoom(gone.Room))
        && (Microconference is null || gone.Slug == Microconference)
        && (Person is null || gone.People.Intersect(PeopleOf(schedule, Person)).Any());

    // The document names nobody by their address alone: who has nothing else to do in it is not found.
    private static IEnumerable<int> PeopleOf(ScheduleDocument schedule, string slug) =>
        schedule.Entries.SelectMany(e =>
            e.Leads.Concat(e.KeyAttendees)
                .Where(n => n.Slug == slug)
                .Select(n => n.Person)
                .Concat(e.Items.SelectMany(i => i.Speakers).Where(s => s.Slug == slug).Select(s => s.Person))
        );

    private bool IsThere(ScheduleDocument schedule, ScheduleDocument.Entry e) =>
        (Room is null || IsRoom(schedule.RoomOf(e)?.Name)) && (Microconference is null || e.Slug == Microconference);

    // Who leads a session or is needed for it is there from start to end; who speaks in it is there for their topics.
    private ScheduleDocument.Entry? ForThePerson(ScheduleDocument.Entry e)
    {
        if (Person is null || e.Leads.Concat(e.KeyAttendees).Any(name => name.Slug == Person))
        {
            return e;
        }

        var items = e.Items.Where(item => item.Speakers.Any(speaker => speaker.Slug == Person)).ToList();
        return items.Count > 0 ? e with { Items = items } : null;
    }

    private bool IsRoom(string? name) => string.Equals(name, Room, StringComparison.OrdinalIgnoreCase);

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
