using LpcSite.Rules;

namespace LpcSite.Conferences;

/// <summary>A room of the venue, in which one thing happens at a time.</summary>
public class Room
{
    public const int NameMaxLength = 30;
    public const int EquipmentMaxLength = 120;
    public const int MaxCapacity = 100_000;

    private Room() { }

    public Room(string name) => Rename(name);

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int Position { get; private set; }
    public string Name { get; private set; } = null!;

    /// <summary>Seats; null while nobody has counted them.</summary>
    public int? Capacity { get; private set; }

    /// <summary>What is there for sound and picture, in a few words; null where nobody has said.</summary>
    public string? Equipment { get; private set; }

    public void Rename(string name)
    {
        Rule.Require(name.Length is > 0 and <= NameMaxLength, $"A room has a name of 1 to {NameMaxLength} characters.");
        Name = name;
    }

    public void Describe(int? capacity, string? equipment, int position)
    {
        Rule.Require(capacity is null or (> 0 and <= MaxCapacity), $"A room seats from 1 to {MaxCapacity} people.");
        Rule.Require(
            equipment is null or { Length: <= EquipmentMaxLength },
            $"What is in a room is said in {EquipmentMaxLength} characters."
        );
        (Capacity, Equipment, Position) = (
            capacity,
            string.IsNullOrWhiteSpace(equipment) ? null : equipment.Trim(),
            position
        );
    }
}
