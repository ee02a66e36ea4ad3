using LpcSite.Infrastructure;
using LpcSite.Microconferences;
using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>A place in the draft of the schedule: when, where as soon as a room is found, and the microconference that stands in it.</summary>
public class Slot
{
    private Slot()
    {
    }

    public Slot(int conferenceId, Microconference microconference, Interval during, Room? room)
    {
        (ConferenceId, Microconference) = (conferenceId, microconference);
        Move(during, room);
    }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int MicroconferenceId { get; private set; }
    public Microconference Microconference { get; private set; } = null!;
    public int? RoomId { get; private set; }
    public Room? Room { get; private set; }

    /// <summary>From its start to just before its end.</summary>
    public Interval During { get; private set; }

    public void Move(Interval during, Room? room)
    {
        Rule.Require(during is { HasStart: true, HasEnd: true } && during.Duration > Duration.Zero, "A slot ends after it starts.");
        (During, Room) = (during, room);
    }
}
