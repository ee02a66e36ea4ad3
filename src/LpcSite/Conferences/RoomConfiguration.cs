using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Conferences;

internal sealed class RoomConfiguration : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> room)
    {
        room.ToTable("rooms", table => table.HasCheckConstraint("ck_rooms_capacity", "capacity > 0"));
        room.IsPublic(r => r.ConferenceId);
        room.Property(r => r.Name).HasMaxLength(Room.NameMaxLength);
        room.Property(r => r.Equipment).HasMaxLength(Room.EquipmentMaxLength);
        room.HasIndex(r => new { r.ConferenceId, r.Name }).IsUnique();
    }
}
