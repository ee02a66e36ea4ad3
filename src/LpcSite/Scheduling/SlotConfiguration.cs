using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Scheduling;

// That slots in one room never overlap is an exclusion constraint, which EF cannot express: it stands in the first
// migration.
internal sealed class SlotConfiguration : IEntityTypeConfiguration<Slot>
{
    public void Configure(EntityTypeBuilder<Slot> slot)
    {
        slot.ToTable(
            "slots",
            table =>
                table.HasCheckConstraint(
                    "ck_slots_kind",
                    "(kind = 'Microconference') = (microconference_id IS NOT NULL) AND (kind = 'Microconference') = "
                        + "(title IS NULL)"
                )
        );
        slot.Property(s => s.Kind)
            .HasConversion<string>()
            .HasMaxLength(20)
            .HasDefaultValue(SlotKind.Microconference)
            .HasSentinel((SlotKind)(-1));
        slot.Property(s => s.Title).HasMaxLength(Slot.TitleMaxLength);
        slot.Property(s => s.During).HasColumnType("tstzrange");
        slot.Property(s => s.RowVersion).IsRowVersion();
        slot.HasOne<Conference>().WithMany().HasForeignKey(s => s.ConferenceId);
        slot.HasOne(s => s.Microconference).WithMany().HasForeignKey(s => s.MicroconferenceId);
        slot.HasOne(s => s.Room).WithMany().HasForeignKey(s => s.RoomId);
    }
}
