using System.ComponentModel.DataAnnotations;
using LpcSite.Conferences;
using LpcSite.Conferences.Settings;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>What the form of a conference's facts and rooms says.</summary>
public class SetupInput : FactsInput
{
    [MaxLength(Conference.MaxRooms, ErrorMessage = "Use at most {1} rooms.")]
    public List<RoomInput> Rooms { get; set; } = [];
    public uint Version { get; set; }
    public bool Sure { get; set; }

    public static SetupInput Of(Conference conference)
    {
        var input = new SetupInput { Version = conference.RowVersion };
        input.Fill(ConferenceFacts.Of(conference));
        input.Rooms.AddRange(
            conference
                .Rooms.OrderBy(r => r.Position)
                .Select(r => new RoomInput
                {
                    Id = r.Id,
                    Name = r.Name,
                    Capacity = r.Capacity,
                    Equipment = r.Equipment,
                })
        );
        return input;
    }

    public IReadOnlyList<(int? Id, string Name, int? Capacity, string? Equipment)> ToRooms() =>
        [
            .. Rooms
                .Where(r => r.Id is not null || !string.IsNullOrWhiteSpace(r.Name))
                .Select(r => (r.Id, r.Name?.Trim() ?? "", r.Capacity, r.Equipment)),
        ];

    public class RoomInput
    {
        public int? Id { get; set; }

        [StringLength(Room.NameMaxLength, ErrorMessage = "A room has a name of at most {1} characters.")]
        public string? Name { get; set; }

        [Range(1, Room.MaxCapacity, ErrorMessage = "A room seats from {1} to {2} people.")]
        public int? Capacity { get; set; }

        [StringLength(Room.EquipmentMaxLength, ErrorMessage = "What is in a room is said in at most {1} characters.")]
        public string? Equipment { get; set; }
    }
}
