using LpcSite.Conferences;
using LpcSite.Microconferences;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>What stands in a slot.</summary>
public enum SlotKind
{
    Microconference,

    /// <summary>A line of talks that its own reviewers choose, named by its title.</summary>
    Track,

    /// <summary>For everybody: nothing else is meant to happen meanwhile.</summary>
    Plenary,

    /// <summary>The organizers keep the room for something that the public does not see.</summary>
    Hold,
}

/// <summary>
/// A place in the draft of the schedule: when, where as soon as a room is found, and what stands in it.
/// </summary>
public class Slot
{
    public const int TitleMaxLength = 120;

    public const string TitleSentence = "Say in 1 to 120 characters what stands there.";

    /// <summary>Into so many parts the session of one microconference can be split.</summary>
    public const int MaxOfMicroconference = 100;

    /// <summary>By which the database says that two slots of one room overlap.</summary>
    public const string OverlapConstraint = "ex_slots_room_during";

    /// <summary>No slot is longer: what takes more than a day stands in several.</summary>
    public static readonly Duration Longest = Duration.FromHours(24);

    private Slot() { }

    public Slot(int conferenceId, Microconference microconference, Interval during, Room? room)
    {
        (ConferenceId, Kind, Microconference) = (conferenceId, SlotKind.Microconference, microconference);
        Move(during, room);
    }

    /// <param name="kind">Anything but a microconference.</param>
    public Slot(int conferenceId, SlotKind kind, string title, Interval during, Room? room)
    {
        Rule.Require(kind is not SlotKind.Microconference, "Choose the microconference that stands there.");
        (ConferenceId, Kind) = (conferenceId, kind);
        Rename(title);
        Move(during, room);
    }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public SlotKind Kind { get; private set; }

    /// <summary>Null where something else stands in it.</summary>
    public int? MicroconferenceId { get; private set; }

    public Microconference? Microconference { get; private set; }

    /// <summary>Of what is not a microconference, which has its own.</summary>
    public string? Title { get; private set; }

    public int? RoomId { get; private set; }
    public Room? Room { get; private set; }

    /// <summary>From its start to just before its end.</summary>
    public Interval During { get; private set; }

    /// <summary>It stays where it is until somebody unlocks it.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>
    /// Changes with every write to this row (PostgreSQL's xmin): the second of two organizers is told.
    /// </summary>
    public uint RowVersion { get; private set; }

    /// <summary>Whole minutes from start to end.</summary>
    public int Minutes => (int)During.Duration.TotalMinutes;

    public void Rename(string title)
    {
        Rule.Require(Kind is not SlotKind.Microconference, "A microconference is called what its leads call it.");
        Rule.Require(!string.IsNullOrWhiteSpace(title) && title.Length <= TitleMaxLength, TitleSentence);
        Title = title;
    }

    public void Move(Interval during, Room? room)
    {
        Rule.Require(
            during is { HasStart: true, HasEnd: true } && during.Duration > Duration.Zero,
            "A slot ends after it starts."
        );
        Rule.Require(during.Duration <= Longest, "A slot ends within a day of its start.");
        Rule.Require(
            !IsLocked || (during, room?.Id) == (During, RoomId),
            "This slot is locked. Unlock it before you move it."
        );
        (During, Room, RoomId) = (during, room, room?.Id);
    }

    public void Lock(bool isLocked) => IsLocked = isLocked;
}
