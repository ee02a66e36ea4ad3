using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Scheduling;

// That slots in one room never overlap is an exclusion constraint, which EF cannot express: it stands in the first migration.
internal sealed class SlotConfiguration : IEntityTypeConfiguration<Slot>
{
    public void Configure(EntityTypeBuilder<Slot> slot)
    {
        slot.ToTable("slots");
        slot.Property(s => s.During).HasColumnType("tstzrange");
        slot.HasOne<Conference>().WithMany().HasForeignKey(s => s.ConferenceId);
        slot.HasOne(s => s.Microconference).WithMany().HasForeignKey(s => s.MicroconferenceId);
        slot.HasOne(s => s.Room).WithMany().HasForeignKey(s => s.RoomId);
    }
}
